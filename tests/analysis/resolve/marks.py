"""Marks below a script that say what the names above them mean.

`//^^^ let, line 2` below a name says that it is the local name declared there; `crate::` begins the path of an item of
the script, `::` one of the host. A name of a field in a literal or pattern says so, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.resolve.meaning import InnerItem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.stubs import Bindings

from tests.analysis.fixtures import SCRIPT, read_fixture
from tests.analysis.resolve.scripts import Resolved, path_of, resolved
from tests.analysis.stub_bindings import BINDINGS

_MARK = re.compile(r"^\s*//(?P<carets>\^+) .*$")


def check_meanings(marked: str, bindings: Bindings = BINDINGS) -> None:
    """Each mark says what is really meant, and nothing but that."""
    fixture = read_fixture(marked)
    found = resolved(fixture.files, bindings)
    rows = marked.split("\n")
    first_file = rows[: next((n for n, row in enumerate(rows) if row.startswith("//- ")), len(rows))]
    drawn = [_drawn(found, first_file, number) for number in range(len(first_file))]
    assert "\n".join(drawn) == "\n".join(first_file)
    assert any(_MARK.match(row) for row in first_file), "nothing is asked"


def _drawn(found: Resolved, rows: list[str], number: int) -> str:
    """The row as it should be: a mark with what is meant above it, any other one as it is."""
    mark = _MARK.match(rows[number])
    if mark is None:
        return rows[number]
    above = number - 1
    while _MARK.match(rows[above]):
        above -= 1
    before = sum(len(row.encode()) + 1 for row in rows[:above])
    start = before + len(rows[above][: mark.start("carets")].encode())
    end = before + len(rows[above][: mark.end("carets")].encode())
    return f"{rows[number][: mark.end('carets')]} {meaning_of_span(found, (start, end))}"


def meaning_of_span(found: Resolved, span: tuple[int, int]) -> str:
    """What the name in those bytes of the script means."""
    for place, tree, node in found.tokens():
        if place.file == 0 and tree.span(node) == span:
            return "; ".join(_said(found, place, node)) or "nothing"
    return "no token"


def _said(found: Resolved, place: ItemPlace, node: int) -> Iterator[str]:
    resolution, tree = found.resolutions[place], found.tree(place)

    def line(token: int) -> str:
        return f"line {found.script.text[: tree.start(token)].count(b'\n') + 1}"

    binding = resolution.binding_at(node)
    if binding is not None:
        yield f"{binding.kind}, declared here" if binding.node == node else f"{binding.kind}, {line(binding.node)}"
        if node in binding.writes:
            yield "written" if node not in binding.reads else "read and written"
    if node in resolution.names:
        meaning = resolution.names[node]
        if isinstance(meaning, InnerItem):
            yield f"{path_of(found, place, meaning)}, {line(meaning.node)}"
        elif meaning is None:
            yield "unknown"
        else:
            path = path_of(found, place, meaning)
            yield path if path.startswith("::") else f"crate::{path}"
    if node in resolution.fields:
        field = resolution.fields[node]
        yield f"field of {path_of(found, place, field.owner)}"
    if node in resolution.opaque:
        yield "opaque"


__all__ = ["SCRIPT", "check_meanings"]
