//! What the expressions of a registration say: names, types, variables that hold modules.

use std::collections::HashMap;

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

pub fn with_marks(mut row: FunctionRow, marks: &[RuneOption]) -> FunctionRow {
    if let Some(mark) = marks.iter().find(|mark| mark.name == "deprecated") {
        row.about.deprecated = row.about.deprecated.or_else(|| mark.text.clone());
    }
    row
}

/// The type that a method is called on: that of its `impl`, or of its first parameter.
pub fn receiver_type(function: &Written<'_>) -> Option<Type> {
    if function.signature.receiver().is_some() {
        return function.of.map(named_type);
    }
    match function.signature.inputs.first() {
        Some(FnArg::Typed(typed)) => match (held(&typed.ty), function.of) {
            (Type::Path(path), Some(of)) if path.path.is_ident("Self") => Some(named_type(of)),
            (held, _) => Some(held.clone()),
        },
        _ => None,
    }
}

/// The type that `path = Type::name` names.
pub fn owner(name: &str, function: &Written<'_>) -> Option<Type> {
    if name == "Self" {
        return function.of.map(named_type);
    }
    syn::parse_str(name).ok()
}

pub fn named_type(ident: &syn::Ident) -> Type {
    let path = syn::Path::from(ident.clone());
    Type::Path(syn::TypePath { qself: None, path })
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
        _ => None,
    }
}

/// The `T` of `.ty::<T>()`.
pub fn type_argument(call: &ExprMethodCall) -> Option<&Type> {
    call.turbofish
        .as_ref()?
        .args
        .iter()
        .find_map(|argument| match argument {
            GenericArgument::Type(written) => Some(written),
            _ => None,
        })
}

/// The `T` of `Ref<T>`.
fn last_argument(path: &syn::TypePath) -> Option<&Type> {
    match &path.path.segments.last()?.arguments {
        syn::PathArguments::AngleBracketed(written) => {
            written.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(written) => Some(written),
                _ => None,
            })
        }
        _ => None,
    }
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

/// Whether an expression has one of the variables that hold modules in it.
pub fn mentions_module(expression: &Expr, names: &Names) -> bool {
    let text = expression.to_token_stream().to_string();
    names.modules.keys().any(|name| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == name)
    })
}

pub fn is_protocol(expression: Option<&Expr>) -> bool {
    protocol(expression).is_some()
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
