//! Lists between delimiters, with commas between their elements and perhaps after the last.

use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};

impl Parser<'_> {
    /// Reads the rest of a list whose opening delimiter was just taken, up to and with `close`.
    pub(super) fn list(&mut self, close: SyntaxKind, element: impl FnMut(&mut Self)) {
        self.list_before(close, |_| false, element);
    }

    /// The same for a list that also ends, without its delimiter, where `is_end` holds.
    pub(super) fn list_before(
        &mut self,
        close: SyntaxKind,
        is_end: impl Fn(&Self) -> bool,
        mut element: impl FnMut(&mut Self),
    ) {
        let open = self.previous_span().unwrap_or_default();
        let open_indent = self.line_indent;
        let mut lacked_comma = false;
        loop {
            if self.at(close) && !self.at_outer_brace(open_indent) {
                return self.bump();
            }
            if close == Greater && self.at(GreaterGreater) {
                return self.close_half_of_shift();
            }
            if self.at_end_of_list() || is_end(self) {
                return self.unclosed(open, close);
            }
            let before = self.progress();
            element(self);
            let is_closed = self.at(close) || (close == Greater && self.at(GreaterGreater));
            if self.eat(Comma) || is_closed || self.at_end_of_list() || is_end(self) {
                continue;
            }
            if self.progress() == before {
                self.skip_element(close);
            } else if !lacked_comma {
                lacked_comma = true;
                let what = format!("`,` or `{}`", closing(close));
                self.expected("expected-comma", &what);
            }
        }
    }

    /// Takes the first `>` of a `>>` that should close two lists, which it does not do in Rune.
    fn close_half_of_shift(&mut self) {
        let message = "Rune reads `>>` as one operator: write `> >` to close both";
        self.report("expected-space", message, self.current_span());
        self.bump_first_character(Greater, Greater);
    }

    /// Whether no list goes on here.
    fn at_end_of_list(&self) -> bool {
        let kind = self.current();
        let is_end = matches!(kind, EndOfFile | Semicolon) || kind.is_close_delimiter();
        is_end
            || self.at_item_line()
            || self.at_outer_item()
            || self
                .lacks_delimiter_where(|parser| parser.at(LetKeyword) && parser.indent().is_some())
    }

    /// Skips what is no element, and the comma behind it.
    fn skip_element(&mut self, close: SyntaxKind) {
        let before = self.progress();
        self.skip_until(|parser| {
            parser.at_any(&[Comma, Semicolon, close]) || parser.at_item_line()
        });
        let skipped = self.eat(Comma) || self.progress() > before;
        if !skipped && !self.at(close) && !self.at_end_of_list() {
            self.skip_token();
        }
    }
}

fn closing(close: SyntaxKind) -> &'static str {
    match close {
        CloseParenthesis => ")",
        CloseBracket => "]",
        CloseBrace => "}",
        Pipe => "|",
        _ => ">",
    }
}
