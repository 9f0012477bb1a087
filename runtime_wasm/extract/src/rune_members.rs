//! Rows of fields, macros and attributes that are registered in Rune's own way.

use syn::{Expr, ExprMethodCall};

use crate::assignments;
use crate::build::source_line;
use crate::constants::evaluate;
use crate::functions::find;
use crate::rune_attributes::options;
use crate::rune_calls::UNREGISTERED;
use crate::rune_modules::{Decided, Walk};
use crate::rune_rows::closure_of;
use crate::rune_words::protocol;
use crate::rust_types::{returned, Context};
use crate::scope::Scope;
use crate::source::docs;
use crate::table::{About, AttributeRow, FieldRow, MacroRow};

impl<'a> Walk<'a, '_> {
    /// `module.field_function(&Protocol::GET, "name", native)`.
    pub(crate) fn field_function(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = match call.args.get(1) {
            Some(argument) => evaluate(self.index, scope, argument)?
                .text()
                .map(str::to_owned),
            None => None,
        };
        let reason = "which field of which type this is shows only when the program runs";
        let name = name.ok_or_else(|| scope.undecided(call, reason))?;
        let of = self.first_type(call.args.get(2), scope);
        let of = of.ok_or_else(|| scope.undecided(&call.method, UNREGISTERED))?;
        let fields = &mut self.build.bindings.types[of].fields;
        let known = fields.iter_mut().find(|field| field.name == name);
        match (protocol(call.args.first()).as_deref(), known) {
            (Some("GET"), _) => {
                let row = self.field(call, name, scope);
                self.build.bindings.types[of].fields.push(row);
            }
            (Some("SET"), Some(field)) => field.mutable = true,
            (Some(other), Some(field)) => {
                // Without an operator that changes the field, it is one that Rune asks a field for nowhere.
                let operator = assignments::written(other).map(str::to_owned);
                let operator = operator.filter(|operator| !field.operators.contains(operator));
                field.operators.extend(operator);
            }
            (Some(_), None) => {
                let reason = format!("stubs have no words for the field `{name}`, which scripts can set but not read");
                return Err(scope.undecided(&call.method, &reason));
            }
            (None, _) => {
                let reason = format!(
                    "what scripts may do to the field `{name}` shows only when the program runs"
                );
                return Err(scope.undecided(&call.method, &reason));
            }
        }
        Ok(())
    }

    /// `module.index_function(&Protocol::GET, 0, native)`: of an enum, the value that a variant shows.
    pub(crate) fn index_function(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let of = self.first_type(call.args.get(2), scope);
        let of = of.ok_or_else(|| scope.undecided(&call.method, UNREGISTERED))?;
        let at = match call.args.get(1) {
            Some(argument) => evaluate(self.index, scope, argument)?.count(),
            None => None,
        };
        let mut variants = self.build.bindings.types[of].variants.iter();
        if at.is_some_and(|at| variants.any(|variant| at < variant.values.len())) {
            return Ok(());
        }
        let reason = "stubs have no words for fields that have numbers instead of names";
        Err(scope.undecided(&call.method, reason))
    }

    fn field(&mut self, call: &'a ExprMethodCall, name: String, scope: &Scope<'a>) -> FieldRow {
        let (type_name, text) = self.read_by(call.args.get(2), scope);
        if type_name.is_none() {
            let reason = format!("the type of the field `{name}` is not said");
            self.build.undecided.push(scope.undecided(call, &reason));
        }
        let source = source_line(scope, call.method.span());
        let read = self.build.documentation(&text, &source);
        let said = self.says.documentation().filter(|_| read.text.is_empty());
        let read = said.unwrap_or(read);
        FieldRow {
            name,
            type_name: read
                .returns
                .or(type_name)
                .unwrap_or_else(|| "any".to_owned()),
            docs: read.text,
            about: About {
                source: Some(source),
                ..read.about
            },
            ..FieldRow::default()
        }
    }

    /// What a native returns, and its documentation.
    fn read_by(&self, native: Option<&'a Expr>, scope: &Scope<'a>) -> (Option<String>, String) {
        let closure = native.and_then(|native| closure_of(native, scope));
        if let Some((closure, scope)) = closure {
            let context = Context {
                index: self.index,
                scope: &scope,
            };
            let is_said = !matches!(closure.output, syn::ReturnType::Default);
            let type_name = returned(context, &closure.output).filter(|_| is_said);
            return (type_name, String::new());
        }
        let function = match native {
            Some(Expr::Path(path)) => find(self.index, scope, &path.path),
            _ => None,
        };
        function.map_or((None, String::new()), |function| {
            let context = Context {
                index: self.index,
                scope: &Scope::of(function.module, function.of),
            };
            let type_name = returned(context, &function.signature.output);
            (type_name, docs(function.attributes))
        })
    }

    pub(crate) fn macro_(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let mut text = String::new();
        let name = match call.args.first() {
            Some(Expr::Path(path)) if call.method == "macro_meta" => {
                let Some(written) = find(self.index, scope, &path.path) else {
                    return Err(scope.undecided(call, "the crate has no macro of this name"));
                };
                if let [attribute, ..] = &*attributes_named(&written, "attribute_macro") {
                    return self.attribute_named(attribute.clone(), call, scope);
                }
                text = docs(written.attributes);
                let named = attributes_named(&written, "macro_");
                named
                    .into_iter()
                    .next()
                    .unwrap_or_else(|| written.signature.ident.to_string())
            }
            _ if call.method == "macro_" => self.name(call, scope)?,
            _ => {
                let reason = "which macro this registers shows only when the program runs";
                return Err(scope.undecided(call, reason));
            }
        };
        let source = source_line(scope, call.method.span());
        let read = self.build.documentation(&text, &source);
        let said = self.says.documentation().filter(|_| read.text.is_empty());
        let read = said.unwrap_or(read);
        let mut row = MacroRow {
            name,
            returns: read.returns.unwrap_or_else(|| "any".to_owned()),
            docs: read.text,
            about: read.about,
            ..MacroRow::default()
        };
        row.about.deprecated = row.about.deprecated.or(self.says.deprecated.take());
        row.about.source = Some(source);
        // A path of several names lies in a module below.
        let path = crate::rune_words::join(module, &row.name);
        let (holder, name) = path.rsplit_once("::").unwrap_or(("", &path));
        row.name = name.to_owned();
        let index = self.module(holder, scope, call)?;
        self.build.bindings.modules[index].macros.push(row);
        Ok(())
    }

    pub(crate) fn attribute(&mut self, call: &'a ExprMethodCall, scope: &Scope<'a>) -> Decided<()> {
        let name = self.name(call, scope)?;
        self.attribute_named(name, call, scope)
    }

    fn attribute_named(
        &mut self,
        name: String,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = name.rsplit("::").next().unwrap_or_default().to_owned();
        let reason = format!("the keys of the attribute `{name}` are not said in Rust: declare it in a stub of your own");
        self.build.undecided.push(scope.undecided(call, &reason));
        let mut row = AttributeRow {
            name,
            docs: self.says.documentation().unwrap_or_default().text,
            ..AttributeRow::default()
        };
        row.about.source = Some(source_line(scope, call.method.span()));
        self.build.bindings.attributes.push(row);
        Ok(())
    }
}

/// The names that the attributes of one kind give a function, such as `#[rune::macro_(path = rows)]`.
fn attributes_named(written: &crate::functions::Written<'_>, kind: &str) -> Vec<String> {
    let path = ["rune", kind];
    if !crate::rune_attributes::has(written.attributes, &path) {
        return Vec::new();
    }
    let marks = options(written.attributes, &path).into_iter();
    let mut renamed = marks
        .filter(|mark| mark.name == "path")
        .filter_map(|mark| mark.path);
    let ident = || written.signature.ident.to_string();
    vec![renamed.next().map_or_else(ident, |path| path.join("::"))]
}
