//! Finds what a name in a Rust module means, as far as the crate itself says it.

use std::collections::HashMap;

use syn::{Expr, ImplItem, Item, ItemFn, Type};

use crate::foreign::Foreign;
use crate::imports::{imports, Import};
use crate::source::RustModule;

/// How many names may stand for one another before the search ends.
const MOST_HOPS: usize = 16;

const PRIMITIVES: &[&str] = &["bool", "char", "f64", "i64", "str", "u64"];

/// An item that a path names, and the module that it stands in.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    pub module: &'a RustModule,
    pub item: &'a Item,
}

/// What stands in an `impl`.
#[derive(Clone)]
pub struct Member<'a> {
    pub module: &'a RustModule,
    /// The path of the type, as the `impl` writes it.
    path: Vec<String>,
    /// The short name of the type.
    pub type_name: &'a syn::Ident,
    pub item: &'a ImplItem,
}

/// Everything of the crates that has a name.
pub struct Index<'a> {
    /// By the name of the crate and the path in it.
    modules: HashMap<(&'a str, &'a [String]), &'a RustModule>,
    /// The names that the `use`s of each module bring.
    imports: HashMap<(&'a str, &'a [String]), Vec<Import>>,
    /// What stands in `impl`s, by the short name of the type.
    members: HashMap<String, Vec<Member<'a>>>,
    /// The types that have names in Rune without deriving anything.
    pub foreign: Foreign,
}

impl<'a> Index<'a> {
    pub fn new(modules: &'a [RustModule]) -> Self {
        let keyed = modules.iter().map(|module| (key(module), module));
        let imports = modules.iter().map(|module| (key(module), imports(module)));
        let mut index = Index {
            modules: keyed.collect(),
            imports: imports.collect(),
            members: HashMap::new(),
            foreign: Foreign::default(),
        };
        for member in modules.iter().flat_map(members) {
            let name = member.type_name.to_string();
            index.members.entry(name).or_default().push(member);
        }
        index.foreign = Foreign::of(modules, &index);
        index
    }

    /// The path of a type, its crate and its place in there, or where the crate has it from. Rust's own crates are one
    /// to us: `core::fmt::Error` is `std::fmt::Error`.
    pub fn whole(&self, module: &'a RustModule, path: &[String]) -> String {
        if let Some(found) = self.resolve(module, path) {
            if let Item::Struct(syn::ItemStruct { ident, .. })
            | Item::Enum(syn::ItemEnum { ident, .. }) = found.item
            {
                let around = [found.module.krate.name.clone()].into_iter();
                let parts = around.chain(found.module.path.iter().cloned());
                let parts: Vec<String> = parts.chain([ident.to_string()]).collect();
                return parts.join("::");
            }
        }
        let mut parts = path.to_vec();
        // Beside them there are modules of the same names.
        let hops = match path {
            [only] if PRIMITIVES.contains(&&**only) => 0,
            _ => MOST_HOPS,
        };
        for _ in 0..hops {
            let mut named = self
                .imports_of(module)
                .iter()
                .filter(|(name, _)| *name == parts[0]);
            match named.next() {
                Some((_, target)) if *target != parts[..1] => {
                    parts.splice(..1, target.iter().cloned());
                }
                _ => break,
            }
        }
        if ["core", "alloc", "rust_alloc"].contains(&&*parts[0]) && parts.len() > 1 {
            "std".clone_into(&mut parts[0]);
        }
        parts.join("::")
    }

