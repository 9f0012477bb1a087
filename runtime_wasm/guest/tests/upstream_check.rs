//! Held against the cases of Rune's own tests of its compiler: what they expect of a script, we say at the same place.

mod fixture;
mod parsing;
mod upstream;

use fixture::{absolute, check_as, facts, source};
use runekiln_guest::codes::code;
use runekiln_guest::compile::{compile, Diagnostic, Input, Purpose};
use runekiln_guest::host::Host;
use runekiln_guest::protocol::*;
use runekiln_guest::tree::Span;
use upstream::{cases, Case, Expected};

const BODY: Dialect = Dialect::FunctionBody;

/// Cases of which we say something else on purpose; the tests below show what. At most one in twenty.
const OTHERWISE: [&str; 3] = [
    "attribute.rs: deny_fn_attributes",
    "bug_417.rs: ensure_unambigious_items",
    "compiler_paths.rs: test_import_conflict",
];

/// Annotations, which are no mistake in our dialect.
const ANNOTATED: [&str; 2] = [
    "static_typing.rs: deny_static_typing_function",
    "static_typing.rs: deny_static_typing_field",
];

/// A problem that we report.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    severity: Severity,
    code: String,
    span: Span,
}

fn said(script: &str) -> Vec<Said> {
    let facts = facts(&[source("main.rn", script)], BODY);
    let problems = facts[0].problems.iter();
    problems
        .map(|problem| {
            let (start, end) = absolute(&facts[0], problem);
            Said {
                severity: problem.severity,
                code: problem.code.clone(),
                span: Span::new(start as u32, end as u32),
            }
        })
        .collect()
}

/// Whether something that we say is what the case expects: the same place, and the code of that kind alone.
fn is_met(expected: &Expected, said: &Said) -> bool {
    let kind = expected.kind.as_deref();
    let wanted = kind.map(|kind| code(kind, expected.message.as_deref().unwrap_or_default()));
    expected.span.is_none_or(|span| span == said.span)
        && wanted.is_none_or(|wanted| wanted == said.code)
}

fn agrees(case: &Case, said: &[Said], is_severe_enough: impl Fn(&Said) -> bool) -> bool {
    case.expected.iter().all(|expected| {
        assert!(expected.span.is_some(), "{} has no place", case.name);
        said.iter()
            .any(|said| is_severe_enough(said) && is_met(expected, said))
    })
}

#[test]
fn errors_agree_on_place_and_kind() {
    let cases = cases().errors;
    assert!(OTHERWISE.len() * 20 <= cases.len());
    for case in &cases {
        let said = said(&case.script);
        let agrees = agrees(case, &said, |said| said.severity == Severity::Error);
        let is_listed =
            OTHERWISE.contains(&case.name.as_str()) || ANNOTATED.contains(&case.name.as_str());
        assert_eq!(agrees, !is_listed, "{case:#?} but {said:#?}");
    }
}

#[test]
fn warnings_agree_on_place_and_kind_and_there_are_no_more() {
    for case in cases().warnings {
        let said = said(&case.script);
        let is_weak = |said: &Said| said.severity != Severity::Error;
        assert!(agrees(&case, &said, is_weak), "{case:#?} but {said:#?}");
        assert_eq!(said.len(), case.expected.len(), "{case:#?} but {said:#?}");
    }
}

/// What Rune says of the script as it is.
fn rune_says(script: &str) -> Vec<Diagnostic> {
    let input = [Input {
        path: "main.rn",
        text: script,
    }];
    compile(&Host::shared().context, &input, BODY, Purpose::Check).diagnostics
}

/// Whether Rune says the same itself.
fn is_of_rune(said: &Said, rune: &[Diagnostic]) -> bool {
    let is_error = said.severity == Severity::Error;
    rune.iter().any(|other| {
        other.is_error == is_error
            && other.span == said.span
            && code(&other.kind, &other.message) == said.code
    })
}

#[test]
fn scripts_that_parse_have_no_problems_but_the_warnings_of_rune() {
    for case in cases().parses {
        let rune = rune_says(&case.script);
        for said in said(&case.script) {
            assert_ne!(said.severity, Severity::Error, "{case:#?} but {said:#?}");
            assert!(is_of_rune(&said, &rune), "{case:#?} but {said:#?}");
        }
    }
}

