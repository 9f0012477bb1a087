//! Rune's own test scripts: all of them are right, and run the same with and without the calls that say where they are.

mod fixture;
mod parsing;

use std::sync::Arc;

use fixture::{list, problems, source};
use rune::Vm;
use runekiln_guest::compile::{compile, Input, Purpose};
use runekiln_guest::host::Host;
use runekiln_guest::parser::parse;
use runekiln_guest::protocol::*;
use runekiln_guest::trace::instrument;

fn upstream_scripts() -> Vec<(String, String)> {
    let files = parsing::files(parsing::upstream().join("tests"), ".rn");
    let named = files.into_iter().map(|(path, text)| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            text,
        )
    });
    named.collect()
}

#[test]
fn every_script_is_without_errors() {
    for (name, text) in upstream_scripts() {
        let said = problems(&[source(&name, &text)], Dialect::Module);
        let errors: Vec<_> = said
            .into_iter()
            .filter(|said| said.severity == "error")
            .collect();
        assert!(errors.is_empty(), "{name}:\n{}", list(&errors));
    }
}

#[test]
fn every_test_runs_the_same_with_calls_in_it() {
    let mut compared = 0;
    for (name, text) in upstream_scripts() {
        let tree = parse(&text).tree;
        let traced = instrument(&tree, &text, 0, &mut Vec::new()).text;
        assert!(traced.len() > text.len(), "{name} has no statements");
        for test in tests_of(&text) {
            assert_eq!(
                outcome(&name, &text, &test),
                outcome(&name, &traced, &test),
                "{name}: {test}"
            );
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} tests were found");
}

/// The names of the functions behind `#[test]`, at the root of the file.
fn tests_of(text: &str) -> Vec<String> {
    let behind = text.split("\n#[test]").skip(1);
    behind
        .filter_map(|rest| {
            Some(
                rest.split_once("fn ")?
                    .1
                    .split('(')
                    .next()?
                    .trim()
                    .to_owned(),
            )
        })
        .collect()
}

/// What the function returns, or how it fails.
fn outcome(path: &str, text: &str, function: &str) -> String {
    let host = Host::shared();
    let public = text.replace(
        &format!("\nfn {function}("),
        &format!("\npub fn {function}("),
    );
    let public = public.replace(
        &format!("\nasync fn {function}("),
        &format!("\npub async fn {function}("),
    );
    let compiled = compile(
        &host.context,
        &[Input {
            path,
            text: &public,
        }],
        Dialect::Module,
        Purpose::Run,
    );
    let unit = compiled.unit.unwrap_or_else(|| {
        panic!(
            "{path} does not compile:\n{:?}\n{public}",
            compiled.diagnostics
        )
    });
    let mut machine = Vm::new(host.runtime(), Arc::new(unit));
    let result = runekiln_guest::wait::wait(machine.async_call([function], ()))
        .expect("nothing waits for ever");
    match result {
        Ok(value) => runekiln_bindings::debug_text(&value),
        Err(error) => error.to_string(),
    }
}

#[test]
fn any_beginning_of_a_script_can_be_checked() {
    for (name, text) in upstream_scripts() {
        let ends = (0..text.len())
            .step_by(151)
            .filter(|end| text.is_char_boundary(*end));
        for end in ends {
            // What is asked here is that it ends, and that every place lies in the text.
            problems(&[source(&name, &text[..end])], Dialect::Module);
        }
    }
}
