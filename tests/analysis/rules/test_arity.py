"""Calls with another number of arguments than a function takes, each of which really fails."""

from __future__ import annotations

import pytest

from .judged import bindings, codes, facts_of, mended, result, shown

CALLS = [
    ("fn f(a, b) { a }", "f(1)"),
    ("fn f(a, b) { a }", "f(1, 2, 3)"),
    ("fn f() { 1 }", "f(1)"),
    ("fn f((a, b), _) { (a, b) }", "f((1, 2))"),
    ("async fn f(a) { a }", "f()"),
    ("fn f(a) { yield a }", "f()"),
    ("mod m { pub fn f(a) { a } }", "m::f()"),
    ("mod m { pub fn f(a) { a } } use m::f as g;", "g()"),
    ("mod m { pub fn f(a) { a } } use m::*;", "f()"),
    ("struct S; impl S { fn f(a) { a } }", "S::f()"),
    ("struct S; impl S { fn f(a) { a } fn g() { Self::f() } }", "S::g()"),
    ("struct S; impl S { fn f(self, a) { a } }", "S::f(S)"),
    ("", "{ fn f(a) { a } f() }"),
    ("mod m { fn f(a) { a } pub fn g() { self::f() } }", "m::g()"),
]


@pytest.mark.parametrize(("items", "call"), CALLS)
def test_the_rule_says_what_the_machine_will_say(items: str, call: str) -> None:
    text = f"{items} pub fn main() {{ {call} }}"
    assert [each.code for each in facts_of(text).script.problems if each.severity == "error"] == []
    assert [each.code for each in shown(text) if each.severity == "error"] == ["wrong-arity"]
    assert "given, but" in result(text)


@pytest.mark.parametrize(
    ("items", "call"),
    [
        ("fn f(a) { a }", "f(1,)"),
        ("struct S; impl S { fn f(self, a) { a } }", "S.f(1)"),
        ("struct S; impl S { fn f(self, a) { a } }", "S::f(S, 1)"),
        ("fn f(a) { a }", "{ let f = |a, b| a; f(1, 2) }"),
        ("fn f(a) { a }", "{ fn f(a, b) { a } f(1, 2) }"),
        ("fn f(a) { a } mod m { pub fn f(a, b) { a } pub fn g() { f(1, 2) } }", "f(m::g())"),
    ],
)
def test_silence_about_what_runs(items: str, call: str) -> None:
    text = f"{items} pub fn main() {{ {call} }}"
    assert "wrong-arity" not in codes(text)
    assert "fails" not in result(text)


@pytest.mark.parametrize("items", ["struct f(a, b);", "enum E { f(a, b) } use E::f;", "const fn f(a, b) { (a, b) }"])
def test_what_the_compiler_counts_is_said_once(items: str) -> None:
    assert codes(f"{items} pub fn main() {{ f(1) }}") == ["wrong-argument-count"]


def test_silence_where_the_call_or_the_header_is_not_whole() -> None:
    assert "wrong-arity" not in codes("fn f(a, b) { a } pub fn main() { f(1")
    assert "wrong-arity" not in codes("fn f(a, b) { a } pub fn main() { f(1, ]) }")
    assert "wrong-arity" not in codes("fn f(a, b { a } pub fn main() { f(1) }")


def test_two_functions_of_one_name_mean_neither() -> None:
    assert "wrong-arity" not in codes("fn f(a) { a } fn f(a, b) { b } pub fn main() { f() }")


def test_the_declaration_is_shown_beside_it() -> None:
    text = "mod beds;\npub fn main() { beds::dig() }\n//- beds.rn\n/// Digs.\npub fn dig(bed) { bed }\n"
    (told,) = (each for each in shown(text) if each.code == "wrong-arity")
    assert told.message == "`fn dig(bed)` takes 1 argument, none is given"
    (declared,) = told.related
    assert declared.path.endswith("beds.rn")
    assert "/// Digs.\npub fn dig(bed)"[slice(*declared.span)] == "dig"


@pytest.mark.parametrize("call", ['println("{}", x)', 'print("{} {}", x, x)', 'panic("{}", x)'])
def test_functions_that_are_taken_for_their_macros(call: str) -> None:
    text = f"pub fn main() {{ let x = 1; {call} }}"
    assert codes(text) == ["wrong-arity"]
    assert "given, but" in result(text)
    repaired = mended(text)
    assert f"{call.partition('(')[0]}!(" in repaired
    assert codes(repaired) == []
    assert "given, but" not in result(repaired)


def test_silence_where_the_function_is_meant() -> None:
    assert codes('pub fn main() { println("a"); print("b") }') == []


_NOT_BY_PATH = (
    "std::f64::to",
    "std::i64::to",
    "std::u64::to",
    "std::collections::vec_deque::VecDeque::from",
    "std::string::String::parse",
)
"""Those of Rune want a type, which the call says: without one they do not compile."""


def _declared() -> list[tuple[str, int]]:
    """The functions of the host and of Rune by their paths, and how many arguments they take there."""
    found: list[tuple[str, int]] = []
    std = bindings().std
    assert std is not None
    for each in (bindings(), std.declared):
        found += (
            (f"{module.path}::{row.name}", len(row.parameters)) for module in each.modules for row in module.functions
        )
        for kind in each.types:
            found += (
                (f"{kind.path}::{row.name}", len(row.parameters) + (row.kind == "method")) for row in kind.functions
            )
    return [each for each in found if each[0] not in _NOT_BY_PATH]


@pytest.mark.parametrize(("path", "count"), _declared()[::12])
def test_functions_of_the_host_and_of_rune_take_what_they_declare(path: str, count: int) -> None:
    for given in {count + 1, max(count - 1, 0)} - {count}:
        text = f"pub fn main() {{ {path}({', '.join(['()'] * given)}) }}"
        assert [each.code for each in shown(text) if each.severity == "error"] == ["wrong-arity"]
        assert "given, but" in result(text)
    right = f"pub fn main() {{ {path}({', '.join(['()'] * count)}) }}"
    assert "wrong-arity" not in codes(right)
    assert "given, but" not in result(right)
