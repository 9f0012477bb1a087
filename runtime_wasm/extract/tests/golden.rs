//! Small crates, what is extracted from them, and what of them cannot be decided.
//!
//! With `RUNEKILN_WRITE_GOLDEN` set the expected files are written anew, to be read.

use std::path::{Path, PathBuf};

use runekiln_extract::{extract, stubs, Chosen};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/crates")
        .join(name)
}

/// Holds what is extracted from the crate against the files beside it.
fn check(name: &str) {
    let folder = folder(name);
    let extraction = extract(&folder, &Chosen::default()).expect("there is a crate");
    let mut found: Vec<(String, String)> = stubs(&extraction.bindings)
        .into_iter()
        .map(|(name, text)| (format!("{name}.rni"), text))
        .collect();
    let undecided = extraction
        .undecided
        .iter()
        .map(|undecided| format!("{undecided}\n"));
    found.push(("undecided.txt".to_owned(), undecided.collect()));
    for (file, text) in found {
        let path = folder.join(&file);
        if std::env::var_os("RUNEKILN_WRITE_GOLDEN").is_some() {
            std::fs::write(&path, &text).expect("the file can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, expected, "{}", path.display());
    }
}

#[test]
fn rune_s_own_registrations_are_read() {
    check("plain");
}

#[test]
fn registrations_through_a_recorder_are_read() {
    check("recorder");
}

#[test]
fn a_folder_without_a_crate_is_told() {
    let error = extract(&folder("nothing"), &Chosen::default()).expect_err("there is none");
    assert!(error.contains("Cargo.toml"), "{error}");
}

#[test]
fn extracted_twice_it_is_the_same() {
    let once = extract(&folder("plain"), &Chosen::default()).expect("there is a crate");
    assert_eq!(
        once,
        extract(&folder("plain"), &Chosen::default()).expect("there is a crate")
    );
}

#[test]
fn features_are_chosen_as_with_cargo() {
    let chosen = |names: &[&str]| Chosen {
        features: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Chosen::default()
    };
    let has_trade = |chosen: &Chosen| {
        let extraction = extract(&folder("plain"), chosen).expect("there is a crate");
        let modules = extraction.bindings.modules.iter();
        let mut trade = modules.filter(|row| row.path == "trade");
        trade.next().map(|row| row.functions.len())
    };
    assert_eq!(has_trade(&chosen(&[])), None);
    assert_eq!(has_trade(&chosen(&["trade"])), Some(0));
    let error =
        extract(&folder("plain"), &chosen(&["tade"])).expect_err("there is no such feature");
    assert!(
        error.ends_with("the crate has no feature `tade`"),
        "{error}"
    );
}

#[test]
fn what_macros_and_traits_make_is_read() {
    check("made");
}
