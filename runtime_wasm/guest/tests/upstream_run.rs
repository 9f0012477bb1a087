//! Held against the cases of Rune's own tests of its machine: the same errors at the same places.

mod fixture;
mod parsing;
mod upstream;

use fixture::source;
use runekiln_guest::codes::run_time_code;
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;
use upstream::cases;
use upstream::machine::{rune_fails, rune_value};
use upstream::values::evaluated;

fn run(script: &str) -> Ran {
    let request = RunRequest {
        sources: vec![source("main.rn", script)],
        dialect: Dialect::FunctionBody,
        entry: "main".to_owned(),
        arguments: Vec::new(),
        output_limit: 1000,
    };
    match handle(Request::Run(request)) {
        Response::Ran(ran) => ran,
        other => panic!("{other:?} of {script}"),
    }
}

#[test]
fn errors_agree_on_kind_and_place() {
    let mut compared = 0;
    // The conversions into types of a Rust host come below.
    for case in cases()
        .machine_errors
        .iter()
        .filter(|case| case.target.is_none())
    {
        let expected = &case.expected[0];
        let ran = run(&case.script);
        assert_eq!(ran.outcome, Outcome::Failed, "{case:#?}");
        let error = ran.error.expect("an error");
        let (kind, span) = rune_fails(&case.script);
        assert_eq!(Some(&kind), expected.kind.as_ref(), "{case:#?}");
        assert_eq!(error.code, run_time_code(&kind), "{case:#?}");
        assert_eq!(error.frames[0].span, span, "{error:#?} of {case:#?}");
        if let Some(message) = &expected.message {
            assert_eq!(&error.message, message, "{case:#?}");
        }
        compared += 1;
    }
    assert_eq!(compared, 46);
}

/// Rune's test turns the value into a Rust type that wants other fields. We hand values on as they are.
#[test]
fn what_only_a_rust_host_refuses_is_a_value() {
    let cases = cases().machine_errors.into_iter();
    let cases: Vec<_> = cases.filter(|case| case.target.is_some()).collect();
    let kinds: Vec<_> = cases.iter().map(|case| &case.expected[0].kind).collect();
    assert_eq!(
        kinds,
        [
            &Some("MissingStructField".to_owned()),
            &Some("MissingTupleIndex".to_owned())
        ]
    );
    let shown: Vec<_> = cases
        .iter()
        .map(|case| run(&case.script).value.expect("a value").json)
        .collect();
    assert_eq!(
        shown,
        [
            serde_json::json!({"other": 42, "ignored": "Ignored"}),
            serde_json::json!({"Value": [42]})
        ]
    );
}

#[test]
fn what_rune_s_tests_evaluate_has_the_same_value() {
    let scripts = evaluated();
    for (name, script) in &scripts {
        let ran = run(script);
        let value = ran
            .value
            .unwrap_or_else(|| panic!("{name}: {:?} of {script}", ran.error));
        assert_eq!(value.text, rune_value(script), "{name}: {script}");
    }
    assert_eq!(scripts.len(), 93);
}
