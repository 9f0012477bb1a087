//! Functions: `async fn name(parameters) -> Type { … }`.

use super::core::Parser;
use crate::syntax::SyntaxKind::*;

impl Parser<'_> {
    /// Reads a function from its `fn` on. Whatever is missing, it keeps what it has.
    pub(super) fn function(&mut self) {
        self.bump();
        self.name("expected-name", "the name of the function");
        self.generic_parameters();
        if self.at(OpenParenthesis) {
            self.parameter_list();
        } else {
            self.expected(
                "expected-parameters",
                "`(` and the parameters of the function",
            );
            self.skip_in_header();
        }
        self.return_type();
        if self.is_stub {
            self.end_of_declared_function();
        } else {
            self.function_body();
        }
    }

    fn function_body(&mut self) {
        if !self.at(OpenBrace) {
            self.expected(
                "expected-function-body",
                "the body of the function in braces",
            );
            self.skip_in_header();
        }
        if self.at(OpenBrace) {
            self.measured_body(Self::block);
        } else {
            self.eat(Semicolon);
        }
    }

    /// Skips to what the rest of a header could be, on the same line.
    pub(super) fn skip_in_header(&mut self) {
        let is_next_part = |parser: &Self| parser.at_any(&[OpenBrace, Semicolon, Arrow]);
        self.skip_until(|parser| {
            is_next_part(parser) || parser.indent().is_some() || parser.at_item()
        });
    }

    /// `(self, name, pattern: Type)`.
    pub(super) fn parameter_list(&mut self) {
        let start = self.checkpoint();
        self.bump();
        let is_after = |parser: &Self| parser.at_any(&[OpenBrace, Arrow]);
        self.list_before(CloseParenthesis, is_after, |parser| {
            parser.parameter_with(Self::type_)
        });
        self.node(start, ParameterList);
    }

    /// A parameter, whose type `read_type` reads.
    pub(super) fn parameter_with(&mut self, read_type: fn(&mut Self)) {
        let start = self.checkpoint_with_docs();
        if self.at(SelfKeyword) && self.nth(1) != ColonColon {
            self.bump();
            return self.node(start, SelfParameter);
        }
        if self.at(Ampersand) && matches!(self.nth(1), SelfKeyword | MutKeyword) {
            return self.borrowed_self();
        }
        self.mutable();
        if self.pattern_without_type() {
            self.annotation_with(read_type);
            self.node(start, Parameter);
        } else {
            // The name was a keyword, which has been said.
            self.annotation_with(read_type);
        }
    }

    /// `&self` and `&mut self`, which Rune does not have.
    fn borrowed_self(&mut self) {
        let message = "A method of Rune takes `self`, without `&` or `mut`";
        self.report("borrowed-self", message, self.current_span());
        let start = self.checkpoint();
        self.bump();
        self.eat(MutKeyword);
        self.node(start, Error);
        let parameter = self.checkpoint();
        if self.eat(SelfKeyword) {
            self.node(parameter, SelfParameter);
        }
    }

    /// `-> Type`, if it is there.
    pub(super) fn return_type(&mut self) {
        if self.at(Arrow) {
            let start = self.checkpoint();
            self.bump();
            let around = std::mem::replace(&mut self.body_follows, !self.is_stub);
            self.type_();
            self.body_follows = around;
            self.node(start, ReturnType);
        }
    }
}
