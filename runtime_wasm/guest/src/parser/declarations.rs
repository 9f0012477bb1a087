//! Stubs: items without bodies, and the kinds of items that only stubs have.
//!
//! `type`, `macro`, `attribute`, `event`, `trait` and `protocol` are words only where such an item can begin.

use super::core::Parser;
use super::items::Holds;
use crate::syntax::SyntaxKind::{self, *};

/// The words that begin the items which only stubs have.
const WORDS: [&str; 6] = ["type", "macro", "attribute", "event", "trait", "protocol"];

impl Parser<'_> {
    /// The words that an item can begin with, for people.
    pub(super) fn item_words(&self) -> &'static str {
        if self.is_stub {
            "`fn`, `struct`, `enum`, `impl`, `mod`, `trait`, `type`, `const`, `macro`, `attribute` or `event`"
        } else {
            "`fn`, `struct`, `enum`, `impl`, `mod`, `use` or `const`"
        }
    }

    /// Whether a declaration begins here, where nothing else can stand.
    pub(super) fn at_declaration(&self) -> bool {
        self.at_item() || WORDS.contains(&self.current_text())
    }

    /// Whether the token `ahead` is a word that begins an item of a stub, with what it is called behind it.
    pub(super) fn declares(&self, ahead: usize) -> bool {
        self.is_stub
            && matches!(self.nth(ahead), Identifier | ReservedKeyword)
            && matches!(self.nth(ahead + 1), Identifier | StringLiteral)
            && WORDS.contains(&self.nth_text(ahead))
    }

    /// Whether a declaration of a stub begins here that begins with this word.
    pub(super) fn declares_word(&self, word: &str) -> bool {
        self.declares(0) && self.current_text() == word
    }

    /// Whether `pub` and a field are here, and not `pub` and an item.
    pub(super) fn at_public_field(&self) -> bool {
        self.nth(2) == Colon || (self.nth(1) == Identifier && !self.declares(1))
    }

    /// Reads a declaration from after its visibility on.
    pub(super) fn declaration(&mut self) -> SyntaxKind {
        self.modifiers();
        match self.current() {
            FnKeyword => {
                self.function();
                FunctionItem
            }
            ConstKeyword => self.declared_constant(),
            EnumKeyword => self.enum_item(),
            StructKeyword => self.struct_item(),
            ImplKeyword => self.declared_impl(),
            ModKeyword => self.declared_module(),
            UseKeyword => self.declared_use(),
            _ => match self.current_text() {
                "type" => self.declared_type(),
                "macro" => self.declared_macro(),
                "attribute" => self.declared_attribute(),
                "event" => self.declared_event(),
                "trait" => self.declared_trait(),
                "protocol" => self.declared_protocol(),
                _ => {
                    self.end_of_item();
                    Error
                }
            },
        }
    }

    /// What may stand before `fn`, and what may not.
    fn modifiers(&mut self) {
        if self.at(ConstKeyword) && self.nth(1) == FnKeyword {
            let message = "A function of the host is not `const`";
            self.report("unexpected-modifier", message, self.current_span());
            self.bump();
        }
        self.eat(AsyncKeyword);
    }

    /// `;`, where a script would have the body.
    pub(super) fn end_of_declared_function(&mut self) {
        if !self.at(OpenBrace) {
            return self.end_of_item();
        }
        let message = "A stub only declares: write `;` in place of the body";
        self.report("unexpected-body", message, self.current_span());
        let start = self.checkpoint();
        self.bump();
        self.skip_until(|_| false);
        self.eat(CloseBrace);
        self.node(start, Error);
        self.eat(Semicolon);
    }

    /// `<T, E>`, if it is there. Scripts have no such thing.
    pub(super) fn generic_parameters(&mut self) {
        if !self.is_stub || !self.at(Less) {
            return;
        }
        let start = self.checkpoint();
        self.bump();
        let open = self.previous_span().unwrap_or_default();
        while !self.at_angle_end() {
            let is_name = self.name("expected-name", "the name of a type parameter");
            if !is_name || !self.eat(Comma) {
                break;
            }
        }
        self.close_angle(open);
        self.node(start, GenericParameters);
    }

    /// `NAME: Type;` or `NAME: Type = literal;`
    fn declared_constant(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the constant");
        self.annotation();
        if self.eat(Equal) {
            self.expression();
        }
        self.end_of_item();
        ConstItem
    }

    /// `impl<T> Path<T> { members }`, or `impl<T> Trait<T> for Path<T>;`.
    fn declared_impl(&mut self) -> SyntaxKind {
        self.bump();
        self.generic_parameters();
        self.implementing("the type that the functions belong to");
        if self.eat(ForKeyword) {
            self.implementing("the type that has the functions of the trait");
            self.end_of_item();
        } else {
            self.item_list(Holds::Members);
            self.eat(Semicolon);
        }
        ImplItem
    }

    /// `Path<T>` in the header of an `impl`.
    fn implementing(&mut self, what: &str) {
        self.path("expected-path", what);
        if self.at(Less) {
            self.type_arguments();
        }
    }

    /// `trait Name<T> { functions }`.
    fn declared_trait(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the trait");
        self.generic_parameters();
        self.item_list(Holds::Functions);
        self.eat(Semicolon);
        TraitItem
    }

    /// `protocol NAME(self, other: T) -> T;`
    fn declared_protocol(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the protocol");
        if self.at(OpenParenthesis) {
            self.parameter_list();
        } else {
            self.expected("expected-parameters", "`(` and the parameters");
        }
        self.return_type();
        self.end_of_item();
        ProtocolItem
    }

    /// `mod name { items }`.
    fn declared_module(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the module");
        if self.at(OpenBrace) {
            self.item_list(Holds::Items);
            self.eat(Semicolon);
        } else {
            self.expected("expected-block", "`{` and what the module holds");
            self.end_of_item();
        }
        ModuleItem
    }

    fn declared_use(&mut self) -> SyntaxKind {
        let message = "A stub has no `use`: a type is found by its name, or by its whole path";
        self.report("unexpected-use", message, self.current_span());
        self.use_item()
    }

    /// `type Name<T> = Type;`
    fn declared_type(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the type");
        self.generic_parameters();
        if self.expect(Equal, "expected-equal") {
            self.type_();
        }
        self.end_of_item();
        TypeItem
    }

    /// `macro name(expressions) -> Type;`
    fn declared_macro(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the macro");
        let start = self.checkpoint();
        if self.expect(OpenParenthesis, "expected-parameters") {
            self.declared_arguments();
            self.node(start, MacroArguments);
        } else {
            self.skip_in_header();
        }
        self.return_type();
        self.end_of_item();
        MacroItem
    }

    /// What a macro takes, up to and with the `)`.
    fn declared_arguments(&mut self) {
        if matches!(self.current_text(), "expressions" | "tokens") {
            self.bump();
        } else {
            let what = "`expressions` or `tokens`: what the macro takes";
            self.expected("expected-macro-arguments", what);
            self.skip_until(|parser| parser.at(Semicolon) || parser.indent().is_some());
        }
        self.expect(CloseParenthesis, "unclosed-parenthesis");
    }

    /// `attribute name { key: Type } for fn(a: A) -> B;`
    fn declared_attribute(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the attribute");
        let has_keys = self.at(OpenBrace);
        if has_keys {
            let start = self.checkpoint();
            self.bump();
            self.list(CloseBrace, Self::attribute_key);
            self.node(start, FieldList);
        }
        let has_target = self.at(ForKeyword);
        if has_target {
            self.attribute_target();
        }
        if has_target || !has_keys {
            self.end_of_item();
        } else {
            self.eat(Semicolon);
        }
        AttributeItem
    }

    /// `for fn(a: A) -> B`: what the attribute stands on.
    fn attribute_target(&mut self) {
        let start = self.checkpoint();
        self.bump();
        if self.expect(FnKeyword, "expected-function") {
            if self.at(OpenParenthesis) {
                self.parameter_list();
            } else {
                self.expected("expected-parameters", "`(` and the parameters");
            }
            self.return_type();
        }
        self.node(start, AttributeTarget);
    }

    /// `key: Type`. Any word is a key: no script has it as a name.
    fn attribute_key(&mut self) {
        let start = self.checkpoint_with_docs();
        self.attributes();
        if self.current().is_keyword() {
            let name = self.checkpoint();
            self.bump();
            self.node(name, Name);
        } else {
            self.name("expected-name", "the name of a key");
        }
        self.annotation();
        if !self.is_empty_since(start) {
            self.node(start, Field);
        }
    }

    /// `event "name": Type;`
    fn declared_event(&mut self) -> SyntaxKind {
        self.bump();
        if self.at(StringLiteral) {
            let start = self.checkpoint();
            self.bump();
            self.node(start, Name);
        } else {
            self.expected("expected-event-name", "the name of the event as a string");
            self.skip_in_header();
        }
        self.annotation();
        self.end_of_item();
        EventItem
    }

    /// The type of a value in the parentheses of a variant.
    pub(super) fn unnamed_field(&mut self) {
        let start = self.checkpoint_with_docs();
        self.attributes();
        self.visibility();
        self.type_();
        if !self.is_empty_since(start) {
            self.node(start, Field);
        }
    }

    /// Whether a keyword is here in the place of a name: what follows shows that nothing else is meant.
    pub(super) fn at_declared_keyword(&self) -> bool {
        let is_name = |next| {
            matches!(
                next,
                OpenParenthesis | OpenBrace | Colon | Semicolon | Less | Equal | Comma
            )
        };
        self.is_stub && self.current().is_keyword() && is_name(self.nth(1))
    }

    /// Takes the keyword as a name that no script can write.
    pub(super) fn declared_keyword(&mut self) {
        let word = self.current_text();
        let message = format!("No script can write `{word}` here: it is a keyword of Rune");
        self.report("keyword-as-name", message, self.current_span());
        let start = self.checkpoint();
        self.bump();
        self.node(start, Name);
    }
}
