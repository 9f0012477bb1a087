//! Closures.

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::Shape;
use crate::syntax::SyntaxKind::*;

impl Parser<'_> {
    /// `|parameter, …| body`. Modifiers are taken already.
    pub(super) fn closure(&mut self, start: Checkpoint) -> Shape {
        let parameters = self.checkpoint();
        let has_parameters = self.at(Pipe);
        self.bump();
        if has_parameters {
            self.list(Pipe, Self::closure_parameter);
        }
        self.node(parameters, ParameterList);
        self.return_type();
        self.expression();
        self.close(start, ClosureExpression)
    }

    /// A parameter whose type, if it has one, ends before a `|`.
    fn closure_parameter(&mut self) {
        self.parameter_with(Self::type_without_union);
    }

    /// `fn(…) { … }` where an expression should be.
    pub(super) fn function_without_name(&mut self, start: Checkpoint) -> Shape {
        let message = "A function without a name is written as a closure: `|parameter| expression`";
        self.report("expected-closure", message, self.current_span());
        self.bump();
        self.parameter_list();
        self.return_type();
        if self.at(OpenBrace) {
            self.block();
        }
        self.close(start, Error)
    }
}
