//! Whatever the text, the tree is whole, and the time is linear.

mod parsing;

use std::path::Path;

use parsing::{files, parse_whole, upstream, Random};
use runekiln_guest::parser::{parse, Dialect};
use runekiln_guest::tree::{Span, Tree};

#[test]
fn every_prefix_of_real_scripts_prints_back() {
    for (path, text) in files(upstream().join("tests"), ".rn") {
        every_prefix_prints_back(&path, &text);
    }
}

#[test]
fn every_prefix_of_the_sample_scripts_prints_back() {
    let kiln =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden/.crucible/scripts");
    let scripts = files(kiln, ".rn");
    assert!(scripts.len() >= 15, "only {} scripts", scripts.len());
    for (path, text) in scripts {
        every_prefix_prints_back(&path, &text);
    }
}

fn every_prefix_prints_back(path: &Path, text: &str) {
    for (end, _) in text.char_indices() {
        let prefix = &text[..end];
        let tree = parse(prefix).tree;
        let printed: String = tree
            .root()
            .tokens()
            .map(|token| token.text(prefix))
            .collect();
        assert_eq!(printed, prefix, "{} up to byte {end}", path.display());
    }
    parse_whole(text, Dialect::Module);
}

#[test]
fn mutated_scripts_have_a_whole_tree() {
    let mut random = Random(1);
    let pieces = [
        "{", "}", "(", ")", "[", "]", "\"", "`", "${", "'", "fn ", "let ", ";", ",", "|", "=", ".",
        "é", "€", "\n", "/*", "#", "\\",
    ];
    for (_, text) in files(upstream().join("tests"), ".rn") {
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..120 {
            let place = random.below(characters.len());
            match random.below(3) {
                0 => drop(characters.drain(place..(place + random.below(6)).min(characters.len()))),
                1 => drop(
                    characters.splice(place..place, pieces[random.below(pieces.len())].chars()),
                ),
                _ => {
                    let other = random.below(characters.len());
                    characters.swap(place, other);
                }
            }
            let mutated: String = characters.iter().collect();
            parse_whole(&mutated, Dialect::Module);
            parse_whole(&mutated, Dialect::FunctionBody);
        }
    }
}

#[test]
fn random_tokens_have_a_whole_tree() {
    let mut random = Random(2);
    let words: Vec<&str> = "fn let if else match for in while loop ( ) { } [ ] , ; : :: . .. = => -> | || & # ! ? < > >> x y 1 \"s\" ` ${ 'a \
        struct enum impl mod use pub async const return break is not self select default /// //! /* \n"
        .split(' ')
        .collect();
    for _ in 0..4_000 {
        let text: Vec<&str> = (0..random.below(60))
            .map(|_| words[random.below(words.len())])
            .collect();
        parse_whole(&text.join(" "), Dialect::Module);
        parse_whole(&text.join(" "), Dialect::FunctionBody);
    }
}

#[test]
fn random_bytes_have_a_whole_tree() {
    let mut random = Random(3);
    for _ in 0..2_000 {
        let bytes: Vec<u8> = (0..random.below(80))
            .map(|_| random.below(256) as u8)
            .collect();
        parse_whole(&String::from_utf8_lossy(&bytes), Dialect::Module);
    }
}

/// How many steps a token takes at most, over all.
const STEPS_PER_TOKEN: u64 = 40;

fn check_linear(text: &str) {
    let parse = parse(text);
    let tokens = parse.tree.root().tokens().count() as u64;
    assert!(
        parse.steps < STEPS_PER_TOKEN * tokens,
        "{} steps for {tokens} tokens",
        parse.steps
    );
}

#[test]
fn ten_thousand_lines_take_linear_time() {
    let function = "pub fn f(a, b) {\n    let x = a.b(1)[2] + `t ${b}`;\n    if x { return x; }\n    println!(\"{x}\");\n}\n";
    check_linear(&function.repeat(2_000));
}

