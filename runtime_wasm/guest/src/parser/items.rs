//! Items: what a file or module is made of.

use super::builder::Checkpoint;
use super::core::Parser;
use crate::syntax::SyntaxKind::{self, *};

/// What stands between two braces of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Items,
    /// Of a script's `impl`, or of a trait.
    Functions,
    /// Of a stub's `impl`.
    Members,
}

impl Holds {
    fn words(self) -> &'static str {
        match self {
            Holds::Items => "an item: a `protocol` stands in the `impl` of its type",
            Holds::Functions => "a function: nothing else stands here",
            Holds::Members => "a function, `const` or `protocol`: nothing else stands in an `impl`",
        }
    }
}

impl Parser<'_> {
    /// Reads a file of items.
    pub(super) fn source_file(&mut self) {
        let start = self.start_of_file();
        self.items(EndOfFile, 0, Holds::Items);
        self.take_trivia(false);
        self.node(start, SourceFile);
    }

    /// Takes what belongs to the file itself.
    pub(super) fn start_of_file(&mut self) -> Checkpoint {
        let start = self.checkpoint_before_everything();
        self.inner_attributes();
        start
    }

    /// Reads items up to `close`, which stays.
    fn items(&mut self, close: SyntaxKind, open_indent: u32, holds: Holds) {
        let mut is_stray = false;
        while !self.at(EndOfFile) && !self.at_outer_item() {
            if self.at(close) && !self.at_surplus_brace(open_indent) {
                break;
            }
            if self.current().is_close_delimiter() {
                self.skip_closing();
                continue;
            }
            let start = self.checkpoint_with_docs();
            self.attributes();
            let is_public = self.visibility();
            if !self.belongs(holds) {
                self.expected("expected-function", holds.words());
            }
            let is_item = if self.is_stub {
                self.at_declaration()
            } else {
                self.at_item() || (self.at_path() && self.macro_follows())
            };
            if is_item {
                self.item_from(start, is_public);
            } else {
                self.stray(start, is_stray, is_public);
            }
            is_stray = !is_item;
        }
    }

    /// Whether what begins here may stand where such items stand; what is no item at all is found elsewhere.
    fn belongs(&self, holds: Holds) -> bool {
        let is_item = self.at_item() || (self.is_stub && self.at_declaration());
        match holds {
            Holds::Items => !self.declares_word("protocol"),
            Holds::Functions => !is_item || self.at_function(),
            Holds::Members => {
                let is_member = self.at(ConstKeyword) || self.declares_word("protocol");
                !is_item || is_member || self.at_function()
            }
        }
    }

    fn at_function(&self) -> bool {
        let at = |ahead| self.nth(ahead) == FnKeyword;
        match self.current() {
            FnKeyword => true,
            ConstKeyword => at(1) || (self.nth(1) == AsyncKeyword && at(2)),
            AsyncKeyword => at(1),
            _ => false,
        }
    }

    /// Whether the path here ends with a `!`, looking no further than a few names.
    fn macro_follows(&self) -> bool {
        let mut ahead = 0;
        while ahead < 32
            && matches!(
                self.nth(ahead),
                ColonColon | Identifier | CrateKeyword | SuperKeyword | SelfKeyword
            )
        {
            ahead += 1;
        }
        self.nth(ahead) == Bang
    }

    /// Reads what is no item where one should be. A run of statements is one problem.
    fn stray(&mut self, start: Checkpoint, is_stray: bool, is_public: bool) {
        let before = self.progress();
        if is_public {
            self.expected("expected-item", "an item after `pub`");
        } else if self.at(EndOfFile) || self.at(CloseBrace) {
            self.expected("expected-item", "an item after the attribute");
        } else if !is_stray {
            let items = self.item_words();
            let message = format!("Expected an item ({items}), found {}", self.found());
            self.report("expected-item", message, self.current_span());
        }
        let is_word = self.at(ReservedKeyword) || (self.at(Identifier) && self.indent().is_some());
        if is_word && self.nth(1) == Identifier {
            self.skip_foreign_item();
        } else if self.at(Identifier)
            && matches!(
                self.nth(1),
                FnKeyword | AsyncKeyword | StructKeyword | EnumKeyword
            )
        {
            self.skip_token();
        } else if self.at_any(&[
            LetKeyword,
            IfKeyword,
            ForKeyword,
            WhileKeyword,
            LoopKeyword,
            MatchKeyword,
        ]) || self.at_path()
        {
            self.stray_statement();
        } else if !self.at(EndOfFile) && !self.at(CloseBrace) {
            self.skip_until(|parser| parser.progress() > before && parser.at_item_or_attribute());
            if self.progress() == before {
                self.skip_token();
            }
        }
        if self.progress() > before || !self.is_empty_since(start) {
            self.node(start, Error);
        }
    }

    /// Reads an item from after its visibility on. Its docs and attributes, from `start` on, belong to it.
    pub(super) fn item_from(&mut self, start: Checkpoint, is_public: bool) {
        self.item_indents
            .push(self.indent().unwrap_or(self.line_indent));
        if self.depth == 0 {
            self.reported_depth = false;
        }
        let kind = self.nested(Error, |parser| {
            if parser.is_stub {
                parser.declaration()
            } else {
                parser.item(is_public)
            }
        });
        self.item_indents.pop();
        self.node(start, kind);
    }

    fn item(&mut self, is_public: bool) -> SyntaxKind {
        let modifier_span = self.current_span();
        let is_const = self.eat(ConstKeyword);
        let is_async = self.eat(AsyncKeyword);
        match self.current() {
            FnKeyword => {
                self.function();
                self.eat(Semicolon);
                return FunctionItem;
            }
            _ if is_const && !is_async && (!self.at_item() || self.indent().is_some()) => {
                self.constant();
                return ConstItem;
            }
            _ if is_const || is_async => {
                let modifier = if is_const { "const" } else { "async" };
                let message = format!("`{modifier}` stands only before a function, a name or, in an expression, a block");
                self.report("unexpected-modifier", message, modifier_span);
            }
            _ => {}
        }
        self.item_without_modifier(is_public)
    }

    fn item_without_modifier(&mut self, is_public: bool) -> SyntaxKind {
        let kind = self.current();
        if is_public && (kind == ImplKeyword || self.at_path()) {
            let message = "`pub` does not stand before an `impl` or a macro call";
            self.report("unexpected-visibility", message, self.current_span());
        }
        match kind {
            UseKeyword => self.use_item(),
            EnumKeyword => self.enum_item(),
            StructKeyword => self.struct_item(),
            ImplKeyword => self.impl_item(),
            ModKeyword => self.module_item(),
            _ => {
                let path = self.checkpoint();
                self.path_tokens();
                self.node(path, Path);
                self.macro_content();
                self.eat(Semicolon);
                MacroCall
            }
        }
    }

    /// The `;` of an item that needs one.
    pub(super) fn end_of_item(&mut self) {
        if self.eat(Semicolon) {
            return;
        }
        if !self.has_reported_here() {
            self.expected("missing-semicolon", "`;`");
        }
        self.skip_until(|parser| {
            parser.at(Semicolon) || parser.indent().is_some() || parser.at_item()
        });
        self.eat(Semicolon);
    }

    /// Reads the name that an item gives to something.
    pub(super) fn name(&mut self, code: &'static str, what: &str) -> bool {
        if self.at(Identifier) {
            let start = self.checkpoint();
            self.bump();
            self.node(start, Name);
            return true;
        }
        if self.at_declared_keyword() {
            self.declared_keyword();
            return true;
        }
        let is_word = self.current().is_keyword() && self.indent().is_none();
        if is_word && !self.at_item() {
            let message = format!(
                "`{}` is a keyword of Rune: it cannot be a name",
                self.current_text()
            );
            self.report("keyword-as-name", message, self.current_span());
            self.skip_token();
        } else {
            self.expected(code, what);
        }
        false
    }

    /// `NAME = expression;`
    fn constant(&mut self) {
        self.name("expected-name", "the name of the constant");
        if self.at(Colon) {
            let message = "A constant has no type annotation: its value tells its type";
            self.report("unexpected-annotation", message, self.current_span());
            self.annotation();
        }
        if self.at(Equal) {
            self.bump();
            self.expression();
        } else {
            self.expected("expected-equal", "`=` and the value of the constant");
        }
        self.end_of_item();
    }

    /// `impl Path { functions }`.
    fn impl_item(&mut self) -> SyntaxKind {
        self.bump();
        self.path("expected-path", "the type that the functions belong to");
        if self.at(ForKeyword) {
            self.expected("expected-block", "`{`: Rune has no traits");
            self.skip_until(|parser| parser.at(OpenBrace) || parser.indent().is_some());
        }
        self.item_list(Holds::Functions);
        self.eat(Semicolon);
        ImplItem
    }

    /// `mod name;` or `mod name { items }`.
    fn module_item(&mut self) -> SyntaxKind {
        self.bump();
        self.name("expected-name", "the name of the module");
        if self.at(OpenBrace) {
            self.item_list(Holds::Items);
            self.eat(Semicolon);
        } else {
            self.end_of_item();
        }
        ModuleItem
    }

    pub(super) fn item_list(&mut self, holds: Holds) {
        if !self.at(OpenBrace) {
            return self.expected("expected-block", "`{`");
        }
        let start = self.checkpoint();
        self.bump();
        let open = self.previous_span().unwrap_or_default();
        let open_indent = self.line_indent;
        if holds == Holds::Items {
            self.inner_attributes();
        }
        self.items(CloseBrace, open_indent, holds);
        if self.at(CloseBrace) && !self.at_outer_brace(open_indent) {
            self.bump();
        } else {
            self.unclosed(open, CloseBrace);
        }
        self.node(start, ItemList);
    }
}
