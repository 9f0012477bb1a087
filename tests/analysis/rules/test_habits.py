"""What people write who come from Rust, Python or JavaScript: the message says the Rune way, and the fix writes it."""

from __future__ import annotations

import pytest

from tests.analysis.rule_pages import applied

from .judged import facts_of, result, shown

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
    ("let (a, mut b) = x; a + b", "let (a, b) = x; a + b"),
    ("match x { Some(mut y) => y, _ => 1 }", "match x { Some(y) => y, _ => 1 }"),
    ("match x { Some(ref y) => y, _ => 1 }", "match x { Some(y) => y, _ => 1 }"),
    ("mut y = 1; y", "let y = 1; y"),
    ("static y = 1; y", "let y = 1; y"),
    ("const y = x; y", "let y = x; y"),
    ("const { a } = x; a", "let #{ a } = x; a"),
    ("let { a, b } = x; a + b", "let #{ a, b } = x; a + b"),
    ("x is null", "x == None"),
    ("x is None", "x == None"),
    ("x <> 1", "x != 1"),
    ("++x;", "x += 1;"),
    ("x ** 2", "x.pow(2)"),
    ("*x", "x"),
    ("x + 'abc'", 'x + "abc"'),
    ("x ? 1 : 2", "if x { 1 } else { 2 }"),
    ('let y = x ? "a" : x.len(); y', 'let y = if x { "a" } else { x.len() }; y'),
    ("throw x", "return Err(x)"),
    ('throw new Error("dry");', 'return Err("dry");'),
    ('raise ValueError("dry")', 'return Err("dry")'),
    ("for (let i = 0; i < 3; i++) { g(i) }", "for i in 0..3 { g(i) }"),
    ("for (var i = 0; i < x.len(); i += 1) { g(i) }", "for i in 0..x.len() { g(i) }"),
    ("for (i = 1; i < 3; i++) { g(i) }", "for i in 1..3 { g(i) }"),
    ("for (let i of x) { g(i) }", "for i in x { g(i) }"),
    ("for (const i of x.iter()) { g(i) }", "for i in x.iter() { g(i) }"),
    ("for (i in x) { g(i) }", "for i in x { g(i) }"),
    ("foreach (i in x) { g(i) }", "for i in x { g(i) }"),
    ("let f = async () => x; f", "let f = async || x; f"),
    ("let f = async (a) => { a }; f", "let f = async |a| { a }; f"),
    ("let f = async a => a; f", "let f = async |a| a; f"),
    ("let f = (a) -> a; f", "let f = |a| a; f"),
    ("let f = function(a) { a }; f", "let f = |a| { a }; f"),
    ("x.iter().map(function(a) { return a; })", "x.iter().map(|a| { return a; })"),
    ("let f = fn(a) { a }; f", "let f = |a| { a }; f"),
    ("function f(a) { a } f(1)", "fn f(a) { a } f(1)"),
    ("x.map(lambda y: y)", "x.map(|y| y)"),
    ("x.map(lambda: 1)", "x.map(|| 1)"),
    ("unless x { 1 }", "if !x { 1 }"),
    ("until x { g(1) }", "while !x { g(1) }"),
    ("match x { case 1 => 2, default => 3 }", "match x { 1 => 2, _ => 3 }"),
    ("match x { 1: 2, _ => 3 }", "match x { 1 => 2, _ => 3 }"),
    ("x[1:2]", "x[1..2]"),
    ('let o = { "a": x }; o', 'let o = #{ "a": x }; o'),
    ("g(unread_only: true)", "g(#{ unread_only: true })"),
    ("new String()", "String::new()"),
    ("let y = new String(); y", "let y = String::new(); y"),
    ("Box::new(x)", "(x)"),
    ("Vec::<i64>::new()", "Vec::new()"),
    ("assert x == 1;", "assert!(x == 1);"),
    ('print "a"', 'println!("a")'),
    ("let y: &str = x; y", "let y: String = x; y"),
    ("x.iter().map(|&y| y)", "x.iter().map(|y| y)"),
]
ITEMS = [
    ("function f(a) { a }", "fn f(a) { a }"),
    ("func f(a) { a }", "fn f(a) { a }"),
    ("import std::mem;", "use std::mem;"),
    ("from std::iter import once;", "use std::iter::once;"),
    ("export fn f(a) { a }", "pub fn f(a) { a }"),
    ("export default function f(a) { a }", "pub fn f(a) { a }"),
    ("async function f(a) { a }", "async fn f(a) { a }"),
    ("public fn f(a) { a }", "pub fn f(a) { a }"),
    ("private fn f(a) { a }", "fn f(a) { a }"),
    ("let y = 1;", "const y = 1;"),
    ("static Y = 1;", "const Y = 1;"),
    ('const Y: &str = "a";', 'const Y = "a";'),
    ("#[derive(Debug, Clone)]\nstruct S { x }", "struct S { x }"),
    ("struct S { pub x: i64 }", "struct S { x: i64 }"),
    ("struct S<T> { x }", "struct S { x }"),
    ("struct S; impl Display for S { fn f(self) { 1 } }", "struct S; impl S { fn f(self) { 1 } }"),
    ("struct S; impl S { fn f(&self) { 1 } }", "struct S; impl S { fn f(self) { 1 } }"),
    ("struct S; impl S { fn f(&mut self) { 1 } }", "struct S; impl S { fn f(self) { 1 } }"),
    ("fn f<'a, T>(x) { x }", "fn f(x) { x }"),
    ("fn f(x: &'a str) { x }", "fn f(x: String) { x }"),
    ("fn f(mut x) { x }", "fn f(x) { x }"),
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
    ("try { x } catch (e) { 1 }", "Result"),
    ("try { x } catch { 1 } finally { 2 }", "Result"),
    ("switch (x) { case 1: 2; default: 3 }", "match"),
    ("do { g(x) } while (x);", "loop"),
    ("1 if x else 2", "if a { b } else { c }"),
    ("for i in 0..3: x", "braces"),
    ("if x then 1 else 2 end", "braces"),
    ("x in [1]", "any"),
    ("x not in [1]", "any"),
    ("match x { 1..=3 => 1, _ => 2 }", "x >= 1 && x <= 3"),
    ("match x { y @ 1 => y, _ => 2 }", "x if x == 1"),
    ("def f(a): a", "fn name(x)"),
    ("g(unread_only=true)", "names"),
    ("JSON.stringify(x)", "json::to_string"),
    ("Math.max(1, 2)", "methods"),
    ("del x", "drops"),
    ("pass", "empty"),
]
TOLD_OF_ITEMS = [
    ("trait T { fn f(self); }", "traits"),
    ("type X = i64;", "types"),
    ("import x from 'y';", "use"),
    ("fn f(x = 1) { x }", "values of their own"),
    ("fn f(x, ...y) { y }", "fixed number"),
    ("enum E { A = 1, B }", "numbers"),
    ("const f = (a) => a;", "fn name(x)"),
]
REST = "\nfn g(x) { x }\n"


