"""Calls with the wrong number of arguments where only the type of a value tells what is called."""

from __future__ import annotations

import pytest

from .judged import codes, result, shown

ITEMS = """
struct Bed { size }
struct Pair(one, other);
impl Bed { fn grow(self, by) { self.size + by } async fn wait(self) { 1 } }
fn both(one, other) { [one, other] }
"""


def script(body: str) -> str:
    return f"{ITEMS}\npub async fn main() {{ {body} }}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[1].push()", "`.push(value: T)` takes 1 argument, none is given"),
        ("[1].iter().map(|x| x, 2)", "`.map(f: fn(T) -> U)` takes 1 argument, 2 are given"),
        ('"a".len(1)', "`.len()` takes no arguments, 1 is given"),
        ('#{ a: 1 }.get("a", 1)', "`.get(key: String)` takes 1 argument, 2 are given"),
        ("Bed { size: 1 }.grow()", "`.grow(by)` takes 1 argument, none is given"),
        ("Bed { size: 1 }.wait(1).await", "`.wait()` takes no arguments, 1 is given"),
        ("let f = |a| a; f()", "`f` takes 1 argument, none is given"),
        ("let f = |a| a; f(1, 2)", "`f` takes 1 argument, 2 are given"),
        ("let f = async |a| a; f().await", "`f` takes 1 argument, none is given"),
        ("(|a, b| a)(1)", "this function takes 2 arguments, 1 is given"),
        ("let f = both; f(1)", "`f` takes 2 arguments, 1 is given"),
        ("let f = Pair; f(1)", "`f` takes 2 arguments, 1 is given"),
        ("let o = #{ f: |x| x }; (o.f)()", "this function takes 1 argument, none is given"),
        ("std::cmp::max(1)", "`fn max(v1, v2)` takes 2 arguments, 1 is given"),
        ("i64::parse()", "`fn parse(s)` takes 1 argument, none is given"),
        ("String::from()", "`fn from(value)` takes 1 argument, none is given"),
        ('String::len("a", 1)', "`fn len(self)` takes 1 argument, 2 are given"),
        ("Workflow::new(1)", "`fn new()` takes no arguments, 1 is given"),
        ("Workflow::new().optimize(1)", "`.optimize()` takes no arguments, 1 is given"),
        ('crucible::categorize_by_name("a", 1)', "`fn categorize_by_name(name)` takes 1 argument, 2 are given"),
    ],
)
def test_the_rule_says_what_the_machine_will_say(body: str, message: str) -> None:
    (told,) = (each for each in shown(script(body)) if each.severity == "error")
    assert (told.code, told.message) == ("wrong-arity", message)
    assert "given, but" in result(script(body)) or "to be given" in result(script(body))


@pytest.mark.parametrize(
    "body",
    [
        "[1].push(2)",
        "[1].iter().fold(0, |a, b| a + b)",
        "Bed { size: 1 }.grow(2)",
        "let f = |a| a; f = |a, b| a; f(1, 2)",
        "let f = |a| a; if [1].len() > 0 { f = both; } f(1, 2)",
        "let f = |a| a; (|g| g(1))(f)",
        "String::len(`a${1}`)",
        "Bed::grow(Bed { size: 1 }, 2)",
        "[1].iter().map(Some).next()",
    ],
)
def test_silence_about_what_runs(body: str) -> None:
    assert "wrong-arity" not in codes(script(body))
    assert not result(script(body)).startswith("fails: ")


def test_the_declaration_of_an_own_method_is_shown() -> None:
    (told,) = (each for each in shown(script("Bed { size: 1 }.grow()")) if each.severity == "error")
    (declared,) = told.related
    assert script("").encode()[slice(*declared.span)] == b"grow"


def test_silence_while_the_call_is_written() -> None:
    assert "wrong-arity" not in codes("pub fn main() { [1].push(")
    assert "wrong-arity" not in codes("pub fn main() { [1].push(1, ]) }")


def test_a_method_that_the_script_puts_in_the_place_of_one() -> None:
    text = "impl Vec { fn widen(self, a, b) { a + b } } pub fn main() { [1].widen(1, 2) }"
    assert "wrong-arity" not in codes(text)
    assert result(text) == "3"
