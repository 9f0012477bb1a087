//! Writes bindings as stubs, one for each crate, always in the same order and layout.

use std::collections::BTreeMap;

use crate::table::{Bindings, MacroArguments, ModuleRow, TraitRow, TypeRow};
use crate::write_rows::generics;

/// The stubs of all crates that the bindings name, by the crates' names. Attributes, events and entries belong to none.
pub fn stubs(bindings: &Bindings) -> BTreeMap<String, String> {
    let mut crates: BTreeMap<String, Module<'_>> = BTreeMap::new();
    for row in &bindings.modules {
        module_at(&mut crates, &row.path).row = Some(row);
    }
    let holder = |path: &'_ str| {
        path.rsplit_once("::")
            .map_or(String::new(), |(holder, _)| holder.to_owned())
    };
    for row in &bindings.traits {
        module_at(&mut crates, &holder(&row.path)).traits.push(row);
    }
    for row in &bindings.types {
        module_at(&mut crates, &holder(&row.path)).types.push(row);
    }
    crates
        .into_iter()
        .map(|(name, module)| (name.clone(), stub(&name, &module)))
        .collect()
}

/// A module with all that is in it.
#[derive(Default)]
struct Module<'r> {
    row: Option<&'r ModuleRow>,
    traits: Vec<&'r TraitRow>,
    types: Vec<&'r TypeRow>,
    modules: BTreeMap<String, Module<'r>>,
}

fn module_at<'m, 'r>(
    crates: &'m mut BTreeMap<String, Module<'r>>,
    path: &str,
) -> &'m mut Module<'r> {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    let mut module = crates.entry(first.to_owned()).or_default();
    for name in rest.split("::").filter(|name| !name.is_empty()) {
        module = module.modules.entry(name.to_owned()).or_default();
    }
    module
}

fn stub(name: &str, module: &Module<'_>) -> String {
    let mut writer = Writer::default();
    writer.line(&format!("//! crate: {name}"));
    let docs = module.row.map_or("", |row| &row.docs);
    if !docs.is_empty() {
        writer.line("//!");
        docs.lines()
            .for_each(|line| writer.line(format!("//! {line}").trim_end()));
    }
    writer.items(module);
    writer.text
}

#[derive(Default)]
pub(crate) struct Writer {
    text: String,
    pub(crate) depth: usize,
}

impl Writer {
    pub(crate) fn line(&mut self, text: &str) {
        if !text.is_empty() {
            (0..self.depth).for_each(|_| self.text.push_str("    "));
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// An empty line, except at the beginning of a block.
    pub(crate) fn gap(&mut self) {
        if !self.text.ends_with("{\n") && !self.text.is_empty() {
            self.line("");
        }
    }

    pub(crate) fn block(&mut self, head: &str, inside: impl FnOnce(&mut Self)) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line("}");
    }

    fn items(&mut self, module: &Module<'_>) {
        if let Some(row) = module.row {
            row.aliases.iter().for_each(|alias| {
                self.gap();
                self.said(&alias.docs, &alias.about, &[]);
                self.line(&format!(
                    "pub type {}{} = {};",
                    alias.name,
                    generics(&alias.generics),
                    alias.type_name
                ));
            });
            row.constants
                .iter()
                .for_each(|constant| self.constant(constant));
            row.macros.iter().for_each(|row| {
                self.gap();
                self.said(&row.docs, &row.about, &[]);
                let arguments = match row.arguments {
                    MacroArguments::Expressions => "expressions",
                    MacroArguments::Tokens => "tokens",
                };
                self.line(&format!(
                    "pub macro {}({arguments}) -> {};",
                    row.name, row.returns
                ));
            });
            row.functions
                .iter()
                .for_each(|row| self.function(row, "fn"));
        }
        module.traits.iter().for_each(|row| self.host_trait(row));
        module.types.iter().for_each(|row| self.host_type(row));
        for (name, inner) in &module.modules {
            self.gap();
            if let Some(row) = inner.row {
                self.said(&row.docs, &row.about, &[]);
            }
            self.block(&format!("pub mod {name}"), |writer| writer.items(inner));
        }
    }
}
