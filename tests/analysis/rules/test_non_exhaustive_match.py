"""`match` expressions that leave something out: for that the machine really gives `()`."""

from __future__ import annotations

import pytest
from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.judgement import judge
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Bindings, Field, Function, HostType

from tests.analysis.std import with_std

from .judged import codes, facts_of, mended, result, shown

CODE = "non-exhaustive-match"
OWN = "enum E { A, B(x), C { y } } "
LEFT_OUT = [
    (OWN, "E::C { y: 1 }", "E::A => 1, E::B(x) => x", "E::C { .. }"),
    (OWN, "E::B(2)", "E::A => 1, E::C { y } => y", "E::B(..)"),
    (OWN, "E::B(2)", "E::A => 1, E::C { .. } => 2, E::B(1) => 3", "E::B(..)"),
    (OWN, "E::A", "E::C { y } => y", "E::A"),
    ("mod m { pub enum E { A, B } } ", "m::E::B", "m::E::A => 1", "m::E::B"),
    ("mod m { pub enum E { A, B } } use m::E;", "E::B", "E::A => 1", "E::B"),
    ("", "Some(1)", "None => 1", "Some(_)"),
    ("", "None", "Some(n) => n", "None"),
    ("", "Some(2)", "Some(1) => 1, None => 2", "Some(_)"),
    ("", "Ok(1)", "Err(_) => 1", "Ok(_)"),
    ("", "true", "false => 1", "true"),
    ("", '"a" == "a"', "false => 1", "true"),
]


@pytest.mark.parametrize(("items", "value", "arms", "missing"), LEFT_OUT)
def test_what_is_left_out_gives_nothing_and_has_an_arm_after_the_fix(
    items: str, value: str, arms: str, missing: str
) -> None:
    text = f"{items}pub fn main() {{ let value = {value}; let given = match value {{ {arms} }}; given }}"
    told = [each for each in shown(text) if each.code == CODE]
    assert [each.severity for each in told] == ["warning"]
    assert f"`{missing}`" in told[0].message
    assert result(text) == "()"
    assert f", {missing} => panic!" in mended(text)
    assert CODE not in codes(mended(text))
    assert result(mended(text)).startswith("fails: no arm for ")


@pytest.mark.parametrize(
    ("value", "arms"),
    [
        ("E::A", "E::A => 1, E::B(_) => 2, E::C { .. } => 3"),
        ("E::A", "E::A => 1, _ => 2"),
        ("E::A", "E::A => 1, other => 2"),
        ("E::A", "E::A => 1, E::B(true) => 2, E::B(false) => 3, E::C { y } => y"),
        ("Some(Ok(1))", "Some(Ok(n)) => n, Some(Err(_)) => 1, None => 2"),
        ("Some(1)", "Some(n) if n > 0 => n, Some(n) if n <= 0 => 1, None => 2"),
        ("1", "n if n > 0 => 1, n if n <= 0 => 2"),
        ("(1, 2)", "(a, b) => a"),
    ],
)
def test_silence_where_an_arm_may_be_for_each(value: str, arms: str) -> None:
    text = f"{OWN}pub fn main() {{ let given = match {value} {{ {arms} }}; given }}"
    assert CODE not in codes(text)
    assert result(text) == "1"


def test_silence_about_what_nobody_knows() -> None:
    assert CODE not in codes("pub fn main(x) { let n = match x { Some(n) => n }; n }")
    assert CODE not in codes("pub fn main(x) { let n = match x { 1 => 2 }; n }")


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("let n = match Some(1) { None => 1 }; n", "warning"),
        ("match Some(1) { None => 1 }", "warning"),
        ("if true { match Some(1) { None => 1 } } else { 2 }", "warning"),
        ("let f = || match Some(1) { None => 1 }; f()", "warning"),
        ("1 + match Some(1) { None => 1 }", "warning"),
        ('match Some(1) { None => println!("a") }', "hint"),
        ("match Some(1) { None => 1 }; 2", "hint"),
        ("for _ in 0..1 { match Some(1) { None => 1 } } 2", "hint"),
        ("if true { match Some(1) { None => 1 } } 2", "hint"),
        ("let n = match 1 { 2 => 1 }; n", "hint"),
        ('let n = match "a" { "b" => 1 }; n', "hint"),
    ],
)
def test_it_is_a_warning_where_somebody_makes_something_of_the_value(body: str, severity: str) -> None:
    told = [each.severity for each in shown(f"pub fn main() {{ {body} }}") if each.code == CODE]
    assert told == [severity]


