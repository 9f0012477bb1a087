//! What Rune itself says of a text, and what we say of it, so that they can be held against each other.
#![allow(dead_code)]

use runekiln_guest::compile::{compile, Diagnostic, Input, Purpose};
use runekiln_guest::host::Host;
use runekiln_guest::protocol::*;
use runekiln_guest::tree::Span;

use crate::fixture::{absolute, facts, source};

/// What Rune says of the text as it is.
pub fn refusal(text: &str, dialect: Dialect) -> Option<Diagnostic> {
    let input = [Input {
        path: "main.rn",
        text,
    }];
    let compiled = compile(&Host::shared().context, &input, dialect, Purpose::Check);
    compiled.diagnostics.into_iter().find(|said| said.is_error)
}

/// The errors that we report, with their places.
pub fn errors(text: &str, dialect: Dialect) -> Vec<(Span, Problem)> {
    let facts = facts(&[source("main.rn", text)], dialect);
    let problems = facts[0].problems.iter();
    problems
        .filter(|said| said.severity == Severity::Error)
        .map(|said| {
            let (start, end) = absolute(&facts[0], said);
            (Span::new(start as u32, end as u32), said.clone())
        })
        .collect()
}

/// `assert!(f{))`, `#[handler(event = ))]`: in what an assertion ignores, Rune counts delimiters without looking at
/// their kinds, and in an attribute only brackets. We do look.
pub fn is_delimiter_that_rune_ignores(text: &str, ours: &[(Span, Problem)]) -> bool {
    let is_told = ours
        .iter()
        .any(|(_, said)| said.code == "unexpected-closing");
    let first = line_of(text, ours[0].0);
    // Where brackets do not match, the layout tells which is meant, and that may be one lines away. A text in an attribute may
    // have two lines.
    let lines: Vec<&str> = text.lines().collect();
    let has_pair = |at: usize| {
        let both = lines[at..].iter().take(2).copied();
        is_ignored(lines[at]) && has_wrong_pair(&both.collect::<String>())
    };
    (is_told && is_ignored(first)) || (0..lines.len()).any(has_pair)
}

fn is_ignored(line: &str) -> bool {
    line.contains("assert") || line.contains("#[")
}

/// Whether a bracket is closed by one of another kind.
fn has_wrong_pair(line: &str) -> bool {
    let mut open = Vec::new();
    line.chars().any(|character| {
        let wanted = match character {
            '(' | '[' | '{' => {
                open.push(character);
                return false;
            }
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => return false,
        };
        open.pop().is_some_and(|opened| opened != wanted)
    })
}

pub fn line_of(text: &str, place: Span) -> &str {
    let start = text[..place.start as usize]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    text[start..].lines().next().unwrap_or_default()
}
