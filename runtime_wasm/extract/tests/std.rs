//! Of what the native command lists of std, everything is extracted out of Rune's own source.

#[path = "../../guest/tests/parsing/upstream_crate.rs"]
mod upstream_crate;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use runekiln_extract::table::{Bindings, FunctionKind, TraitRow};
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
    let traits = bindings.traits.iter().map(|row| (&*row.path, row));
    let traits: HashMap<&str, &TraitRow> = traits.collect();
    for row in &bindings.types {
        let of_traits = row.traits.iter().map(|name| {
            let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
            let beside = traits.get(&*format!("{module}::{name}"));
            beside
                .or_else(|| traits.get(&**name))
                .expect("std has the trait")
        });
        for function in row
            .functions
            .iter()
            .chain(of_traits.flat_map(|of| &of.functions))
        {
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

#[test]
fn operators_and_constants_of_std_are_extracted() {
    let bindings = std_bindings();
    let named = |path: &str| {
        let mut types = bindings.types.iter();
        types
            .find(|row| row.path == path)
            .expect("std has the type")
    };
    let mut modules = bindings.modules.iter();
    let integers = modules.find(|row| row.path == "std::i64");
    let mut constants = integers.into_iter().flat_map(|row| &row.constants);
    let most = constants.find(|row| row.name == "MAX");
    let value = most.and_then(|row| row.value.clone());
    assert_eq!(value, Some(i64::MAX.into()));
    let protocols = |path: &str| -> Vec<&str> {
        let rows = named(path).protocols.iter();
        rows.map(|row| &*row.name).collect()
    };
    assert!(protocols("std::string::String").contains(&"ADD"));
    assert!(protocols("std::iter::Map").contains(&"INTO_ITER"));
    assert!(!protocols("std::option::Option").contains(&"IS_VARIANT"));
}
