//! Rune's tests that are written in Rune pass as runs of ours: with calls in them that say where they are, and all else.

mod fixture;
mod parsing;
mod upstream;

use fixture::source;
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;
use upstream::scripts::{test_scripts, TestScript};

/// How a test ends, if not well. As for Rune, an `Err` and a `None` are failures.
fn fault(script: &TestScript, entry: &str) -> Option<String> {
    let request = RunRequest {
        sources: vec![source(&script.name, &script.text)],
        dialect: Dialect::Module,
        entry: entry.to_owned(),
        arguments: Vec::new(),
        output_limit: 10_000,
    };
    let ran = match handle(Request::Run(request)) {
        Response::Ran(ran) => ran,
        other => return Some(format!("{other:?}")),
    };
    match (ran.outcome, ran.value) {
        (Outcome::Finished, Some(value)) => {
            let is_failure = value.text == "None" || value.text.starts_with("Err(");
            is_failure.then_some(value.text)
        }
        (outcome, _) => Some(format!("{outcome:?}: {:?}", ran.error)),
    }
}

#[test]
fn every_test_passes() {
    let scripts = test_scripts();
    let mut passed = 0;
    let mut faults = Vec::new();
    for script in &scripts {
        for entry in &script.entries {
            match fault(script, entry) {
                None => passed += 1,
                Some(fault) => faults.push(format!("{}, {entry}: {fault}", script.name)),
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!((scripts.len(), passed), (45, 169));
}
