//! Everything that the compiler and the machine can say has a code of its own.

mod parsing;

use std::collections::BTreeSet;

use runekiln_guest::codes::{codes_of_words, kinds, run_time_code, RUN_CODES};

/// The variants of an enum in a source text of Rune.
fn variants(source: &str, name: &str) -> Vec<String> {
    let body = source
        .split_once(&format!("enum {name} {{"))
        .expect("the enum is there")
        .1;
    let body = body.split_once("\n}").expect("the enum ends").0;
    let of_variant = |line: &&str| {
        line.starts_with("    ") && line.as_bytes().get(4).is_some_and(u8::is_ascii_uppercase)
    };
    let names = body.lines().filter(of_variant);
    names
        .map(|line| {
            line.trim()
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect()
        })
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(parsing::upstream().join(path)).expect("Rune's source")
}

/// What stands in the list more than once.
fn repeated(list: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    list.filter(|entry| !seen.insert(entry.clone())).collect()
}

#[test]
fn every_kind_of_error_and_warning_has_a_row_and_there_are_no_others() {
    let errors = read("src/compile/error.rs");
    let mut expected = variants(&errors, "ErrorKind");
    assert!(
        expected.len() > 130,
        "only {} kinds were found",
        expected.len()
    );
    expected.extend(variants(&errors, "IrErrorKind"));
    expected.extend(variants(
        &read("src/diagnostics/warning.rs"),
        "WarningDiagnosticKind",
    ));
    // Free words have codes by what they say; the last two are errors that are no `ErrorKind`.
    expected.retain(|kind| kind != "Custom");
    expected.extend(["LinkError", "Internal"].map(str::to_owned));
    let expected: BTreeSet<String> = expected.into_iter().collect();
    let rows: BTreeSet<String> = kinds().map(|(kind, _)| kind.to_owned()).collect();
    assert_eq!(rows, expected);
}

#[test]
fn kinds_and_codes_are_one_to_one() {
    let kinds_of_rows = kinds().map(|(kind, _)| kind.to_owned());
    assert_eq!(repeated(kinds_of_rows), [""; 0]);
    let codes = kinds().map(|(_, code)| code).chain(codes_of_words());
    assert_eq!(repeated(codes.map(str::to_owned)), [""; 0]);
}

#[test]
fn kinds_and_codes_of_the_machine_s_errors_are_one_to_one() {
    let kinds = variants(&read("src/runtime/vm_error.rs"), "VmErrorKind");
    assert_eq!(kinds.len(), 76);
    let codes = kinds.iter().map(|kind| run_time_code(kind));
    let all = codes.chain(RUN_CODES.iter().map(|code| (*code).to_owned()));
    assert_eq!(repeated(all), [""; 0]);
}
