//! Patterns.

use super::builder::Checkpoint;
use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};

/// Whether `:` after a name makes it the key of a pattern, or is left to start a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keys {
    Read,
    Left,
}

impl Parser<'_> {
    /// Reads a pattern, or reports that there is none. As in Rune, `name: pattern` is read everywhere.
    pub(super) fn pattern(&mut self) {
        self.nested((), |parser| {
            let start = parser.checkpoint_with_docs();
            parser.attributes();
            parser.base_pattern(start, Keys::Read);
        });
    }

    /// Reads a pattern and, if it has one, its type.
    pub(super) fn annotated_pattern(&mut self) {
        self.pattern_without_type();
        self.annotation();
    }

    /// Reads a pattern that a type may follow. Tells whether there is one.
    pub(super) fn pattern_without_type(&mut self) -> bool {
        self.nested(true, |parser| {
            let start = parser.checkpoint_with_docs();
            parser.attributes();
            parser.base_pattern(start, Keys::Left).is_some()
        })
    }

    /// Reads a pattern whose attributes, from `start` on, are taken. Tells its kind.
    fn base_pattern(&mut self, start: Checkpoint, keys: Keys) -> Option<SyntaxKind> {
        let kind = match self.current() {
            StringLiteral if keys == Keys::Read && self.nth(1) == Colon => {
                self.bump();
                self.field_pattern()
            }
            ByteLiteral | CharacterLiteral | ByteStringLiteral | TrueKeyword | FalseKeyword
            | StringLiteral | NumberLiteral => {
                self.bump();
                LiteralPattern
            }
            Minus => self.negative_literal(),
            DotDot => {
                self.bump();
                RestPattern
            }
            Underscore => {
                self.bump();
                WildcardPattern
            }
            OpenParenthesis => self.pattern_list(CloseParenthesis, TuplePattern),
            OpenBracket => self.pattern_list(CloseBracket, VectorPattern),
            Hash => {
                self.bump();
                if self.at(OpenBrace) {
                    self.pattern_list(CloseBrace, ObjectPattern)
                } else {
                    self.expected("expected-object", "`{`");
                    ObjectPattern
                }
            }
            _ if self.at_path() => self.path_pattern(keys),
            _ => {
                self.report_pattern();
                return None;
            }
        };
        self.node(start, kind);
        Some(kind)
    }

    fn report_pattern(&mut self) {
        let word = self.current();
        if word.is_keyword() && word != InKeyword && self.indent().is_none() {
            let message = format!(
                "`{}` is a keyword of Rune: it cannot be the name of a variable",
                self.current_text()
            );
            self.report("keyword-as-name", message, self.current_span());
            if matches!(
                self.nth(1),
                Comma | Equal | Colon | CloseParenthesis | Pipe | InKeyword | FatArrow
            ) {
                self.skip_token();
            }
        } else {
            self.expected("expected-pattern", "a pattern");
        }
    }

    /// `-1`. Rune reads any expression after the `-`, and then wants a number.
    fn negative_literal(&mut self) -> SyntaxKind {
        let span = self.current_span();
        let is_number = self.nth(1) == NumberLiteral;
        self.expression();
        if !is_number {
            self.report(
                "expected-pattern",
                "Expected a number after the `-` of a pattern",
                span,
            );
        }
        LiteralPattern
    }

    fn pattern_list(&mut self, close: SyntaxKind, kind: SyntaxKind) -> SyntaxKind {
        self.bump();
        self.list(close, Self::pattern);
        kind
    }

    /// `name`, `path::to::Unit`, `Tuple(…)` or `Struct { … }`.
    fn path_pattern(&mut self, keys: Keys) -> SyntaxKind {
        let start = self.checkpoint();
        let before = self.progress();
        let is_identifier = self.at(Identifier);
        self.path_tokens();
        let is_single = is_identifier && self.progress() == before + 1;
        match self.current() {
            OpenParenthesis => {
                self.node(start, Path);
                self.pattern_list(CloseParenthesis, TuplePattern)
            }
            OpenBrace if self.at_fields() => {
                self.node(start, Path);
                self.pattern_list(CloseBrace, ObjectPattern)
            }
            Colon if keys == Keys::Read => self.field_pattern(),
            _ if is_single => IdentifierPattern,
            _ => PathPattern,
        }
    }

    /// The `: pattern` behind a key.
    fn field_pattern(&mut self) -> SyntaxKind {
        self.bump();
        self.pattern();
        FieldPattern
    }

    /// Whether the `{` here starts fields. It is taken for the start of a block only in a text that lacks a closing
    /// parenthesis, as in `fn f(a {`, and only if no field follows.
    pub(super) fn at_fields(&self) -> bool {
        let names_no_field = |parser: &Self| match parser.nth(1) {
            CloseBrace | DotDot => false,
            Identifier | StringLiteral => !matches!(parser.nth(2), Colon | Comma | CloseBrace),
            _ => true,
        };
        !self.hangs_on(self.surplus_brackets > 0, names_no_field)
    }
}
