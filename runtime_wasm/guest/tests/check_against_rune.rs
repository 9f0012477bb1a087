//! Held against Rune's own compiler: what it accepts has no errors, and what it refuses has one where it says so.

mod fixture;
mod judging;
mod parsing;
mod scripts;

use judging::{errors, is_delimiter_that_rune_ignores, line_of, refusal};
use parsing::Random;
use runekiln_guest::compile::Diagnostic;
use runekiln_guest::parser::{parse_as, Dialect as ParserDialect};
use runekiln_guest::protocol::*;
use runekiln_guest::tree::Span;
use scripts::{samples, scripts, stripped, Script};

/// Mutations of each script, each of one token.
const MUTATIONS: usize = 12;

/// What comes into the place of a token, or behind it.
const PIECES: [&str; 22] = [
    "x", "1", "(", ")", "{", "}", ";", ",", ".", "=", "let", "self", "::", "|", "fn", "if", "\"",
    "#", "match", "..", "!", "?",
];

/// The script with one token left out, doubled, replaced, or followed by another.
fn mutated(script: &Script, tokens: &[Span], random: &mut Random) -> String {
    let token = tokens[random.below(tokens.len())];
    let own = token.of(&script.text);
    let other = tokens[random.below(tokens.len())].of(&script.text);
    let piece = PIECES[random.below(PIECES.len())];
    let mutation = match random.below(5) {
        0 => String::new(),
        1 => format!("{own} {own}"),
        2 => other.to_owned(),
        3 => format!("{own} {piece}"),
        _ => piece.to_owned(),
    };
    let mut text = script.text.clone();
    text.replace_range(token.start as usize..token.end as usize, &mutation);
    text
}

fn tokens(script: &Script) -> Vec<Span> {
    let dialect = match script.dialect {
        Dialect::Module => ParserDialect::Module,
        Dialect::FunctionBody => ParserDialect::FunctionBody,
        Dialect::Stub => ParserDialect::Stub,
    };
    let tree = parse_as(&script.text, dialect).tree;
    let tokens = tree.root().tokens();
    tokens
        .filter(|token| !token.kind().is_trivia())
        .map(|token| token.span())
        .collect()
}

/// Says what is wrong about our errors, if anything is.
fn judged(text: &str, refusal: Option<Diagnostic>, ours: &[(Span, Problem)]) -> Result<(), String> {
    match refusal {
        None if ours.is_empty() || is_delimiter_that_rune_ignores(text, ours) => Ok(()),
        None => Err("Rune accepts it".to_owned()),
        Some(said)
            if is_near(text, &said, ours) || is_elsewhere_for_a_reason(text, &said, ours) =>
        {
            Ok(())
        }
        // Attributes of functions are the host's; Rune alone refuses those it does not know.
        Some(said) if said.message == "Attributes on functions are not supported" => Ok(()),
        Some(said) => Err(format!("Rune says {:?} at {:?}", said.message, said.span)),
    }
}

/// Whether we report something at the place that Rune names, or a mistake of syntax on its line.
fn is_near(text: &str, said: &Diagnostic, ours: &[(Span, Problem)]) -> bool {
    let line = |place: Span| text[..place.start as usize].matches('\n').count();
    ours.iter().any(|(place, problem)| {
        let is_same_line = problem.origin == Origin::Syntax && line(*place) == line(said.span);
        place.touches(said.span) || is_same_line
    })
}

fn is_elsewhere_for_a_reason(text: &str, said: &Diagnostic, ours: &[(Span, Problem)]) -> bool {
    let is_syntax = |problem: &Problem| problem.origin == Origin::Syntax;
    // Where a bracket or a semicolon is missing, Rune stumbles later over what cannot go on there.
    let is_cause =
        |(place, problem): &(Span, Problem)| is_syntax(problem) && place.start <= said.span.end;
    // Docs and attributes of something that is no item: we report the something.
    let is_documented = |(place, problem): &(Span, Problem)| {
        said.message == "Unsupported attributes"
            && is_syntax(problem)
            && place.start >= said.span.end
    };
    // Rune names the use of a name whose import is broken, we the import.
    let is_import = |(place, _): &(Span, Problem)| {
        said.kind.starts_with("MissingItem") && line_of(text, *place).contains("use ")
    };
    // A whole statement that lacks its semicolon: we report where that belongs, which is behind a blank.
    let is_semicolon = |(_, problem): &(Span, Problem)| {
        said.kind == "ExpectedBlockSemiColon" && problem.code == "missing-semicolon"
    };
    // Of two items of one name Rune names the first, we the second, and the first beside it.
    let is_second = |(_, problem): &(Span, Problem)| {
        let first = problem.related.first().map(|first| first.span);
        first.is_some_and(|[start, end]| Span::new(start, end).touches(said.span))
    };
    // Rune names the opening delimiter of a macro that is closed by another kind, we what is wrong inside.
    let is_delimiter = |(_, problem): &(Span, Problem)| {
        said.kind == "ExpectedMacroCloseDelimiter" && is_syntax(problem)
    };
    ours.iter().any(|found| {
        is_cause(found)
            || is_documented(found)
            || is_import(found)
            || is_semicolon(found)
            || is_second(found)
            || is_delimiter(found)
    })
}

fn hold(name: &str, text: &str, dialect: Dialect) {
    let ours = errors(text, dialect);
    if let Err(fault) = judged(text, refusal(text, dialect), &ours) {
        let ours: Vec<String> = ours
            .iter()
            .map(|(place, said)| format!("{} at {place:?}: {}", said.code, said.message))
            .collect();
        panic!("{fault}, we say {ours:?} in {name}:\n{text}");
    }
}

#[test]
fn scripts_that_are_right_have_no_errors() {
    let mut accepted = 0;
    for script in scripts() {
        hold(&script.name, &script.text, script.dialect);
        accepted += usize::from(refusal(&script.text, script.dialect).is_none());
    }
    assert!(accepted > 500, "Rune accepts only {accepted} scripts");
}

#[test]
fn mutated_scripts_are_judged_as_rune_judges_them() {
    let mut random = Random(11);
    for script in scripts() {
        let tokens = tokens(&script);
        // One example has nothing but comments.
        for _ in 0..MUTATIONS.min(tokens.len() * MUTATIONS) {
            let text = mutated(&script, &tokens, &mut random);
            hold(&script.name, &text, script.dialect);
        }
    }
}

#[test]
fn mutated_scripts_with_annotations_are_accepted_if_rune_accepts_them_stripped() {
    let mut random = Random(5);
    for script in samples() {
        let tokens = tokens(&script);
        for _ in 0..10 * MUTATIONS {
            let text = mutated(&script, &tokens, &mut random);
            let refusal = refusal(&stripped(&text), Dialect::Module);
            // Which attributes a function may have, a rule of the analysis knows.
            let is_of_attribute =
                |said: &Diagnostic| said.message.contains("Attributes on functions");
            if refusal.as_ref().is_some_and(is_of_attribute) {
                continue;
            }
            // A mistake within an annotation is gone with it.
            let mut ours = errors(&text, Dialect::Module);
            if refusal.is_none() {
                ours.retain(|(_, said)| said.origin != Origin::Syntax);
            }
            let name = &script.name;
            assert_eq!(
                refusal.is_some(),
                !ours.is_empty(),
                "{refusal:?}, {ours:?} in {name}:\n{text}"
            );
        }
    }
}
