"""The checker: facts, modules, and a long life."""

from __future__ import annotations

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.errors import CheckFailed, GuestDied
from runekiln_runtime.paths import GUEST_FILE


def nothing(path: str) -> bytes | None:
    return None


def test_the_guest_says_what_it_is(checker: Checker) -> None:
    described = checker.describe()
    assert described.rune_version == "0.14.2"
    assert described.bindings.type_named("Workflow")


def test_facts_are_items_and_problems(checker: Checker) -> None:
    facts = checker.check("main.rn", b"pub fn main() { dig() }\nfn rake() {}\n", nothing)
    assert [(item.kind, item.name, item.public) for item in facts.script.items] == [
        ("function", "main", True),
        ("function", "rake", False),
    ]
    [problem] = [problem for problem in facts.script.problems if problem.severity == "error"]
    assert (problem.code, facts.script.span_of(problem)) == ("missing-item", (16, 19))


def test_modules_are_looked_for_where_rune_looks(checker: Checker) -> None:
    asked: list[str] = []

    def read(path: str) -> bytes | None:
        asked.append(path)
        return {"beds/tools/mod.rn": b"pub mod spade;", "beds/tools/spade.rn": b"pub fn dig() {}"}.get(path)

    script = b"mod tools;\npub fn main() { tools::spade::dig() }\n"
    facts = checker.check("beds/main.rn", script, read)
    assert [file.path for file in facts.files] == ["beds/main.rn", "beds/tools/mod.rn", "beds/tools/spade.rn"]
    assert set(asked) >= {"beds/tools/mod.rn", "beds/tools/spade.rn"}
    assert not facts.script.problems


def test_a_module_that_comes_or_goes_is_noticed(checker: Checker) -> None:
    files = {"tools.rn": b"pub fn dig() {}"}
    script = b"mod tools;\npub fn main() { tools::dig() }\n"
    assert not checker.check("main.rn", script, files.get).script.problems
    assert checker.check("main.rn", script, nothing).script.problems
    assert not checker.check("main.rn", script, files.get).script.problems


def test_a_script_that_is_too_much_for_the_guest_spoils_nothing(checker: Checker) -> None:
    # Long sums become as deep as they are long; no parser on a stack survives any depth.
    monster = b"pub fn main() { " + b"1 + " * 200_000 + b"1 }"
    with pytest.raises(CheckFailed, match="could not be checked") as failed:
        checker.check("monster.rn", monster, nothing)
    assert isinstance(failed.value.cause, GuestDied)
    assert not checker.check("main.rn", b"pub fn main() { 1 }", nothing).script.problems


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("pub fn main(a) { a" + ".b()" * 1_000 + " }", id="1,000 chained calls"),
        pytest.param("pub fn main() { " + "{ " * 200 + "1" + " }" * 200 + " }", id="200 nested blocks"),
        pytest.param("pub fn main() { " + "1 + " * 1_000 + "1 }", id="1,000 additions"),
    ],
)
def test_deep_scripts_are_checked(checker: Checker, script: str) -> None:
    assert not checker.check("deep.rn", script.encode(), nothing).script.problems


def test_formatting_gives_the_text_or_the_reason(checker: Checker) -> None:
    formatted = checker.format("main.rn", b"fn f( a:i64 ) {\n}\nfn g( ) {\n}\n")
    assert (formatted.text, formatted.problems) == (b"fn f(a: i64) {\n}\nfn g() {\n}\n", ())
    part = checker.format("main.rn", b"fn f( a:i64 ) {\n}\nfn g( ) {\n}\n", range_=(20, 21))
    assert part.text == b"fn f( a:i64 ) {\n}\nfn g() {\n}\n"
    broken = checker.format("main.rn", b"fn f( {}\n")
    assert broken.text == b"fn f( {}\n"
    assert broken.problems[0].origin == "syntax"


def test_formatting_that_takes_too_long_spoils_nothing() -> None:
    checker = Checker(load_code(GUEST_FILE), watchdog_seconds=0.5)
    monster = b"pub fn main() { " + b"1 + " * 400_000 + b"1 }"
    with pytest.raises(CheckFailed):
        checker.format("monster.rn", monster)
    assert checker.format("main.rn", b"fn f( ) {\n}\n").text == b"fn f() {\n}\n"
