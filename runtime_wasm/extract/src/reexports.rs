//! Other places of what is registered: `module.reexport(["Bed"], rune::item!(::garden::beds::Bed))?`.

use syn::{Expr, ExprMethodCall};

use crate::build::source_line;
use crate::constants::{evaluate, Constant};
use crate::foreign::item_macro;
use crate::index::segments;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{join, joined, named_type};
use crate::scope::Scope;
use crate::table::{AliasRow, ModuleRow};

impl<'a> Walk<'a, '_> {
    /// A type becomes another name of it, and if that is a crate of its own, one that needs no `use`. A function or constant
    /// is there twice.
    pub(crate) fn reexport(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let unknown = |reason: &str| scope.undecided(&call.method, reason);
        let what = "what this gives another place shows only when the program runs";
        let target = call.args.get(1).and_then(|to| self.item_of(to, scope));
        let target = target.ok_or_else(|| unknown(what))?;
        let path = join(module, &self.below(call, scope)?);
        if let Some(at) = self
            .build
            .bindings
            .types
            .iter()
            .position(|row| row.path == target)
        {
            return self.other_name(at, &path, scope, call);
        }
        let (holder, name) = path.rsplit_once("::").unwrap_or(("", &path));
        let (from, own) = target.rsplit_once("::").unwrap_or(("", &target));
        let mut copied = self
            .build
            .bindings
            .modules
            .iter()
            .filter(|row| row.path == from);
        let Some(copy) = copied.find_map(|row| copy(row, own, name)) else {
            let reason = format!("stubs have no words for another place of `{target}`, or it is not registered before");
            return Err(unknown(&reason));
        };
        let index = self.module(holder, scope, call)?;
        let row = &mut self.build.bindings.modules[index];
        row.functions.extend(copy.functions);
        row.constants.extend(copy.constants);
        row.macros.extend(copy.macros);
        Ok(())
    }

    fn other_name(
        &mut self,
        at: usize,
        path: &str,
        scope: &Scope<'a>,
        call: &'a ExprMethodCall,
    ) -> Decided<()> {
        let row = &mut self.build.bindings.types[at];
        match path.rsplit_once("::") {
            // A crate of the type's own name is seen everywhere.
            None if path == row.name => {
                row.prelude = true;
                let is_empty = |row: &ModuleRow| *row == empty(path);
                self.build.bindings.modules.retain(|row| !is_empty(row));
            }
            None => {
                let reason = format!("stubs have no words for the crate `{path}` that is a type");
                return Err(scope.undecided(&call.method, &reason));
            }
            Some((holder, name)) => {
                let mut alias = AliasRow {
                    name: name.to_owned(),
                    type_name: row.path.clone(),
                    docs: row.docs.clone(),
                    ..AliasRow::default()
                };
                alias.about.source = Some(source_line(scope, call.method.span()));
                let index = self.build.module(holder);
                self.build.bindings.modules[index].aliases.push(alias);
            }
        }
        Ok(())
    }

    /// The path below the module that is given; empty for the module itself.
    fn below(&self, call: &'a ExprMethodCall, scope: &Scope<'a>) -> Decided<String> {
        let mut first = call.args.first();
        while let Some(Expr::Cast(cast)) = first {
            first = Some(&cast.expr);
        }
        let unknown = || scope.undecided(call, "the name of this shows only when the program runs");
        match evaluate(self.index, scope, first.ok_or_else(unknown)?)? {
            Constant::List(items) if items.is_empty() => Ok(String::new()),
            name => joined(&name).ok_or_else(unknown),
        }
    }

    /// The path that `rune::item!(::garden::Bed)` or `Bed::ITEM` says.
    fn item_of(&self, written: &'a Expr, scope: &Scope<'a>) -> Option<String> {
        match written {
            Expr::Reference(reference) => self.item_of(&reference.expr, scope),
            Expr::Path(path) => {
                let parts = segments(&path.path);
                let (last, of) = parts.split_last()?;
                let of = named_type(&of.join("::")).filter(|_| last == "ITEM")?;
                let place = self.type_row(Some(&of), scope)?;
                Some(self.build.bindings.types[place].path.clone())
            }
            other => item_macro(other).map(|path| segments(&path).join("::")),
        }
    }
}

/// What a module has of this name, under another one.
fn copy(from: &ModuleRow, own: &str, name: &str) -> Option<ModuleRow> {
    let mut copy = ModuleRow::default();
    if let Some(row) = from.functions.iter().find(|row| row.name == own) {
        copy.functions.push(row.clone());
        copy.functions[0].name = name.to_owned();
    } else if let Some(row) = from.constants.iter().find(|row| row.name == own) {
        copy.constants.push(row.clone());
        copy.constants[0].name = name.to_owned();
    } else if let Some(row) = from.macros.iter().find(|row| row.name == own) {
        copy.macros.push(row.clone());
        copy.macros[0].name = name.to_owned();
    } else {
        return None;
    }
    Some(copy)
}

/// A module in which nothing is.
fn empty(path: &str) -> ModuleRow {
    ModuleRow {
        path: path.to_owned(),
        ..ModuleRow::default()
    }
}
