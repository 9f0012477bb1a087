//! Reads registrations in Rune's own way: `Module::with_crate("host")?`, `module.ty::<T>()?`,
//! `module.function_meta(read)?`, `module.function("name", read).build()?`.

use std::collections::{HashMap, HashSet};

use syn::{Block, Expr, ExprMethodCall, FnArg, Item, Stmt};

use crate::build::Builder;
use crate::constants::{evaluate, pattern_name, Scope};
use crate::documentation::Documentation;
use crate::features::attributes_of_expression;
use crate::index::{segments, Index};
use crate::registration::is_recorder;
use crate::rune_attributes::has;
use crate::rune_words::{
    calls, first_call, join, joined, member_of, mentions_module, module_of, type_argument, Names,
    Of,
};
use crate::says::Says;
use crate::source::{docs, RustModule, DEPENDS_ON_CFG};
use crate::table::Bindings;
use crate::traits::Traits;
use crate::undecided::{Undecided, Undecideds};

/// Reads what the functions of the crate register. Modules that define macros for it, and their recorder, are left out.
pub fn read(
    index: &Index<'_>,
    modules: &[RustModule],
    bindings: &mut Bindings,
    undecided: &mut Undecideds,
) {
    let modules: Vec<&RustModule> = modules
        .iter()
        .filter(|module| !is_recorder(module))
        .collect();
    // One module may register a type, and another one its functions: all types come first.
    let mut types = HashMap::new();
    let mut traits = Traits::default();
    for stage in [Stage::Types, Stage::Members] {
        let mut walk = Walk {
            index,
            stage,
            build: Builder {
                bindings,
                undecided,
            },
            types,
            traits: Traits::default(),
            says: Says::default(),
            entered: HashSet::new(),
        };
        modules
            .iter()
            .for_each(|module| walk.module_of_rust(module));
        (types, traits) = (walk.types, walk.traits);
    }
    traits.apply(&mut bindings.types, undecided);
}

/// What is registered in one walk through the crate.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Types,
    Members,
}

/// `::crucible::tools` of `#[rune::module(::crucible::tools)]`.
fn meta_path(attributes: &[syn::Attribute]) -> Option<String> {
    let attribute = attributes
        .iter()
        .find(|attribute| segments(attribute.path()) == ["rune", "module"])?;
    Some(segments(&attribute.parse_args::<syn::Path>().ok()?).join("::"))
}

pub(crate) struct Walk<'a, 'f> {
    pub(crate) index: &'f Index<'a>,
    stage: Stage,
    pub(crate) build: Builder<'f>,
    /// The types that are registered, by their whole paths in Rust, with their places in the bindings.
    pub(crate) types: HashMap<String, usize>,
    pub(crate) traits: Traits,
    /// What the calls behind the registration at hand say of it.
    pub(crate) says: Says<'a>,
    /// What has been walked through, with the module that it was handed: a function may be called twice.
    entered: HashSet<(String, String)>,
}

pub(crate) type Decided<T> = Result<T, Undecided>;