def main(body: str) -> str:
    return f"pub fn main(x) {{ {body} }}{REST}"


def repaired(text: str) -> str:
    """The script after fix upon fix of its errors."""
    while fixes := [fix for each in shown(text) if each.severity == "error" for fix in each.fixes]:
        text = applied(text, fixes[0])
    return text


def errors(text: str) -> list[str]:
    return [each.message for each in shown(text) if each.severity == "error"]


@pytest.mark.parametrize(("before", "after"), MENDED)
def test_the_fix_writes_it_as_rune_has_it(before: str, after: str) -> None:
    assert len(errors(main(before))) == before.count(" and x ") + before.count("case") + 1
    assert repaired(main(before)) == main(after)
    assert errors(main(after)) == []


@pytest.mark.parametrize(("before", "after"), ITEMS)
def test_items_of_other_languages(before: str, after: str) -> None:
    text = f"{before}\npub fn main(x) {{ x }}\n"
    assert len(errors(text)) == 1
    assert repaired(text) == text.replace(before, after)
    assert errors(repaired(text)) == []


@pytest.mark.parametrize(("body", "way"), TOLD)
def test_the_message_says_the_rune_way_where_there_is_no_safe_fix(body: str, way: str) -> None:
    text = main(body)
    (told,) = (each for each in shown(text) if each.severity == "error")
    assert way in told.message
    assert told.fixes == ()


@pytest.mark.parametrize(("item", "way"), TOLD_OF_ITEMS)
def test_the_message_says_how_rune_has_such_items(item: str, way: str) -> None:
    (told,) = (each for each in shown(f"{item}\npub fn main(x) {{ x }}\n") if each.severity == "error")
    assert way in told.message


@pytest.mark.parametrize(
    "body",
    [
        "let mut y = 1; y",
        "let (a, mut b) = x; a + b",
        "try {\n        g(x)\n    } catch (e) {\n        1\n    }",
        "switch x {\n        1 => 2\n    }",
        "for (let i = 0; i < 3; i++) { g(i) }",
        'throw f"a {x}";',
        "let y = x ? 1 + 1 : 2;",
        "let y = null;",
    ],
)
def test_what_is_wrong_besides_is_told_besides(body: str) -> None:
    assert len(errors(main(body))) == 1
    (first, *others) = errors(f"{main(body + ' let z = ;')}fn h() {{ nope }}\n")
    assert first == errors(main(body))[0]
    assert others[-1] == "There is no variable or function `nope` here"
    assert "Expected an expression, found `;`" in others


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


@pytest.mark.parametrize("written", ["[1, ...x]", "g(...x)", "let y = [...x]; y"])
def test_a_spread_is_a_field_that_no_range_has(written: str) -> None:
    text = f"pub fn main() {{ let x = [1]; {written} }}{REST}"
    assert [each.code for each in shown(text) if each.severity == "error"] == ["spread-operator"]
    assert result(text) == "fails: `RangeFull` has no field `x`"


@pytest.mark.parametrize("written", ["x[..].len()", "(..).start_bound", "x[0..].len()"])
def test_ranges_are_no_spreads(written: str) -> None:
    told = shown(f"pub fn main() {{ let x = [1]; {written} }}{REST}")
    assert "spread-operator" not in {each.code for each in told}
