//! Rows of functions that are written in Rust: by their signature, or by a closure's parameters.

use syn::spanned::Spanned;
use syn::{Block, Expr, FnArg, ImplItem, Pat, ReturnType, Signature, Type};

use crate::build::{source_line, Builder};
use crate::documentation::Documentation;
use crate::index::{segments, Index};
use crate::protocols;
use crate::rust_types::{future, returned, rune_type, Context};
use crate::says::Says;
use crate::scope::{pattern_name, Scope};
use crate::source::{docs, RustModule};
use crate::table::{FunctionKind, FunctionRow, ParameterRow};

/// A function of the crate, free or of an `impl`.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub module: &'a RustModule,
    pub signature: &'a Signature,
    pub attributes: &'a [syn::Attribute],
    pub block: &'a Block,
    /// The type of the `impl`.
    pub of: Option<&'a syn::Ident>,
}

/// What Rune's macro puts behind the name of a function that it keeps, to name what it makes of it.
const META: &str = "__meta";

/// What it puts before the name of a function that it does not keep.
const HIDDEN: &str = "__rune_fn__";

/// One parameter: its name, its type, and where it stands.
struct Parameter<'a> {
    name: Option<String>,
    written: Option<&'a Type>,
    span: proc_macro2::Span,
}

/// What a row is made of besides its name and kind.
struct Parts<'a> {
    /// With the receiver, if it is not `self`.
    parameters: Vec<Parameter<'a>>,
    output: Option<&'a ReturnType>,
    is_async: bool,
    span: proc_macro2::Span,
}

/// The function that a path names in a scope, `Type::name` too.
pub fn find<'a>(index: &Index<'a>, scope: &Scope<'a>, path: &syn::Path) -> Option<Written<'a>> {
    let (module, names) = scope.place(&segments(path));
    let kept = || {
        // A function that is kept is registered as `name__meta`, and one that is not can be called by its hidden name.
        let (last, before) = names.split_last()?;
        let kept = last
            .strip_suffix(META)
            .or_else(|| last.strip_prefix(HIDDEN))?;
        named(index, module, &[before, &[kept.to_owned()]].concat())
    };
    named(index, module, &names).or_else(kept)
}

fn named<'a>(index: &Index<'a>, module: &'a RustModule, names: &[String]) -> Option<Written<'a>> {
    if let Some(found) = index.resolve(module, names) {
        let function = found.function()?;
        return Some(Written {
            module: found.module,
            signature: &function.sig,
            attributes: &function.attrs,
            block: &function.block,
            of: None,
        });
    }
    let (name, of) = names.split_last()?;
    let (member, function) = index.member(module, of, |item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    })?;
    Some(Written {
        module: member.module,
        signature: &function.sig,
        attributes: &function.attrs,
        block: &function.block,
        of: Some(member.type_name),
    })
}

/// The row of a function under the name that scripts know; for a method the first parameter is the value.
pub fn row<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    function: Written<'a>,
    (name, kind): (&str, FunctionKind),
    says: &Says<'a>,
) -> FunctionRow {
    let scope = Scope::of(function.module, function.of);
    let signature = function.signature;
    let source = source_line(&scope, signature.ident.span());
    let read = build.documentation(&docs(function.attributes), &source);
    let typed = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(Parameter {
            name: pattern_name(&typed.pat),
            written: Some(&*typed.ty),
            span: signature.ident.span(),
        }),
        FnArg::Receiver(_) => None,
    });
    let mut parts = Parts {
        parameters: typed.collect(),
        output: Some(&signature.output),
        is_async: signature.asyncness.is_some(),
        span: signature.ident.span(),
    };
    let consumes = match (kind, signature.receiver()) {
        (FunctionKind::Method, Some(receiver)) => receiver.reference.is_none(),
        (FunctionKind::Method, None) if !parts.parameters.is_empty() => {
            is_by_value(parts.parameters.remove(0).written)
        }
        _ => false,
    };
    let mut row = filled(
        build,
        Context {
            index,
            scope: &scope,
        },
        &parts,
        (name, kind),
        (&read, says),
    );
    row.consumes = consumes;
    read.describe(&mut row);
    row
}

