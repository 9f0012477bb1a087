//! Cuts a text into tokens, the way that Rune 0.14.2 does, and never gives up.

mod cursor;
mod literals;
mod operators;
mod templates;

use crate::lexer::cursor::Cursor;
use crate::problem::SyntaxProblem;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;

/// A token: its kind and its range of the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: SyntaxKind,
    pub start: u32,
    pub end: u32,
}

impl Token {
    pub fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// The tokens of a text, which cover all of it, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Lexed {
    pub tokens: Vec<Token>,
    pub problems: Vec<SyntaxProblem>,
    /// The tokens as they stand there, if every literal is closed and one was ended at its line all the same.
    pub as_written: Option<Box<Lexed>>,
}

/// How often a text is cut again with another literal ended at its line.
const REPAIRS: usize = 3;

/// Cuts `text` into tokens.
///
/// A literal that is never closed would swallow the rest of the text, or turn every later string inside out. So the
/// text is cut again with the literal that most likely lacks its end closed at the end of its line.
pub fn lex(text: &str) -> Lexed {
    let mut ends_at_line = Vec::new();
    let mut as_written = None;
    loop {
        let mut lexer = Lexer::new(text, &ends_at_line);
        lexer.run();
        let (suspect, unterminated) = (lexer.suspect, lexer.unterminated);
        let lexed = Lexed {
            tokens: lexer.tokens,
            problems: lexer.problems,
            as_written: None,
        };
        match suspect.or(unterminated) {
            Some(start) if ends_at_line.len() < REPAIRS && !ends_at_line.contains(&start) => {
                if ends_at_line.is_empty() && unterminated.is_none() {
                    as_written = Some(Box::new(lexed));
                }
                ends_at_line.push(start);
            }
            _ => {
                return Lexed {
                    as_written,
                    ..lexed
                }
            }
        }
    }
}

/// What the lexer is inside of: the text of a template, or one of its holes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Template { start: u32 },
    Hole { open_braces: u32 },
}

struct Lexer<'text> {
    cursor: Cursor<'text>,
    /// Starts of literals that end with their line, because they have no other end.
    ends_at_line: &'text [u32],
    modes: Vec<Mode>,
    tokens: Vec<Token>,
    problems: Vec<SyntaxProblem>,
    /// The start of the literal to blame when one reaches the end of the text.
    unterminated: Option<u32>,
    /// The first string or template of several lines whose closing quote looks like an opening one.
    suspect: Option<u32>,
}

impl<'text> Lexer<'text> {
    fn new(text: &'text str, ends_at_line: &'text [u32]) -> Self {
        Lexer {
            cursor: Cursor::new(text),
            ends_at_line,
            modes: Vec::new(),
            tokens: Vec::with_capacity(text.len() * 2 / 5 + 1),
            problems: Vec::new(),
            unterminated: None,
            suspect: None,
        }
    }

    fn run(&mut self) {
        self.shebang();
        while !self.cursor.at_end() {
            match self.modes.last() {
                Some(Mode::Template { start }) => self.template_part(*start),
                _ => self.token(),
            }
        }
        self.template_without_end();
    }

    fn shebang(&mut self) {
        if self.cursor.rest().starts_with("#!") {
            self.cursor.skip_line();
            self.push(Shebang, 0);
        } else if self.cursor.rest().starts_with('\u{feff}') {
            self.cursor.next();
            self.push(Unknown, 0);
            let message = "The text starts with a byte order mark, which Rune does not read; save it as UTF-8 without";
            self.problem(
                "byte-order-mark",
                message,
                Span::new(0, self.cursor.position()),
            );
        }
    }

    /// One token outside of a template's text.
    fn token(&mut self) {
        let start = self.cursor.position();
        let Some(first) = self.cursor.next() else {
            return;
        };
        let kind = match first {
            _ if first.is_whitespace() => return self.whitespace(start),
            '/' if self.cursor.peek() == Some('/') => self.line_comment(),
            '/' if self.cursor.peek() == Some('*') => self.block_comment(start),
            'b' if self.cursor.peek() == Some('\'') => self.byte(start),
            'b' if self.cursor.peek() == Some('"') => {
                self.cursor.next();
                self.string(start, ByteStringLiteral)
            }
            '"' => self.string(start, StringLiteral),
            '\'' => self.character_or_label(start),
            '0'..='9' => self.number(first),
            '`' => {
                self.modes.push(Mode::Template { start });
                TemplateQuote
            }
            '{' => self.open_brace(),
            '}' => self.close_brace(),
            _ if is_name_start(first) => self.name(start),
            _ => match self.operator(first) {
                Some(kind) => kind,
                None => return self.unknown(start),
            },
        };
        self.push(kind, start);
    }

