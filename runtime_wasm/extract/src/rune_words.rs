//! What the expressions of a registration say: names, types, variables that hold modules.

use std::collections::HashMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, FnArg, GenericArgument, Type};

use crate::constants::Constant;
use crate::functions::Written;
use crate::index::segments;
use crate::rune_attributes::RuneOption;
use crate::table::FunctionRow;

/// The variables that hold modules, with the modules' paths.
#[derive(Clone, Default)]
pub struct Names {
    pub modules: HashMap<String, String>,
    /// Of `#[rune::module(…)]` on the function, with the function's documentation.
    pub meta: Option<String>,
    pub docs: String,
    /// The variables that hold traits, with the traits' paths.
    pub traits: HashMap<String, String>,
    /// The variables that hold types, with their places in the bindings.
    pub types: HashMap<String, usize>,
}

/// What a variable holds that is no module.
pub enum Of {
    Trait(String),
    Type(usize),
}

/// What the attribute of a function says is put into its row.
pub fn with_marks(mut row: FunctionRow, marks: &[RuneOption]) -> FunctionRow {
    if let Some(mark) = marks.iter().find(|mark| mark.name == "deprecated") {
        row.about.deprecated = row.about.deprecated.or_else(|| mark.text.clone());
    }
    row
}

/// The type that a method is called on: that of its `impl`, or of its first parameter.
pub fn receiver_type(function: &Written<'_>) -> Option<Type> {
    if function.signature.receiver().is_some() {
        return named_type(&function.of?.to_string());
    }
    match function.signature.inputs.first() {
        Some(FnArg::Typed(typed)) => Some(held(&typed.ty).clone()),
        _ => None,
    }
}

/// The type of this name or path.
pub fn named_type(name: &str) -> Option<Type> {
    syn::parse_str(name).ok()
}

/// The type of the value that a parameter refers to or guards.
pub fn held(written: &Type) -> &Type {
    match written {
        Type::Reference(reference) => held(&reference.elem),
        Type::Path(path) => {
            let last = path.path.segments.last();
            let is_guard = last.is_some_and(|last| last.ident == "Ref" || last.ident == "Mut");
            match last_argument(path).filter(|_| is_guard) {
                Some(inner) => held(inner),
                None => written,
            }
        }
        _ => written,
    }
}

/// The path of a type, or of what it refers to.
pub fn type_path(written: &Type) -> Option<Vec<String>> {
    match written {
        Type::Path(path) => Some(segments(&path.path)),
        Type::Reference(reference) => type_path(&reference.elem),
        Type::Group(inner) => type_path(&inner.elem),
        // Such as `[u8]`, which Rune has as bytes.
        Type::Slice(slice) => Some(vec![format!("[{}]", type_path(&slice.elem)?.join("::"))]),
        _ => None,
    }
}

/// The `T` of `.ty::<T>()`.
pub fn type_argument(call: &ExprMethodCall) -> Option<&Type> {
    let given = call.turbofish.as_ref()?.args.iter();
    types_of(given).into_iter().next()
}

/// The types in `<A, B>`.
pub fn type_arguments(written: &syn::PathArguments) -> Vec<&Type> {
    match written {
        syn::PathArguments::AngleBracketed(written) => types_of(written.args.iter()),
        _ => Vec::new(),
    }
}

fn types_of<'w>(given: impl Iterator<Item = &'w GenericArgument>) -> Vec<&'w Type> {
    let types = given.filter_map(|argument| match argument {
        GenericArgument::Type(written) => Some(written),
        _ => None,
    });
    types.collect()
}

/// The `T` of `Ref<T>`.
fn last_argument(path: &syn::TypePath) -> Option<&Type> {
    type_arguments(&path.path.segments.last()?.arguments)
        .into_iter()
        .next()
}

/// The calls of a chain such as `module.function(…).build()?`, the last one first.
pub fn calls(last: &ExprMethodCall) -> Vec<&ExprMethodCall> {
    let mut calls = vec![last];
    let mut receiver = &*last.receiver;
    loop {
        match receiver {
            Expr::Try(inner) => receiver = &inner.expr,
            Expr::MethodCall(call) => {
                calls.push(call);
                receiver = &call.receiver;
            }
            _ => return calls,
        }
    }
}

/// The first call of the chain that an expression is.
pub fn first_call(expression: &Expr) -> Option<&ExprMethodCall> {
    match expression {
        Expr::Try(inner) => first_call(&inner.expr),
        Expr::MethodCall(call) => calls(call).pop(),
        _ => None,
    }
}

/// The trait or type that a variable holds.
pub fn member_of(expression: &Expr, names: &Names) -> Option<Of> {
    let Expr::Path(path) = expression else {
        return None;
    };
    let name = path.path.get_ident()?.to_string();
    let of_trait = names.traits.get(&name).cloned().map(Of::Trait);
    of_trait.or_else(|| names.types.get(&name).copied().map(Of::Type))
}

/// The path of the module that a variable holds.
pub fn module_of(expression: &Expr, names: &Names) -> Option<String> {
    match expression {
        Expr::Path(path) => names
            .modules
            .get(&path.path.get_ident()?.to_string())
            .cloned(),
        Expr::Reference(reference) => module_of(&reference.expr, names),
        _ => None,
    }
}

/// Whether one of the variables that hold modules stands in the source.
pub fn mentions_module<T: ToTokens>(source: &[T], names: &Names) -> bool {
    let mentions = |name: &String| {
        let is_there = |part: &T| stands_in(part.to_token_stream(), name);
        source.iter().any(is_there)
    };
    names.modules.keys().any(mentions)
}

fn stands_in(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => stands_in(group.stream(), name),
        _ => false,
    })
}

/// The name of `&Protocol::GET`.
pub fn protocol(expression: Option<&Expr>) -> Option<String> {
    match expression? {
        Expr::Reference(reference) => protocol(Some(&reference.expr)),
        Expr::Path(path) => match &*segments(&path.path) {
            [.., of, name] if of == "Protocol" => Some(name.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// A name that is a text or a list of texts.
pub fn joined(constant: &Constant) -> Option<String> {
    constant
        .text()
        .map(str::to_owned)
        .or_else(|| Some(constant.texts()?.join("::")))
}

pub fn join(first: &str, rest: &str) -> String {
    [first, rest]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("::")
}
