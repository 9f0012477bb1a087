//! Rows of constants that are registered in Rune's own way.

use syn::{Expr, ExprMethodCall};

use crate::build::source_line;
use crate::constants::{constant, evaluate, Constant};
use crate::index::segments_of;
use crate::rune_modules::{Decided, Walk};
use crate::rust_types::{rune_type, Context};
use crate::scope::Scope;
use crate::table::ConstantRow;

impl<'a> Walk<'a, '_> {
    /// `module.constant("NAME", value)`, of a type or of the module.
    pub(crate) fn constant(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        of: Option<usize>,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = self.name(call, scope)?;
        let value = call.args.get(1);
        let value = value.ok_or_else(|| scope.undecided(call, "this constant has no value"))?;
        let (type_name, value) = self.typed_value(value, scope)?;
        let read = self.says.documentation().unwrap_or_default();
        let mut row = ConstantRow {
            name,
            type_name,
            value,
            docs: read.text,
            about: read.about,
        };
        row.about.deprecated = row.about.deprecated.or(self.says.deprecated.take());
        row.about.source = Some(source_line(scope, call.method.span()));
        match of {
            Some(of) => self.build.bindings.types[of].constants.push(row),
            None => {
                let index = self.module(module, scope, call)?;
                self.build.bindings.modules[index].constants.push(row);
            }
        }
        Ok(())
    }

    /// The type of a constant and its value, if that can be written; without a value if only its type is said.
    fn typed_value(
        &self,
        value: &'a Expr,
        scope: &Scope<'a>,
    ) -> Decided<(String, Option<serde_json::Value>)> {
        let reason = match evaluate(self.index, scope, value) {
            Ok(known) => match type_of(&known) {
                Some(type_name) => return Ok((type_name, json(&known))),
                None => scope.undecided(value, "this constant is of no type of Rune"),
            },
            Err(undecided) => undecided,
        };
        // A value of the host's own type: scripts know its type alone.
        if let Expr::Struct(literal) = value {
            let path = literal.path.clone();
            let written = syn::Type::Path(syn::TypePath { qself: None, path });
            let context = Context {
                index: self.index,
                scope,
            };
            let type_name = rune_type(context, &written);
            return type_name.map(|type_name| (type_name, None)).ok_or(reason);
        }
        let Expr::Path(path) = value else {
            return Err(reason);
        };
        let segments = segments_of(path);
        let Some((module, written, _)) = constant(self.index, scope, &segments) else {
            return Err(reason);
        };
        let context = Context {
            index: self.index,
            scope: &Scope::new(module),
        };
        let type_name = rune_type(context, written);
        type_name.map(|type_name| (type_name, None)).ok_or(reason)
    }
}

fn type_of(known: &Constant) -> Option<String> {
    match known {
        Constant::Text(_) => Some("String".to_owned()),
        Constant::Truth(_) => Some("bool".to_owned()),
        Constant::Character(_) => Some("char".to_owned()),
        Constant::Number(number) => Some(number.type_name().to_owned()),
        Constant::Tuple(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(type_of).collect();
            match &*parts? {
                [only] => Some(format!("({only},)")),
                parts => Some(format!("({})", parts.join(", "))),
            }
        }
        Constant::List(_) | Constant::Record(_) => None,
    }
}

fn json(known: &Constant) -> Option<serde_json::Value> {
    match known {
        Constant::Text(text) => Some(text.clone().into()),
        Constant::Truth(truth) => Some((*truth).into()),
        Constant::Number(number) => number.value(),
        _ => None,
    }
}
