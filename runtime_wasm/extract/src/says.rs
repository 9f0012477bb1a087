//! What the calls behind a registration say of it: `.docs(docstring! { /// … })?.argument_types::<(Value,)>()?`.

use syn::{Attribute, Expr, ExprMethodCall, Type};

use crate::constants::{evaluate, Constant, Scope};
use crate::documentation::Documentation;
use crate::index::{segments, Index};
use crate::rune_words::type_argument;
use crate::rust_types::{rune_type, Context};
use crate::source::docs;
use crate::table::{FunctionKind, FunctionRow, ParameterRow};

/// What is said of one registration.
#[derive(Default)]
pub struct Says<'a> {
    pub docs: Option<String>,
    pub deprecated: Option<String>,
    /// With the type of the receiver, if it is a method.
    parameters: Option<Vec<&'a Type>>,
    /// How many parameters there are, where their types are not said.
    count: Option<usize>,
    returns: Option<&'a Type>,
    is_async: bool,
    /// The names of an enum's variants.
    pub variants: Option<Vec<String>>,
    /// How many values a variant holds.
    pub values: Option<usize>,
}

impl<'a> Says<'a> {
    /// What the calls from `last` back to the first of the chain say.
    pub fn of(index: &Index<'a>, scope: &Scope<'a>, last: &'a ExprMethodCall) -> Says<'a> {
        let mut says = Says::default();
        says.note(index, scope, last);
        let mut expression = &*last.receiver;
        loop {
            match expression {
                Expr::Try(inner) => expression = &inner.expr,
                Expr::MethodCall(call) => {
                    says.note(index, scope, call);
                    expression = &call.receiver;
                }
                _ => return says,
            }
        }
    }

    fn note(&mut self, index: &Index<'a>, scope: &Scope<'a>, call: &'a ExprMethodCall) {
        let first = call.args.first();
        let constant = || evaluate(index, scope, first?).ok();
        let count = || match constant()? {
            Constant::Number(number) => usize::try_from(number).ok(),
            _ => None,
        };
        match &*call.method.to_string() {
            "docs" | "static_docs" => self.docs = first.and_then(|first| text(index, scope, first)),
            "deprecated" => {
                self.deprecated = constant().and_then(|said| said.text().map(str::to_owned));
            }
            "is_async" => self.is_async = constant() == Some(Constant::Truth(true)),
            "args" => self.count = count(),
            "argument_types" => {
                self.parameters = type_argument(call).map(|written| match written {
                    Type::Tuple(tuple) => tuple.elems.iter().collect(),
                    other => vec![other],
                });
            }
            "return_type" => self.returns = type_argument(call),
            "make_enum" => self.variants = constant().and_then(|said| said.texts()),
            "make_unnamed" => self.values = count(),
            _ => {}
        }
    }

    /// Adds what is said to the row of a function. None of it goes before what the function itself says.
    pub fn tell(&self, context: Context<'_, 'a>, row: &mut FunctionRow) {
        if let Some(text) = self.docs.as_ref().filter(|_| row.docs.is_empty()) {
            let source = row.about.source.take();
            let read = Documentation::read(text);
            row.docs.clone_from(&read.text);
            read.describe(row);
            row.about.source = source;
        }
        if row.about.deprecated.is_none() {
            row.about.deprecated.clone_from(&self.deprecated);
        }
        row.is_async |= self.is_async;
        let skipped = usize::from(row.kind == FunctionKind::Method);
        let written = self.parameters.iter().flatten();
        let types: Vec<Option<String>> = match (&self.parameters, self.count) {
            (None, count) => vec![None; count.unwrap_or_default().saturating_sub(skipped)],
            _ => written
                .skip(skipped)
                .map(|written| rune_type(context, written))
                .collect(),
        };
        if self.has_parameters() {
            let names: Vec<String> = row.parameters.drain(..).map(|row| row.name).collect();
            let known = |at: usize| names.get(at).cloned();
            let named = |(at, type_name): (usize, Option<String>)| ParameterRow {
                name: known(at).unwrap_or_else(|| format!("argument_{}", at + 1)),
                type_name: type_name.unwrap_or_else(|| "any".to_owned()),
            };
            row.parameters = types.into_iter().enumerate().map(named).collect();
        }
        if let Some(written) = self.returns {
            row.returns = rune_type(context, written).unwrap_or_else(|| "any".to_owned());
        }
    }

    /// Whether the parameters are said.
    pub fn has_parameters(&self) -> bool {
        self.parameters.is_some() || self.count.is_some()
    }
}

/// The documentation in `docstring! { /// … }`, or in a list of lines.
fn text<'a>(index: &Index<'a>, scope: &Scope<'a>, written: &'a Expr) -> Option<String> {
    if let Expr::Macro(written) = written {
        let path = segments(&written.mac.path);
        let is_docs = path.last().is_some_and(|name| name == "docstring");
        let read = is_docs.then(|| written.mac.parse_body_with(Attribute::parse_outer).ok());
        let read = read.flatten().map(|attributes| docs(&attributes));
        return read.map(|text| Documentation::read(&text).text);
    }
    let lines = evaluate(index, scope, written).ok()?.texts()?;
    Some(lines.join("\n"))
}