#[test]
fn broken_texts_take_linear_time() {
    for broken in [
        "fn f() { g(",
        "`${",
        "{ (",
        "\"\n",
        "\\\"\n",
        "let x = ",
        "#[a",
        "match x { 1 => ",
        "a::<",
        "println!(\"{",
        "'",
        "} ) ]",
        "|x: A<",
    ] {
        check_linear(&broken.repeat(3_000));
    }
}

#[test]
fn two_hundred_nested_blocks_are_fine() {
    let text = format!("fn f() {}1{}", "{".repeat(200), "}".repeat(200));
    assert_eq!(parse_whole(&text, Dialect::Module).problems, []);
}

#[test]
fn long_chains_are_no_nesting() {
    for (start, link) in [
        ("a", ".b()"),
        ("a", " + 1"),
        ("a", "?"),
        ("a", "[0]"),
        ("a", "(1)"),
        ("if a { }", " else if b { }"),
    ] {
        let text = format!("fn f() {{ {start}{} }}", link.repeat(1_000));
        assert_eq!(parse_whole(&text, Dialect::Module).problems, [], "{link}");
    }
}

#[test]
fn what_is_too_deep_is_one_problem() {
    for (open, close) in [
        ("(", ")"),
        ("{", "}"),
        ("[", "]"),
        ("-", ""),
        ("|x| ", ""),
        ("if a { ", "}"),
        ("a(", ")"),
        ("#{ a: ", "}"),
        ("`${", "}`"),
    ] {
        let text = format!(
            "fn f() {{ let x = {}1{}; }}\nfn g() {{ }}",
            open.repeat(5_000),
            close.repeat(5_000)
        );
        let codes: Vec<&str> = parse_whole(&text, Dialect::Module)
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(codes, ["too-deeply-nested"], "{open}");
    }
}

#[test]
fn deep_patterns_types_trees_and_modules_are_one_problem() {
    let nested = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(3_000), close.repeat(3_000))
    };
    let texts = [
        format!("fn f() {{ let {} = 1; }}", nested("(", "x", ")")),
        format!("fn f(x: {}) {{ }}", nested("Vec<", "A", ">")),
        format!("use {};", nested("a::{", "b", "}")),
        nested("mod a { ", "", "}"),
        nested("fn a() { ", "", "}"),
    ];
    for text in texts {
        let codes: Vec<&str> = parse_whole(&text, Dialect::Module)
            .problems
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(codes, ["too-deeply-nested"], "{}", &text[..30]);
    }
}

#[test]
fn deep_token_trees_are_fine() {
    let text = format!("stringify!({}{});", "(".repeat(20_000), ")".repeat(20_000));
    assert_eq!(parse_whole(&text, Dialect::Module).problems, []);
}

/// The same path as [`Tree::path_to`](runekiln_guest::tree::Tree::path_to) finds, by looking at every child.
fn searched_path(tree: &Tree, span: Span) -> Vec<usize> {
    let contains =
        |outer: Span| outer.start <= span.start && span.end <= outer.end && outer.start < outer.end;
    let mut path = vec![tree.root()];
    while let Some(next) = path[path.len() - 1]
        .children()
        .find(|child| contains(child.span()))
    {
        path.push(next);
    }
    path.iter().map(|node| node.index()).collect()
}

#[test]
fn the_path_to_a_place_leads_through_all_nodes_around_it() {
    let mut random = Random(4);
    let texts = files(upstream().join("tests"), ".rn").into_iter();
    let texts = texts.map(|(_, text)| text).chain([
        "".to_owned(),
        "fn a( {".to_owned(),
        "fn ;;; let".to_owned(),
    ]);
    for text in texts {
        let cut = random.below(text.len() + 1);
        let cut = (0..=cut).rev().find(|cut| text.is_char_boundary(*cut));
        for text in [text.as_str(), &text[..cut.unwrap_or(0)]] {
            let tree = parse(text).tree;
            for _ in 0..200 {
                let start = random.below(text.len() + 2) as u32;
                let span = Span::new(start, start + random.below(30) as u32);
                let path: Vec<usize> = tree.path_to(span).iter().map(|node| node.index()).collect();
                assert_eq!(path, searched_path(&tree, span), "{span:?} in:\n{text}");
            }
        }
    }
}
