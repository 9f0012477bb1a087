"""Members that a value does not have: the real machine refuses each, and takes what the fix makes of it."""

from __future__ import annotations

import pytest

from .judged import codes, facts_of, mended, result, said, shown

ITEMS = """
struct Bed { name, size }
struct Pair(one, other);
enum Plant { Seed, Grown(height), Named { name } }
impl Bed { fn grow(self) { self.size } fn widen(self, by) { self.size + by } fn new(name) { Bed { name, size: 1 } } }
async fn later() { [1] }
"""
ABOUT_MEMBERS = ("unknown-method", "unknown-field")


def script(body: str) -> str:
    return f"{ITEMS}\npub async fn main() {{ {body} }}"


def told(body: str) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in shown(script(body)) if each.severity == "error"]


MENDED = [
    ('let s = "a"; s.to_upercase()', "`String` has no method `to_upercase`; did you mean `to_uppercase`?"),
    ("let s = [1]; s.len", "`Vec` has no field `len`: it is a method, `len()`"),
    ("let s = [1]; s.length", "`Vec` has no field `length`; it is `len()` in Rune"),
    ("let s = [1]; s.size()", "`Vec` has no method `size`; it is `len()` in Rune"),
    ("let s = [1]; s.append(2); s", "`Vec` has no method `append`; it is `push(…)` in Rune"),
    ("[1, 2].contains(2)", "`Vec` has no method `contains`; it is `iter().any(|each| each == …)` in Rune"),
    ("[1].map(|x| x + 1).next()", "`Vec` has no method `map`: `iter()` gives what has it, `iter().map(…)`"),
    ("[1].iter().to_vec()", "`Iterator` has no method `to_vec`; it is `collect::<Vec>()` in Rune"),
    ('#{ a: 1 }.contains("a")', "`Object` has no method `contains`; it is `contains_key(…)` in Rune"),
    ('let s = "a"; s.append("b"); s', "`String` has no method `append`; it is `push_str(…)` in Rune"),
    ('"a".includes("a")', "`String` has no method `includes`; it is `contains(…)` in Rune"),
    (
        "let n = 1.5; n.to_string()",
        "`f64` has no method `to_string`; a value becomes a text in a template: `` `${value}` ``",
    ),
    ("Bed::new(1).nmae", "`Bed` has no field `nmae`; did you mean `name`?"),
    ("Bed::new(1).grow", "`Bed` has no field `grow`: it is a method, `grow()`"),
    ("Bed::new(1).name()", "`Bed` has no method `name`: it is a field"),
    ("let b = Bed::new(1); b.nmae = 2; b.name", "`Bed` has no field `nmae`; did you mean `name`?"),
    ('Workflow::new().titel', "`Workflow` has no field `titel`; did you mean `title`?"),
    ("Workflow::new().stps()", "`Workflow` has no method `stps`; did you mean `steps`?"),
    ("Workflow::new().title()", "`Workflow` has no method `title`: it is a field"),
    ("let o = #{ name: 1 }; o.nmae", "this object has no key `nmae`; did you mean `name`?"),
    ('let o = #{ name: 1 }; o["nmae"]', "this object has no key `nmae`; did you mean `name`?"),
    (
        "let o = #{ f: |x| x }; let r = o.f(1); r",
        "`Object` has no method `f`; what is held by its key is called as `(o.f)(…)`",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "message"), MENDED)
def test_the_machine_refuses_the_member_and_takes_the_fix(body: str, message: str) -> None:
    text = script(body)
    ((code, found),) = told(body)
    assert code in ABOUT_MEMBERS
    assert found == message
    assert result(text).startswith("fails: ")
    repaired = mended(text, code)
    assert not set(ABOUT_MEMBERS) & set(codes(repaired))
    assert not result(repaired).startswith("fails: ")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Bed::new(1).new()", "`Bed` has no method `new`: it takes no `self`, and is called as `Bed::new(…)`"),
        ("Bed::new(1).widen", "`Bed` has no field `widen`: it is a method"),
        (
            "Bed::new(|x| x).name(1)",
            "`Bed` has no method `name`: it is a field, and what it holds is called as `(Bed::new(|x| x).name)(…)`",
        ),
        ("Bed::new(1).clone()", "`Bed` has no method `clone`"),
        ("Plant::Grown(1).1", "`Plant` has no element `1`"),
        ("Plant::Seed.size", "`Plant` has no field `size`"),
        ("Pair(1, 2).2", "`Pair` has no element `2`"),
        ("(1, 2).2", "`(i64, i64)` has no element `2`"),
        ("(1, 2).first", "`(i64, i64)` has no field `first`"),
        ("1.name", "`i64` has no field `name`"),
        ("'c'.clone()", "`char` has no method `clone`"),
        ("(0..3).step", "`Range` has no field `step`"),
        (
            'Some("a").len()',
            "`Option` has no method `len`, but what it holds has: take that out with `?`, or with `if let Some(x) = …`",
        ),
        (
            "let map = std::collections::HashMap::new(); map.name",
            '`HashMap` has no field `name`; what is held by its key is read with `get("name")`',
        ),
        ("let n = 1; if [1].len() > 0 { n = 2.5; } n.name", "`i64 | f64` has no field `name`"),
        ("let f = |x| x; f.call(1)", "`Function` has no method `call`; a function is called by itself: `f(…)`"),
        ("let w = Workflow::new(); w.steps = 1", "`Workflow` has no field `steps`: it is a method"),
        ("[1].iter().filter(|x| x > 0).sort()", "`Iterator` has no method `sort`"),
    ],
)
def test_the_machine_refuses_what_has_no_fix(body: str, message: str) -> None:
    ((code, found),) = told(body)
    assert code in ABOUT_MEMBERS
    assert found == message
    assert result(script(body)).startswith("fails: ")


