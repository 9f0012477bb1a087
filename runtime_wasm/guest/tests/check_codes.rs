//! Everything that the compiler can say has a code.

mod parsing;

use runekiln_guest::codes::is_known;

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

#[test]
fn every_kind_of_error_and_warning_has_a_row() {
    let read = |path: &str| {
        std::fs::read_to_string(parsing::upstream().join(path)).expect("Rune's source")
    };
    let errors = read("src/compile/error.rs");
    let warnings = read("src/diagnostics/warning.rs");
    let mut kinds = variants(&errors, "ErrorKind");
    assert!(kinds.len() > 130, "only {} kinds were found", kinds.len());
    kinds.extend(variants(&errors, "IrErrorKind"));
    kinds.extend(variants(&warnings, "WarningDiagnosticKind"));
    // Free words have codes by what they say.
    kinds.retain(|kind| kind != "Custom");
    let unknown: Vec<_> = kinds.iter().filter(|kind| !is_known(kind)).collect();
    assert!(unknown.is_empty(), "without a row: {unknown:?}");
}
