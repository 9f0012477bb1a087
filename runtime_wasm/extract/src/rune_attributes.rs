//! Rune's own attributes: `#[derive(Any)]`, `#[rune(get, set)]`, `#[rune::function(path = Self::new)]`.

use std::collections::HashSet;

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Meta, Path, Token};

use crate::host_types::head;
use crate::index::segments;
use crate::registration::is_recorder;
use crate::source::RustModule;

/// `#[derive(…, Any, …)]`, or `#[derive(rune::Any)]`.
pub fn is_any(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .any(|attribute| {
            let derived = attribute
                .parse_args_with(syn::punctuated::Punctuated::<Path, Token![,]>::parse_terminated);
            derived.is_ok_and(|paths| {
                paths
                    .iter()
                    .any(|path| path.segments.last().is_some_and(|last| last.ident == "Any"))
            })
        })
}

/// The name that scripts know a type by.
pub fn rune_name(attributes: &[Attribute], ident: &Ident) -> String {
    options(attributes, &["rune"])
        .into_iter()
        .find(|option| option.name == "name")
        .and_then(|option| option.path)
        .and_then(|path| path.last().cloned())
        .unwrap_or_else(|| ident.to_string())
}

/// The module that a type says it is in: `::std::ops` of `#[rune(item = ::std::ops)]`.
pub fn own_module(attributes: &[Attribute]) -> Option<String> {
    let mut options = options(attributes, &["rune"]).into_iter();
    let path = options.find(|option| option.name == "item")?.path?;
    Some(path.join("::"))
}

/// One word of an attribute's arguments: `get`, `path = Self::new`, `item = ::crucible::session`.
#[derive(Debug)]
pub struct RuneOption {
    pub name: String,
    /// The value behind `=`, if it is a path.
    pub path: Option<Vec<String>>,
    /// The value behind `=`, if it is a text.
    pub text: Option<String>,
}

impl Parse for RuneOption {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(syn::ext::IdentExt::parse_any)?;
        let name: Ident = name;
        let mut option = RuneOption {
            name: name.to_string(),
            path: None,
            text: None,
        };
        if !input.peek(Token![=]) {
            return Ok(option);
        }
        input.parse::<Token![=]>()?;
        match input.parse::<Expr>()? {
            Expr::Path(path) => option.path = Some(segments(&path.path)),
            Expr::Lit(literal) => {
                if let syn::Lit::Str(text) = literal.lit {
                    option.text = Some(text.value());
                }
            }
            _ => {}
        }
        Ok(option)
    }
}

/// The arguments of the attributes of one path, such as `["rune", "function"]`. Those that cannot be read count as none.
pub fn options(attributes: &[Attribute], path: &[&str]) -> Vec<RuneOption> {
    let named = attributes
        .iter()
        .filter(|attribute| segments(attribute.path()) == path);
    named
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(_) => attribute
                .parse_args_with(
                    syn::punctuated::Punctuated::<RuneOption, Token![,]>::parse_terminated,
                )
                .ok(),
            _ => None,
        })
        .flatten()
        .collect()
}

/// Whether one of the attributes has this path.
pub fn has(attributes: &[Attribute], path: &[&str]) -> bool {
    attributes
        .iter()
        .any(|attribute| segments(attribute.path()) == path)
}

/// The types of the crates that scripts could hold, as scripts would name them. Those that a recorder registers are named
/// by hand, and may be other ones.
pub fn unbound(modules: &[RustModule]) -> HashSet<String> {
    let has_recorder = |krate: &str| {
        let mut own = modules.iter().filter(|module| module.krate.name == krate);
        own.any(is_recorder)
    };
    let plain = modules
        .iter()
        .filter(|module| !has_recorder(&module.krate.name));
    let heads = plain.flat_map(|module| &module.items).filter_map(head);
    let could = heads.filter(|(attributes, _)| is_any(attributes));
    could
        .map(|(attributes, ident)| known_as(attributes, ident))
        .collect()
}

/// What scripts write for a type: its whole path where it says that itself, for then its module may be another one.
pub fn known_as(attributes: &[Attribute], ident: &Ident) -> String {
    let name = rune_name(attributes, ident);
    match own_module(attributes) {
        Some(module) => format!("{module}::{name}"),
        None => name,
    }
}
