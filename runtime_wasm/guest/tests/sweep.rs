//! Whatever becomes of a script: its tree is whole, its check ends at a bounded cost, and what is put in is found.

mod fixture;
mod formatting;
mod judging;
mod parsing;
mod scripts;
mod soaking;

use fixture::{absolute, source};
use judging::{errors, is_delimiter_that_rune_ignores, line_of, refusal};
use parsing::{parse_whole, Random};
use runekiln_guest::compile::counted;
use runekiln_guest::parser::{self, parse_as};
use runekiln_guest::protocol::*;
use runekiln_guest::syntax::SyntaxKind::*;
use runekiln_guest::tree::{NodeRef, Span, Tree};
use scripts::{samples, scripts, stripped, Script};
use soaking::{chosen, edited, rounds};

/// Edits of one script before it is looked at.
const MOST_EDITS: usize = 6;

/// All scripts, those with annotations among them.
fn all_scripts() -> Vec<Script> {
    let mut all = samples();
    all.extend(scripts());
    all
}

fn one<'s>(scripts: &'s [Script], random: &mut Random) -> &'s Script {
    &scripts[random.below(scripts.len())]
}

fn edited_script(scripts: &[Script], random: &mut Random) -> String {
    let other = &one(scripts, random).text;
    edited(&one(scripts, random).text, other, MOST_EDITS, random)
}

/// How many steps the parser takes at most for a token.
const STEPS_PER_TOKEN: u64 = 40;

#[test]
fn edited_scripts_have_a_whole_tree_in_linear_time() {
    let scripts = all_scripts();
    rounds("trees", 2_000, |random| {
        let text = edited_script(&scripts, random);
        for dialect in [parser::Dialect::Module, parser::Dialect::FunctionBody] {
            let parse = parse_whole(&text, dialect);
            let most = STEPS_PER_TOKEN * (1 + parse.tree.root().tokens().count() as u64);
            assert!(parse.steps < most, "{} steps for\n{text}", parse.steps);
        }
    });
}

#[test]
fn edited_scripts_are_checked_at_a_bounded_cost() {
    let scripts = all_scripts();
    rounds("checks", 600, |random| {
        let text = edited_script(&scripts, random);
        for dialect in [Dialect::Module, Dialect::FunctionBody] {
            let before = counted();
            let files = checked(&text, dialect);
            let bytes = counted().bytes - before.bytes;
            let most = 17 * text.len() as u64 + (1 << 20);
            assert!(bytes <= most, "{bytes} bytes compiled for\n{text}");
            for problem in &files[0].problems {
                let (start, end) = absolute(&files[0], problem);
                assert!(text.get(start..end).is_some(), "{problem:?} in\n{text}");
            }
        }
    });
}

/// The facts of a text, of which no module has a file.
fn checked(text: &str, dialect: Dialect) -> Vec<FileFacts> {
    let mut sources = vec![source("main.rn", text)];
    loop {
        let request = CheckRequest {
            sources: sources.clone(),
            dialect,
        };
        match runekiln_guest::handle::handle(Request::Check(request)) {
            Response::Checked { files } => return files,
            Response::NeedSources { needs } => {
                let missing = needs.into_iter().flat_map(|need| need.candidates);
                sources.extend(missing.map(|path| Source { path, text: None }));
            }
            other => panic!("{other:?} for\n{text}"),
        }
    }
}

#[test]
fn edited_scripts_are_formatted_or_left_alone() {
    let scripts = all_scripts();
    rounds("formats", 600, |random| {
        let text = edited_script(&scripts, random);
        if let Ok(formatted) = formatting::format(&text, Dialect::Module, None) {
            assert_eq!(
                formatting::tokens(&formatted),
                formatting::tokens(&text),
                "{text}"
            );
        }
    });
}

#[test]
fn edited_scripts_lose_no_byte_but_their_annotations() {
    let scripts = all_scripts();
    rounds("strips", 1_000, |random| {
        let text = edited_script(&scripts, random);
        let stripped = stripped(&text);
        let mut rest = text.chars();
        // A blank may stand in the place of an annotation, so that the words around it stay two.
        let is_part = stripped
            .chars()
            .all(|kept| kept == ' ' || rest.any(|character| character == kept));
        assert!(is_part, "{stripped}\nof\n{text}");
    });
}

/// Statements that are mistakes wherever a statement may stand, and their codes.
const MISTAKES: [(&str, &str); 7] = [
    ("absent_step(1);", "missing-item"),
    ("let gone = absent_value;", "missing-local"),
    ("nonsense!(1);", "missing-macro"),
    ("println!(\"{} {}\", 1);", "format-arguments"),
    ("1 = 2;", "unsupported-assignment"),
    ("let mut more = 1;", "mutable-variable"),
    ("let = 1;", "expected-pattern"),
];

