//! Numbers, characters, labels, bytes and strings. Oddities of Rune's own lexer are kept, and named where they are.

use super::Lexer;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;

impl Lexer<'_> {
    /// A number with its suffix; `first` is read already. Letters that fit no number are the compiler's to refuse.
    pub(super) fn number(&mut self, first: char) -> SyntaxKind {
        let base = self
            .cursor
            .peek()
            .filter(|base| first == '0' && matches!(base, 'x' | 'b' | 'o'));
        if base.is_some() {
            self.cursor.next();
        }
        let mut has_exponent = false;
        let mut is_fractional = false;
        while let Some(character) = self.cursor.peek() {
            match character {
                'e' if !has_exponent && base != Some('x') => {
                    self.cursor.next();
                    has_exponent = true;
                    is_fractional = true;
                    if matches!(self.cursor.peek(), Some('-' | '+')) {
                        self.cursor.next();
                    }
                }
                '.' if !is_fractional => {
                    // `1.max(2)` and `1..2` do not continue the number.
                    if matches!(
                        self.cursor.peek_second(),
                        Some('a'..='z' | 'A'..='Z' | '_' | '.')
                    ) {
                        break;
                    }
                    self.cursor.next();
                    is_fractional = true;
                }
                '_' => {
                    self.cursor.next();
                }
                _ if character.is_alphanumeric() => {
                    self.cursor.next();
                }
                _ => break,
            }
        }
        NumberLiteral
    }

    /// What starts with `'`: a label is made of small letters and digits and has no second quote.
    pub(super) fn character_or_label(&mut self, start: u32) -> SyntaxKind {
        let mut is_label = true;
        let mut count = 0;
        let mut is_closed = false;
        while let Some(character) = self.cursor.peek() {
            match character {
                '\\' => {
                    self.cursor.next();
                    self.cursor.next();
                    is_label = false;
                    count += 1;
                }
                '\'' => {
                    self.cursor.next();
                    is_closed = true;
                    break;
                }
                '0'..='9' | 'a'..='z' => {
                    self.cursor.next();
                    count += 1;
                }
                _ if character.is_control() => break,
                _ if is_label && count > 0 => break,
                _ => {
                    self.cursor.next();
                    is_label = false;
                    count += 1;
                }
            }
        }
        if is_label && !is_closed && count > 0 {
            self.check_label(start);
            return Label;
        }
        self.check_character(start, count, is_closed);
        CharacterLiteral
    }

    /// Rune takes a label that a line end or a tab follows for a character that is never closed.
    fn check_label(&mut self, start: u32) {
        if self.cursor.peek().is_some_and(char::is_control) {
            let message =
                "Rune does not see a label at the end of a line; put a blank or `;` behind it";
            self.problem(
                "label-at-line-end",
                message,
                Span::new(start, self.cursor.position()),
            );
        }
    }

    fn check_character(&mut self, start: u32, count: usize, is_closed: bool) {
        if !is_closed {
            self.leave_closers(start + 1);
        }
        let span = Span::new(start, self.cursor.position());
        if !is_closed {
            self.problem(
                "unterminated-character",
                "This character is never closed: expected `'`",
                span,
            );
        } else if count == 0 {
            self.problem(
                "empty-character",
                "Expected a character between the quotes; a text is written with `\"`",
                span,
            );
        }
    }

    /// `b'…'`. Rune takes the first character inside as it is, so `b'\''` ends at its second quote.
    pub(super) fn byte(&mut self, start: u32) -> SyntaxKind {
        self.cursor.next();
        self.cursor.next();
        while let Some(character) = self
            .cursor
            .peek()
            .filter(|character| !character.is_control())
        {
            self.cursor.next();
            match character {
                '\\' => {
                    self.cursor.next();
                }
                '\'' => return ByteLiteral,
                _ => {}
            }
        }
        self.leave_closers(start + 2);
        let span = Span::new(start, self.cursor.position());
        self.problem(
            "unterminated-byte",
            "This byte is never closed: expected `'`",
            span,
        );
        ByteLiteral
    }

    /// `"…"`, whose opening quote is read. It may span lines.
    pub(super) fn string(&mut self, start: u32, kind: SyntaxKind) -> SyntaxKind {
        if self.ends_at_line.contains(&start) {
            self.string_in_line(start, kind);
            return kind;
        }
        let inside = self.cursor.position();
        while let Some(character) = self.cursor.next() {
            match character {
                '"' => {
                    self.suspect_literal(start);
                    return kind;
                }
                '\\' => {
                    self.cursor.next();
                }
                _ => {}
            }
        }
        self.unterminated = Some(start);
        let end = self.end_of_line(inside);
        self.unterminated_string(kind, Span::new(start, end));
        kind
    }

    fn string_in_line(&mut self, start: u32, kind: SyntaxKind) {
        while let Some(character) = self.cursor.peek().filter(|character| *character != '\n') {
            self.cursor.next();
            if character == '\\' && self.cursor.peek() != Some('\n') {
                self.cursor.next();
            }
        }
        self.leave_closers(start + 1);
        let span = Span::new(start, self.cursor.position());
        self.unterminated_string(kind, span);
    }

    fn unterminated_string(&mut self, kind: SyntaxKind, span: Span) {
        let code = match kind {
            ByteStringLiteral => "unterminated-byte-string",
            _ => "unterminated-string",
        };
        self.problem(code, "This string is never closed: expected `\"`", span);
    }

    /// Goes back over what, at the end of a line, most likely stands behind the literal that was not closed: `);`.
    pub(super) fn leave_closers(&mut self, start: u32) {
        let inside = self.cursor.text_from(start);
        let kept = inside.trim_end_matches([')', ']', '}', '{', ';', ',', ' ', '\t', '\r']);
        self.cursor.go_to(start + kept.len() as u32);
    }

    /// Remembers the string or template that just ended if it has several lines and something follows that nothing valid
    /// has behind it: then its last quote was meant to open another one.
    pub(super) fn suspect_literal(&mut self, start: u32) {
        let may_follow = |character: char| {
            character.is_whitespace() || "),;.]}:?=!<>+-*/%&|`".contains(character)
        };
        let ends_well = self.cursor.peek().is_none_or(may_follow);
        let is_known = self.ends_at_line.contains(&start);
        if self.suspect.is_none()
            && !ends_well
            && !is_known
            && self.cursor.text_from(start).contains('\n')
        {
            self.suspect = Some(start);
        }
    }

    /// The end of the line that `position` is on.
    pub(super) fn end_of_line(&self, position: u32) -> u32 {
        let rest = self.cursor.text_from(position);
        position + rest.find('\n').unwrap_or(rest.len()) as u32
    }
}
