//! What is extracted is what stands beside the crate, to the line.
//!
//! With `RUNEKILN_WRITE_GOLDEN` set the expected files are written anew, to be read.

mod support;

use std::path::Path;

use runekiln_extract::stubs;
use support::extraction;

fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("RUNEKILN_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, text).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{}", path.display());
}

#[test]
fn the_stub_says_what_the_shed_registers() {
    let stubs = stubs(&extraction().bindings);
    assert_eq!(stubs.keys().collect::<Vec<_>>(), ["meadow", "shed"]);
    check("meadow.rni", &stubs["meadow"]);
    check("shed.rni", &stubs["shed"]);
}

#[test]
fn what_cannot_be_decided_is_listed_with_its_reason() {
    let undecided = extraction().undecided;
    let lines: String = undecided.iter().map(|one| format!("{one}\n")).collect();
    check("undecided.txt", &lines);
}
