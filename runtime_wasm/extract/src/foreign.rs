//! Types that Rune knows though they derive nothing: `rune_macros::binding! { impl ::std::string::String for String; }` and
//! `impl Named for i64 { const ITEM: &Item = item!(::std::i64); }`.

use std::collections::HashMap;

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Generics, ImplItem, Item, Path, Token, Type};

use crate::index::{segments, Index};
use crate::rune_words::type_path;
use crate::source::{line, RustModule};
use crate::table::SourceLine;

/// The paths by which scripts know such types, by the paths that Rust knows them by.
#[derive(Default)]
pub struct Foreign(HashMap<String, Known>);

/// One of them.
pub struct Known {
    /// `std::string::String`.
    pub path: String,
    /// Where that is said.
    pub source: SourceLine,
}

impl Foreign {
    pub fn of(modules: &[RustModule], index: &Index<'_>) -> Foreign {
        let mut foreign = Foreign::default();
        for module in modules {
            for item in &module.items {
                for (written, path, span) in said(item) {
                    if let Some(of) = type_path(&written) {
                        let rust = index.whole(module, &of);
                        let source = SourceLine {
                            path: module.file.clone(),
                            line: line(span),
                        };
                        let path = path.join("::");
                        // The first that is said is the plain one; others are for what is taken for it.
                        foreign.0.entry(rust).or_insert(Known { path, source });
                    }
                }
            }
        }
        foreign
    }

    /// What is known of a type by its path in Rust, as `Index::whole` writes it.
    pub fn get(&self, rust: &str) -> Option<&Known> {
        self.0.get(rust)
    }

    /// The paths by which scripts would know them, whether they are registered or not.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.0.values().map(|known| &known.path)
    }
}

/// The types that an item gives names to.
fn said(item: &Item) -> Vec<(Type, Vec<String>, proc_macro2::Span)> {
    match item {
        Item::Macro(item) if last(&item.mac.path).is_some_and(|name| name == "binding") => {
            let read = item.mac.parse_body::<Bindings>();
            let bindings = read.map_or_else(|_| Vec::new(), |read| read.0);
            let rows = bindings.into_iter();
            rows.map(|row| (row.of, segments(&row.path), row.span))
                .collect()
        }
        Item::Impl(item) => {
            let named = item.trait_.as_ref().and_then(|(_, path, _)| last(path));
            let constants = item.items.iter().filter_map(|inner| match inner {
                ImplItem::Const(constant) if constant.ident == "ITEM" => Some(&constant.expr),
                _ => None,
            });
            let paths = constants.filter_map(item_macro);
            let rows = paths.map(|path| {
                let span = item.impl_token.span;
                ((*item.self_ty).clone(), segments(&path), span)
            });
            rows.filter(|_| named.is_some_and(|name| name == "Named"))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn last(path: &Path) -> Option<&syn::Ident> {
    path.segments.last().map(|segment| &segment.ident)
}

/// The path in `item!(::std::i64)`, or in `rune::item!(…)`.
pub fn item_macro(expression: &Expr) -> Option<Path> {
    let Expr::Macro(written) = expression else {
        return None;
    };
    let is_item = last(&written.mac.path).is_some_and(|name| name == "item");
    is_item.then(|| written.mac.parse_body().ok()).flatten()
}

/// What stands in the braces of `binding!`.
struct Bindings(Vec<Binding>);

/// `impl<T> ::std::option::Option for Option<T>;`
struct Binding {
    path: Path,
    of: Type,
    span: proc_macro2::Span,
}

impl Parse for Bindings {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut bindings = Vec::new();
        while !input.is_empty() {
            input.call(Attribute::parse_outer)?;
            let begin: Token![impl] = input.parse()?;
            input.parse::<Generics>()?;
            let path = input.parse()?;
            input.parse::<Token![for]>()?;
            let of = input.parse()?;
            input.parse::<Token![;]>()?;
            let span = begin.span;
            bindings.push(Binding { path, of, span });
        }
        Ok(Bindings(bindings))
    }
}
