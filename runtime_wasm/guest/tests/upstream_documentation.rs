//! The examples of Rune's documentation do as runs of ours what its own test runner demands of them.

mod fixture;
mod parsing;
mod upstream;

use fixture::source;
use parsing::{documented_scripts, files, Example};
use runekiln_guest::codes::run_time_code;
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;
use upstream::machine::rune_fails;

/// Examples that are wrong: Rune fails at them as well. File, and a line that no other example of it has.
const WRONG: [(&str, &str); 2] = [
    // The variable was set to 42.
    ("option.rs", "assert_eq!(v, 1);"),
    // Rune's strings have no such method.
    ("string.rs", "assert!(!s.is_char_boundary(8));"),
];

fn run(example: &Example) -> Ran {
    let request = RunRequest {
        sources: vec![source("example.rn", &example.script)],
        dialect: Dialect::FunctionBody,
        entry: "main".to_owned(),
        arguments: Vec::new(),
        output_limit: 10_000,
    };
    match handle(Request::Run(request)) {
        Response::Ran(ran) => ran,
        other => panic!("{other:?} of {}", example.script),
    }
}

/// As Rune's runner sees it: what should panic does, and nothing else does, nor gives an `Err` or `None`.
fn is_right(example: &Example, ran: &Ran) -> bool {
    match (example.flags.as_str(), &ran.value) {
        ("should_panic", _) => ran.outcome == Outcome::Failed,
        ("", Some(value)) => value.text != "None" && !value.text.starts_with("Err("),
        _ => false,
    }
}

/// The examples of the documentation of Rune's modules, with the names of their files.
fn examples() -> Vec<(String, Example)> {
    let files = files(parsing::upstream().join("src/modules"), ".rs");
    let examples = files.into_iter().flat_map(|(path, rust)| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let examples = documented_scripts(&rust).into_iter();
        examples.map(move |example| (name.clone(), example))
    });
    examples.collect()
}

fn is_wrong(name: &str, example: &Example) -> bool {
    let mut wrong = WRONG.iter();
    wrong.any(|(file, line)| name == *file && example.script.lines().any(|own| own == *line))
}

#[test]
fn every_example_runs() {
    let (mut right, mut ignored, mut wrong) = (0, 0, 0);
    for (name, example) in examples() {
        if example.flags == "ignore" {
            ignored += 1;
        } else if is_wrong(&name, &example) {
            wrong += 1;
        } else {
            let ran = run(&example);
            assert!(is_right(&example, &ran), "{name}: {example:#?} {ran:#?}");
            right += 1;
        }
    }
    assert_eq!((right, ignored, wrong), (450, 1, 2));
}

#[test]
fn examples_that_are_wrong_fail_as_they_do_in_rune() {
    for (_, example) in examples()
        .iter()
        .filter(|(name, example)| is_wrong(name, example))
    {
        let error = run(example).error.expect("an error");
        let (kind, span) = rune_fails(&example.script);
        assert_eq!(
            (error.code, error.frames[0].span),
            (run_time_code(&kind), span)
        );
    }
}
