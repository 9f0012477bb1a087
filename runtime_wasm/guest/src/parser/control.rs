//! Expressions made of blocks: `if`, `match`, `select`, the loops, and blocks with their modifiers.

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::{Braces, Shape};
use crate::syntax::SyntaxKind::{self, *};

impl Parser<'_> {
    /// Reads an expression that starts with a label, a modifier, a block or one of their keywords.
    pub(super) fn body_expression(&mut self, start: Checkpoint) -> Shape {
        let before = self.progress();
        self.label_declaration();
        let modifiers = self.progress();
        for modifier in [AsyncKeyword, ConstKeyword, MoveKeyword] {
            self.eat(modifier);
        }
        let has_label = modifiers > before;
        let has_modifier = self.progress() > modifiers;
        match self.current() {
            OpenBrace => {
                self.block();
                self.shaped(start, BlockExpression, Shape::Block)
            }
            Pipe | PipePipe if !has_label => self.closure(start),
            WhileKeyword | LoopKeyword | ForKeyword if !has_modifier => self.loop_expression(start),
            IfKeyword if !has_modifier && !has_label => self.if_expression(start),
            MatchKeyword if !has_modifier && !has_label => self.match_expression(start),
            SelectKeyword if !has_modifier && !has_label => self.select_expression(start),
            _ if has_modifier => self.without_block(start, "a block or a closure", BlockExpression),
            _ if has_label => {
                self.without_block(start, "a loop or a block after the label", BlockExpression)
            }
            _ => {
                self.report_missing_expression();
                Shape::Missing
            }
        }
    }

    /// Where a statement starts the problem is the token itself, not that the line before goes on.
    fn report_missing_expression(&mut self) {
        if self.follows_statement() && !self.at(EndOfFile) {
            let message = format!("Expected an expression, found {}", self.found());
            return self.report("expected-expression", message, self.current_span());
        }
        self.expected("expected-expression", "an expression");
    }

    fn without_block(&mut self, start: Checkpoint, what: &str, kind: SyntaxKind) -> Shape {
        self.expected("expected-block", what);
        self.close(start, kind)
    }

    /// `'label:`.
    fn label_declaration(&mut self) {
        if !self.at(Label) {
            return;
        }
        let start = self.checkpoint();
        self.bump();
        self.expect(Colon, "expected-colon");
        self.node(start, LabelDeclaration);
    }

    fn shaped(&mut self, start: Checkpoint, kind: SyntaxKind, shape: Shape) -> Shape {
        self.node(start, kind);
        shape
    }

    fn loop_expression(&mut self, start: Checkpoint) -> Shape {
        let keyword = self.current();
        self.bump();
        match keyword {
            WhileKeyword => {
                self.condition_and_block();
                self.shaped(start, WhileExpression, Shape::While)
            }
            LoopKeyword => {
                self.block();
                self.shaped(start, LoopExpression, Shape::Loop)
            }
            _ => {
                self.pattern();
                if self.expect(InKeyword, "expected-in") {
                    self.expression_before_block();
                } else {
                    self.skip_until(|parser| {
                        parser.at_any(&[OpenBrace, Semicolon]) || parser.indent().is_some()
                    });
                }
                self.block();
                self.shaped(start, ForExpression, Shape::For)
            }
        }
    }

    fn if_expression(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        self.condition_and_block();
        while self.at(ElseKeyword) {
            let branch = self.checkpoint();
            self.bump();
            let has_condition = self.eat(IfKeyword);
            if has_condition {
                self.condition_and_block();
            } else {
                self.block();
            }
            self.node(branch, ElseBranch);
            if !has_condition {
                break;
            }
        }
        self.shaped(start, IfExpression, Shape::If)
    }

    /// What stands between `if` or `while` and the block, an expression or `let pattern = expression`, and the block.
    fn condition_and_block(&mut self) {
        if !self.at(OpenBrace) {
            self.expression_before_block();
            return self.block();
        }
        let start = self.checkpoint();
        let missing = (!self.has_reported_here()).then(|| self.blamed_span());
        self.block();
        // One block is what follows a condition that nobody wrote yet; of two, the first is the condition.
        if self.at(OpenBrace) || self.goes_on_behind_block() {
            self.node(start, BlockExpression);
            let shape = self.chain(start, Shape::Block);
            self.operators(start, shape, 0, Braces::End);
            return self.block();
        }
        if let Some(place) = missing {
            self.report_earlier(
                "expected-condition",
                "Expected a condition, found `{`",
                place,
            );
        }
    }

    /// Whether an expression that starts with the block before goes on in the same line.
    fn goes_on_behind_block(&self) -> bool {
        let is_in_line = self.indent().is_none();
        is_in_line && (self.at_any(&[Dot, Question]) || self.at_operator())
    }

    /// `let pattern = expression` where it is no statement.
    pub(super) fn let_expression(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        self.mutable();
        self.annotated_pattern();
        if self.expect(Equal, "expected-equal") {
            self.expression_before_block();
        }
        self.close(start, LetExpression)
    }

    fn match_expression(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        self.expression_before_block();
        self.arms(MatchArmList, Self::match_arm);
        self.shaped(start, MatchExpression, Shape::Match)
    }

    fn select_expression(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        self.arms(SelectArmList, Self::select_arm);
        self.shaped(start, SelectExpression, Shape::Select)
    }

    /// `{ arm, arm … }`. An arm tells whether it needs a comma when another one follows.
    fn arms(&mut self, kind: SyntaxKind, arm: fn(&mut Self) -> bool) {
        let start = self.checkpoint();
        if !self.expect(OpenBrace, "expected-arms") {
            return;
        }
        let open = self.previous_span().unwrap_or_default();
        let open_indent = self.line_indent;
        while !self.at(CloseBrace) || self.at_surplus_brace(open_indent) {
            if self.at_any(&[EndOfFile, TemplateClose])
                || self.at_item_line()
                || self.at_outer_item()
            {
                break;
            }
            self.one_arm(arm);
        }
        if self.at_outer_brace(open_indent) || !self.at(CloseBrace) {
            self.unclosed(open, CloseBrace);
        } else {
            self.bump();
        }
        self.node(start, kind);
    }

    fn one_arm(&mut self, arm: fn(&mut Self) -> bool) {
        if self.current().is_close_delimiter() {
            return self.skip_closing();
        }
        let before = self.progress();
        let needs_comma = arm(self);
        if self.progress() == before {
            self.skip_until(|parser| {
                parser.at(Comma) || (parser.progress() > before && parser.indent().is_some())
            });
            self.eat(Comma);
            if self.progress() == before && !self.at(EndOfFile) {
                self.skip_token();
            }
        } else if needs_comma && !self.at_any(&[CloseBrace, EndOfFile]) && !self.at_item_line() {
            self.report_missing_comma();
            if self.indent().is_none() {
                self.skip_until(|parser| parser.at(Comma) || parser.indent().is_some());
                self.eat(Comma);
            }
        }
    }

    /// At `=>` the pattern before it was read as part of the arm before: `{ } (a, b)` is a call.
    fn report_missing_comma(&mut self) {
        if self.at(FatArrow) {
            let message = "Rune reads this pattern and the arm before it as one expression: put `,` between them";
            self.report("expected-comma", message, self.current_span());
        } else {
            self.expected("expected-comma", "`,` between two arms");
        }
    }

    /// `pattern if guard => body,`.
    fn match_arm(&mut self) -> bool {
        let start = self.checkpoint_with_docs();
        self.pattern();
        if self.at(IfKeyword) {
            let guard = self.checkpoint();
            self.bump();
            self.expression();
            self.node(guard, MatchGuard);
        }
        let needs_comma = self.arm_body();
        self.close_arm(start, MatchArm, needs_comma)
    }

    /// `pattern = future => body,` or `default => body,`.
    fn select_arm(&mut self) -> bool {
        let start = self.checkpoint_with_docs();
        if !self.eat(DefaultKeyword) {
            self.pattern();
            if self.expect(Equal, "expected-equal") {
                self.expression();
            }
        }
        let needs_comma = self.arm_body();
        self.close_arm(start, SelectArm, needs_comma)
    }

    /// `=> body`. Tells whether a comma has to follow when another arm does.
    fn arm_body(&mut self) -> bool {
        if !self.expect(FatArrow, "expected-fat-arrow") {
            self.skip_until(|parser| {
                parser.at_any(&[Comma, FatArrow]) || parser.indent().is_some()
            });
            if !self.eat(FatArrow) {
                return false;
            }
        }
        self.expression().needs_comma()
    }

    fn close_arm(&mut self, start: Checkpoint, kind: SyntaxKind, needs_comma: bool) -> bool {
        let has_comma = self.eat(Comma);
        if !self.is_empty_since(start) {
            self.node(start, kind);
        }
        needs_comma && !has_comma
    }
}
