//! Expressions: operands, and what they start with.

use super::builder::Checkpoint;
use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};

/// What `{` after a path is: the start of a struct literal, or, as in `if x {`, the end of the expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    Literal,
    End,
}

/// What sort of expression was read, as far as the grammar cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Block,
    If,
    Match,
    For,
    While,
    Loop,
    Select,
    BracedMacro,
    Other,
    Missing,
}

impl Shape {
    /// Whether it needs a `;` when another statement follows.
    pub(super) fn needs_semicolon(self) -> bool {
        matches!(self, Shape::Other)
    }

    /// Whether `(` or `[` behind it makes it a call or an index. This holds for `if c { }` too, even on the next line.
    pub(super) fn is_callable(self) -> bool {
        !matches!(self, Shape::For | Shape::While)
    }

    /// Whether, as the body of a match arm, it needs a comma before the next arm.
    pub(super) fn needs_comma(self) -> bool {
        !matches!(
            self,
            Shape::Block | Shape::For | Shape::While | Shape::If | Shape::Match | Shape::Missing
        )
    }
}

impl Parser<'_> {
    /// Reads an expression, or reports that there is none.
    pub(super) fn expression(&mut self) -> Shape {
        self.expression_with(Braces::Literal)
    }

    /// Reads an expression that a block follows: the condition of an `if`, what a `for` iterates.
    pub(super) fn expression_before_block(&mut self) -> Shape {
        self.expression_with(Braces::End)
    }

    pub(super) fn expression_with(&mut self, braces: Braces) -> Shape {
        self.nested(Shape::Other, |parser| {
            let start = parser.checkpoint_with_docs();
            parser.attributes();
            parser.expression_from(start, braces)
        })
    }

    /// Reads an expression whose attributes, from `start` on, are taken.
    pub(super) fn expression_from(&mut self, start: Checkpoint, braces: Braces) -> Shape {
        let shape = self.operand_from(start, braces);
        self.operators(start, shape, 0, braces)
    }

    /// Reads an expression without binary operators.
    pub(super) fn operand(&mut self, braces: Braces) -> Shape {
        self.nested(Shape::Other, |parser| {
            let start = parser.checkpoint_with_docs();
            parser.attributes();
            parser.operand_from(start, braces)
        })
    }

    pub(super) fn operand_from(&mut self, start: Checkpoint, braces: Braces) -> Shape {
        match self.base(start, braces) {
            Shape::Missing => Shape::Missing,
            shape => self.chain(start, shape),
        }
    }

    /// Reads what an expression starts with. Everything from `start` on belongs to it.
    fn base(&mut self, start: Checkpoint, braces: Braces) -> Shape {
        if self.at_path() {
            return self.path_expression(start, braces);
        }
        match self.current() {
            TrueKeyword | FalseKeyword | NumberLiteral | StringLiteral | ByteStringLiteral
            | CharacterLiteral | ByteLiteral => {
                self.bump();
                self.close(start, LiteralExpression)
            }
            TemplateQuote => self.template(start),
            Bang | Minus | Ampersand | Star => {
                self.bump();
                self.operand(braces);
                self.close(start, UnaryExpression)
            }
            DotDot | DotDotEqual => {
                self.bump();
                self.range_end(braces);
                self.close(start, RangeExpression)
            }
            Hash => self.object(start),
            OpenParenthesis => self.parentheses(start),
            OpenBracket => {
                self.bump();
                self.list(CloseBracket, |parser| {
                    parser.expression();
                });
                self.close(start, VectorExpression)
            }
            LetKeyword => self.let_expression(start),
            BreakKeyword | ContinueKeyword | ReturnKeyword | YieldKeyword => self.jump(start),
            FnKeyword if matches!(self.nth(1), OpenParenthesis) => {
                self.function_without_name(start)
            }
            _ => self.body_expression(start),
        }
    }

    fn path_expression(&mut self, start: Checkpoint, braces: Braces) -> Shape {
        let path = self.checkpoint();
        self.path_tokens();
        match self.current() {
            OpenBrace if braces == Braces::Literal && self.at_fields() => {
                self.node(path, Path);
                self.bump();
                self.list(CloseBrace, Self::field_initializer);
                self.close(start, StructExpression)
            }
            Bang => {
                self.node(path, Path);
                self.macro_call(start)
            }
            _ => self.close(start, PathExpression),
        }
    }

    /// `#{ key: value, … }`.
    fn object(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        if self.expect(OpenBrace, "expected-object") {
            self.list(CloseBrace, Self::field_initializer);
        }
        self.close(start, ObjectExpression)
    }

    /// `key: value` or, short for `key: key`, `key`.
    fn field_initializer(&mut self) {
        let start = self.checkpoint();
        match self.current() {
            StringLiteral => self.bump(),
            Identifier => self.path_tokens(),
            kind if kind.is_keyword() && self.nth(1) == Colon => {
                let message = format!(
                    "`{}` is a keyword of Rune; as a key write it as a string",
                    self.current_text()
                );
                self.report("keyword-as-name", message, self.current_span());
                self.skip_token();
            }
            _ => return self.expected("expected-key", "a key: a name or a string"),
        }
        if self.eat(Colon) {
            self.expression();
        }
        self.node(start, FieldInitializer);
    }

    /// `()`, `(value)`, `(value,)` or `(value, value)`.
    fn parentheses(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        let mut elements = 0;
        let mut ends_with_comma = false;
        self.list(CloseParenthesis, |parser| {
            elements += 1;
            parser.expression();
            ends_with_comma = parser.at(Comma);
        });
        let is_group = elements == 1 && !ends_with_comma;
        self.close(
            start,
            if is_group {
                ParenthesizedExpression
            } else {
                TupleExpression
            },
        )
    }

    /// `break 'label value`, `continue 'label`, `return value`, `yield value`: all but the keyword may be missing.
    fn jump(&mut self, start: Checkpoint) -> Shape {
        let keyword = self.current();
        self.bump();
        if matches!(keyword, BreakKeyword | ContinueKeyword) {
            self.eat(Label);
        }
        if keyword != ContinueKeyword {
            self.optional_value(keyword);
        }
        let kind = match keyword {
            BreakKeyword => BreakExpression,
            ContinueKeyword => ContinueExpression,
            ReturnKeyword => ReturnExpression,
            _ => YieldExpression,
        };
        self.close(start, kind)
    }

    /// Reads the value of a `return` and the like. Rune only looks for some of the tokens that a value may start with.
    fn optional_value(&mut self, keyword: SyntaxKind) {
        if self.at_optional_expression(Braces::Literal) {
            self.expression();
        } else if self.at_overlooked_expression() {
            let word = match keyword {
                BreakKeyword => "break",
                ReturnKeyword => "return",
                _ => "yield",
            };
            let message = format!(
                "Rune does not read {} as the value of `{word}`; put it in parentheses",
                self.found()
            );
            self.report("value-needs-parentheses", message, self.current_span());
            self.expression();
        }
    }

    /// Whether Rune sees an expression here where one may be missing.
    pub(super) fn at_optional_expression(&self, braces: Braces) -> bool {
        match self.current() {
            AsyncKeyword | SelfKeyword | SelectKeyword | Hash | Minus | Bang | Ampersand | Star
            | WhileKeyword | LoopKeyword | ForKeyword | LetKeyword | IfKeyword | BreakKeyword
            | ContinueKeyword | ReturnKeyword | TrueKeyword | FalseKeyword | Identifier
            | ColonColon | NumberLiteral | CharacterLiteral | ByteLiteral | StringLiteral
            | ByteStringLiteral | DotDot | OpenParenthesis | OpenBracket => true,
            Label => self.nth(1) == Colon,
            OpenBrace => braces == Braces::Literal,
            _ => false,
        }
    }

    /// Whether an expression starts on this line that Rune does not see where one may be missing.
    pub(super) fn at_overlooked_expression(&self) -> bool {
        let starts = [
            MatchKeyword,
            TemplateQuote,
            SelfTypeKeyword,
            CrateKeyword,
            SuperKeyword,
            YieldKeyword,
            MoveKeyword,
            ConstKeyword,
        ];
        self.at_any(&starts) && self.indent().is_none()
    }

    /// Makes everything from `start` on an expression of that kind.
    pub(super) fn close(&mut self, start: Checkpoint, kind: SyntaxKind) -> Shape {
        self.node(start, kind);
        Shape::Other
    }
}
