"""Marks below a script that say what the names above them mean.

`//^^^ let, line 2` below a name says that it is the local name declared there; `crate::` begins the path of an item of
the script, `::` one of the host. A name of a field in a literal or pattern says so, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from runekiln_analysis.resolve.meaning import InnerItem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.stubs import Bindings

from tests.analysis.fixtures import SCRIPT, checker, read_fixture
from tests.analysis.marks import drawn, has_marks
from tests.analysis.resolve.scripts import Resolved, path_of, resolved
from tests.analysis.resolve.told import wrong
from tests.analysis.std import with_std


def check_meanings(marked: str) -> None:
    """Each mark says what is really meant, and the compiler says so, too, of every name that it tells of."""
    found = _check_marks(marked)
    files = read_fixture(marked).files
    meant = checker().meanings(SCRIPT, files[SCRIPT], files.get)
    assert meant.compiles
    assert list(wrong(found, meant)) == []


def check_refused(marked: str) -> None:
    """Each mark says what is really meant in a script that Rune refuses."""
    _check_marks(marked)
    files = read_fixture(marked).files
    assert not checker().meanings(SCRIPT, files[SCRIPT], files.get).compiles


def check_host_meanings(marked: str, bindings: Bindings) -> None:
    """Each mark says what is meant with another host, of which the compiler cannot be asked."""
    _check_marks(marked, bindings)


@cache
def _bindings() -> Bindings:
    return with_std(checker().configured().bindings)


def _check_marks(marked: str, bindings: Bindings | None = None) -> Resolved:
    found = resolved(read_fixture(marked).files, bindings or _bindings())
    rows = marked.split("\n")
    main = rows[: next((number for number, row in enumerate(rows) if row.startswith("//- ")), len(rows))]
    assert "\n".join(
        drawn(main, number, lambda span: meaning_of_span(found, span)) for number in range(len(main))
    ) == "\n".join(main)
    assert has_marks(main), "nothing is asked"
    return found


def meaning_of_span(found: Resolved, span: tuple[int, int]) -> str:
    """What the name in those bytes of the script means."""
    for place, tree, node in found.tokens():
        if place.file == 0 and tree.span(node) == span:
            return "; ".join(_said(found, place, node)) or "nothing"
    return "no token"


def _said(found: Resolved, place: ItemPlace, node: int) -> Iterator[str]:
    resolution, tree = found.resolutions[place], found.tree(place)

    def line(token: int) -> str:
        lines_before = found.script.text.count(b"\n", 0, tree.start(token))
        return f"line {lines_before + 1}"

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