impl<'a> Walk<'a, '_> {
    fn module_of_rust(&mut self, module: &'a RustModule) {
        for item in &module.items {
            if let Item::Fn(function) = item {
                let mut names = Names::default();
                if has(&function.attrs, &["rune", "module"]) {
                    names.meta = meta_path(&function.attrs);
                    names.docs = Documentation::read(&docs(&function.attrs)).text;
                }
                self.block(&function.block, &Scope::new(module), &mut names);
            }
        }
    }

    fn block(&mut self, block: &'a Block, scope: &Scope<'a>, names: &mut Names) {
        let mut scope = scope.clone();
        for statement in &block.stmts {
            let attributes = match statement {
                Stmt::Local(local) => &local.attrs,
                Stmt::Expr(expression, _) => attributes_of_expression(expression),
                _ => &[],
            };
            match scope.module.krate.features.compile(attributes) {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    let undecided = scope.undecided(statement, DEPENDS_ON_CFG);
                    self.build.undecided.push(undecided);
                    continue;
                }
            }
            match statement {
                Stmt::Local(local) => {
                    let Some(init) = &local.init else { continue };
                    match (
                        pattern_name(&local.pat),
                        self.opened(&init.expr, &scope, names),
                    ) {
                        (Some(name), Some(Ok(path))) => {
                            if !path.is_empty() {
                                let index = self.build.module(&path);
                                let row = &mut self.build.bindings.modules[index];
                                if names.meta.as_ref() == Some(&path) && row.docs.is_empty() {
                                    row.docs.clone_from(&names.docs);
                                }
                            }
                            names.modules.insert(name, path);
                        }
                        (_, Some(Err(undecided))) => self.build.undecided.push(undecided),
                        (Some(name), None) => self.named(name, &init.expr, &scope, names),
                        _ => self.expression(&init.expr, &scope, names),
                    }
                    scope.note(local);
                }
                Stmt::Expr(expression, _) => self.expression(expression, &scope, names),
                _ => {}
            }
        }
    }

    /// The path of a module that an expression makes; none if it makes no module.
    fn opened(
        &self,
        expression: &'a Expr,
        scope: &Scope<'a>,
        names: &Names,
    ) -> Option<Decided<String>> {
        let call = match expression {
            Expr::Try(inner) => return self.opened(&inner.expr, scope, names),
            Expr::MethodCall(call)
                if ["unwrap", "expect", "with_unique"].contains(&&*call.method.to_string()) =>
            {
                return self.opened(&call.receiver, scope, names);
            }
            Expr::Call(call) => call,
            _ => return None,
        };
        let Expr::Path(path) = &*call.func else {
            return None;
        };
        let segments = segments(&path.path);
        let [.., of, name] = &*segments else {
            return None;
        };
        if of != "Module" {
            return None;
        }
        let text = |at: usize| -> Decided<String> {
            match call
                .args
                .get(at)
                .map(|argument| evaluate(self.index, scope, argument))
            {
                Some(Ok(constant)) => joined(&constant)
                    .ok_or_else(|| scope.undecided(call, "this is no name of a module")),
                Some(Err(undecided)) => Err(undecided),
                None => Err(scope.undecided(call, "this is no name of a module")),
            }
        };
        match &**name {
            "with_crate" | "with_item" => Some(text(0)),
            "with_crate_item" => Some(text(0).and_then(|first| Ok(join(&first, &text(1)?)))),
            "new" | "default" => Some(Ok(String::new())),
            "from_meta" => Some(names.meta.clone().ok_or_else(|| {
                scope.undecided(
                    call,
                    "the function has no `#[rune::module(…)]` with the path of this module",
                )
            })),
            _ => None,
        }
    }

    fn expression(&mut self, expression: &'a Expr, scope: &Scope<'a>, names: &mut Names) {
        match expression {
            Expr::Try(inner) => self.expression(&inner.expr, scope, names),
            Expr::Paren(inner) => self.expression(&inner.expr, scope, names),
            Expr::Reference(inner) => self.expression(&inner.expr, scope, names),
            Expr::Block(inner) => self.block(&inner.block, scope, names),
            Expr::Call(call) => self.call(call, scope, names),
            Expr::MethodCall(call) => {
                self.says = Says::of(self.index, scope, call);
                if let Err(undecided) = self.method_call(call, scope, names) {
                    self.build.undecided.push(undecided);
                }
                self.says = Says::default();
            }
            Expr::If(_) | Expr::Match(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_)
                if mentions_module(expression, names) =>
            {
                let reason = "what is registered here depends on a condition or a loop";
                self.build
                    .undecided
                    .push(scope.undecided(expression, reason));
            }
            _ => {}
        }
    }

    /// A variable may be a trait or a type of a module, of which more is said behind it.
    fn named(&mut self, name: String, value: &'a Expr, scope: &Scope<'a>, names: &mut Names) {
        self.expression(value, scope, names);
        let first = first_call(value);
        let Some((first, module)) =
            first.and_then(|first| Some((first, module_of(&first.receiver, names)?)))
        else {
            return;
        };
        if first.method == "define_trait" {
            if let Some(path) = self.defined_trait(first, &module, scope) {
                self.traits.define(&path);
                names.traits.insert(name, path);
            }
        } else if first.method == "ty" {
            if let Some(place) = self.type_row(type_argument(first), scope) {
                names.types.insert(name, place);
            }
        }
    }

    /// A function that is handed a module registers in it.
    fn call(&mut self, call: &'a syn::ExprCall, scope: &Scope<'a>, names: &mut Names) {
        let Expr::Path(path) = &*call.func else {
            return;
        };
        let handed: Vec<Option<String>> = call
            .args
            .iter()
            .map(|argument| module_of(argument, names))
            .collect();
        if handed.iter().all(Option::is_none) {
            return call
                .args
                .iter()
                .for_each(|argument| self.expression(argument, scope, names));
        }
        let found = self.index.resolve(scope.module, &segments(&path.path));
        let Some((found, function)) = found.and_then(|found| Some((found, found.function()?)))
        else {
            return;
        };
        let mut inside = Names::default();
        for (input, path) in function.sig.inputs.iter().zip(handed) {
            if let (FnArg::Typed(input), Some(path)) = (input, path) {
                inside
                    .modules
                    .extend(pattern_name(&input.pat).map(|name| (name, path)));
            }
        }
        let what = format!("{}::{}", found.module.path.join("::"), function.sig.ident);
        let into: Vec<String> = inside.modules.values().cloned().collect();
        if self.entered.insert((what, into.join(" "))) {
            self.block(&function.block, &Scope::new(found.module), &mut inside);
        }
    }

    /// Reads a chain of calls: what it is about its first call says, the others say more of that.
    fn method_call(
        &mut self,
        last: &'a ExprMethodCall,
        scope: &Scope<'a>,
        names: &mut Names,
    ) -> Decided<()> {
        let chain = calls(last);
        let first = chain[chain.len() - 1];
        let is_of_types = self.stage == Stage::Types;
        let module = module_of(&first.receiver, names);
        if let Some(of) = member_of(&first.receiver, names).filter(|_| module.is_none()) {
            return match is_of_types {
                true => Ok(()),
                false => self.member(first, &of, scope),
            };
        }
        let Some(module) = module else {
            self.expression(&first.receiver, scope, names);
            return Ok(());
        };
        let name = first.method.to_string();
        let called = |wanted: &str| chain.iter().copied().find(|call| call.method == wanted);
        match &*name {
            "ty" if is_of_types => self.host_type(first, &module, scope).map(drop),
            _ if is_of_types => Ok(()),
            "function" | "raw_function" => match called("build_associated") {
                Some(of) => self.function(first, &module, type_argument(of), scope),
                None if called("build").is_some() => self.function(first, &module, None, scope),
                None => Ok(()),
            },
            "constant" if called("build").is_some() => self.constant(first, &module, scope),
            "constant" if chain.len() > 1 => {
                Err(scope.undecided(last, "constants of types have no place in a stub"))
            }
            "implement_trait" => self.implement_trait(first, scope),
            "item_mut" => {
                let docs = self.says.documentation().map(|read| read.text);
                if let Some(docs) = docs.filter(|_| !module.is_empty()) {
                    let index = self.build.module(&module);
                    self.build.bindings.modules[index].docs = docs;
                }
                Ok(())
            }
            "function_meta" => self.function_meta(first, &module, scope),
            "associated_function" => self.associated_function(first, scope),
            "field_function" => self.field_function(first, scope),
            "macro_meta" | "macro_" => self.macro_(first, &module, scope),
            "attribute_macro" => self.attribute(first, scope),
            "type_meta" | "variant_meta" => Ok(()),
            _ if name.starts_with("raw_")
                || name.ends_with("_meta")
                || name == "generator_state" =>
            {
                Err(scope.undecided(first, &format!("registrations by `{name}` are not read")))
            }
            _ => Ok(()),
        }
    }

    /// Reads what is said of a trait or a type that has a variable of its own.
    fn member(&mut self, first: &'a ExprMethodCall, of: &Of, scope: &Scope<'a>) -> Decided<()> {
        match (of, &*first.method.to_string()) {
            (Of::Trait(path), "function") => return self.trait_function(first, path, scope),
            (Of::Trait(path), "handler") => self.trait_handler(first, path, scope),
            (Of::Type(place), "variant_mut") => self.variant(first, *place, scope),
            _ => {}
        }
        Ok(())
    }
}
