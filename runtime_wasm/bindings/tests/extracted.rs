//! What the extractor reads in this crate's source is what the crate registers when it runs, to the line.

use std::path::{Path, PathBuf};

use runekiln_extract::{extract, stubs, Chosen, Extraction};
use serde_json::Value as Json;

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

#[test]
fn the_source_says_what_runs() {
    let running = sorted(serde_json::to_value(runekiln_bindings::table()).expect("it serialises"));
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
    assert!(stubs.contains_key("cru") && stubs.contains_key("crucible"));
    for (crate_name, stub) in &stubs {
        let committed = std::fs::read_to_string(folder.join(format!("{crate_name}.rni")))
            .unwrap_or_else(|error| panic!("{crate_name}: {error}; `make stubs` writes it"));
        let differs = committed
            .lines()
            .zip(stub.lines())
            .find(|(old, new)| old != new);
        assert_eq!(differs, None, "`make stubs` writes {crate_name} anew");
        assert_eq!(committed, *stub, "`make stubs` writes {crate_name} anew");
    }
}
