//! Type annotations. Rune refuses them; they are blanked before it sees the text.
//!
//! Types are paths with arguments (`Option<String>`), tuples, functions (`fn(A) -> B`), `!`, unions (`A | B`), strings
//! (`"note" | "tip"`) and objects with their keys (`Object{folder?, limit?}`).

use super::core::Parser;
use crate::syntax::SyntaxKind::*;

impl Parser<'_> {
    /// `: Type`, if it is there.
    pub(super) fn annotation(&mut self) {
        self.annotation_with(Self::type_);
    }

    /// `: Type`, if it is there. The type is what `read_type` reads.
    pub(super) fn annotation_with(&mut self, read_type: fn(&mut Self)) {
        if self.at(Colon) {
            let start = self.checkpoint();
            self.bump();
            read_type(self);
            self.node(start, TypeAnnotation);
        }
    }

    /// A type, or a union of types.
    pub(super) fn type_(&mut self) {
        let start = self.checkpoint();
        self.type_without_union();
        if self.at(Pipe) {
            while self.eat(Pipe) {
                self.type_without_union();
            }
            self.node(start, UnionType);
        }
    }

    /// A type before which no `|` can stand: in the parameters of a closure that ends them.
    pub(super) fn type_without_union(&mut self) {
        self.nested((), |parser| match parser.current() {
            OpenParenthesis => parser.tuple_type(),
            Bang => {
                let start = parser.checkpoint();
                parser.bump();
                parser.node(start, NeverType);
            }
            FnKeyword if parser.indent().is_none() || parser.nth(1) == OpenParenthesis => {
                parser.function_type()
            }
            StringLiteral => {
                let start = parser.checkpoint();
                parser.bump();
                parser.node(start, StringType);
            }
            Identifier if parser.at_object_type() => parser.object_type(),
            ColonColon | SelfTypeKeyword | SelfKeyword | CrateKeyword | SuperKeyword
            | Identifier => parser.path_type(),
            _ => parser.expected("expected-type", "a type"),
        });
    }

    /// `()`, `(A)` or `(A, B)`.
    fn tuple_type(&mut self) {
        let start = self.checkpoint();
        self.bump();
        let mut elements = 0;
        let mut ends_with_comma = false;
        self.in_brackets(|parser| {
            parser.list(CloseParenthesis, |parser| {
                elements += 1;
                parser.type_();
                ends_with_comma = parser.at(Comma);
            });
        });
        let is_group = elements == 1 && !ends_with_comma;
        self.node(
            start,
            if is_group {
                ParenthesizedType
            } else {
                TupleType
            },
        );
    }

    /// `fn(A, B) -> C`.
    fn function_type(&mut self) {
        let start = self.checkpoint();
        self.bump();
        if self.expect(OpenParenthesis, "expected-parameters") {
            self.in_brackets(|parser| parser.list(CloseParenthesis, Self::type_));
        }
        if self.at(Arrow) {
            let result = self.checkpoint();
            self.bump();
            self.type_without_union();
            self.node(result, ReturnType);
        }
        self.node(start, FunctionType);
    }

    /// `a::B<C>`.
    fn path_type(&mut self) {
        let start = self.checkpoint();
        self.eat(ColonColon);
        loop {
            match self.current() {
                Less => self.type_arguments(),
                SelfTypeKeyword | SelfKeyword | CrateKeyword | SuperKeyword | Identifier => {
                    self.bump()
                }
                _ => self.expected("expected-path-segment", "a name after `::`"),
            }
            if self.at(Less) {
                self.type_arguments();
            }
            if !self.eat(ColonColon) {
                break;
            }
        }
        self.node(start, PathType);
    }

    /// `<A, B>`. The `>` may be part of `>>` or `>=`.
    pub(super) fn type_arguments(&mut self) {
        let start = self.checkpoint();
        self.bump();
        let open = self.previous_span().unwrap_or_default();
        while !self.at_angle_end() {
            let before = self.progress();
            self.in_brackets(Self::type_);
            if !self.eat(Comma) || self.progress() == before {
                break;
            }
        }
        self.close_angle(open);
        self.node(start, TypeArguments);
    }

    /// Reads what stands in brackets of any kind: a `{` there begins no body.
    fn in_brackets(&mut self, read: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.body_follows, false);
        read(self);
        self.body_follows = around;
    }

    /// Whether `Object{` is here, and the brace begins no body: `fn f() -> Object { … }`.
    fn at_object_type(&self) -> bool {
        !self.body_follows && self.nth(1) == OpenBrace && self.current_text() == "Object"
    }

    /// `Object{key, key?}`.
    fn object_type(&mut self) {
        let start = self.checkpoint();
        self.bump();
        self.bump();
        self.in_brackets(|parser| parser.list(CloseBrace, Self::object_type_key));
        self.node(start, ObjectType);
    }

    fn object_type_key(&mut self) {
        let start = self.checkpoint();
        if self.at(Identifier) || self.current().is_keyword() {
            let name = self.checkpoint();
            self.bump();
            self.node(name, Name);
            self.eat(Question);
            self.node(start, ObjectTypeKey);
        } else {
            self.expected("expected-name", "a key of the object");
        }
    }

    fn at_angle_end(&self) -> bool {
        self.at_any(&[
            Greater,
            GreaterGreater,
            GreaterEqual,
            GreaterGreaterEqual,
            EndOfFile,
        ])
    }

    fn close_angle(&mut self, open: crate::tree::Span) {
        match self.current() {
            Greater => self.bump(),
            GreaterGreater => self.bump_first_character(Greater, Greater),
            GreaterEqual => self.bump_first_character(Greater, Equal),
            GreaterGreaterEqual => self.bump_first_character(Greater, GreaterEqual),
            _ => self.unclosed(open, Greater),
        }
    }
}
