//! Rows of functions that are written in Rust: by their signature, or by a closure's parameters.

use syn::spanned::Spanned;
use syn::{Expr, FnArg, Pat, ReturnType, Signature, Type};

use crate::build::{source_line, Builder};
use crate::constants::{pattern_name, Scope};
use crate::index::{segments, Found, Index};
use crate::rust_types::{returned, rune_type, Context};
use crate::source::{docs, RustModule};
use crate::table::{FunctionKind, FunctionRow, ParameterRow};

/// A function of the crate, free or of an `impl`.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub module: &'a RustModule,
    pub signature: &'a Signature,
    pub attributes: &'a [syn::Attribute],
    /// The type of the `impl`.
    pub of: Option<&'a syn::Ident>,
}

/// What Rune's macro puts behind the name of a function that it keeps, to name what it makes of it.
const META: &str = "__meta";

impl<'a> Written<'a> {
    /// A function that stands in a module.
    fn free(found: Found<'a>) -> Option<Self> {
        let function = found.function()?;
        Some(Written {
            module: found.module,
            signature: &function.sig,
            attributes: &function.attrs,
            of: None,
        })
    }
}

/// One parameter: its name, its type, and whether the value is used up.
struct Parameter<'a> {
    name: Option<String>,
    written: Option<&'a Type>,
}

/// The function that a path names in a module, `Type::name` too.
pub fn find<'a>(
    index: &Index<'a>,
    module: &'a RustModule,
    path: &syn::Path,
    own: Option<&str>,
) -> Option<Written<'a>> {
    let mut names = segments(path);
    if let (Some("Self"), Some(own)) = (names.first().map(String::as_str), own) {
        names[0] = own.to_owned();
    }
    if let Some(found) = index.resolve(module, &names) {
        return Written::free(found);
    }
    // What is kept beside its meta is registered as `name__meta`.
    if let Some(kept) = names
        .last_mut()
        .and_then(|last| last.strip_suffix(META).map(str::to_owned))
    {
        let last = names.len() - 1;
        names[last] = kept;
        if let Some(found) = index.resolve(module, &names) {
            return Written::free(found);
        }
    }
    let (name, of) = names.split_last()?;
    let last = of.last()?;
    let mut named = index
        .methods
        .iter()
        .filter(|method| method.type_name == last && method.function.sig.ident == name);
    let whole = index.whole(module, of);
    let method = named.find(|method| {
        let own = [method.type_name.to_string()];
        index.whole(method.module, &own) == whole
    })?;
    Some(Written {
        module: method.module,
        signature: &method.function.sig,
        attributes: &method.function.attrs,
        of: Some(method.type_name),
    })
}

/// The row of a function under the name that scripts know; `is_method` says that the first parameter is the value.
pub fn row<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    function: Written<'a>,
    name: &str,
    kind: FunctionKind,
) -> FunctionRow {
    let own = function.of.map(ToString::to_string);
    let context = Context {
        index,
        module: function.module,
        own: own.as_deref(),
    };
    let scope = Scope::new(function.module);
    let source = source_line(&scope, function.signature.ident.span());
    let read = build.documentation(&docs(function.attributes), &source);
    let mut parameters: Vec<Parameter<'_>> = Vec::new();
    for input in &function.signature.inputs {
        if let FnArg::Typed(typed) = input {
            parameters.push(Parameter {
                name: pattern_name(&typed.pat),
                written: Some(&typed.ty),
            });
        }
    }
    let has_receiver = function.signature.receiver().is_some();
    let consumes = match (kind, function.signature.receiver()) {
        (FunctionKind::Method, Some(receiver)) => receiver.reference.is_none(),
        (FunctionKind::Method, None) => parameters
            .first()
            .is_some_and(|first| is_by_value(first.written)),
        _ => false,
    };
    if kind == FunctionKind::Method && !has_receiver && !parameters.is_empty() {
        parameters.remove(0);
    }
    let mut row = FunctionRow {
        name: name.to_owned(),
        kind,
        is_async: function.signature.asyncness.is_some(),
        consumes,
        ..FunctionRow::default()
    };
    row.about.source = Some(source);
    let tagged = |name: &str| read.parameters.iter().any(|tagged| tagged.name == name);
    for (at, parameter) in parameters.iter().enumerate() {
        let name = parameter
            .name
            .clone()
            .unwrap_or_else(|| format!("argument_{}", at + 1));
        let written = parameter
            .written
            .and_then(|written| rune_type(context, written));
        if written.is_none() && !tagged(&name) {
            let reason = format!("the type of the parameter `{name}` has no counterpart in Rune: say it by `@param {name}: Type`");
            build
                .undecided
                .push(scope.undecided(&function.signature.ident, &reason));
        }
        row.parameters.push(ParameterRow {
            name,
            type_name: written.unwrap_or_else(|| "any".to_owned()),
        });
    }
    let result = returned(context, &function.signature.output);
    if result.is_none() && read.returns.is_none() {
        let reason = "the type of the result has no counterpart in Rune: say it by `@return Type`";
        build
            .undecided
            .push(scope.undecided(&function.signature.ident, reason));
    }
    row.returns = result.unwrap_or_else(|| "any".to_owned());
    read.describe(&mut row);
    row
}

/// The row of a closure. What it does not say of its types is told.
pub fn closure_row<'a>(
    build: &mut Builder<'_>,
    index: &Index<'a>,
    scope: &Scope<'a>,
    closure: &'a syn::ExprClosure,
    name: &str,
    kind: FunctionKind,
) -> FunctionRow {
    let context = Context {
        index,
        module: scope.module,
        own: None,
    };
    let skipped = usize::from(kind == FunctionKind::Method);
    let first = closure.inputs.first().and_then(typed);
    let mut row = FunctionRow {
        name: name.to_owned(),
        kind,
        is_async: closure.asyncness.is_some() || matches!(&*closure.body, Expr::Async(_)),
        consumes: kind == FunctionKind::Method && is_by_value(first),
        ..FunctionRow::default()
    };
    row.about.source = Some(source_line(scope, closure.span()));
    for (at, input) in closure.inputs.iter().enumerate().skip(skipped) {
        let name = pattern_name(input).unwrap_or_else(|| format!("argument_{}", at + 1 - skipped));
        let written = typed(input).and_then(|written| rune_type(context, written));
        if written.is_none() {
            let reason = format!("the closure does not say a type of Rune for `{name}`");
            build.undecided.push(scope.undecided(input, &reason));
        }
        row.parameters.push(ParameterRow {
            name,
            type_name: written.unwrap_or_else(|| "any".to_owned()),
        });
    }
    let result = match &closure.output {
        ReturnType::Default => None,
        output => returned(context, output),
    };
    if result.is_none() {
        build.undecided.push(scope.undecided(
            closure,
            "the closure does not say what type of Rune it returns",
        ));
    }
    row.returns = result.unwrap_or_else(|| "any".to_owned());
    row
}

/// The type of a closure's parameter.
pub fn typed(pattern: &Pat) -> Option<&Type> {
    match pattern {
        Pat::Type(typed) => Some(&typed.ty),
        _ => None,
    }
}

/// Whether a value of this type is moved: it is neither a reference nor one of Rune's guards.
fn is_by_value(written: Option<&Type>) -> bool {
    match written {
        Some(Type::Path(path)) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident != "Ref" && last.ident != "Mut"),
        _ => false,
    }
}
