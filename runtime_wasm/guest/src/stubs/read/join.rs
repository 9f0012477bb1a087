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
        all.traits.extend(bindings.traits);
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
    let added = members_of(&mut more);
    if row.about.place.is_none() {
        let own = members_of(row);
        *row = more;
        take_members(row, own);
    }
    take_members(row, added);
}

/// What the `impl`s of a type hold, taken out of its row.
fn members_of(row: &mut TypeRow) -> TypeRow {
    TypeRow {
        functions: std::mem::take(&mut row.functions),
        protocols: std::mem::take(&mut row.protocols),
        constants: std::mem::take(&mut row.constants),
        traits: std::mem::take(&mut row.traits),
        ..TypeRow::default()
    }
}

/// Gives a type what the `impl`s of another row of it hold.
pub fn take_members(row: &mut TypeRow, other: TypeRow) {
    row.functions.extend(other.functions);
    row.protocols.extend(other.protocols);
    row.constants.extend(other.constants);
    row.traits.extend(other.traits);
}