/// The row of a closure. What it does not say of its types is told.
pub fn closure_row<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    scope: &Scope<'a>,
    closure: &'a syn::ExprClosure,
    (name, kind): (&str, FunctionKind),
    says: &Says<'a>,
) -> FunctionRow {
    let mut parts = Parts {
        parameters: closure.inputs.iter().map(closure_parameter).collect(),
        output: match &closure.output {
            ReturnType::Default => None,
            output => Some(output),
        },
        is_async: closure.asyncness.is_some() || matches!(&*closure.body, Expr::Async(_)),
        span: closure.span(),
    };
    let has_receiver = kind == FunctionKind::Method && !parts.parameters.is_empty();
    let consumes = has_receiver && is_by_value(parts.parameters.remove(0).written);
    let read = Documentation::default();
    let mut row = filled(
        build,
        Context { index, scope },
        &parts,
        (name, kind),
        (&read, says),
    );
    row.consumes = consumes;
    row
}

fn closure_parameter(input: &Pat) -> Parameter<'_> {
    Parameter {
        name: pattern_name(input),
        written: typed(input),
        span: input.span(),
    }
}

/// A row with the types that are written; those that are not, and that no tag says either, are told.
fn filled<'a>(
    build: &mut Builder<'_>,
    context: Context<'_, 'a>,
    parts: &Parts<'a>,
    (name, kind): (&str, FunctionKind),
    (read, says): (&Documentation, &Says<'a>),
) -> FunctionRow {
    let scope = context.scope;
    let awaited = parts.output.and_then(future);
    let mut row = FunctionRow {
        name: name.to_owned(),
        kind,
        is_async: parts.is_async || awaited.is_some(),
        ..FunctionRow::default()
    };
    row.about.source = Some(source_line(scope, parts.span));
    let mut tell = |span, reason: String| {
        let place = source_line(scope, span);
        build.undecided.add(&place.path, place.line, &reason);
    };
    for (at, parameter) in parts.parameters.iter().enumerate() {
        let name = parameter_name(parameter.name.as_deref(), at);
        let written = parameter.written;
        let said = written.and_then(|written| rune_type(context, written));
        let is_tagged =
            read.parameters.iter().any(|tagged| tagged.name == name) || says.says_parameter(&name);
        if said.is_none() && !is_tagged && !protocols::is_plain(name_of(written).as_deref()) {
            tell(
                parameter.span,
                lacking(
                    &format!("parameter `{name}`"),
                    written.is_some(),
                    &format!("@param {name}: Type"),
                ),
            );
        }
        row.parameters.push(ParameterRow {
            name,
            type_name: said.unwrap_or_else(|| "any".to_owned()),
        });
    }
    let known = protocols::result(name).map(str::to_owned);
    let said = match (awaited, parts.output) {
        (Some(awaited), _) => rune_type(context, awaited),
        (None, Some(output)) => returned(context, output),
        (None, None) => None,
    };
    let said = known.or(said);
    if said.is_none() && read.returns.is_none() && !says.says_result() {
        tell(
            parts.span,
            lacking("result", parts.output.is_some(), "@return Type"),
        );
    }
    row.returns = said.unwrap_or_else(|| "any".to_owned());
    row
}

fn lacking(what: &str, is_written: bool, tag: &str) -> String {
    match is_written {
        true => format!("the type of the {what} has no counterpart in Rune: say it by `{tag}`"),
        false => format!("the closure does not say the type of the {what}"),
    }
}

/// The name that a stub gives a parameter: scripts never write it, but it has to be one of Rune.
pub fn parameter_name(written: Option<&str>, at: usize) -> String {
    let name = written.map(|name| name.trim_start_matches("r#"));
    match name {
        Some(name) if crate::settle::is_keyword(name) => format!("{name}_"),
        Some(name) => name.to_owned(),
        None => format!("argument_{}", at + 1),
    }
}

/// The type of a closure's parameter.
pub fn typed(pattern: &Pat) -> Option<&Type> {
    match pattern {
        Pat::Type(typed) => Some(&typed.ty),
        _ => None,
    }
}

/// The last name of a type, behind references.
fn name_of(written: Option<&Type>) -> Option<String> {
    match written? {
        Type::Reference(reference) => name_of(Some(&reference.elem)),
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// Whether a value of this type is moved: it is no reference, none of Rune's guards, and nothing that is copied.
fn is_by_value(written: Option<&Type>) -> bool {
    const KEPT: &[&str] = &[
        "Mut", "Ref", "Value", "bool", "char", "f32", "f64", "i16", "i32", "i64", "i8", "isize",
        "u16", "u32", "u64", "u8", "usize",
    ];
    matches!(written, Some(Type::Path(_)))
        && name_of(written).is_some_and(|name| !KEPT.contains(&&*name))
}
