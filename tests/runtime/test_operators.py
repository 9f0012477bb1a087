"""What the model says of Rune's operators, held against its virtual machine: each with each pair of Rune's types."""

from __future__ import annotations

import pytest
from runekiln_analysis.collected import chosen
from runekiln_analysis.operators import COMPARISONS, PROTOCOLS, UNARY, assigned, binary, indexed, item, unary
from runekiln_analysis.rune_std import rune_std
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.types import UNIT, UNKNOWN, Named, Never, Type, parse_type, show
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.deep_stack import DeepStack
from runekiln_runtime.guest import Guest
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Ran, Run, Source
from runekiln_runtime.std_stubs import std_bindings

VALUES = {
    "i64": "3",
    "u64": "4u64",
    "f64": "1.5",
    "bool": "true",
    "char": "'a'",
    "String": '"a"',
    "Bytes": 'b"a"',
}
"""A value of each type; none is too small or great for what is done with them."""

PAIRS = [(left, right) for left in VALUES for right in VALUES]


@pytest.fixture(scope="module")
def guest() -> Guest:
    """One instance for all runs: a script that fails leaves it whole."""
    return Guest(load_code(GUEST_FILE), 512 << 20)


@pytest.fixture(scope="module")
def bindings() -> Bindings:
    """Rune's own types, and no host."""
    return Bindings(std=rune_std(std_bindings(load_code(GUEST_FILE))))


def ran(guest: Guest, body: str) -> str:
    """The name of the type that `main` gives; `!` if Rune fails."""
    request = Run((Source("main.rn", f"pub fn main() {{ {body} }}".encode()),), "main", (), 1000)
    with DeepStack() as stack:
        response = stack.call(lambda: guest.ask(request), guest.interrupt, 60.0)
    assert isinstance(response, Ran), response
    assert response.outcome in ("finished", "failed"), (body, response.files)
    return "!" if response.value is None else response.value.type


def said(kind: Type | None) -> str:
    """A type of the model in the words of a run."""
    assert kind is not None
    return show(kind).partition("<")[0]


@pytest.mark.parametrize("operator", [*PROTOCOLS, *COMPARISONS])
def test_an_operator_gives_what_the_model_says(guest: Guest, bindings: Bindings, operator: str) -> None:
    found = {
        pair: ran(guest, f"let a = {VALUES[pair[0]]}; let b = {VALUES[pair[1]]}; let c = a {operator} b; c")
        for pair in PAIRS
    }
    assert {pair: said(binary(bindings, operator, *map(Named, pair))) for pair in PAIRS} == found
    assert {"!"} < set(found.values())


@pytest.mark.parametrize("operator", [f"{operator}=" for operator in PROTOCOLS])
def test_an_operator_that_assigns_works_where_the_model_says(guest: Guest, bindings: Bindings, operator: str) -> None:
    found = {
        pair: ran(guest, f"let a = {VALUES[pair[0]]}; let b = {VALUES[pair[1]]}; a {operator} b; a") for pair in PAIRS
    }
    # What was assigned to is of the type that it was of.
    works = {pair: "!" if assigned(bindings, operator, *map(Named, pair)) != UNIT else pair[0] for pair in PAIRS}
    assert works == found
    assert {"!"} < set(found.values())


@pytest.mark.parametrize("operator", UNARY)
def test_an_operator_before_a_value_gives_what_the_model_says(guest: Guest, operator: str) -> None:
    # `-4u64` is no number, and found at compile time.
    found = {kind: ran(guest, f"let a = {value}; let b = {operator}a; b") for kind, value in VALUES.items()}
    assert {kind: said(unary(operator, Named(kind))) for kind in VALUES} == found
    assert {"!"} < set(found.values())


INDEXED = [
    ("Vec<bool>", "[true]", "i64", "0", "bool"),
    ("Vec<bool>", "[true]", "u64", "0u64", "bool"),
    ("Object<char>", "#{a: 'a'}", "String", '"a"', "char"),
    ("Bytes", 'b"a"', "i64", "0", "u64"),
    ("String", '"ab"', "Range", "0..1", "String"),
]


@pytest.mark.parametrize(("of", "value", "index", "at", "expected"), INDEXED)
def test_an_index_gives_what_is_declared(
    guest: Guest, bindings: Bindings, of: str, value: str, index: str, at: str, expected: str
) -> None:
    assert said(indexed(bindings, typed(of), typed(index))) == expected
    assert ran(guest, f"let a = {value}; let b = {at}; a[b]") == expected


ITERATED = [
    ("Vec<bool>", "[true]", "bool"),
    ("Option<char>", "Some('a')", "char"),
    ("(i64, i64)", "(1, 2)", "i64"),
    ("Iterator<f64>", "[1.5].iter()", "f64"),
    ("HashSet<i64>", "std::collections::HashSet::from_iter([1].iter())", "i64"),
    ("std::string::Chars", '"a".chars()', "char"),
]


@pytest.mark.parametrize(("of", "value", "expected"), ITERATED)
def test_a_for_goes_over_what_is_declared(guest: Guest, bindings: Bindings, of: str, value: str, expected: str) -> None:
    assert said(item(bindings, typed(of))) == expected
    assert ran(guest, f"for each in {value} {{ return each; }} ()") == expected


def test_what_is_not_known_stays_unknown(bindings: Bindings) -> None:
    host = Named("Bed")
    assert binary(bindings, "+", UNKNOWN, Named("i64")) is None
    assert binary(bindings, "==", host, host) is None
    assert indexed(bindings, typed("Vec<bool>"), UNKNOWN) is None
    assert indexed(bindings, typed("Vec<bool>"), Named("Range")) is None
    assert item(bindings, host) is None
    # Whatever is added to a number, it is a number, if it is anything.
    assert binary(bindings, "+", Named("i64"), UNKNOWN) == Named("i64")


def test_of_several_types_those_that_work_are_left(bindings: Bindings) -> None:
    assert binary(bindings, "+", typed("i64 | bool"), Named("i64")) == Named("i64")
    assert binary(bindings, "*", typed("i64 | f64"), UNKNOWN) == typed("i64 | f64")
    assert binary(bindings, "+", typed("bool | char"), UNKNOWN) == Never()


def typed(text: str) -> Type:
    kind = parse_type(text)
    assert kind is not None
    return kind


COLLECTED = ("Vec", "VecDeque", "HashSet", "HashMap", "Object", "Tuple", "String", "Result", "Option", "Bytes", "i64")


@pytest.mark.parametrize("name", COLLECTED)
def test_what_is_collected_is_what_was_asked_for_or_nothing(guest: Guest, name: str) -> None:
    value = '"a"' if name == "String" else '("a", 1)'
    known = chosen("collect", Named(name), typed("(String, i64)"))
    body = f"use std::collections::{{HashMap, HashSet, VecDeque}}; let all = [{value}].iter().collect::<{name}>(); all"
    assert ("!" if known is None else said(known)) == ran(guest, body)
