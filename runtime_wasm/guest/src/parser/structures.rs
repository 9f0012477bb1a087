//! Items that declare data, and `use`.

use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};

impl Parser<'_> {
    /// `struct Name;`, `struct Name(a, b);` or `struct Name { a, b: Type }`.
    pub(super) fn struct_item(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the struct");
        self.generic_parameters();
        let has_names = self.at(OpenBrace);
        self.fields();
        if has_names {
            self.eat(Semicolon);
        } else {
            self.end_of_item();
        }
        StructItem
    }

    /// `enum Name { Unit, Tuple(a), Struct { a } }`.
    pub(super) fn enum_item(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the enum");
        self.generic_parameters();
        if self.at(OpenBrace) {
            let start = self.checkpoint();
            self.bump();
            self.list(CloseBrace, Self::variant);
            self.node(start, VariantList);
        } else {
            self.expected("expected-variants", "`{` and the variants of the enum");
        }
        self.eat(Semicolon);
        EnumItem
    }

    fn variant(&mut self) {
        let start = self.checkpoint_with_docs();
        self.attributes();
        if self.name("expected-name", "the name of a variant") {
            self.fields();
        }
        if !self.is_empty_since(start) {
            self.node(start, Variant);
        }
    }

    /// The fields of a struct or variant, if it has any.
    pub(super) fn fields(&mut self) {
        let (close, kind) = match self.current() {
            OpenBrace => (CloseBrace, FieldList),
            OpenParenthesis => (CloseParenthesis, TupleFieldList),
            _ => return,
        };
        let start = self.checkpoint();
        self.bump();
        if self.is_stub && kind == TupleFieldList {
            self.list(close, Self::unnamed_field);
        } else {
            self.list(close, Self::field);
        }
        self.node(start, kind);
    }

    fn field(&mut self) {
        let start = self.checkpoint_with_docs();
        self.attributes();
        self.visibility();
        if self.current().is_keyword() && self.nth(1) == FnKeyword {
            return self.expected("expected-name", "the name of a field");
        }
        self.name("expected-name", "the name of a field");
        self.annotation();
        if !self.is_empty_since(start) {
            self.node(start, Field);
        }
    }

    /// `use path;`, with `*`, `{…}` and `as name`.
    pub(super) fn use_item(&mut self) -> SyntaxKind {
        self.bump();
        self.use_tree();
        self.end_of_item();
        UseItem
    }

    fn use_tree(&mut self) {
        self.nested((), |parser| {
            let start = parser.checkpoint();
            parser.eat(ColonColon);
            let mut is_found = parser.use_segment();
            while is_found && parser.eat(ColonColon) {
                is_found = parser.use_segment();
            }
            if parser.at(AsKeyword) {
                let alias = parser.checkpoint();
                parser.bump();
                parser.name("expected-name", "a name after `as`");
                parser.node(alias, UseAlias);
            }
            if !parser.is_empty_since(start) {
                parser.node(start, UseTree);
            }
        });
    }

    fn use_segment(&mut self) -> bool {
        match self.current() {
            Star | Identifier | SelfKeyword | SelfTypeKeyword | CrateKeyword | SuperKeyword => {
                self.bump()
            }
            OpenBrace => {
                let start = self.checkpoint();
                self.bump();
                self.list(CloseBrace, Self::use_tree);
                self.node(start, UseTreeList);
            }
            _ => {
                self.expected("expected-path-segment", "a name, `*` or `{`");
                let goes_on = matches!(
                    self.nth(1),
                    Semicolon | Comma | ColonColon | CloseBrace | AsKeyword
                );
                if self.current().is_keyword() && goes_on {
                    self.skip_token();
                }
                return false;
            }
        }
        true
    }
}
