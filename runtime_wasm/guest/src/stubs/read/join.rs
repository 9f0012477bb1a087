//! Several stubs as one: what they say of one module or of one type is put together.

use std::collections::HashMap;

use runekiln_bindings::{Bindings, ModuleRow, TypeRow};

/// All that the parts declare, with one row for each module and for each type.
pub fn joined(parts: impl IntoIterator<Item = Bindings>) -> Bindings {
    let mut all = Bindings::default();
    let mut modules: HashMap<String, usize> = HashMap::new();
    let mut types: HashMap<String, usize> = HashMap::new();
    for bindings in parts {
        for row in bindings.modules {
            match modules.get(&row.path) {
                Some(&place) => join_module(&mut all.modules[place], row),
                None => {
                    modules.insert(row.path.clone(), all.modules.len());
                    all.modules.push(row);
                }
            }
        }
        for row in bindings.types {
            match types.get(&row.path) {
                Some(&place) => join_type(&mut all.types[place], row),
                None => {
                    types.insert(row.path.clone(), all.types.len());
                    all.types.push(row);
                }
            }
        }
        all.attributes.extend(bindings.attributes);
        all.events.extend(bindings.events);
        all.entries.extend(bindings.entries);
    }
    all
}

fn join_module(row: &mut ModuleRow, more: ModuleRow) {
    if row.docs.is_empty() {
        row.docs = more.docs;
    }
    if row.about.place.is_none() {
        row.about = more.about;
    }
    row.functions.extend(more.functions);
    row.constants.extend(more.constants);
    row.macros.extend(more.macros);
    row.aliases.extend(more.aliases);
}

/// Only one of the rows is of the declaration, and has a place; others have the functions of an `impl`.
fn join_type(row: &mut TypeRow, mut more: TypeRow) {
    let added = std::mem::take(&mut more.functions);
    if row.about.place.is_none() {
        more.functions = std::mem::take(&mut row.functions);
        *row = more;
    }
    row.functions.extend(added);
}
