"""Which problems are shown, where, and how severe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from runekiln_analysis.diagnostics import diagnostics
from runekiln_analysis.facts import FileFacts, Item, Offsets, Origin, Problem, Severity

from .fixtures import diagnostics_of

ITEM = Item("function", "f", (100, 200), (3, 4), None, public=False, docs="", hash=0, tree=b"")


def problem(code: str, span: Offsets, origin: Origin = "compiler", item: int | None = None) -> Problem:
    return Problem(code, "error", f"{code} says the {origin}", span, origin, item)


def shown(
    *problems: Problem, severities: Mapping[str, Severity | Literal["off"]] | None = None
) -> list[tuple[str, str, Offsets]]:
    """The origin, severity and span of each diagnostic."""
    found = diagnostics(FileFacts("main.rn", (ITEM,), problems), severities or {})
    return [(diagnostic.code, diagnostic.severity, diagnostic.span) for diagnostic in found]


def test_spans_become_absolute_and_follow_the_text() -> None:
    assert shown(problem("later", (5, 6), item=0), problem("earlier", (7, 8))) == [
        ("earlier", "error", (7, 8)),
        ("later", "error", (105, 106)),
    ]


def test_of_two_that_say_the_same_the_compiler_is_heard() -> None:
    (diagnostic,) = diagnostics(
        FileFacts("main.rn", (ITEM,), (problem("twice", (5, 6), "syntax", 0), problem("twice", (105, 106)))), {}
    )
    assert diagnostic.message == "twice says the compiler"


def test_one_place_may_have_two_problems_of_different_codes() -> None:
    assert len(shown(problem("one", (1, 2)), problem("two", (1, 2)))) == 2


def test_the_user_decides_about_severity() -> None:
    problems = (problem("loud", (1, 2)), problem("quiet", (3, 4)), problem("silent", (5, 6)))
    assert shown(*problems, severities={"quiet": "hint", "silent": "off"}) == [
        ("loud", "error", (1, 2)),
        ("quiet", "hint", (3, 4)),
    ]


def test_the_problems_of_a_real_script_lie_where_they_are() -> None:
    script = "fn f() {\n    missing_function();\n}\n\npub fn main() { f(); also_missing() }\n"
    found = {script[slice(*diagnostic.span)] for diagnostic in diagnostics_of(script)}
    assert found == {"missing_function", "also_missing"}
