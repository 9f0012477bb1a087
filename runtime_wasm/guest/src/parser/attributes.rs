//! Doc comments, `#[…]` and visibility: what stands before an item.

use super::core::Parser;
use crate::syntax::SyntaxKind::*;

impl Parser<'_> {
    /// Takes the doc comments and attributes before something that may have them.
    pub(super) fn attributes(&mut self) {
        self.take_trivia(true);
        while self.at(Hash) && matches!(self.nth(1), OpenBracket | Bang) {
            self.attribute();
            self.take_trivia(true);
        }
    }

    /// Takes the `//!` comments and `#![…]` at the start of a file or module, which belong to it.
    pub(super) fn inner_attributes(&mut self) {
        let is_outer = |doc: &str| !doc.starts_with("//!") && !doc.starts_with("/*!");
        self.take_trivia_before_doc(is_outer);
        while self.at(Hash) && self.nth(1) == Bang {
            self.attribute();
            self.take_trivia_before_doc(is_outer);
        }
    }

    fn attribute(&mut self) {
        let start = self.checkpoint();
        self.bump();
        self.eat(Bang);
        let open_found = self.expect(OpenBracket, "expected-attribute");
        if open_found {
            let open = self.previous_span().unwrap_or_default();
            if self.is_stub && self.at(MutKeyword) {
                let name = self.checkpoint();
                self.bump();
                self.node(name, Path);
            } else {
                self.path("expected-attribute-name", "the name of an attribute");
            }
            self.token_trees(CloseBracket, open);
        }
        self.node(start, Attribute);
    }

    /// Takes `pub`, `pub(crate)`, `pub(super)`, `pub(self)` or `pub(in path)`. Tells whether there was one.
    pub(super) fn visibility(&mut self) -> bool {
        if !self.at(PubKeyword) {
            return false;
        }
        let start = self.checkpoint();
        self.bump();
        if self.eat(OpenParenthesis) {
            match self.current() {
                InKeyword => {
                    self.bump();
                    self.path("expected-path", "the path of a module");
                }
                CrateKeyword | SuperKeyword | SelfKeyword => self.bump(),
                _ => {
                    self.expected(
                        "expected-visibility",
                        "`crate`, `super`, `self` or `in` and a path",
                    );
                    self.skip_until(|parser| parser.indent().is_some() || parser.at_item());
                }
            }
            self.expect(CloseParenthesis, "unclosed-parenthesis");
        }
        self.node(start, Visibility);
        true
    }
}
