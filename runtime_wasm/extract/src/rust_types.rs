//! Types of Rust as stubs write them. What has no counterpart is none.

use syn::{GenericArgument, Item, PathArguments, ReturnType, Type};

use crate::index::{segments, Index};
use crate::rune_attributes::{is_any, known_as};
use crate::scope::Scope;
use crate::source::RustModule;

/// How many aliases may stand for one another.
const MOST_ALIASES: usize = 8;

/// Where a type is written.
#[derive(Clone, Copy)]
pub struct Context<'i, 'a> {
    pub index: &'i Index<'a>,
    pub scope: &'i Scope<'a>,
}

/// The type of a result.
pub fn returned(context: Context<'_, '_>, output: &ReturnType) -> Option<String> {
    match output {
        ReturnType::Default => Some("()".to_owned()),
        ReturnType::Type(_, written) => rune_type(context, written),
    }
}

/// The type as a stub writes it.
pub fn rune_type(context: Context<'_, '_>, written: &Type) -> Option<String> {
    within(context, written, MOST_ALIASES)
}

fn within(context: Context<'_, '_>, written: &Type, hops: usize) -> Option<String> {
    match written {
        Type::Reference(reference) => within(context, &reference.elem, hops),
        Type::Paren(inner) => within(context, &inner.elem, hops),
        Type::Group(inner) => within(context, &inner.elem, hops),
        Type::Never(_) => Some("!".to_owned()),
        Type::Slice(slice) => match &*slice.elem {
            Type::Path(path) if path.path.is_ident("u8") => Some("Bytes".to_owned()),
            element => Some(format!("Vec<{}>", within(context, element, hops)?)),
        },
        Type::Tuple(tuple) => {
            let parts: Option<Vec<String>> = tuple
                .elems
                .iter()
                .map(|part| within(context, part, hops))
                .collect();
            match &*parts? {
                [only] => Some(format!("({only},)")),
                parts => Some(format!("({})", parts.join(", "))),
            }
        }
        Type::Array(array) => Some(format!("Vec<{}>", within(context, &array.elem, hops)?)),
        Type::Path(path) if path.qself.is_none() => named(context, &path.path, hops),
        _ => None,
    }
}

fn named(context: Context<'_, '_>, path: &syn::Path, hops: usize) -> Option<String> {
    let arguments = arguments(&path.segments.last()?.arguments)?;
    let (module, written) = context.scope.place(&segments(path));
    if let Some(own) = own_type(context, (module, &written), &arguments, hops) {
        return Some(own);
    }
    let inner = |at: usize| within(context, arguments.get(at)?, hops);
    let name = written.last()?.clone();
    match (&*name, arguments.len()) {
        ("String" | "char" | "bool" | "Bytes" | "Object" | "Function" | "Vec", 0) => Some(name),
        ("str", 0) => Some("String".to_owned()),
        ("SyncFunction", 0) => Some("Function".to_owned()),
        ("i8" | "i16" | "i32" | "i64" | "isize" | "i128", 0) => Some("i64".to_owned()),
        ("u8" | "u16" | "u32" | "u64" | "usize" | "u128", 0) => Some("u64".to_owned()),
        ("f32" | "f64", 0) => Some("f64".to_owned()),
        ("Value", 0) => Some("any".to_owned()),
        ("Vec", 1) => Some(format!("Vec<{}>", inner(0)?)),
        ("Option", 1) => Some(format!("Option<{}>", inner(0)?)),
        // Such as anyhow's, whose errors are of no type that scripts could name.
        ("Result", 1) => Some(format!("Result<{}, any>", inner(0)?)),
        ("Result", 2) => Some(format!("Result<{}, {}>", inner(0)?, inner(1)?)),
        ("HashMap" | "BTreeMap", 2) if inner(0)? == "String" => Some("Object".to_owned()),
        // What these hold is what scripts see.
        ("Ref" | "Mut" | "Box" | "Arc" | "Rc" | "Cow" | "VmResult", 1) => inner(0),
        _ => {
            let whole = context.index.whole(module, &written);
            Some(context.index.foreign.get(&whole)?.path.clone())
        }
    }
}

/// A type of the crate: one that scripts can hold, or another name of a type.
fn own_type<'a>(
    context: Context<'_, 'a>,
    (module, path): (&'a RustModule, &[String]),
    arguments: &[&Type],
    hops: usize,
) -> Option<String> {
    let found = context.index.resolve(module, path)?;
    match found.item {
        Item::Struct(item) if is_any(&item.attrs) => Some(known_as(&item.attrs, &item.ident)),
        Item::Enum(item) if is_any(&item.attrs) => Some(known_as(&item.attrs, &item.ident)),
        Item::Type(alias) => {
            let scope = Scope::new(found.module);
            let inside = Context {
                scope: &scope,
                ..context
            };
            let hops = hops.checked_sub(1)?;
            let parameters: Vec<_> = alias
                .generics
                .type_params()
                .map(|parameter| &parameter.ident)
                .collect();
            match (&*parameters, arguments) {
                ([], []) => within(inside, &alias.ty, hops),
                // `Result<T>` with the crate's own error.
                ([parameter], [argument]) => {
                    let argument = within(context, argument, hops)?;
                    let Type::Path(target) = &*alias.ty else {
                        return None;
                    };
                    let last = target.path.segments.last()?;
                    let parts: Option<Vec<String>> = self::arguments(&last.arguments)?
                        .into_iter()
                        .map(|part| match part {
                            Type::Path(path) if path.path.is_ident(*parameter) => {
                                Some(argument.clone())
                            }
                            other => within(inside, other, hops),
                        })
                        .collect();
                    let name = last.ident.to_string();
                    ["Result", "Option", "Vec"]
                        .contains(&&*name)
                        .then(|| Some(format!("{name}<{}>", parts?.join(", "))))?
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The type arguments of a path's last part, without lifetimes.
fn arguments(written: &PathArguments) -> Option<Vec<&Type>> {
    match written {
        PathArguments::None => Some(Vec::new()),
        PathArguments::AngleBracketed(written) => {
            let types = written.args.iter().filter_map(|argument| match argument {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            });
            Some(types.collect())
        }
        PathArguments::Parenthesized(_) => None,
    }
}

/// What is awaited of a function that returns `impl Future<Output = T>`.
pub fn future(output: &ReturnType) -> Option<&Type> {
    let ReturnType::Type(_, written) = output else {
        return None;
    };
    let Type::ImplTrait(written) = &**written else {
        return None;
    };
    let mut bounds = written.bounds.iter();
    bounds.find_map(|bound| {
        let syn::TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let last = bound.path.segments.last()?;
        let PathArguments::AngleBracketed(given) = &last.arguments else {
            return None;
        };
        let mut given = given.args.iter().filter(|_| last.ident == "Future");
        given.find_map(|argument| match argument {
            GenericArgument::AssocType(output) if output.ident == "Output" => Some(&output.ty),
            _ => None,
        })
    })
}
