//! Reads registrations in Rune's own way: `Module::with_crate("host")?`, `module.ty::<T>()?`,
//! `module.function_meta(read)?`, `module.function("name", read).build()?`.

use std::collections::{HashMap, HashSet};

use syn::{Block, Expr, ImplItem, Item, Stmt};

use crate::build::Builder;
use crate::documentation::Documentation;
use crate::features::attributes_of_expression;
use crate::functions::Written;
use crate::index::{segments, Index};
use crate::registration::is_recorder;
use crate::rune_attributes::has;
use crate::rune_opened::is_outside;
use crate::rune_words::{first_call, mentions_module, module_of, type_argument, Names};
use crate::says::Says;
use crate::scope::{pattern_name, Scope};
use crate::source::{docs, RustModule, DEPENDS_ON_CFG};
use crate::table::Bindings;
use crate::traits::Traits;
use crate::undecided::{Undecided, Undecideds};

/// Reads what the functions of the crates register. Modules that define macros for it, and their recorder, are left out.
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
    // One module may register a type, another one its functions, and a third give them other places.
    let all = modules.iter().flat_map(|module| functions(module));
    let makers = all.filter(Written::gives_module);
    let makers: HashSet<String> = makers
        .map(|function| function.signature.ident.to_string())
        .collect();
    let mut types = HashMap::new();
    let mut traits = Traits::default();
    for stage in [Stage::Types, Stage::Members, Stage::Places] {
        let mut walk = Walk {
            index,
            makers: &makers,
            stage,
            build: Builder {
                bindings,
                undecided,
            },
            types,
            traits,
            says: Says::default(),
            entered: HashSet::new(),
            doubted: Vec::new(),
        };
        modules
            .iter()
            .for_each(|module| walk.module_of_rust(module));
        walk.tell_what_is_not_called();
        if stage == Stage::Members {
            walk.tell_what_is_not_entered(&modules);
        }
        (types, traits) = (walk.types, walk.traits);
    }
    traits.apply(bindings, undecided);
}

/// What is registered in one walk through the crates.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Stage {
    Types,
    Members,
    /// Other places of what there is.
    Places,
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
    /// The names of functions that return a module.
    pub(crate) makers: &'f HashSet<String>,
    pub(crate) stage: Stage,
    pub(crate) build: Builder<'f>,
    /// The types that are registered, by their whole paths in Rust, with their places in the bindings.
    pub(crate) types: HashMap<String, usize>,
    pub(crate) traits: Traits,
    /// What the calls behind the registration at hand say of it.
    pub(crate) says: Says<'a>,
    /// What has been walked through, with the modules and types that it was handed: a function may be called twice.
    pub(crate) entered: HashSet<(String, String)>,
    /// What cannot be decided in functions that take arguments and make a module: nothing, if they are called elsewhere.
    doubted: Vec<(String, Undecideds)>,
}

pub(crate) type Decided<T> = Result<T, Undecided>;

