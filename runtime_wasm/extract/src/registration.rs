//! The arguments of the macros that register a function: `method!(types, "name(&self) -> i64", "docs", native)`.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Expr, Item, LitStr, Macro, Token, Type};

use crate::source::RustModule;

/// One call of such a macro.
pub struct Registration {
    /// Where it is registered.
    pub recorder: Expr,
    pub signature: LitStr,
    pub docs: Expr,
}

/// What kind of function a macro registers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Method,
    AssociatedFunction,
    Function,
}

impl Kind {
    /// The kind that the macro of this name registers; none for other macros.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "method" => Some(Kind::Method),
            "associated_function" => Some(Kind::AssociatedFunction),
            "function" => Some(Kind::Function),
            _ => None,
        }
    }
}

/// Reads the arguments of a macro of that kind.
pub fn read(kind: Kind, written: &Macro) -> syn::Result<Registration> {
    written.parse_body_with(|input: ParseStream<'_>| {
        let recorder = input.parse()?;
        input.parse::<Token![,]>()?;
        if kind == Kind::AssociatedFunction {
            input.parse::<Type>()?;
            input.parse::<Token![,]>()?;
        }
        let signature = input.parse()?;
        input.parse::<Token![,]>()?;
        let docs = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(Registration {
            recorder,
            signature,
            docs,
        })
    })
}

/// A module with macros that register: what they are called with is read, not how they do it.
pub fn is_recorder(module: &RustModule) -> bool {
    module.items.iter().any(|item| match item {
        Item::Macro(item) => item
            .ident
            .as_ref()
            .is_some_and(|name| name == "method" || name == "function"),
        _ => false,
    })
}
