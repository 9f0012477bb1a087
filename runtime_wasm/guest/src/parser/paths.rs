//! Paths: `std::iter::range`, `::host::call`, `Vec::<i64>::new`.

use super::core::Parser;
use super::expressions::Braces;
use crate::syntax::SyntaxKind::{self, *};

impl Parser<'_> {
    /// Whether a path starts here.
    pub(super) fn at_path(&self) -> bool {
        starts_path(self.current())
    }

    fn at_path_segment(&self) -> bool {
        let kind = self.current();
        kind != ColonColon && starts_path(kind)
    }

    /// Reads a path as a node of its own, or reports that there is none.
    pub(super) fn path(&mut self, code: &'static str, what: &str) -> bool {
        if !self.at_path() {
            self.expected(code, what);
            return false;
        }
        let start = self.checkpoint();
        self.path_tokens();
        self.node(start, Path);
        true
    }

    /// Reads the tokens of a path into the node that is open.
    pub(super) fn path_tokens(&mut self) {
        self.eat(ColonColon);
        self.path_segment();
        while self.eat(ColonColon) {
            self.path_segment();
        }
    }

    fn path_segment(&mut self) {
        match self.current() {
            Less => self.generic_arguments(),
            _ if self.at_path_segment() => self.bump(),
            kind => {
                self.expected("expected-path-segment", "a name after `::`");
                if kind.is_keyword() && self.indent().is_none() {
                    self.skip_token();
                }
            }
        }
    }

    /// `<…>` in a path. Its arguments are expressions without operators, as Rune has it.
    fn generic_arguments(&mut self) {
        let start = self.checkpoint();
        self.bump();
        self.list(Greater, |parser| {
            parser.operand(Braces::End);
        });
        self.node(start, GenericArguments);
    }
}

fn starts_path(kind: SyntaxKind) -> bool {
    matches!(
        kind,
        Identifier
            | SelfKeyword
            | SelfTypeKeyword
            | CrateKeyword
            | SuperKeyword
            | ColonColon
            | Less
    )
}
