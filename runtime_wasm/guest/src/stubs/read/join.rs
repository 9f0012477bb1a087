//! Several stubs as one: what they say of one module or of one type is put together.

use std::collections::HashMap;

use runekiln_bindings::{Bindings, ModuleRow, TypeRow};

use super::Read;

/// All that the stubs declare, with one row for each module and for each type.
pub fn joined(reads: &[Read]) -> Bindings {
    let mut all = Bindings::default();
    let mut modules: HashMap<&str, usize> = HashMap::new();
    let mut types: HashMap<&str, usize> = HashMap::new();
    for bindings in reads.iter().map(|read| &read.bindings) {
        for row in &bindings.modules {
            match modules.get(row.path.as_str()) {
                Some(&place) => join_module(&mut all.modules[place], row),
                None => {
                    modules.insert(&row.path, all.modules.len());
                    all.modules.push(row.clone());
                }
            }
        }
        for row in &bindings.types {
            match types.get(row.path.as_str()) {
                Some(&place) => join_type(&mut all.types[place], row),
                None => {
                    types.insert(&row.path, all.types.len());
                    all.types.push(row.clone());
                }
            }
        }
        all.attributes.extend_from_slice(&bindings.attributes);
        all.events.extend_from_slice(&bindings.events);
        all.entries.extend_from_slice(&bindings.entries);
    }
    all
}

fn join_module(row: &mut ModuleRow, more: &ModuleRow) {
    if row.docs.is_empty() {
        row.docs.clone_from(&more.docs);
    }
    if row.about.place.is_none() {
        row.about.clone_from(&more.about);
    }
    row.functions.extend_from_slice(&more.functions);
    row.constants.extend_from_slice(&more.constants);
    row.macros.extend_from_slice(&more.macros);
    row.aliases.extend_from_slice(&more.aliases);
}

/// Only one of the rows is of the declaration, and has a place; others have the functions of an `impl`.
fn join_type(row: &mut TypeRow, more: &TypeRow) {
    let mut functions = std::mem::take(&mut row.functions);
    functions.extend_from_slice(&more.functions);
    if row.about.place.is_none() {
        row.clone_from(more);
    }
    row.functions = functions;
}