#[test]
fn each_mistake_that_is_put_into_a_right_script_is_found_and_nothing_else() {
    let mut right = scripts();
    right.retain(|script| refusal(&script.text, script.dialect).is_none());
    // Whoever took their annotations out might do it as wrongly as the check.
    right.extend(samples());
    assert!(right.len() > 500, "{} scripts", right.len());
    rounds("mistakes", 600, |random| {
        let script = one(&right, random);
        let (text, expected) = with_mistakes(&script.text, random);
        let mut found: Vec<(usize, String)> = errors(&text, script.dialect)
            .into_iter()
            .map(|(place, said)| (line_of_place(&text, place), said.code))
            .collect();
        found.sort();
        assert_eq!(found, expected, "in {}:\n{text}", script.name);
    });
}

fn line_of_place(text: &str, place: Span) -> usize {
    text[..place.start as usize].matches('\n').count()
}

/// The script as Rune alone would take it.
fn alone(script: &Script) -> String {
    match script.dialect {
        Dialect::Module => stripped(&script.text),
        Dialect::FunctionBody | Dialect::Stub => script.text.clone(),
    }
}

#[test]
fn edited_scripts_that_rune_accepts_have_no_errors() {
    let scripts = all_scripts();
    rounds("accepted", 1_500, |random| {
        let mut script = one(&scripts, random).clone();
        let other = &one(&scripts, random).text;
        script.text = edited(&script.text, other, 2, random);
        let alone = alone(&script);
        if refusal(&alone, script.dialect).is_some() {
            return;
        }
        let mut ours = errors(&script.text, script.dialect);
        // A mistake within an annotation is gone with it.
        ours.retain(|(_, said)| alone == script.text || said.origin != Origin::Syntax);
        drop_behind_open_quote(&script.text, &mut ours);
        ours.retain(|found| !is_oversight_of_rune(&script.text, found));
        let is_fine = ours.is_empty() || is_delimiter_that_rune_ignores(&script.text, &ours);
        assert!(is_fine, "{ours:?} in\n{}", script.text);
    });
}

#[test]
fn brackets_of_an_attribute_that_rune_ignores_may_lie_on_two_lines() {
    let text = "#[callout(type = )\"vari\nety\")]\npub fn variety(callout) { callout }\n";
    assert_eq!(refusal(text, Dialect::Module), None);
    let ours = errors(text, Dialect::Module);
    assert!(is_delimiter_that_rune_ignores(text, &ours), "{ours:?}");
}

/// What Rune takes although it reads as a mistake, and as nothing that anybody would write.
fn is_oversight_of_rune(text: &str, (place, said): &(Span, Problem)) -> bool {
    match said.code.as_str() {
        // The two quotes of an empty template are to Rune the parentheses of a macro.
        "expected-arguments" => said.message.ends_with("template string"),
        // `-#[test]42 => …`: it drops attributes between the sign and the number of a pattern.
        "expected-pattern" => text[place.end as usize..].starts_with("#["),
        // `assert!(true /// why`: behind what an assertion needs it ignores whatever is there.
        "misplaced-doc-comment" => line_of(text, *place).contains("assert"),
        _ => false,
    }
}

/// In the last line of a file Rune does not miss the quote that closes a character, and takes the rest of the line for it.
fn drop_behind_open_quote(text: &str, ours: &mut Vec<(Span, Problem)>) {
    let open = ours.iter().find(|(place, said)| {
        said.code == "unterminated-character"
            && !text[place.start as usize..].contains(char::is_control)
    });
    if let Some(quote) = open.map(|(place, _)| place.start) {
        ours.retain(|(place, _)| place.start < quote);
    }
}

/// The text with up to five mistakes, each on a line of its own, and those lines with their codes.
fn with_mistakes(text: &str, random: &mut Random) -> (String, Vec<(usize, String)>) {
    let tree = parse_as(text, parser::Dialect::Module).tree;
    let places = starts_of_statements(&tree);
    let mut chosen: Vec<u32> = (0..1 + random.below(5))
        .filter_map(|_| chosen(&places, random))
        .map(|place| place.end)
        .collect();
    chosen.sort_unstable();
    let (mut written, mut expected, mut from) = (String::new(), Vec::new(), 0);
    for place in chosen {
        let (mistake, code) = MISTAKES[random.below(MISTAKES.len())];
        written.push_str(&text[from as usize..place as usize]);
        expected.push((written.matches('\n').count() + 1, code.to_owned()));
        written.push_str(&format!("\n{mistake}\n"));
        from = place;
    }
    written.push_str(&text[from as usize..]);
    (written, expected)
}

/// Where statements of functions may be put: behind braces that open a block, and behind other statements.
fn starts_of_statements(tree: &Tree) -> Vec<Span> {
    let root = tree.root();
    let functions = root
        .descendants()
        .filter(|node| node.kind() == FunctionItem);
    let plain = functions.filter(|function| function.first_child(ConstKeyword).is_none());
    let blocks = plain.filter_map(|function| function.first_child(Block));
    blocks
        .flat_map(|block| block.children().filter(ends_before_statement))
        .map(|node| node.span())
        .collect()
}

fn ends_before_statement(node: &NodeRef<'_>) -> bool {
    match node.kind() {
        OpenBrace | LetStatement => true,
        ExpressionStatement => node.first_child(Semicolon).is_some(),
        _ => false,
    }
}