@pytest.mark.parametrize(
    "body",
    [
        '"a".len()',
        "[1].0",
        "(1, 2).1",
        "Some(1).0",
        "Ok(1).0",
        "(0..3).start",
        "Plant::Grown(1).0",
        "Plant::Named { name: 1 }.name",
        "Pair(1, 2).1",
        '"a".from()',
        "[1].iter().peekable().peek()",
        "1.to_string()",
        "(|x| x).clone()",
        "let o = #{}; o.name = 1; o.name",
        'let o = #{}; o.insert("name", 1); o.name',
        'let o = #{ a: 1 }; let key = "name"; o[key] = 1; o.name',
        "let o = #{ a: 1 }; let p = o; p.name = 1; o.name",
        "let o = #{ a: 1 }; (|| o.name = 1)(); o.name",
        "let o = #{ a: 1 }; if o.a == 1 { o.name = 1; } o.name",
        "let o = #{ f: |x| x }; (o.f)(1)",
        "let n = [1]; n = 1; n + 1",
        "let n = 1; if [1].len() > 0 { n = [2]; } n.len()",
        "let n = 1; if n is String { n.len() } else { 0 }",
        "Workflow::new().title",
    ],
)
def test_silence_about_what_the_machine_takes(body: str) -> None:
    assert not set(ABOUT_MEMBERS) & set(codes(script(body)))
    assert not result(script(body)).startswith("fails: ")


@pytest.mark.parametrize(
    "text",
    [
        "impl Option { fn shout(self) { 1 } } pub fn main() { Some(1).shout() }",
        "struct B { size } mod m { impl super::B { fn grow(self) { 1 } } } pub fn main() { B { size: 1 }.grow() }",
        "struct Bed { size } fn f() { impl Bed { fn grow(self) { 1 } } } pub fn main() { Bed { size: 1 }.grow() }",
        "fn f() { impl Vec { fn grow(self) { 1 } } } pub fn main() { [1].grow() }",
    ],
)
def test_methods_that_the_script_adds_wherever_it_does(text: str) -> None:
    assert not set(ABOUT_MEMBERS) & set(codes(text))
    assert result(text) == "1"


@pytest.mark.parametrize(
    "text",
    [
        "struct Bed { size } impl Bed { fn grow(self) { 1 } gro } pub fn main() { Bed { size: 1 }.widen() }",
        "struct Bed { size } impl Bed { fn grow(self { 1 } } pub fn main() { Bed { size: 1 }.widen() }",
        "struct Bed { size wid } pub fn main() { Bed { size: 1 }.width }",
        "struct Bed { size } impl Bed { fn f(self) {} fn f(self) {} } pub fn main() { Bed { size: 1 }.f() }",
        "mod missing; struct Bed { size } pub fn main() { Bed { size: 1 }.grow() }",
        "pub fn main() { [1].(2) }",
        'pub fn main() { "a".',
    ],
)
def test_silence_while_declarations_or_the_call_itself_are_written(text: str) -> None:
    assert any(each.severity == "error" for each in facts_of(text).script.problems)
    assert not set(ABOUT_MEMBERS) & set(codes(text))


def test_silence_about_a_type_of_another_file() -> None:
    text = (
        "mod beds;\npub fn main() { let bed = beds::Bed { size: 1 }; bed.grow() }\n//- beds.rn\npub struct Bed { size }"
    )
    assert not set(ABOUT_MEMBERS) & set(codes(text))


def test_what_is_told_is_the_word_behind_the_dot() -> None:
    assert said(script("[1].lenght()"), "unknown-method") == ["lenght"]
    assert said(script("[1].iter().colect::<Vec>()"), "unknown-method") == ["colect"]
