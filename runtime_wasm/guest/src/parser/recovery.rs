//! Getting back on track: what is skipped, and where the parser finds its feet again.

use super::core::Parser;
use super::NESTING_LIMIT;
use crate::syntax::SyntaxKind::{self, *};
use crate::tree::Span;

impl Parser<'_> {
    /// Whether an item starts here; `const` always starts one, as a statement too.
    pub(super) fn at_item(&self) -> bool {
        match self.current() {
            UseKeyword | EnumKeyword | StructKeyword | ImplKeyword | FnKeyword | ModKeyword
            | ConstKeyword => true,
            AsyncKeyword => self.nth(1) == FnKeyword,
            _ => self.declares(0),
        }
    }

    /// Whether an item, its visibility or an attribute starts here.
    pub(super) fn at_item_or_attribute(&self) -> bool {
        self.at_item() || self.at(PubKeyword) || (self.at(Hash) && self.nth(1) == OpenBracket)
    }

    /// Whether a line starts here with what can only be an item: not part of any expression.
    pub(super) fn at_item_line(&self) -> bool {
        let starts_item = match self.current() {
            PubKeyword if self.is_stub => !self.at_public_field(),
            UseKeyword | EnumKeyword | StructKeyword | ImplKeyword | FnKeyword | ModKeyword
                if self.is_stub =>
            {
                self.nth(1) != Colon
            }
            UseKeyword | EnumKeyword | StructKeyword | ImplKeyword | FnKeyword | ModKeyword
            | PubKeyword => true,
            AsyncKeyword | ConstKeyword => self.nth(1) == FnKeyword,
            _ => self.declares(0),
        };
        starts_item && self.indent().is_some()
    }

    /// Whether a line starts here with a keyword that starts a statement.
    fn at_statement_line(&self) -> bool {
        let starts_statement = self.at_any(&[
            LetKeyword,
            ReturnKeyword,
            IfKeyword,
            ForKeyword,
            WhileKeyword,
            LoopKeyword,
            MatchKeyword,
            BreakKeyword,
            ContinueKeyword,
            YieldKeyword,
            SelectKeyword,
        ]);
        starts_statement && self.indent().is_some()
    }

    /// In a text that lacks a closing brace: whether an item starts here that is no deeper than the item around this
    /// place, so that the braces in between have to be closed.
    pub(super) fn at_outer_item(&self) -> bool {
        if self.surplus_braces <= 0 {
            return false;
        }
        let starts_item = self.at_item_line()
            || self.at(ConstKeyword)
            || (self.at(Hash) && self.nth(1) == OpenBracket);
        match (self.indent(), self.item_indents.last()) {
            (Some(indent), Some(outer)) => starts_item && indent <= *outer,
            _ => false,
        }
    }

    /// In a text that lacks a closing brace: whether the brace here closes something further out than what was opened on
    /// a line indented by `open_indent`.
    pub(super) fn at_outer_brace(&self, open_indent: u32) -> bool {
        let is_further_out = |indent: u32| indent < open_indent;
        self.surplus_braces > 0 && self.at(CloseBrace) && self.indent().is_some_and(is_further_out)
    }

    /// In a text that has a closing brace too many: whether it is the one here.
    pub(super) fn at_surplus_brace(&self, open_indent: u32) -> bool {
        let is_further_in = |indent: u32| indent > open_indent;
        self.surplus_braces < 0 && self.at(CloseBrace) && self.indent().is_some_and(is_further_in)
    }

    /// Skips tokens into an error node until one that `is_end` holds for, or one that closes a group around this place.
    pub(super) fn skip_until(&mut self, is_end: impl Fn(&Self) -> bool) {
        let start = self.checkpoint();
        let mut open = 0;
        while !self.at(EndOfFile) && !self.at_outer_item() {
            let kind = self.current();
            if open == 0 && (kind.is_close_delimiter() || is_end(self)) {
                break;
            }
            if kind.is_open_delimiter() {
                open += 1;
            } else if kind.is_close_delimiter() {
                open -= 1;
            }
            self.take_trivia(true);
            self.bump();
        }
        if !self.is_empty_since(start) {
            self.node(start, Error);
        }
    }

    /// Skips to the end of a statement that makes no sense: its `;` or the next line that starts one.
    pub(super) fn skip_statement(&mut self) {
        let before = self.progress();
        self.skip_until(|parser| {
            let is_later = parser.progress() > before;
            parser.at(Semicolon)
                || (is_later && (parser.at_statement_line() || parser.at_item_line()))
        });
        self.eat(Semicolon);
        if self.progress() == before && !self.at(EndOfFile) {
            self.skip_token();
        }
    }

    /// Skips an item of another language, `trait Name { … }` or `type Name = …;`: up to its block or `;`.
    pub(super) fn skip_foreign_item(&mut self) {
        let before = self.progress();
        self.skip_until(|parser| {
            parser.at_any(&[OpenBrace, Semicolon])
                || (parser.progress() > before && parser.at_item_line())
        });
        if self.at(OpenBrace) {
            let start = self.checkpoint();
            self.bump();
            self.skip_until(|_| false);
            self.eat(CloseBrace);
            self.node(start, Error);
        } else {
            self.eat(Semicolon);
        }
    }

    /// Puts the next token into an error node.
    pub(super) fn skip_token(&mut self) {
        let start = self.checkpoint();
        self.bump();
        self.node(start, Error);
    }

    /// Skips a token that closes nothing.
    pub(super) fn skip_closing(&mut self) {
        let message = format!("Nothing is open here that {} could close", self.found());
        self.report("unexpected-closing", message, self.current_span());
        self.skip_token();
    }

    /// Reports the end of the parser's patience, once for an item, and skips what is deeper.
    pub(super) fn too_deeply_nested(&mut self) {
        if !self.reported_depth {
            let message = format!("This is nested more than {NESTING_LIMIT} levels deep");
            let span = self.current_span();
            self.report("too-deeply-nested", message, span);
            self.reported_depth = true;
        }
        self.skip_until(|parser| parser.at_any(&[Comma, Semicolon]));
        self.keep_quiet_here();
    }

    /// Reports that the group opened at `open` is not closed here.
    pub(super) fn unclosed(&mut self, open: Span, close: SyntaxKind) {
        if close == CloseBrace {
            return self.report_brace(open);
        }
        let (code, spelling) = match close {
            CloseParenthesis => ("unclosed-parenthesis", ")"),
            CloseBracket => ("unclosed-bracket", "]"),
            Pipe => ("unclosed-parameters", "|"),
            _ => ("unclosed-angle-bracket", ">"),
        };
        let opening = open.of(self.text);
        let message = format!(
            "Expected `{spelling}` to close the `{opening}` before, found {}",
            self.found()
        );
        let span = self.blamed_span();
        self.report(code, message, span);
    }
}
