//! Formatting agrees with the tests of Rune's own formatter, and leaves its scripts as good as they were.

mod formatting;
mod parsing;

use std::path::Path;

use formatting::{format, tokens};
use parsing::{files, string_literal, upstream};
use rune::{Context, Diagnostics, Options, Source, Sources};
use runekiln_guest::protocol::Dialect;

#[test]
fn the_cases_of_rune_s_formatter_agree() {
    let rust = std::fs::read_to_string(upstream().join("src/fmt/tests/mod.rs")).unwrap();
    let cases = cases(&rust);
    let mut agreed = 0;
    for (input, expected) in &cases {
        match format(input, Dialect::FunctionBody, None) {
            Ok(text) => {
                assert_eq!(lines(&text), lines(expected), "{input}");
                agreed += 1;
            }
            // Rune's formatter also takes what Rune itself does not: `f(1,,2)`, `let x = 1` without an end.
            Err(told) => {
                assert!(
                    !told[0].starts_with("cannot-format"),
                    "{told:?} in\n{input}"
                );
                assert!(!is_rune(input), "{told:?} in\n{input}");
            }
        }
    }
    assert_eq!((cases.len(), agreed), (105, 78));
}

/// Whether Rune reads the body of a function: whatever else is wrong with it, its syntax is not.
fn is_rune(script: &str) -> bool {
    let mut sources = Sources::new();
    sources.insert(Source::memory(script).unwrap()).unwrap();
    let mut options = Options::default();
    options.parse_option("function-body=true").unwrap();
    let mut diagnostics = Diagnostics::new();
    let built = rune::prepare(&mut sources)
        .with_context(&Context::with_default_modules().unwrap())
        .with_options(&options)
        .with_diagnostics(&mut diagnostics)
        .build();
    built.is_ok() || format!("{diagnostics:?}").contains("Missing")
}

#[test]
fn whole_scripts_keep_their_tokens_and_comments() {
    let kilns = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns");
    let mut scripts = files(upstream().join("tests"), ".rn");
    scripts.extend(files(kilns, ".rn"));
    scripts.retain(|(path, _)| !path.ends_with("drafts/broken.rn"));
    assert!(scripts.len() > 55);
    for (path, text) in scripts {
        let once = formatting::formatted(&text);
        assert_eq!(tokens(&once), tokens(&text), "{}", path.display());
        assert_eq!(formatting::formatted(&once), once, "{}", path.display());
    }
}

/// The inputs of the assertions of Rune's tests of its formatter, with what they expect.
fn cases(rust: &str) -> Vec<(String, String)> {
    let calls = rust.match_indices("assert_format!(");
    calls
        .filter_map(|(start, call)| case(&rust[start + call.len()..]))
        .collect()
}

fn case(arguments: &str) -> Option<(String, String)> {
    let (input, rest) = string_literal(arguments.trim_start())?;
    let second = rest.trim_start().strip_prefix(',').unwrap_or("");
    let expected = string_literal(second.trim_start()).map(|(expected, _)| expected);
    Some((
        lines(&input).join("\n"),
        lines(&expected.unwrap_or(input)).join("\n"),
    ))
}

/// The lines of a literal without its empty ones at both ends and the indentation of the first.
fn lines(literal: &str) -> Vec<String> {
    let text = literal.trim_end();
    let first = text
        .find(|character: char| !character.is_whitespace())
        .unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |end| end + 1);
    let indent = first - start;
    text[start..]
        .split('\n')
        .map(|line| line.get(indent..).unwrap_or("").to_owned())
        .collect()
}
