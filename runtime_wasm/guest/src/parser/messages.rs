//! What the parser says: what it expected, what it found, and where.

use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;

/// Longer tokens are cut in messages.
const SHOWN_CHARACTERS: usize = 24;

impl Parser<'_> {
    /// Takes a token of that kind, or reports that it is missing.
    pub(super) fn expect(&mut self, kind: SyntaxKind, code: &'static str) -> bool {
        let found = self.eat(kind);
        if !found {
            self.expected(code, &format!("`{}`", spelling(kind)));
        }
        found
    }

    /// Reports that something else was expected here.
    pub(super) fn expected(&mut self, code: &'static str, what: &str) {
        let message = format!("Expected {what}, found {}", self.found());
        let span = self.blamed_span();
        self.report(code, message, span);
    }

    /// The next token in words.
    pub(super) fn found(&self) -> String {
        match self.current() {
            EndOfFile => "the end of the file".to_string(),
            StringLiteral | ByteStringLiteral => "a string".to_string(),
            TemplateQuote => "a template string".to_string(),
            kind if kind.is_keyword() => format!("the keyword `{}`", self.current_text()),
            _ => {
                let text = self.current_text();
                match text.char_indices().nth(SHOWN_CHARACTERS) {
                    Some((end, _)) => format!("`{}…`", &text[..end]),
                    None => format!("`{text}`"),
                }
            }
        }
    }

    /// Where to show that the next token is not the expected one: there, or behind the token before it when a line lies
    /// between the two.
    pub(super) fn blamed_span(&self) -> Span {
        let current = self.current_span();
        match self.previous_span() {
            Some(previous) if self.at(EndOfFile) || self.indent().is_some() => {
                self.last_character(previous)
            }
            _ => current,
        }
    }

    /// Whether the token before this place ends or starts a statement or block.
    pub(super) fn follows_statement(&self) -> bool {
        let previous = self.previous_span().map_or("", |span| span.of(self.text));
        matches!(previous, ";" | "{" | "}")
    }

    /// The last character of a token.
    pub(super) fn last_character(&self, span: Span) -> Span {
        let last = span
            .of(self.text)
            .chars()
            .next_back()
            .map_or(0, char::len_utf8);
        Span::new(span.end - last as u32, span.end)
    }
}

/// How the tokens are written that the parser can miss.
fn spelling(kind: SyntaxKind) -> &'static str {
    match kind {
        OpenParenthesis => "(",
        CloseParenthesis => ")",
        OpenBrace => "{",
        CloseBrace | TemplateClose => "}",
        OpenBracket => "[",
        CloseBracket => "]",
        Comma => ",",
        Colon => ":",
        Semicolon => ";",
        Equal => "=",
        FatArrow => "=>",
        Greater => ">",
        Pipe => "|",
        Bang => "!",
        InKeyword => "in",
        WhileKeyword => "while",
        _ => kind.name(),
    }
}