/// What we say beside what the cases expect, and Rune does not, since its errors hide it from itself.
const HIDDEN: [(&str, &[&str]); 7] = [
    // Rune warns of nothing where it finds an error, but nothing names these.
    (
        "attribute.rs: deny_nested_use",
        &["not-used `function`", "not-used `ITEM`"],
    ),
    (
        "attribute.rs: deny_nested_bench",
        &["not-used `function`", "not-used `ITEM`"],
    ),
    (
        "attribute.rs: deny_const_attributes",
        &["not-used `CONSTANT`"],
    ),
    ("esoteric_impls.rs: deny_self_impl", &["not-used `a`"]),
    // Behind the attributes stand names of nothing.
    (
        "attribute.rs: deny_use_attributes",
        &["missing-import `std::str`"],
    ),
    (
        "attribute.rs: deny_macro_attributes",
        &["missing-macro `macro_call`", "not-used `inner`"],
    ),
    // Rune names what goes through a cycle of two imports; these are the two.
    (
        "compiler_use.rs: test_import_cycle",
        &[
            "import-cycle `super::a::Foo`",
            "import-cycle `super::b::Foo`",
        ],
    ),
];

#[test]
fn all_else_that_is_said_is_said_by_rune_or_hidden_from_it() {
    let mut found: Vec<(String, String)> = Vec::new();
    for case in cases().errors {
        if OTHERWISE.contains(&case.name.as_str()) || ANNOTATED.contains(&case.name.as_str()) {
            continue;
        }
        let more = more(&case).into_iter();
        found.extend(more.map(|said| (case.name.clone(), said)));
    }
    let is_listed = |(name, said): &(String, String)| {
        let mut hidden = HIDDEN.iter();
        hidden.any(|(of, known)| of == name && known.contains(&said.as_str()))
    };
    found.retain(|said| !is_listed(said));
    assert!(found.is_empty(), "{found:#?}");
}

/// What we say that the case does not expect and Rune does not say.
fn more(case: &Case) -> Vec<String> {
    let rune = rune_says(&case.script);
    let is_expected = |said: &Said| case.expected.iter().any(|other| is_met(other, said));
    let more = said(&case.script).into_iter();
    more.filter(|said| !is_expected(said) && !is_of_rune(said, &rune))
        .map(|said| format!("{} `{}`", said.code, said.span.of(&case.script)))
        .collect()
}

#[test]
fn attributes_of_functions_are_the_host_s() {
    check_as(
        r#"
#[function_attribute] fn function() {}
                       //^^^^^^^^ warning[not-used]: `function` is not used
"#,
        BODY,
    );
}

#[test]
fn of_two_items_with_one_name_the_second_is_shown() {
    check_as(
        r#"
use std::{option, option};
                //^^^^^^ error[ambiguous-item]: `option` is defined more than once
"#,
        BODY,
    );
    check_as(
        r#"
enum Foo { Variant } mod Foo { struct Variant; }
                       //^^^ error[ambiguous-item]: `Foo` is defined more than once
                                    //^^^^^^^ error[ambiguous-item]: `Variant` is defined more than once
"#,
        BODY,
    );
}

#[test]
fn the_first_of_two_items_with_one_name_is_shown_beside() {
    let of = ["bug_417.rs", "compiler_paths.rs: test_import_conflict"];
    let cases = cases().errors.into_iter();
    for case in cases.filter(|case| of.iter().any(|name| case.name.starts_with(name))) {
        let facts = facts(&[source("main.rn", &case.script)], BODY);
        let mut related = facts[0]
            .problems
            .iter()
            .flat_map(|problem| &problem.related);
        let expected = case.expected.last().and_then(|expected| expected.span);
        let span = expected.map(|span| [span.start, span.end]);
        assert!(
            related.any(|place| Some(place.span) == span),
            "{case:#?} but {:#?}",
            facts[0].problems
        );
    }
}

#[test]
fn annotations_are_accepted() {
    check_as(
        r#"
fn foo() -> Bar {}
 //^^^ warning[not-used]: `foo` is not used
"#,
        BODY,
    );
    check_as("struct Struct { foo: Bar }\n", BODY);
}