    fn whitespace(&mut self, start: u32) {
        self.cursor.skip_while(char::is_whitespace);
        self.push(Whitespace, start);
        let has_line_end = || self.cursor.text_from(start).contains('\n');
        if !self.modes.is_empty() && !self.ends_at_line.is_empty() && has_line_end() {
            self.end_templates_at_line(start);
        }
    }

    fn line_comment(&mut self) -> SyntaxKind {
        self.cursor.next();
        let kind = self.comment_kind('/', LineComment);
        self.cursor.skip_line();
        kind
    }

    /// `/*` and what follows. Rune looks for the end from the third character on, so `/**/` and `/* */` run on.
    fn block_comment(&mut self, start: u32) -> SyntaxKind {
        self.cursor.next();
        let kind = self.comment_kind('*', BlockComment);
        let inside = self.cursor.position();
        let is_closed = self.cursor.skip_past("*/");
        if is_closed && self.cursor.text_from(inside).chars().count() >= 4 {
            return kind;
        }
        if is_closed {
            let message = "Rune does not see the end of a block comment with fewer than two characters inside; write `//`";
            self.problem(
                "unterminated-comment",
                message,
                Span::new(start, self.cursor.position()),
            );
        } else {
            // To Rune all the rest is comment. For the tree it ends with its line, so that what follows stays known.
            self.cursor.skip_line();
            self.leave_closers(inside);
            self.problem(
                "unterminated-comment",
                "This comment is never closed: expected `*/`",
                Span::new(start, self.cursor.length()),
            );
        }
        BlockComment
    }

    /// Whether the comment whose first two characters are read is a doc comment: a third `marker` but no fourth, or `!`.
    fn comment_kind(&self, marker: char, plain: SyntaxKind) -> SyntaxKind {
        match self.cursor.peek() {
            Some('!') => DocComment,
            Some(third) if third == marker && self.cursor.peek_second() != Some(marker) => {
                DocComment
            }
            _ => plain,
        }
    }

    fn name(&mut self, start: u32) -> SyntaxKind {
        self.cursor.skip_while(is_name_continue);
        match self.cursor.text_from(start) {
            "_" => Underscore,
            word => SyntaxKind::from_keyword(word).unwrap_or(Identifier),
        }
    }

    /// A character that starts no token. Several in a row are one token and one problem.
    fn unknown(&mut self, start: u32) {
        if let Some(last) = self.tokens.last_mut().filter(|last| last.kind == Unknown) {
            last.end = self.cursor.position();
            if let Some(problem) = self.problems.last_mut() {
                problem.span.end = last.end;
            }
            return;
        }
        self.push(Unknown, start);
        let message = format!(
            "Rune has no use for the character `{}` here",
            visible(self.cursor.text_from(start))
        );
        self.problem(
            "unexpected-character",
            message,
            Span::new(start, self.cursor.position()),
        );
    }

    fn push(&mut self, kind: SyntaxKind, start: u32) {
        self.tokens.push(Token {
            kind,
            start,
            end: self.cursor.position(),
        });
    }

    fn problem(&mut self, code: &'static str, message: impl Into<String>, span: Span) {
        self.problems.push(SyntaxProblem::new(code, message, span));
    }
}

/// The text with `\u{…}` for characters that nobody would see, or that would command a terminal.
fn visible(text: &str) -> String {
    let shown = |character: char| match character.escape_debug().next() {
        Some('\\') if !matches!(character, '\\' | '\'' | '"') => {
            character.escape_unicode().to_string()
        }
        _ => character.to_string(),
    };
    text.chars().map(shown).collect()
}

/// Whether a name may start with `character`. Close to Unicode's XID_Start; what it lets through the compiler refuses.
pub fn is_name_start(character: char) -> bool {
    character == '_'
        || character.is_ascii_alphabetic()
        || (!character.is_ascii() && character.is_alphabetic())
}

/// Whether a name may go on with `character`. Close to XID_Continue: combining marks are those of the common blocks.
pub fn is_name_continue(character: char) -> bool {
    match character {
        '_' | 'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        _ if character.is_ascii() => false,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}'
        | '\u{64b}'..='\u{669}' => true,
        '\u{93c}'
        | '\u{94d}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{203f}'..='\u{2040}'
        | '\u{20d0}'..='\u{20dc}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{b7}' | '\u{387}' => true,
        _ => character.is_alphanumeric(),
    }
}
