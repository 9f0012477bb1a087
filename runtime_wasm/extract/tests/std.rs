//! Of what the native command lists of std, everything is extracted out of Rune's own source.

#[path = "../../guest/tests/parsing/upstream_crate.rs"]
mod upstream_crate;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use runekiln_extract::table::{Bindings, FunctionKind};
use runekiln_extract::{extract, Chosen};
use serde::Deserialize;
use upstream_crate::upstream;

/// What Rune is built with here.
const FEATURES: &[&str] = &["alloc", "anyhow", "capture-io", "disable-io", "fmt"];

/// `tests/fixtures/native-std.json`.
#[derive(Deserialize)]
struct Native {
    /// Name of the type, name, number of parameters where it is said.
    methods: Vec<(String, String, Option<usize>)>,
    /// Those without `::` need no path.
    functions: Vec<(String, usize)>,
}

fn native() -> Native {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/native-std.json");
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    serde_json::from_str(&text).expect("the fixture is JSON")
}

fn std_bindings() -> Bindings {
    let chosen = Chosen {
        features: FEATURES.iter().map(|name| (*name).to_owned()).collect(),
        without_default: false,
    };
    extract(&upstream(), &chosen)
        .expect("the crate is read")
        .bindings
}

/// By the name of the type and the own name, the numbers of parameters, that of the value among them.
fn methods(bindings: &Bindings) -> HashMap<(String, String), HashSet<usize>> {
    let mut found: HashMap<(String, String), HashSet<usize>> = HashMap::new();
    for row in &bindings.types {
        for function in &row.functions {
            let own = usize::from(function.kind == FunctionKind::Method);
            let key = (row.name.clone(), function.name.clone());
            found
                .entry(key)
                .or_default()
                .insert(function.parameters.len() + own);
        }
    }
    found
}

fn functions(bindings: &Bindings) -> HashSet<(String, usize)> {
    let modules = bindings
        .modules
        .iter()
        .map(|row| (&row.path, &row.functions));
    let types = bindings.types.iter().map(|row| (&row.path, &row.functions));
    let all = modules.chain(types).flat_map(|(path, functions)| {
        let rows = functions.iter();
        rows.map(move |row| (format!("{path}::{}", row.name), row.parameters.len()))
    });
    all.collect()
}

#[test]
fn every_method_of_std_is_extracted_with_its_parameters() {
    let found = methods(&std_bindings());
    let lacking = native().methods.into_iter().filter(|(of, name, count)| {
        let known = found.get(&(of.clone(), name.clone()));
        known.is_none_or(|counts| count.is_some_and(|count| !counts.contains(&count)))
    });
    assert_eq!(lacking.collect::<Vec<_>>(), []);
}

#[test]
fn every_function_of_std_is_extracted_with_its_parameters() {
    let found = functions(&std_bindings());
    let lacking = native().functions.into_iter().filter(|(name, count)| {
        let is_there = |(path, parameters): &(String, usize)| {
            let is_named = path == name || path.ends_with(&format!("::{name}"));
            is_named && parameters == count
        };
        !found.iter().any(is_there)
    });
    assert_eq!(lacking.collect::<Vec<_>>(), []);
}