def test_a_match_on_texts_that_only_does_something_may_leave_others_out() -> None:
    assert CODE not in codes('pub fn main() { match "a" { "b" => println!("b"), "c" => println!("c") } }')


def test_each_arm_has_a_line_of_its_own_where_the_others_have() -> None:
    text = """
enum E { A, B, C }

pub fn main() {
    match E::A {
        E::A => {
            1
        }
    }
}
"""
    with_arms = """
enum E { A, B, C }

pub fn main() {
    match E::A {
        E::A => {
            1
        },
        E::B => panic!("no arm for E::B"),
        E::C => panic!("no arm for E::C"),
    }
}
"""
    assert mended(text) == with_arms


def test_there_is_no_fix_where_nothing_says_how_the_variants_are_called() -> None:
    text = "enum E { A, B } use E::A; pub fn main() { let n = match A { A => 1 }; n }"
    assert CODE not in codes(text)


VALVE = HostType(
    name="Valve",
    path="garden::Valve",
    aliases=(),
    docs="",
    prelude=True,
    fields=(
        Field("state", '"open" | "shut"', "", mutable=False),
        Field("kind", '"main" | "tap" | String', "", mutable=False),
    ),
    functions=(Function("turn", "method", (), '"left" | "right"', ""),),
)
HOST = with_std(Bindings(types=(VALVE,)))


def of_host(text: str) -> list[Diagnostic]:
    """What the rule says of a script for a host with valves."""
    script = Script(facts_of(text), text.encode(), HOST)
    return [each for each in diagnostics(script.main, {}, judge(script)) if each.code == CODE]


@pytest.mark.parametrize(
    ("matched", "says", "severity"),
    [
        ('valve.state { "open" => 1 }', 'No arm is for `"shut"`', "warning"),
        ('valve.turn() { "left" => 1 }', 'No arm is for `"right"`', "warning"),
        ('valve.kind { "main" => 1, "tap" => 2 }', "No arm is for every other value", "hint"),
    ],
)
def test_the_words_that_a_host_says_a_value_is_one_of(matched: str, says: str, severity: str) -> None:
    (told,) = of_host(f"pub fn main(valve: Valve) {{ let n = match {matched}; n }}")
    assert told.message.startswith(says)
    assert told.severity == severity


def test_silence_where_all_words_have_an_arm() -> None:
    text = 'pub fn main(valve: Valve) { let n = match valve.state { "open" => 1, "shut" => 2 }; n }'
    assert of_host(text) == []


def test_an_enum_of_the_host() -> None:
    text = """
pub fn main(message: inbox::Message) {
    let urgent = match message.msg_type {
        inbox::MessageType::Error => true,
        inbox::MessageType::TaskComplete => false,
    };
    urgent
}
"""
    (told,) = (each for each in shown(text) if each.code == CODE)
    assert told.message.startswith(
        "No arm is for `inbox::MessageType::DecisionNeeded` and `inbox::MessageType::ApprovalRequired`"
    )
    assert codes(mended(text)) == []


def test_what_a_generator_gives() -> None:
    text = """
use std::ops::generator::GeneratorState;
fn steps() { yield 1; 2 }
pub fn main() {
    let given = match steps().resume(()) { GeneratorState::Complete(n) => n };
    given
}
"""
    assert codes(text) == [CODE]
    assert result(text) == "()"
    assert "GeneratorState::Yielded(..) => " in mended(text)
