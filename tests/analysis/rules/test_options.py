"""Options that a function of the host does not have."""

from __future__ import annotations

import pytest
from runekiln_analysis.types import parse_keyed

from .judged import bindings, codes, mended, result, said, shown

SHELL = 'pub fn main() {{ shell::exec("git", ["log"], {}) }}'


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ('#{ cwdd: "Beds" }', ["cwdd"]),
        ('#{ "timout": 3 }', ['"timout"']),
        ('#{ cwd: "Beds", shell: true, user: "a" }', ["shell", "user"]),
        ("#{ env: #{ anything: 1 } }", []),
        ('#{ cwd: "Beds", env: #{}, timeout: 3 }', []),
        ("#{}", []),
    ],
)
def test_keys_that_a_command_does_not_know(options: str, wrong: list[str]) -> None:
    text = SHELL.format(options)
    assert said(text, "unknown-option") == wrong
    assert "fails" not in result(text)


def test_the_fix_writes_the_option_that_is_meant() -> None:
    assert "#{ cwd: 1 }" in mended(SHELL.format("#{ cwdd: 1 }"), "unknown-option")
    text = "pub fn main() { let foldr = 1; crucible::text_search(`a`, #{ foldr }) }"
    assert "#{ folder: foldr }" in mended(text, "unknown-option")


def test_a_key_is_not_renamed_to_one_that_is_there() -> None:
    text = SHELL.format("#{ cwd: 1, cwdd: 2 }")
    assert said(text, "unknown-option") == ["cwdd"]
    assert [each.fixes for each in shown(text) if each.code == "unknown-option"] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "pub fn main(options) { shell::exec(`git`, [], options) }",
        "pub fn main() { crucible::search_by_properties(#{ anything: 1 }) }",
        "mod shell { pub fn exec(a, b, c) { (a, b, c) } } pub fn main() { shell::exec(1, 2, #{ cwdd: 1 }) }",
        "pub fn main() { let exec = |a| a; exec(#{ cwdd: 1 }) }",
    ],
)
def test_silence_where_no_options_are_declared(text: str) -> None:
    assert "unknown-option" not in codes(text)


def test_each_function_with_options_is_looked_at() -> None:
    declared = [
        (f"{module.path}::{function.name}", parse_keyed(parameter.type), place, len(function.parameters))
        for module in bindings().modules
        for function in module.functions
        for place, parameter in enumerate(function.parameters)
        if parse_keyed(parameter.type) is not None
    ]
    assert len(declared) > 1
    for path, keyed, place, count in declared:
        assert keyed is not None
        given = ["()"] * count
        for key in (*keyed.keys, "nothing_like_it"):
            given[place] = f"#{{ {key}: 1 }}"
            text = f"pub fn main() {{ {path}({', '.join(given)}) }}"
            assert said(text, "unknown-option") == ([] if key in keyed.keys else [key])
