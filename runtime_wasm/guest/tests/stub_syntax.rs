//! The grammar of stubs: whatever the text, the tree is whole, and what is wrong is said in its place.

mod fixture;
mod parsing;
mod stubs;

use parsing::{check_problems_of, parse_whole, Random};
use runekiln_guest::items::items;
use runekiln_guest::parser::{parse, Dialect};
use stubs::GARDEN;

fn check(marked: &str) {
    check_problems_of(marked, Dialect::Stub);
}

#[test]
fn everything_that_a_stub_can_have_is_read() {
    assert_eq!(parse_whole(GARDEN, Dialect::Stub).problems, []);
}

#[test]
fn the_words_of_stubs_are_names_in_scripts() {
    let script = "pub fn event(type, attribute) { let mutable = type; event(attribute, mutable) }";
    assert_eq!(parse(script).problems, []);
}

#[test]
fn every_prefix_has_a_whole_tree() {
    for (end, _) in GARDEN.char_indices() {
        parse_whole(&GARDEN[..end], Dialect::Stub);
    }
}

#[test]
fn mutated_stubs_have_a_whole_tree() {
    let mut random = Random(11);
    let pieces = [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "<",
        ">",
        ">>",
        "fn ",
        "pub ",
        "type ",
        "event ",
        "macro ",
        "attribute ",
        "mut ",
        ";",
        ",",
        "|",
        "=",
        ":",
        "->",
        "é",
        "\n",
        "/*",
        "#",
        "/// d\n",
        "Object{",
        "`",
        "${",
    ];
    let mut characters: Vec<char> = GARDEN.chars().collect();
    for round in 0..3_000 {
        let place = random.below(characters.len());
        match random.below(3) {
            0 => drop(characters.drain(place..(place + random.below(6)).min(characters.len()))),
            1 => drop(characters.splice(place..place, pieces[random.below(pieces.len())].chars())),
            _ => {
                let other = random.below(characters.len());
                characters.swap(place, other);
            }
        }
        let mutated: String = characters.iter().collect();
        let parsed = parse_whole(&mutated, Dialect::Stub);
        for item in items(&parsed.tree, &mutated) {
            assert!(
                item.span.start + item.name_span.end <= item.span.end,
                "{item:?} in {mutated}"
            );
        }
        runekiln_guest::stubs::read::read("host.rni", &mutated);
        if round % 40 == 0 {
            characters = GARDEN.chars().collect();
        }
    }
}

#[test]
fn long_stubs_take_linear_time() {
    for text in [
        GARDEN,
        "pub struct A { pub a: ",
        "impl<T> A<",
        "event \"",
        "pub fn f(",
        "type X = (A |",
        "attribute a { ",
    ] {
        let parsed = runekiln_guest::parser::parse_as(&text.repeat(600), Dialect::Stub);
        let tokens = parsed.tree.root().tokens().count() as u64;
        assert!(
            parsed.steps < 40 * tokens,
            "{} steps for {tokens} tokens of {text}",
            parsed.steps
        );
    }
}

#[test]
fn items_have_names_and_kinds() {
    let tree = parse_whole(GARDEN, Dialect::Stub).tree;
    let drawn: Vec<String> = items(&tree, GARDEN)
        .iter()
        .map(|item| format!("{} {}", item.kind.name(), item.name))
        .collect();
    let expected = "module beds, struct Bed, impl Bed, function new, function sow, function dug, enum Plant, struct Frost, \
        struct Pile, impl Pile, function push, type Id, type Mood, const LIMIT, const OPEN, macro log, function exec, \
        module tools, module deep, function dig, attribute handler, attribute plain, event bed:dug, function tend";
    assert_eq!(drawn.join(", "), expected);
}

#[test]
fn a_stub_has_no_bodies_and_no_imports() {
    check(
        "\
pub fn a() { 1 }
         //^ unexpected-body
use a::b;
//^^^ unexpected-use
pub mod beds;
          //^ expected-block
let x = 1;
//^^^ expected-item
pub fn b();",
    );
}

#[test]
fn what_is_missing_is_said() {
    check(
        "\
pub struct;
        //^ expected-name
pub fn dig(bed: Bed) -> ;
                      //^ expected-type
pub const A i64;
          //^^^ missing-semicolon
pub macro log(words);
            //^^^^^ expected-macro-arguments
pub event dug;
        //^^^ expected-event-name
pub type A;
        //^ expected-equal
pub attribute a for (x: i64);
                  //^ expected-function
const fn b();
//^^^ unexpected-modifier
pub async struct C;
  //^^^^^ unexpected-modifier
pub fn c()
       //^ missing-semicolon
pub fn d();",
    );
}

#[test]
fn a_keyword_is_no_name() {
    check(
        "\
pub struct A {
    pub match: i64,
      //^^^^^ keyword-as-name
    pub type: i64,
    final: i64,
  //^^^^^ keyword-as-name
}
impl A { pub fn select(self); pub fn ok(self); }
              //^^^^^^ keyword-as-name
pub mod default { }
      //^^^^^^^ keyword-as-name
pub attribute a { default: i64, match: String }",
    );
}
