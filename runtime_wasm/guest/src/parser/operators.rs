//! Binary operators with the binding strengths of Rune 0.14.2.

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::{Braces, Shape};
use crate::syntax::SyntaxKind::{self, *};

/// A binary operator: how strongly it binds, whether several in a row need no parentheses, its tokens and its node.
struct Operator {
    strength: u8,
    chains: bool,
    tokens: usize,
    node: SyntaxKind,
}

impl Parser<'_> {
    /// Reads the operators, of at least that strength, and operands behind the operand that starts at `start`.
    pub(super) fn operators(
        &mut self,
        start: Checkpoint,
        first: Shape,
        least: u8,
        braces: Braces,
    ) -> Shape {
        let mut shape = first;
        while let Some(operator) = self
            .operator()
            .filter(|operator| operator.strength >= least)
        {
            if shape == Shape::Missing {
                return shape;
            }
            self.take_operator(&operator);
            if operator.node == RangeExpression {
                self.range_end(braces);
            } else if self.right_operand(start, &operator, braces) == Shape::Missing {
                return self.close(start, operator.node);
            }
            shape = self.close(start, operator.node);
        }
        shape
    }

    fn take_operator(&mut self, operator: &Operator) {
        for _ in 0..operator.tokens {
            self.bump();
        }
    }

    /// Reads the right side of `operator`, with the operators in it that bind more strongly. The left side starts at
    /// `left`.
    fn right_operand(&mut self, left: Checkpoint, operator: &Operator, braces: Braces) -> Shape {
        let start = self.checkpoint();
        let mut shape = self.nested(Shape::Other, |parser| parser.operand_from(start, braces));
        while let Some(next) = self.operator() {
            if shape == Shape::Missing {
                break;
            }
            if next.strength == operator.strength && !next.chains {
                let message = format!(
                    "Parentheses are needed: {} binds as strongly as the operator before",
                    self.found()
                );
                self.report("expected-parentheses", message, self.span_since(left));
            }
            if next.strength <= operator.strength {
                break;
            }
            shape = self.operators(start, shape, operator.strength + 1, braces);
        }
        shape
    }

    /// Reads what comes after `..` or `..=`, which may be nothing.
    pub(super) fn range_end(&mut self, braces: Braces) {
        if self.at_optional_expression(braces) {
            self.expression_with(braces);
        } else if self.at_overlooked_expression() {
            let message = format!(
                "Rune does not read {} as the end of a range; put it in parentheses",
                self.found()
            );
            self.report("value-needs-parentheses", message, self.current_span());
            self.expression_with(braces);
        }
    }

    /// Whether what comes next is a binary operator.
    pub(super) fn at_operator(&self) -> bool {
        self.operator().is_some()
    }

    fn operator(&self) -> Option<Operator> {
        let operator = |strength, chains, node| {
            Some(Operator {
                strength,
                chains,
                tokens: 1,
                node,
            })
        };
        match self.current() {
            IsKeyword => {
                let tokens = if self.nth(1) == NotKeyword { 2 } else { 1 };
                Some(Operator {
                    strength: 13,
                    chains: false,
                    tokens,
                    node: IsExpression,
                })
            }
            AsKeyword => operator(13, false, CastExpression),
            Star | Slash | Percent => operator(11, true, BinaryExpression),
            Plus | Minus => operator(10, true, BinaryExpression),
            LessLess | GreaterGreater => operator(9, true, BinaryExpression),
            Ampersand => operator(8, true, BinaryExpression),
            Caret => operator(7, true, BinaryExpression),
            Pipe => operator(6, true, BinaryExpression),
            EqualEqual | BangEqual | Less | Greater | LessEqual | GreaterEqual => {
                operator(5, false, BinaryExpression)
            }
            AmpersandAmpersand => operator(4, true, BinaryExpression),
            PipePipe => operator(3, true, BinaryExpression),
            DotDot | DotDotEqual => operator(2, false, RangeExpression),
            PlusEqual | MinusEqual | StarEqual | SlashEqual | PercentEqual | AmpersandEqual
            | CaretEqual | PipeEqual | LessLessEqual | GreaterGreaterEqual => {
                operator(1, false, AssignmentExpression)
            }
            _ => None,
        }
    }
}
