//! Blocks and the statements in them.

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::{Braces, Shape};
use crate::syntax::SyntaxKind::*;
use crate::tree::Span;

/// What a statement asks of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Statement {
    /// It is complete.
    Complete,
    /// It is an item, which may stand anywhere.
    Item,
    /// It is an expression without `;`: it has to be the last.
    Last,
}

impl Parser<'_> {
    /// Reads the statements of a file that is the body of a function.
    pub(super) fn function_body_file(&mut self) {
        let start = self.start_of_file();
        let mut last = None;
        while !self.at(EndOfFile) {
            self.one_statement(&mut last);
        }
        self.take_trivia(false);
        self.node(start, FunctionBodyFile);
    }

    /// `{ … }`, or a problem.
    pub(super) fn block(&mut self) {
        if !self.at(OpenBrace) {
            return self.expected("expected-block", "a block in braces");
        }
        let start = self.checkpoint();
        self.bump();
        let open = self.previous_span().unwrap_or_default();
        let open_indent = self.line_indent;
        let mut last = None;
        while !self.at_end_of_block(open_indent) {
            self.one_statement(&mut last);
        }
        if self.at(CloseBrace) && !self.at_outer_brace(open_indent) {
            self.bump();
        } else {
            self.unclosed(open, CloseBrace);
        }
        self.node(start, Block);
    }

    fn at_end_of_block(&self, open_indent: u32) -> bool {
        let is_end = self.at(CloseBrace) && !self.at_surplus_brace(open_indent);
        is_end || self.at_any(&[EndOfFile, TemplateClose]) || self.at_outer_item()
    }

    /// Reads a statement. `last` is where an expression ended that has to be the last one.
    fn one_statement(&mut self, last: &mut Option<Span>) {
        let missing_semicolon = last.take();
        if self.current().is_close_delimiter() {
            self.skip_closing();
            self.eat(Semicolon);
            return;
        }
        if self.at(Semicolon) {
            return self.lone_semicolon();
        }
        let before = self.progress();
        let mut lacks_semicolon =
            missing_semicolon.is_some() && !self.at_item() && !self.at(PubKeyword);
        // An item needs none before it; what has attributes may be one.
        let undecided = (lacks_semicolon && self.at(Hash) && self.nth(1) == OpenBracket)
            .then(|| (self.blamed_span(), self.has_reported_here()));
        lacks_semicolon &= undecided.is_none();
        if lacks_semicolon {
            self.expected("missing-semicolon", "`;` after the expression");
        }
        let statement = self.statement();
        if let (Some((place, false)), false) = (undecided, matches!(statement, Statement::Item)) {
            let message = "Expected `;` after the expression, found `#`";
            self.report_earlier("missing-semicolon", message, place);
        }
        if self.progress() == before {
            return self.skip_statement();
        }
        match statement {
            Statement::Last => *last = self.previous_span(),
            Statement::Item if missing_semicolon.is_some() => *last = missing_semicolon,
            _ => {}
        }
    }

    /// Reads a statement where only items may stand.
    pub(super) fn stray_statement(&mut self) {
        let before = self.progress();
        self.statement();
        if self.progress() == before {
            self.skip_statement();
        }
    }

    fn lone_semicolon(&mut self) {
        let message = "This `;` ends nothing; Rune has no empty statement";
        self.report("unexpected-semicolon", message, self.current_span());
        self.skip_token();
    }

    fn statement(&mut self) -> Statement {
        let start = self.checkpoint_with_docs();
        self.attributes();
        let is_public = self.visibility();
        if self.at_item() {
            self.item_from(start, is_public);
            return Statement::Item;
        }
        if is_public {
            self.expected("expected-item", "an item after `pub`");
        }
        if self.at(LetKeyword) {
            self.let_statement(start);
            return Statement::Complete;
        }
        self.expression_statement(start)
    }

    /// `let pattern: Type = expression;`.
    fn let_statement(&mut self, start: Checkpoint) {
        self.bump();
        self.mutable();
        self.annotated_pattern();
        if self.at(Equal) {
            self.bump();
            self.expression();
        } else {
            self.expected(
                "expected-equal",
                "`=` and a value, which each variable of Rune starts with",
            );
        }
        self.end_of_let();
        self.node(start, LetStatement);
    }

    /// The `;` of a `let`. What stands before it on the line and makes no sense is skipped.
    fn end_of_let(&mut self) {
        if self.eat(Semicolon) {
            return;
        }
        if !self.has_reported_here() {
            self.expected("missing-semicolon", "`;` after the `let`");
        }
        let starts_something =
            self.indent().is_some() || self.at_item() || self.at_path() || self.at(LetKeyword);
        if !starts_something && !self.current().is_close_delimiter() {
            self.skip_until(|parser| parser.at(Semicolon) || parser.indent().is_some());
            self.eat(Semicolon);
        }
    }

    /// `mut` stands nowhere in Rune, but is easily written.
    pub(super) fn mutable(&mut self) {
        if self.at(MutKeyword) {
            let message = "Every variable of Rune can be changed: there is no `mut`";
            self.report("mutable-variable", message, self.current_span());
            self.bump();
        }
    }

    fn expression_statement(&mut self, start: Checkpoint) -> Statement {
        let shape = self.nested(Shape::Other, |parser| {
            parser.expression_from(start, Braces::Literal)
        });
        if shape == Shape::Missing {
            if !self.is_empty_since(start) {
                self.node(start, Error);
            }
            return Statement::Complete;
        }
        let has_semicolon = self.eat(Semicolon);
        self.node(start, ExpressionStatement);
        if shape.needs_semicolon() && !has_semicolon {
            return Statement::Last;
        }
        Statement::Complete
    }
}
