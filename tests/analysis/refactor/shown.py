"""Refactorings as tests write them: one `$0` is the cursor, and two are the ends of what is selected."""

from __future__ import annotations

from functools import cache

from runekiln_analysis.refactor.offers import refactorings
from runekiln_analysis.refactor.refactoring import Refactoring
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.checker import Checker

from tests.analysis.fixtures import CURSOR, SCRIPT, read_fixture, snapshot_with_modules
from tests.analysis.std import with_std


@cache
def bindings() -> Bindings:
    """What Crucible gives to scripts, and Rune."""
    return with_std(Checker.load().configured().bindings)


def offered(marked: str) -> list[str]:
    """The titles of what is offered."""
    return [each.title for each in _found(marked)[1]]


def done(marked: str, title: str) -> str:
    """The script after the refactoring whose title begins so, which must not make it wrong."""
    snapshot, found = _found(marked)
    (chosen,) = [each for each in found if each.title.startswith(title)]
    edits = chosen.make()
    assert list(edits) == [SCRIPT]
    text = edited(snapshot.text, edits[SCRIPT]).decode()
    assert problems(text) <= problems(snapshot.text.decode())
    return text


def first_done(marked: str) -> str:
    """The title of what is offered first, and the script after it."""
    title = offered(marked)[0]
    return f"{title}\n\n{done(marked, title)}"


def problems(text: str) -> set[str]:
    """The codes of the errors that the compiler finds."""
    facts = snapshot_with_modules(read_fixture(text), bindings()).facts
    return {each.code for each in facts.script.problems if each.severity == "error"}


def _found(marked: str) -> tuple[Snapshot, list[Refactoring]]:
    before, *others = marked.split(CURSOR)
    snapshot = snapshot_with_modules(read_fixture(marked), bindings())
    start = len(before.encode())
    span = (start, start + len(others[0].encode()) if len(others) > 1 else start)
    return snapshot, list(refactorings(snapshot, span))
