//! Template strings.

use super::builder::Checkpoint;
use super::core::Parser;
use super::expressions::Shape;
use crate::syntax::SyntaxKind::*;

impl Parser<'_> {
    /// `` `text ${expression} text` ``.
    pub(super) fn template(&mut self, start: Checkpoint) -> Shape {
        self.bump();
        loop {
            match self.current() {
                TemplateText => self.bump(),
                TemplateOpen => self.template_hole(),
                TemplateQuote => {
                    self.bump();
                    break;
                }
                // The lexer told already that the template has no end.
                _ => break,
            }
        }
        self.close(start, TemplateString)
    }

    /// `${expression}`. Rune takes several expressions, and none, without a word.
    fn template_hole(&mut self) {
        let start = self.checkpoint();
        self.bump();
        while !self.at_end_of_hole() {
            let before = self.progress();
            self.expression();
            if self.eat(Comma) || self.at_end_of_hole() {
                continue;
            }
            self.expected("expected-template-close", "`}` to close the `${` before");
            self.skip_until(|parser| parser.at(Comma));
            if self.progress() == before {
                self.skip_token();
            }
        }
        self.eat(TemplateClose);
        self.node(start, TemplateExpression);
    }

    fn at_end_of_hole(&self) -> bool {
        self.at_any(&[TemplateClose, TemplateText, EndOfFile])
    }
}
