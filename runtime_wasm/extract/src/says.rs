//! What the calls behind a registration say of it: `.docs(docstring! { /// … })?.argument_types::<(Value,)>()?`.

use syn::{Attribute, Expr, ExprMethodCall, Type};

use crate::constants::{evaluate, Constant};
use crate::documentation::Documentation;
use crate::index::{segments, Index};
use crate::rune_words::{calls, type_argument};
use crate::rust_types::{rune_type, Context};
use crate::scope::Scope;
use crate::source::docs;
use crate::table::{FunctionKind, FunctionRow, ParameterRow};

/// What is said of one registration.
#[derive(Default)]
pub struct Says<'a> {
    docs: Option<String>,
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
        for call in calls(last) {
            says.note(index, scope, call);
        }
        says
    }

    /// The documentation, with its tags read.
    pub fn documentation(&self) -> Option<Documentation> {
        self.docs.as_deref().map(Documentation::read)
    }

    fn note(&mut self, index: &Index<'a>, scope: &Scope<'a>, call: &'a ExprMethodCall) {
        let first = call.args.first();
        let constant = || evaluate(index, scope, first?).ok();
        let count = || constant()?.count();
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

    /// Adds what is said to the row of a function, whose own documentation goes first. Returns what of it is no type of Rune.
    pub fn tell(&self, context: Context<'_, 'a>, row: &mut FunctionRow) -> Vec<String> {
        let mut lacking = Vec::new();
        let skipped = usize::from(row.kind == FunctionKind::Method);
        let said = self.parameters.as_ref().map(Vec::len).or(self.count);
        if let Some(count) = said {
            row.parameters
                .resize_with(count.saturating_sub(skipped), || ParameterRow {
                    type_name: "any".to_owned(),
                    ..ParameterRow::default()
                });
        }
        for (at, parameter) in row.parameters.iter_mut().enumerate() {
            if parameter.name.is_empty() {
                parameter.name = format!("argument_{}", at + 1);
            }
        }
        let written = self.parameters.iter().flatten().skip(skipped);
        for (parameter, written) in row.parameters.iter_mut().zip(written) {
            match rune_type(context, written) {
                Some(type_name) => parameter.type_name = type_name,
                None => lacking.push(format!("parameter `{}`", parameter.name)),
            }
        }
        match self.returns.map(|written| rune_type(context, written)) {
            Some(Some(type_name)) => row.returns = type_name,
            Some(None) => lacking.push("result".to_owned()),
            None => {}
        }
        if let Some(read) = self.documentation().filter(|_| row.docs.is_empty()) {
            read.describe(row);
        }
        if row.about.deprecated.is_none() {
            row.about.deprecated.clone_from(&self.deprecated);
        }
        row.is_async |= self.is_async;
        lacking
    }

    /// Whether the type of a parameter is said, by a type or by a tag.
    pub fn says_parameter(&self, name: &str) -> bool {
        let tagged = |read: Documentation| read.parameters.iter().any(|tagged| tagged.name == name);
        self.parameters.is_some() || self.documentation().is_some_and(tagged)
    }

    /// Whether the type of the result is said, by a type or by a tag.
    pub fn says_result(&self) -> bool {
        self.returns.is_some()
            || self
                .documentation()
                .is_some_and(|read| read.returns.is_some())
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
        return read.flatten().map(|attributes| docs(&attributes));
    }
    let lines = evaluate(index, scope, written).ok()?.texts()?;
    Some(lines.join("\n"))
}