/// The functions of a module, also those in its `impl`s.
fn functions(module: &RustModule) -> Vec<Written<'_>> {
    let mut found = Vec::new();
    for item in &module.items {
        match item {
            Item::Fn(function) => found.push(Written {
                module,
                signature: &function.sig,
                attributes: &function.attrs,
                block: &function.block,
                of: None,
            }),
            Item::Impl(item) => {
                let of = match &*item.self_ty {
                    syn::Type::Path(path) => path.path.segments.last().map(|last| &last.ident),
                    _ => None,
                };
                found.extend(item.items.iter().filter_map(|inner| match inner {
                    ImplItem::Fn(function) => Some(Written {
                        module,
                        signature: &function.sig,
                        attributes: &function.attrs,
                        block: &function.block,
                        of,
                    }),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    found
}

impl Written<'_> {
    /// What `#[rune::module(…)]` says to the inside of a function.
    pub(crate) fn names(&self) -> Names {
        let mut names = Names::default();
        if has(self.attributes, &["rune", "module"]) {
            names.meta = meta_path(self.attributes);
            names.docs = Documentation::read(&docs(self.attributes)).text;
        }
        names
    }
}

impl<'a> Walk<'a, '_> {
    fn module_of_rust(&mut self, module: &'a RustModule) {
        for function in functions(module) {
            let mut names = function.names();
            let scope = Scope::of(function.module, function.of);
            let before = std::mem::take(self.build.undecided);
            self.block(function.block, &scope, &mut names);
            let own = std::mem::replace(self.build.undecided, before);
            match function.gives_module() && !function.signature.inputs.is_empty() {
                true => self.doubted.push((function.name(), own)),
                false => self.build.undecided.append(own),
            }
        }
    }

    fn tell_what_is_not_called(&mut self) {
        for (what, undecided) in std::mem::take(&mut self.doubted) {
            if !self.entered.iter().any(|(entered, _)| *entered == what) {
                self.build.undecided.append(undecided);
            }
        }
    }

    /// Functions that register in a module which nobody was seen to hand them.
    fn tell_what_is_not_entered(&mut self, modules: &[&'a RustModule]) {
        for function in modules.iter().flat_map(|module| functions(module)) {
            let what = function.name();
            let is_entered = self.entered.iter().any(|(entered, _)| *entered == what);
            let (Some(names), false) = (function.handed_module(), is_entered) else {
                continue;
            };
            if mentions_module(&function.block.stmts, &names) {
                let scope = Scope::new(function.module);
                let reason = "which module this function registers in is not said in the crate";
                let undecided = scope.undecided(&function.signature.ident, reason);
                self.build.undecided.push(undecided);
            }
        }
    }

    pub(crate) fn block(&mut self, block: &'a Block, scope: &Scope<'a>, names: &mut Names) {
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
                    if let Some(init) = &local.init {
                        self.value(pattern_name(&local.pat), &init.expr, &scope, names);
                    }
                    scope.note(local);
                }
                Stmt::Expr(expression, _) => self.expression(expression, &scope, names),
                _ => {}
            }
        }
    }

    /// A value that is given a name: a module, or a trait or type of one, of which more is said behind it.
    fn value(
        &mut self,
        name: Option<String>,
        value: &'a Expr,
        scope: &Scope<'a>,
        names: &mut Names,
    ) {
        let opened = self.opened(value, scope, names);
        match (name, opened) {
            (Some(name), Some(Ok(path))) => {
                if is_outside(value) {
                    let reason = format!("`{path}` lies in no crate: scripts reach it from their own root alone, and everywhere if it is made by `Module::with_crate`");
                    self.build.undecided.push(scope.undecided(value, &reason));
                }
                if !path.is_empty() {
                    let index = self.build.module(&path);
                    let row = &mut self.build.bindings.modules[index];
                    if names.meta.as_ref() == Some(&path) && row.docs.is_empty() {
                        row.docs.clone_from(&names.docs);
                    }
                }
                self.expression(value, scope, names);
                names.modules.insert(name, path);
            }
            (_, Some(Err(undecided))) => self.build.undecided.push(undecided),
            (name, _) => {
                self.expression(value, scope, names);
                let member = first_call(value);
                let module = member.and_then(|first| module_of(&first.receiver, names));
                let (Some(name), Some(first), Some(module)) = (name, member, module) else {
                    return;
                };
                if first.method == "define_trait" {
                    let path = self.trait_path(first, &module, scope);
                    names.traits.extend(path.ok().map(|path| (name, path)));
                } else if first.method == "ty" {
                    let place = self.type_row(type_argument(first), scope);
                    names.types.extend(place.map(|place| (name, place)));
                }
            }
        }
    }

    pub(crate) fn expression(
        &mut self,
        expression: &'a Expr,
        scope: &Scope<'a>,
        names: &mut Names,
    ) {
        match expression {
            Expr::Try(inner) => self.expression(&inner.expr, scope, names),
            Expr::Paren(inner) => self.expression(&inner.expr, scope, names),
            Expr::Group(inner) => self.expression(&inner.expr, scope, names),
            Expr::Reference(inner) => self.expression(&inner.expr, scope, names),
            Expr::Await(inner) => self.expression(&inner.base, scope, names),
            Expr::Assign(inner) => self.expression(&inner.right, scope, names),
            Expr::Return(inner) => inner
                .expr
                .iter()
                .for_each(|inner| self.expression(inner, scope, names)),
            Expr::Block(inner) => self.block(&inner.block, scope, names),
            Expr::Unsafe(inner) => self.block(&inner.block, scope, names),
            Expr::Call(call) => self.call(call, scope, names),
            Expr::MethodCall(call) => {
                self.says = Says::of(self.index, scope, call);
                if let Err(undecided) = self.method_call(call, scope, names) {
                    self.build.undecided.push(undecided);
                }
                self.says = Says::default();
            }
            Expr::ForLoop(looped) if mentions_module(&looped.body.stmts, names) => {
                self.loop_over(looped, scope, names);
            }
            Expr::If(choice) => self.choice(choice, scope, names),
            Expr::Match(_) | Expr::While(_) | Expr::Loop(_)
                if mentions_module(std::slice::from_ref(expression), names) =>
            {
                let reason = "what is registered here depends on a condition or a loop";
                let undecided = scope.undecided(expression, reason);
                self.build.undecided.push(undecided);
            }
            _ => {}
        }
    }
}
