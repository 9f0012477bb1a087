"""What people write who come from Rust, Python or JavaScript: the message says the Rune way, and the fix writes it."""

from __future__ import annotations

import pytest

from .judged import facts_of, mended, shown

MENDED = [
    ("let y = null; y", "let y = None; y"),
    ("x == undefined", "x == None"),
    ("nil", "None"),
    ("x == True", "x == true"),
    ("x == False", "x == false"),
    ("x as i32", "x as i64"),
    ("x as usize", "x as u64"),
    ("x as f32", "x as f64"),
    ("vec![1, x]", "[1, x]"),
    ("vec![]", "[]"),
    ('f"a {x}"', 'format!("a {x}")'),
    (r'f"a \" {x} {x:>3}" + "b"', r'format!("a \" {x} {x:>3}") + "b"'),
    ("let mut y = x; y", "let y = x; y"),
    ("let y = &x; y", "let y = x; y"),
    ("g(&mut x)", "g(x)"),
    ("g(&&mut x)", "g(x)"),
    ("g(&&x)", "g(x)"),
    ("x === 1", "x == 1"),
    ("x !== 1", "x != 1"),
    ("x++;", "x += 1;"),
    ("x--;", "x -= 1;"),
    ("while x < 3 { x++ }", "while x < 3 { x += 1 }"),
    ("x.iter().map(y => y)", "x.iter().map(|y| y)"),
    ("x.iter().map((y) => { y })", "x.iter().map(|y| { y })"),
    ("x.iter().fold(0, (a, b) => a + b)", "x.iter().fold(0, |a, b| a + b)"),
    ("let f = y => y; f(x)", "let f = |y| y; f(x)"),
    ("let f = () => x; f()", "let f = || x; f()"),
    ("if x { 1 } elif x { 2 } else { 3 }", "if x { 1 } else if x { 2 } else { 3 }"),
    ("x and true", "x && true"),
    ("x or true", "x || true"),
    ("if x and x { 1 }", "if x && x { 1 }"),
    ("not x", "!x"),
    ("if not x.is_empty() { 1 }", "if !x.is_empty() { 1 }"),
    ("x instanceof String", "x is String"),
    ("var y = 1; y", "let y = 1; y"),
    ("let o = { a: x }; o", "let o = #{ a: x }; o"),
    ('format("{}", x)', 'format!("{}", x)'),
    ("assert(x)", "assert!(x)"),
    ("assert_eq(x, 1)", "assert_eq!(x, 1)"),
    ('eprintln!("a")', 'println!("a")'),
]
ITEMS = [
    ("function f(a) { a }", "fn f(a) { a }"),
    ("func f(a) { a }", "fn f(a) { a }"),
    ("import std::mem;", "use std::mem;"),
    ("from std::iter import once;", "use std::iter::once;"),
    ("export fn f(a) { a }", "pub fn f(a) { a }"),
]
TOLD = [
    ("x ?? 1", "unwrap_or"),
    ("x ? 1 + 1 : 2", "if a { b } else { c }"),
    ("vec![0; 3]", "[1, 2]"),
    ('f"a {x + 1}"', "`a ${x}`"),
    ("if not x == 1 { 1 }", "!(a == b)"),
    ("this.x", "self"),
    ("switch x { 1 => 2 }", "match"),
    ("throw x + 1", "Err"),
    ("console.log(x)", "println!"),
    ("len(x)", "value.len()"),
    ("str(x)", "template"),
    ("for i in range(3) { x }", "0..3"),
    ("typeof x", "x is String"),
    ("match x { 1 | 2 => 1, _ => 2 }", "an arm for each"),
    ("hashmap!{}", "#{ key: 1 }"),
]
REST = "\nfn g(x) { x }\n"


def main(body: str) -> str:
    return f"pub fn main(x) {{ {body} }}{REST}"


def errors(text: str) -> list[str]:
    return [each.message for each in shown(text) if each.severity == "error"]


@pytest.mark.parametrize(("before", "after"), MENDED)
def test_the_fix_writes_it_as_rune_has_it(before: str, after: str) -> None:
    assert errors(main(before))
    assert mended(main(before)) == main(after)
    assert errors(main(after)) == []


@pytest.mark.parametrize(("before", "after"), ITEMS)
def test_items_of_other_languages(before: str, after: str) -> None:
    text = f"{before}\npub fn main(x) {{ x }}\n"
    assert mended(text) == text.replace(before, after)
    assert errors(mended(text)) == []


@pytest.mark.parametrize(("body", "way"), TOLD)
def test_the_message_says_the_rune_way_where_there_is_no_safe_fix(body: str, way: str) -> None:
    text = main(body)
    (first, *_) = (each for each in shown(text) if each.severity == "error")
    assert way in first.message
    assert first.fixes == ()


def test_it_is_the_same_problem_and_it_is_told_once() -> None:
    text = main("let y = null; y")
    (told,) = (each for each in facts_of(text).script.problems if each.severity == "error")
    (better,) = (each for each in shown(text) if each.severity == "error")
    assert (better.code, better.span) == (told.code, facts_of(text).script.span_of(told))
    assert better.message.startswith(told.message)


@pytest.mark.parametrize(
    "body", ["nulls", "x.null", "x + lenght", "x.map(g(x) => x)", "pub", "(1 => 2)", "let y = select x = x => x"]
)
def test_the_words_stay_where_nothing_foreign_is_written(body: str) -> None:
    text = main(body)
    said = [each.message for each in facts_of(text).script.problems if each.severity == "error"]
    assert sorted(errors(text)) == sorted(said)
