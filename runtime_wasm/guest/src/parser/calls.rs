//! What can follow an operand: calls, fields, indexes, `?`, `.await` and `=`.

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::Shape;
use crate::syntax::SyntaxKind::*;

impl Parser<'_> {
    /// Reads everything that hangs on the operand from `start` on. A loop, so that long chains need no stack.
    pub(super) fn chain(&mut self, start: Checkpoint, first: Shape) -> Shape {
        let mut shape = first;
        loop {
            shape = match self.current() {
                OpenParenthesis if shape.is_callable() => {
                    self.argument_list();
                    self.close(start, CallExpression)
                }
                OpenBracket if shape.is_callable() => {
                    self.index();
                    self.close(start, IndexExpression)
                }
                Question => {
                    self.bump();
                    self.close(start, TryExpression)
                }
                Equal => {
                    self.bump();
                    self.expression();
                    self.close(start, AssignmentExpression)
                }
                Dot => self.member(start),
                _ => return shape,
            };
        }
    }

    fn argument_list(&mut self) {
        let start = self.checkpoint();
        self.bump();
        self.list(CloseParenthesis, |parser| {
            parser.expression();
        });
        self.node(start, ArgumentList);
    }

    fn index(&mut self) {
        self.bump();
        let open = self.previous_span().unwrap_or_default();
        self.expression();
        if !self.at(CloseBracket) && !self.has_reported_here() {
            self.unclosed(open, CloseBracket);
            self.skip_until(|parser| {
                parser.at_any(&[Comma, Semicolon]) || parser.indent().is_some()
            });
        }
        self.eat(CloseBracket);
    }

    /// `.await`, `.name`, `.0` or `.name(…)`.
    fn member(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        match self.current() {
            AwaitKeyword => {
                self.bump();
                return self.close(start, AwaitExpression);
            }
            NumberLiteral => {
                self.bump();
                return self.close(start, FieldExpression);
            }
            Identifier => self.path_tokens(),
            kind => {
                self.report_member();
                if kind.is_keyword() && self.indent().is_none() {
                    self.skip_token();
                } else {
                    return self.close(start, FieldExpression);
                }
            }
        }
        if self.at(OpenParenthesis) {
            self.argument_list();
            return self.close(start, MethodCallExpression);
        }
        self.close(start, FieldExpression)
    }

    fn report_member(&mut self) {
        if self.current().is_keyword() && self.indent().is_none() {
            let word = self.current_text();
            let message = format!(
                "`{word}` is a keyword of Rune: it cannot be the name of a field or method"
            );
            self.report("keyword-as-name", message, self.current_span());
        } else {
            self.expected("expected-field", "the name of a field or method after `.`");
        }
    }
}
