//! The natives' table and what stubs declare, in one.

use runekiln_bindings::{Bindings, ModuleRow, TypeRow};

/// Everything of both. Where both know something the stub's row stands, which knows more of it: its place, its permission.
pub fn merged(natives: Bindings, stubs: Bindings) -> Bindings {
    Bindings {
        modules: joined(natives.modules, stubs.modules, |row| &row.path, module),
        types: joined(natives.types, stubs.types, |row| &row.path, type_of),
        attributes: joined(
            natives.attributes,
            stubs.attributes,
            |row| &row.name,
            stub_s,
        ),
        events: joined(natives.events, stubs.events, |row| &row.name, stub_s),
        entries: joined(natives.entries, stubs.entries, |row| &row.name, stub_s),
        traits: joined(natives.traits, stubs.traits, |row| &row.path, stub_s),
    }
}

fn stub_s<T>(_native: T, stub: T) -> T {
    stub
}

fn module(native: ModuleRow, stub: ModuleRow) -> ModuleRow {
    ModuleRow {
        functions: joined(native.functions, stub.functions, |row| &row.name, stub_s),
        constants: joined(native.constants, stub.constants, |row| &row.name, stub_s),
        macros: joined(native.macros, stub.macros, |row| &row.name, stub_s),
        aliases: joined(native.aliases, stub.aliases, |row| &row.name, stub_s),
        docs: longer(native.docs, stub.docs),
        ..stub
    }
}

fn type_of(native: TypeRow, stub: TypeRow) -> TypeRow {
    TypeRow {
        fields: joined(native.fields, stub.fields, |row| &row.name, stub_s),
        variants: joined(native.variants, stub.variants, |row| &row.name, stub_s),
        functions: joined(native.functions, stub.functions, |row| &row.name, stub_s),
        docs: longer(native.docs, stub.docs),
        prelude: native.prelude || stub.prelude,
        aliases: joined(native.aliases, stub.aliases, |name| name, stub_s),
        ..stub
    }
}

fn longer(native: String, stub: String) -> String {
    if stub.is_empty() {
        native
    } else {
        stub
    }
}

/// The rows of both, the native ones first; `both` makes one of two with the same key.
fn joined<T>(
    natives: Vec<T>,
    stubs: Vec<T>,
    key: impl Fn(&T) -> &String,
    both: impl Fn(T, T) -> T,
) -> Vec<T> {
    let mut stubs: Vec<Option<T>> = stubs.into_iter().map(Some).collect();
    let places: std::collections::HashMap<String, usize> = stubs
        .iter()
        .enumerate()
        .filter_map(|(place, row)| Some((key(row.as_ref()?).clone(), place)))
        .collect();
    let mut rows: Vec<T> = Vec::with_capacity(natives.len() + stubs.len());
    for native in natives {
        let stub = places
            .get(key(&native))
            .and_then(|place| stubs[*place].take());
        rows.push(match stub {
            Some(stub) => both(native, stub),
            None => native,
        });
    }
    rows.extend(stubs.into_iter().flatten());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use runekiln_bindings::{FieldRow, FunctionRow};

    fn bed(fields: &[&str], functions: &[&str], docs: &str) -> TypeRow {
        let field = |name: &&str| FieldRow {
            name: (*name).to_owned(),
            ..FieldRow::default()
        };
        let function = |name: &&str| FunctionRow {
            name: (*name).to_owned(),
            docs: docs.to_owned(),
            ..FunctionRow::default()
        };
        TypeRow {
            path: "garden::Bed".to_owned(),
            fields: fields.iter().map(field).collect(),
            functions: functions.iter().map(function).collect(),
            ..TypeRow::default()
        }
    }

    #[test]
    fn a_stub_tells_more_of_a_native_type_and_takes_nothing_away() {
        let natives = Bindings {
            types: vec![bed(&["rows", "name"], &["dig"], "native")],
            ..Bindings::default()
        };
        let stubs = Bindings {
            types: vec![bed(&["name", "soil"], &["dig", "water"], "stub")],
            ..Bindings::default()
        };
        let merged = merged(natives, stubs);
        let row = &merged.types[0];
        let fields: Vec<&str> = row.fields.iter().map(|row| &*row.name).collect();
        assert_eq!(fields, ["rows", "name", "soil"]);
        let functions: Vec<(&str, &str)> = row
            .functions
            .iter()
            .map(|row| (&*row.name, &*row.docs))
            .collect();
        assert_eq!(functions, [("dig", "stub"), ("water", "stub")]);
        assert_eq!(merged.types.len(), 1);
    }
}
