//! Rows of what is registered through a recorder.

use std::collections::HashMap;

use syn::{Expr, ExprMethodCall, Macro};

use crate::build::{about, source_line, Target};
use crate::constants::{evaluate, Constant};
use crate::recorded::{certain, Decided, Place, Walk};
use crate::registration::{self, Kind, Registration};
use crate::scope::Scope;
use crate::signature::Signature;
use crate::table::{AttributeRow, FieldRow, FunctionKind, SourceLine, TypeRow};

impl<'a> Walk<'a, '_> {
    pub(crate) fn record(&mut self, call: &'a ExprMethodCall, place: &Place<'a>) -> Decided<()> {
        let scope = certain(place, call)?;
        let (docs, members) = (&call.args[1], &call.args[2]);
        let written = evaluate(self.index, scope, &call.args[0])?;
        let Some(name) = type_name(&written) else {
            return Err(scope.undecided(
                &call.args[0],
                "this is no name of a type: it lacks a module, name, alias or prelude",
            ));
        };
        let docs = self.text(scope, docs)?;
        let source = source_line(scope, call.method.span());
        let read = self.build.documentation(&docs, &source);
        self.build.module(&name.module);
        self.build.bindings.types.push(TypeRow {
            path: format!("{}::{}", name.module, name.name),
            name: name.name,
            aliases: name.aliases,
            prelude: name.prelude,
            sealed: read.sealed,
            about: about(&read, source),
            docs: read.text,
            ..TypeRow::default()
        });
        let inside = Place {
            target: Target::Type(self.build.bindings.types.len() - 1),
            ..place.clone()
        };
        self.recorder_itself("record", members, &inside);
        Ok(())
    }

    pub(crate) fn module(&mut self, call: &'a ExprMethodCall, place: &Place<'a>) -> Decided<()> {
        let scope = certain(place, call)?;
        let Some(path) = evaluate(self.index, scope, &call.args[0])?.texts() else {
            return Err(scope.undecided(&call.args[0], "this is no path of a module"));
        };
        let docs = self.text(scope, &call.args[1])?;
        let source = source_line(scope, call.method.span());
        let read = self.build.documentation(&docs, &source);
        let index = self.build.module(&path.join("::"));
        let row = &mut self.build.bindings.modules[index];
        row.about = about(&read, source);
        row.docs = read.text;
        let inside = Place {
            target: Target::Module(index),
            ..place.clone()
        };
        self.members(&call.args[2], &inside, &place.scope);
        Ok(())
    }

    pub(crate) fn attribute(&mut self, call: &'a ExprMethodCall, place: &Place<'a>) -> Decided<()> {
        let scope = certain(place, call)?;
        let name = self.text(scope, &call.args[0])?;
        let aliases = evaluate(self.index, scope, &call.args[1])?
            .texts()
            .unwrap_or_default();
        let source = source_line(scope, call.method.span());
        let reason = format!("the keys of the attribute `{name}` are not said in Rust: declare it in a stub of your own");
        self.build.undecided.add(&source.path, source.line, &reason);
        self.build.bindings.attributes.push(AttributeRow {
            name,
            aliases,
            about: crate::table::About {
                source: Some(source),
                ..Default::default()
            },
            ..AttributeRow::default()
        });
        Ok(())
    }

    pub(crate) fn field(
        &mut self,
        call: &'a ExprMethodCall,
        row: usize,
        place: &Place<'a>,
    ) -> Decided<()> {
        let scope = certain(place, call)?;
        let (name, type_name) = (
            self.text(scope, &call.args[0])?,
            self.text(scope, &call.args[1])?,
        );
        let docs = self.text(scope, &call.args[2])?;
        let source = source_line(scope, call.method.span());
        let read = self.build.documentation(&docs, &source);
        self.build.bindings.types[row].fields.push(FieldRow {
            name,
            type_name,
            about: about(&read, source),
            docs: read.text,
            ..FieldRow::default()
        });
        Ok(())
    }

    pub(crate) fn assignable(
        &mut self,
        call: &'a ExprMethodCall,
        row: usize,
        place: &Place<'a>,
    ) -> Decided<()> {
        let scope = certain(place, call)?;
        match self.build.bindings.types[row].fields.last_mut() {
            Some(field) => field.mutable = true,
            None => return Err(scope.undecided(call, "no field comes before this")),
        }
        Ok(())
    }

    pub(crate) fn macro_call(&mut self, written: &'a Macro, place: &Place<'a>) {
        let name = written
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        let Some(kind) = name.as_deref().and_then(Kind::of) else {
            return;
        };
        if place.target == Target::Nothing {
            return;
        }
        let source = source_line(&place.scope, written.path.segments[0].ident.span());
        let read = match registration::read(kind, written) {
            Ok(read) => self.function(kind, &read, &source, place),
            Err(error) => Err(place
                .scope
                .undecided(written, &format!("this registers no function: {error}"))),
        };
        if let Err(undecided) = read {
            self.build.undecided.push(undecided);
        }
    }

    pub(crate) fn function(
        &mut self,
        kind: Kind,
        read: &Registration,
        source: &SourceLine,
        place: &Place<'a>,
    ) -> Decided<()> {
        let scope = certain(place, &read.recorder)?;
        let docs = self.text(scope, &read.docs)?;
        let signature = read.signature.value();
        let signature = Signature::read(&signature)
            .map_err(|reason| scope.undecided(&read.signature, reason))?;
        self.build.documentation(&docs, source);
        let mut row = signature.into_row(&docs, source.clone());
        let rows = &mut *self.build.bindings;
        match (kind, place.target) {
            (Kind::Function, Target::Module(module)) => {
                row.kind = FunctionKind::Function;
                rows.modules[module].functions.push(row);
            }
            (Kind::Method | Kind::AssociatedFunction, Target::Type(of)) => {
                if row.returns == "Self" {
                    row.returns.clone_from(&rows.types[of].name);
                }
                rows.types[of].functions.push(row);
            }
            _ => {
                return Err(scope.undecided(
                    &read.signature,
                    "this function is registered where it does not belong",
                ))
            }
        }
        Ok(())
    }

    fn text<'e>(&self, scope: &Scope<'e>, expression: &'e Expr) -> Decided<String>
    where
        'a: 'e,
    {
        match evaluate(self.index, scope, expression)? {
            Constant::Text(text) => Ok(text),
            _ => Err(scope.undecided(expression, "this is no text")),
        }
    }
}

/// A `TypeName`, read.
struct Name {
    module: String,
    name: String,
    aliases: Vec<String>,
    prelude: bool,
}

fn type_name(written: &Constant) -> Option<Name> {
    let Constant::Record(fields) = written else {
        return None;
    };
    let field = |name: &str| HashMap::get(fields, name);
    let Some(Constant::Truth(prelude)) = field("prelude") else {
        return None;
    };
    Some(Name {
        module: field("module")?.texts()?.join("::"),
        name: field("name")?.text()?.to_owned(),
        aliases: field("aliases")?.texts()?,
        prelude: *prelude,
    })
}
