"""What completions write besides the word: calls with places, bodies, arms, and what wraps an expression."""

from __future__ import annotations

from .crucible import bindings
from .fixtures import labels_at_cursor, taken

MOOD = "enum Mood { Calm, Busy(level), Away { until } }\nimpl Mood { fn new() { Mood::Calm } }\n"


def test_a_call_with_a_place_for_each_parameter() -> None:
    assert taken("fn grow(bed, litres) { 1 }\nfn f() { gr$0 }", "grow").endswith("{ grow(${1:bed}, ${2:litres})$0 }")
    assert taken("fn f(w: Workflow) { w.add$0 }", "add_step").endswith("{ w.add_step(${1:name}, ${2:agent})$0 }")
    assert taken("fn f(s: Session) { s.pha$0 }", "phases").endswith("{ s.phases()$0 }")


def test_no_second_parenthesis_and_none_in_an_import() -> None:
    assert taken("fn f(s: Session) { s.pha$0() }", "phases").endswith("{ s.phases() }")
    assert taken("mod a { pub fn grow(bed) { bed } }\nuse a::gr$0;", "grow").endswith("use a::grow;")


def test_macros_with_their_parentheses() -> None:
    assert taken("fn f() { println$0 }", "println!") == 'fn f() { println!("$1")$0 }'
    assert taken("fn f() { assert_e$0 }", "assert_eq!") == "fn f() { assert_eq!(${1:left}, ${2:right})$0 }"
    assert taken('fn f() { printl$0!("a") }', "println!") == 'fn f() { println!("a") }'


def test_keywords_with_bodies_where_nothing_follows() -> None:
    assert taken("fn f() {\nfo$0\n}", "for") == "fn f() {\nfor ${1:each} in ${2:values} {\n    $0\n}\n}"
    assert taken("fn f(x) {\nfo$0 each in x { }\n}", "for") == "fn f(x) {\nfor each in x { }\n}"


def test_a_struct_with_all_its_fields() -> None:
    text = "struct Step { title, level }\nfn f() { Ste$0 }"
    assert taken(text, "Step { title, level }").endswith("{ Step { title: ${1:title}, level: ${2:level} }$0 }")


def test_what_wraps_an_expression() -> None:
    assert taken("fn f(ready) {\n    ready.i$0\n}", "if") == "fn f(ready) {\n    if ready {\n    $0\n}\n}"
    assert taken("fn f(x) { x.a().so$0 }", "some") == "fn f(x) { Some(x.a())$0 }"
    assert taken("fn f(x) {\n    x.le$0\n}", "let") == "fn f(x) {\n    let ${1:name} = x;$0\n}"
    assert taken("fn f(x) { g(x.no$0) }", "not") == "fn f(x) { g(!x$0) }"


def test_a_match_with_the_arms_that_the_type_has() -> None:
    text = f"{MOOD}fn f() {{\n    let mood = Mood::new();\n    mood.ma$0\n}}"
    assert taken(text, "match").endswith(
        "    match mood {\n    Mood::Calm => $1,\n    Mood::Busy(value) => $2,\n    Mood::Away { until } => $3,\n}\n}"
    )


def test_the_patterns_that_a_match_lacks() -> None:
    text = f"{MOOD}fn f() {{ let mood = Mood::new(); match mood {{\n    Mood::Calm => 1,\n    $0\n}} }}"
    assert labels_at_cursor(text)[:2] == ["Mood::Busy(value)", "Mood::Away { until }"]
    assert "    Mood::Busy(value) => $0,\n" in taken(text, "Mood::Busy(value)")
    both = taken(text, "Mood::Busy(value), Mood::Away { until } => …")
    assert "Mood::Busy(value) => $1,\nMood::Away { until } => $2,\n" in both
    assert labels_at_cursor("fn f(s: Session) { match s.title { $0 } }")[:2] == ["Some(value)", "None"]
    assert taken("fn f(s: Session) { match s.title { So$0 => 1 } }", "Some(value)").endswith("{ Some(value) => 1 } }")


def test_a_text_is_matched_by_no_variant() -> None:
    assert labels_at_cursor("fn f(s: Session) { match s.title.unwrap() { $0 } }") == []
    assert labels_at_cursor("fn f(s: Session) { match s.title.unwrap() { _$0 => 1 } }") == []
    assert "Some" in labels_at_cursor("fn f(x) { match x { $0 } }")


def test_an_item_begins_with_no_block() -> None:
    assert taken("asy$0", "async") == "async"
    assert taken("fn f() {\n    asy$0\n}", "async") == "fn f() {\n    async {\n    $0\n}\n}"


def test_a_function_that_is_handed_over_is_not_called() -> None:
    rest = "fn rest(context, event) { event }\n"
    state = rest + 'fn f() { StateMachine::new().state("idle", re$0) }'
    assert taken(state, "rest", bindings()).endswith('.state("idle", rest) }')
    assert taken(rest + "fn f() { [0].iter().map(re$0) }", "rest", bindings()).endswith(".map(rest) }")
    assert taken(rest + "fn f() { Workflow::from_markdown(re$0) }", "rest", bindings()).endswith(
        "(rest(${1:context}, ${2:event})$0) }"
    )
