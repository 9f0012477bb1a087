//! The parser agrees with Rune's own tests and documentation about what is valid.

mod parsing;

use parsing::{documented_scripts, files, parse_whole, string_literal, upstream, Example};
use runekiln_guest::parser::{Dialect, Parse};
use runekiln_guest::tree::Span;

#[test]
fn rune_s_own_scripts_have_no_problems() {
    let scripts = files(upstream().join("tests"), ".rn");
    assert_eq!(scripts.len(), 45);
    for (path, text) in scripts {
        assert_eq!(
            parse_whole(&text, Dialect::Module).problems,
            [],
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_scripts_in_the_documentation_have_no_problems() {
    let mut count = 0;
    for (path, rust) in files(upstream().join("src/modules"), ".rs") {
        for Example { script, .. } in documented_scripts(&rust) {
            let dialect = if script.contains("fn main(") {
                Dialect::Module
            } else {
                Dialect::FunctionBody
            };
            assert_eq!(
                parse_whole(&script, dialect).problems,
                [],
                "{} in\n{script}",
                path.display()
            );
            count += 1;
        }
    }
    assert_eq!(count, 453);
}

/// A script from an assertion of Rune's tests: its text, the span it expects and the rest of the assertion.
struct Asserted {
    script: String,
    span: Option<Span>,
    kind: String,
}

/// The assertions of that name in a Rust file. Scripts that are made with `format!` and the like are left out.
fn assertions(rust: &str, name: &str) -> Vec<Asserted> {
    let starts = rust
        .match_indices(name)
        .map(|(start, _)| start + name.len());
    starts
        .filter_map(|start| assertion(rust[start..].trim_start_matches(['{', '(', ' ', '\n'])))
        .collect()
}

fn assertion(text: &str) -> Option<Asserted> {
    let (script, rest) = string_literal(text)?;
    let rest = rest.trim_start_matches([',', ' ', '\n']);
    // The span stands before the kind or, where `span` names it, is compared behind it.
    let span = rest
        .split_once("span!(")
        .and_then(|(_, rest)| parse_span(rest.split_once(')')?.0));
    let rest = match rest
        .strip_prefix("span!(")
        .and_then(|rest| rest.split_once(')'))
    {
        Some((_, rest)) => rest,
        None => rest.strip_prefix("span,").unwrap_or(rest),
    };
    let rest = rest.trim_start_matches([',', ' ', '\n']);
    let kind = rest
        .chars()
        .take_while(|character| character.is_alphanumeric())
        .collect();
    Some(Asserted { script, span, kind })
}

fn parse_span(text: &str) -> Option<Span> {
    let (start, end) = text.split_once(',')?;
    Some(Span::new(
        start.trim().parse().ok()?,
        end.trim().parse().ok()?,
    ))
}

/// The kinds of Rune's errors that are about syntax, or about what the parser tells as well.
const SYNTAX_KINDS: [&str; 4] = [
    "PrecedenceGroupRequired",
    "ExpectedBlockSemiColon",
    "ExpectedMultilineCommentTerm",
    "UnsupportedMut",
];

fn check_assertion(asserted: &Asserted, path: &str) {
    let Parse { problems, .. } = parse_whole(&asserted.script, Dialect::FunctionBody);
    if SYNTAX_KINDS.contains(&asserted.kind.as_str()) {
        let span = asserted.span.expect("a syntax error has a span");
        let overlaps = problems.iter().any(|problem| problem.span.touches(span));
        assert!(
            overlaps,
            "{} at {span:?} but {problems:?} in {}",
            asserted.kind, asserted.script
        );
    } else {
        assert_eq!(
            problems,
            [],
            "{} of {path} in\n{}",
            asserted.kind,
            asserted.script
        );
    }
}

#[test]
fn the_scripts_of_rune_s_tests_are_judged_alike() {
    let mut count = 0;
    for (path, rust) in files(upstream().join("src/tests"), ".rs") {
        for name in [
            "assert_errors!",
            "assert_vm_error!",
            "assert_warnings!",
            "assert_parse!",
        ] {
            for asserted in assertions(&rust, name) {
                check_assertion(&asserted, &path.to_string_lossy());
                count += 1;
            }
        }
    }
    assert!(count > 80, "only {count} scripts were found");
}
