"""The answers in `docs/features.md`: each script there is asked about at its cursor; what is said stands below."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from runekiln_analysis.call_hierarchy import incoming_calls, outgoing_calls
from runekiln_analysis.definition import declaration, definition, implementation, type_definition
from runekiln_analysis.document_links import document_links
from runekiln_analysis.moved_modules import moved_module
from runekiln_analysis.rename import rename
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.renaming import Refused, Renamed
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.checker import Checker

from tests.analysis.fixtures import (
    first_at_cursor,
    labels_at_cursor,
    read_fixture,
    show_hover,
    snapshot_with_modules,
    taken,
)
from tests.analysis.refactor.shown import first_done
from tests.analysis.shown import (
    show_calls,
    show_highlights,
    show_hints,
    show_lenses,
    show_linked,
    show_places,
    show_references,
    show_signature,
    show_symbols_named,
    show_tokens,
    show_typed,
)
from tests.analysis.spans import drawn_at
from tests.analysis.std import with_std

PAGE = Path(__file__).parents[2] / "docs" / "features.md"
NEW_NAME = "plot"
QUERY = "wat"
MOVE = ("kiln/beds.rn", "kiln/plots.rn")

_EXAMPLE = re.compile(r"(^```rune\n)(?P<script>.*?)(^```\n\n```text\n)(?P<answer>.*?)(^```$)", re.MULTILINE | re.DOTALL)
_METHOD = re.compile(r"`([\w$]+/[\w/]+)`")
_SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


@cache
def bindings() -> Bindings:
    """What Crucible gives to scripts, and Rune."""
    return with_std(Checker.load().configured().bindings)


def _renamed(marked: str) -> str:
    fixture = read_fixture(marked)
    return _changed(marked, rename(snapshot_with_modules(fixture, bindings()), fixture.cursor, NEW_NAME))


def _moved(marked: str) -> str:
    moved = moved_module(snapshot_with_modules(read_fixture(marked), bindings()), *MOVE)
    return _changed(marked, moved or Renamed({}))


def _changed(marked: str, found: Renamed | Refused) -> str:
    """The files that change, as they are then; or why none do."""
    if isinstance(found, Refused):
        return found.reason
    files = read_fixture(marked).files
    main, *others = ((path, edited(files[path], edits).decode()) for path, edits in found.edits.items())
    return "".join((main[1], *(f"//- {path.removeprefix('kiln/')}\n{text}" for path, text in others)))


def _calls(marked: str) -> str:
    fixture = read_fixture(marked)
    seen = snapshot_with_modules(fixture, bindings())
    callers = show_calls(fixture, incoming_calls(seen, fixture.cursor))
    callees = show_calls(fixture, outgoing_calls(seen, fixture.cursor))
    return "\n".join(("called by", *callers, "calls", *callees))


def _links(marked: str) -> str:
    fixture = read_fixture(marked)
    found = document_links(snapshot_with_modules(fixture, bindings()))
    lines = (f"{drawn_at(fixture.files, fixture.place, each.span)} leads to {each.path}" for each in found)
    return "\n".join(lines).replace("kiln/", "")


ANSWERS: Mapping[str, Callable[[str], str]] = {
    "Completion": lambda marked: "\n".join(labels_at_cursor(marked, bindings())),
    "Completions that write more": lambda marked: taken(marked, first_at_cursor(marked, bindings()), bindings()),
    "Hover": lambda marked: show_hover(marked, bindings()) or "",
    "Signature help": lambda marked: show_signature(marked, bindings()) or "",
    "Definition": lambda marked: "\n".join(show_places(definition, marked, bindings())),
    "Declaration": lambda marked: "\n".join(show_places(declaration, marked, bindings())),
    "Type definition": lambda marked: "\n".join(show_places(type_definition, marked, bindings())),
    "Implementation": lambda marked: "\n".join(show_places(implementation, marked, bindings())),
    "References": lambda marked: "\n".join(show_references(marked, bindings())),
    "Highlights": lambda marked: show_highlights(marked, bindings()),
    "Rename": _renamed,
    "Files that move": _moved,
    "Refactorings": first_done,
    "Semantic tokens": lambda marked: show_tokens(marked, bindings()),
    "Inlay hints": lambda marked: show_hints(marked, bindings=bindings()),
    "Symbols of all scripts": lambda marked: "\n".join(show_symbols_named(marked, QUERY, bindings())),
    "Calls": _calls,
    "Links": _links,
    "Lenses": lambda marked: "\n".join(show_lenses(marked, bindings())),
    "While typing": show_typed,
    "Names that are edited as one": lambda marked: show_linked(marked, bindings()),
}
"""What is asked in each section of the page."""


def with_answers(page: str) -> str:
    """The page with its answers as they are to be now. Raises KeyError for an example of which nothing can be asked."""

    def section(found: re.Match[str]) -> str:
        def answered(example: re.Match[str]) -> str:
            # A code block cannot have another one in it.
            answer = ANSWERS[found["title"]](example["script"]).replace("```", "~~~").rstrip("\n")
            return f"{example[1]}{example['script']}{example[3]}{answer}\n{example[5]}"

        return f"## {found['title']}\n{_EXAMPLE.sub(answered, found['body'])}"

    return _SECTION.sub(section, page)


def sections_with_examples(page: str) -> set[str]:
    """The headings below which something is asked."""
    return {found["title"] for found in _SECTION.finditer(page) if _EXAMPLE.search(found["body"])}


def methods(page: str) -> set[str]:
    """The methods of the protocol that the table of the page says are served."""
    rows = (row.split("|") for row in page.splitlines() if row.startswith("| "))
    return {name for row in rows if len(row) > 3 for name in _METHOD.findall(row[2])}


class Compared(NamedTuple):
    """A row of the table beside other servers: the methods in its name, the marks, ours first, and the test."""

    what: str
    methods: tuple[str, ...]
    marks: tuple[str, ...]
    test: str


def compared(page: str) -> list[Compared]:
    """The rows of that table."""
    section = next(found["body"] for found in _SECTION.finditer(page) if found["title"] == "Beside other servers")
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in section.splitlines() if row.startswith("|")]
    return [
        Compared(what, tuple(_METHOD.findall(what)), tuple(marks), test.strip("`")) for what, *marks, test in rows[2:]
    ]


def main() -> None:
    """Write all answers anew."""
    before = PAGE.read_text(encoding="utf-8")
    after = with_answers(before)
    if after != before:
        PAGE.write_text(after, encoding="utf-8")
        print(f"wrote {PAGE.relative_to(PAGE.parents[1])}")


if __name__ == "__main__":
    main()
