//! No case of Rune's own tests is lost on the way into ours.

mod parsing;
mod upstream;

use runekiln_guest::tree::Span;
use upstream::{cases, Expected};

#[test]
fn all_cases_are_found() {
    let cases = cases();
    let found = (
        cases.errors.len(),
        cases.warnings.len(),
        cases.parses.len(),
        cases.machine_errors_written,
    );
    assert_eq!(found, (61, 3, 12, 16));
    // Four of the sixteen stand in a macro that is called nine times.
    assert_eq!(cases.machine_errors.len(), 12 + 4 * 9);
}

#[test]
fn a_case_is_read_whole() {
    let cases = cases();
    let named = |name: &str| cases.errors.iter().find(|case| case.name == name).unwrap();
    let twice = named("bug_417.rs: ensure_unambigious_items");
    assert_eq!(
        twice.script,
        "enum Foo { Variant } mod Foo { struct Variant; }"
    );
    let expected = |start, end, kind: Option<&str>| Expected {
        span: Some(Span::new(start, end)),
        kind: kind.map(str::to_owned),
        message: None,
    };
    assert_eq!(
        twice.expected,
        [
            expected(21, 28, None),
            expected(11, 18, Some("AmbiguousItem"))
        ]
    );
    let attribute = named("attribute.rs: deny_struct_attributes");
    assert_eq!(
        attribute.expected,
        [Expected {
            message: Some("Attributes on structs are not supported".to_owned()),
            ..expected(0, 19, Some("Custom"))
        }]
    );
}

#[test]
fn a_case_of_a_macro_is_filled_in() {
    let scripts = cases().machine_errors;
    let mut scripts = scripts.iter().map(|case| case.script.as_str());
    let script =
        "let a = #{ padding: 0, field: -9223372036854775808i64 }; let b = 2; a.field -= b;";
    assert!(scripts.any(|found| found == script));
}
