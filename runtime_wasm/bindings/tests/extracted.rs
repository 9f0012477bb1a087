//! What the extractor reads in this crate's source is what the crate registers when it runs, to the line.

use std::path::{Path, PathBuf};

use runekiln_bindings::Bindings;
use runekiln_extract::{extract, stubs, Chosen, Extraction};
use serde_json::Value as Json;

/// What scripts can name without `use`, besides the types of the prelude.
const CRATES: [&str; 8] = [
    "cru", "crucible", "graph", "json", "oq", "paths", "regex", "toml",
];

fn extraction() -> Extraction {
    extract(Path::new(env!("CARGO_MANIFEST_DIR")), &Chosen::default()).expect("the crate is read")
}

/// Rows in the order of their names, those of fields and keys as they are.
fn sorted(mut bindings: Json) -> Json {
    for (rows, key) in [
        ("modules", "path"),
        ("types", "path"),
        ("attributes", "name"),
    ] {
        let rows = bindings[rows].as_array_mut().expect("rows");
        rows.sort_by_key(|row| row[key].to_string());
        for functions in rows.iter_mut().filter_map(|row| row.get_mut("functions")) {
            let functions = functions.as_array_mut().expect("rows");
            functions.sort_by_key(|row| row["name"].to_string());
        }
    }
    bindings
}

/// The rows with the types of their own module by their names alone, as the extractor writes them.
fn shortened(mut bindings: Bindings) -> Bindings {
    for row in &mut bindings.types {
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        let around = format!("{module}::");
        for function in &mut row.functions {
            function.returns = function.returns.replace(&around, "");
        }
    }
    for row in &mut bindings.modules {
        let around = format!("{}::", row.path);
        for function in &mut row.functions {
            function.returns = function.returns.replace(&around, "");
        }
    }
    bindings
}

#[test]
fn the_source_says_what_runs() {
    let running = shortened(runekiln_bindings::table());
    let running = sorted(serde_json::to_value(running).expect("it serialises"));
    let written = serde_json::to_value(extraction().bindings).expect("it serialises");
    for kind in ["modules", "types", "attributes"] {
        let (running, written) = (&running[kind], &written[kind]);
        for (running, written) in running
            .as_array()
            .into_iter()
            .flatten()
            .zip(written.as_array().into_iter().flatten())
        {
            assert_eq!(written, running);
        }
    }
    assert_eq!(written, running);
}

#[test]
fn nothing_is_left_undecided_but_the_keys_of_attributes() {
    for undecided in extraction().undecided {
        assert!(
            undecided.reason.starts_with("the keys of the attribute"),
            "{undecided}"
        );
    }
}

#[test]
fn the_stubs_in_the_repository_are_up_to_date() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../runekiln_runtime/stubs");
    let stubs = stubs(&extraction().bindings);
    let crates: Vec<&String> = stubs.keys().collect();
    assert_eq!(crates, CRATES);
    for (name, stub) in stubs {
        let path = folder.join(format!("{name}.rni"));
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        let differs = committed
            .lines()
            .zip(stub.lines())
            .find(|(old, new)| old != new);
        assert_eq!(differs, None, "{name}: `make stubs` writes it anew");
        assert_eq!(committed, stub, "{name}: `make stubs` writes it anew");
    }
}