    /// What the path means in the module.
    pub fn resolve(&self, module: &'a RustModule, path: &[String]) -> Option<Found<'a>> {
        self.resolve_within(module, path, MOST_HOPS)
    }

    /// What is looked for among the members of the type that a path names in a module.
    pub fn member<T>(
        &self,
        module: &'a RustModule,
        of: &[String],
        pick: impl Fn(&'a ImplItem) -> Option<T>,
    ) -> Option<(&Member<'a>, T)> {
        let members = self.members.get(of.last()?)?;
        let picked = members
            .iter()
            .filter_map(|member| Some((member, pick(member.item)?)));
        let mut picked: Vec<(&Member<'a>, T)> = picked.collect();
        let whole = self.whole(module, of);
        let is_of_it =
            |(member, _): &(&Member<'a>, T)| self.whole(member.module, &member.path) == whole;
        match picked.iter().position(is_of_it) {
            Some(at) => Some(picked.swap_remove(at)),
            // A type that is made where nobody sees it is known by its name alone.
            None => {
                let is_seen = |(member, _): &(&Member<'a>, T)| {
                    self.resolve(member.module, &member.path).is_some()
                };
                let only = picked.pop().filter(|_| picked.is_empty());
                only.filter(|only| !is_seen(only))
            }
        }
    }

    /// The one function of that name in the `impl`s of a crate; none if there are several.
    pub fn only_method(
        &self,
        krate: &str,
        name: &str,
    ) -> Option<(&Member<'a>, &'a syn::ImplItemFn)> {
        let own = self.members.values().flatten();
        let mut named = own.filter_map(|member| match member.item {
            ImplItem::Fn(function) if function.sig.ident == name => Some((member, function)),
            _ => None,
        });
        let mut named = named
            .by_ref()
            .filter(|(member, _)| member.module.krate.name == krate);
        let first = named.next()?;
        named.next().is_none().then_some(first)
    }

    fn resolve_within(
        &self,
        module: &'a RustModule,
        path: &[String],
        hops: usize,
    ) -> Option<Found<'a>> {
        let hops = hops.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match &**first {
            "crate" => {
                let root = self.module(&module.krate.name, &[])?;
                return self.resolve_from(root, rest, hops);
            }
            "self" => return self.resolve_from(module, rest, hops),
            "super" => {
                let above = module.path.split_last()?.1;
                return self.resolve_from(self.module(&module.krate.name, above)?, rest, hops);
            }
            _ => {}
        }
        if rest.is_empty() {
            if let Some(item) = module.items.iter().find(|item| is_named(item, first)) {
                return Some(Found { module, item });
            }
        }
        let inner = [&*module.path, std::slice::from_ref(first)].concat();
        if let Some(inner) = self.module(&module.krate.name, &inner) {
            if !rest.is_empty() {
                return self.resolve_from(inner, rest, hops);
            }
        }
        let imports = self.imports_of(module);
        for (name, target) in imports {
            if name == first && target != path {
                let whole = [&**target, rest].concat();
                if let Some(found) = self.resolve_within(module, &whole, hops) {
                    return Some(found);
                }
            }
        }
        let of_another_crate = || {
            let root = self.module(first, &[]).filter(|_| !rest.is_empty());
            self.resolve_from(root?, rest, hops)
        };
        let mut globs = imports.iter().filter(|(name, _)| name == "*");
        globs
            .find_map(|(_, target)| self.resolve_within(module, &[&**target, path].concat(), hops))
            .or_else(of_another_crate)
    }

    fn resolve_from(
        &self,
        module: &'a RustModule,
        rest: &[String],
        hops: usize,
    ) -> Option<Found<'a>> {
        if rest.first().is_some_and(|first| first == "super") {
            return self.resolve_within(module, rest, hops);
        }
        if rest.len() < 2 {
            return self.resolve_within(module, rest, hops);
        }
        let inner = [&*module.path, &rest[..1]].concat();
        match self.module(&module.krate.name, &inner) {
            Some(inner) => self.resolve_from(inner, &rest[1..], hops),
            None => self.resolve_within(module, rest, hops),
        }
    }

    fn imports_of(&self, module: &'a RustModule) -> &[Import] {
        let known = self.imports.get(&key(module));
        known.map_or(&[], |imports| &**imports)
    }

    fn module(&self, krate: &str, path: &[String]) -> Option<&'a RustModule> {
        self.modules.get(&(krate, path)).copied()
    }
}

fn key(module: &RustModule) -> (&str, &[String]) {
    (&module.krate.name, &module.path)
}

/// The segments of a path, without type arguments.
pub fn segments(path: &syn::Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect()
}

/// The segments of a path in an expression: `<T>::MAX` and `<T as Tool>::MAX` are `T::MAX`.
pub fn segments_of(path: &syn::ExprPath) -> Vec<String> {
    let all = segments(&path.path);
    match &path.qself {
        Some(of) => match &*of.ty {
            Type::Path(of_type) => {
                let rest = &all[of.position.min(all.len())..];
                [&segments(&of_type.path), rest].concat()
            }
            _ => all,
        },
        None => all,
    }
}

impl<'a> Found<'a> {
    pub fn function(&self) -> Option<&'a ItemFn> {
        match self.item {
            Item::Fn(function) => Some(function),
            _ => None,
        }
    }

    /// The type and the value of a constant.
    pub fn constant(&self) -> Option<(&'a Type, &'a Expr)> {
        match self.item {
            Item::Const(item) => Some((&item.ty, &item.expr)),
            Item::Static(item) => Some((&item.ty, &item.expr)),
            _ => None,
        }
    }
}

fn is_named(item: &Item, name: &str) -> bool {
    match item {
        Item::Const(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Fn(item) => item.sig.ident == name,
        Item::Static(item) => item.ident == name,
        Item::Struct(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        _ => false,
    }
}

fn members(module: &RustModule) -> Vec<Member<'_>> {
    let mut found = Vec::new();
    for item in &module.items {
        let Item::Impl(item) = item else { continue };
        let Type::Path(of) = &*item.self_ty else {
            continue;
        };
        let Some(last) = of.path.segments.last() else {
            continue;
        };
        found.extend(item.items.iter().map(|item| Member {
            module,
            path: segments(&of.path),
            type_name: &last.ident,
            item,
        }));
    }
    found
}
