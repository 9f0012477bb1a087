"""Scripts as tests write them, and the one line for each feature that asks the analysis about them.

`$0` marks the cursor. `//- path` on a line of its own starts the next file; text before the first is `main.rn`. A file
`*.md` is a note of the kiln.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace
from runekiln_analysis.completion import complete
from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.entries import ScriptEntry, entries
from runekiln_analysis.facts import Edit
from runekiln_analysis.flow.inference import Inference
from runekiln_analysis.hover import hover
from runekiln_analysis.kiln_names import KilnName, KilnNames
from runekiln_analysis.script import module_in
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.symbols import Symbol, symbols
from runekiln_analysis.text import LineIndex
from runekiln_analysis.types import show
from runekiln_runtime.checker import Checker
from runekiln_runtime.stub_files import HostSetup

from .small_bindings import BINDINGS

CURSOR = "$0"
SCRIPT = "kiln/main.rn"
_FILE_MARK = re.compile(r"^//- (\S+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Fixture:
    """The files of a test, the script first, and where the cursor is: in the file `place`."""

    files: Mapping[str, bytes]
    cursor: int
    place: str = SCRIPT

    @property
    def text(self) -> bytes:
        return self.files[SCRIPT]


@cache
def checker() -> Checker:
    """The real guest, loaded once."""
    return Checker.load()


@cache
def checker_for(profile: str) -> Checker:
    """The real guest, as the loader of that name has it."""
    return checker() if profile == "core" else Checker.load(host=HostSetup((), profile))


def read_fixture(marked: str) -> Fixture:
    """The files of a fixture. Without a cursor it is at the start."""
    first, *others = _FILE_MARK.split(marked)
    written = {SCRIPT: first}
    written.update((f"kiln/{path}", text) for path, text in zip(others[::2], others[1::2], strict=True))
    files = {path: text.replace(CURSOR, "").encode() for path, text in written.items()}
    place = next((path for path, text in written.items() if CURSOR in text), SCRIPT)
    before, cursor, _ = written[place].partition(CURSOR)
    return Fixture(files, len(before.encode()) if cursor else 0, place)


def snapshot_of(fixture: Fixture, bindings: Bindings = BINDINGS) -> Snapshot:
    """The script of a fixture as the guest sees it."""
    facts = checker().check(SCRIPT, fixture.text, fixture.files.get)
    return Snapshot(SCRIPT, fixture.text, LineIndex(fixture.text), facts, bindings, kiln=names_in(fixture))


def names_in(fixture: Fixture) -> KilnNames:
    """The names of the notes of a fixture."""
    notes = {path: text.decode() for path, text in fixture.files.items() if path.endswith(".md")}
    named = {path.removeprefix("kiln/").removesuffix(".md"): (path, text.strip()) for path, text in notes.items()}
    return KilnNames(notes={name: KilnName(name, path, "", text) for name, (path, text) in named.items()})


def snapshot_with_modules(fixture: Fixture, bindings: Bindings = BINDINGS) -> Snapshot:
    """The same with the texts of its `mod` files; seen from the file with the cursor, which may be one of them."""
    whole = replace(snapshot_of(fixture, bindings), modules=fixture.files)
    if fixture.place == SCRIPT:
        return whole
    script = module_in(whole.script, fixture.place)
    index = LineIndex(script.text)
    return Snapshot(fixture.place, script.text, index, script.facts, bindings, script.modules, SCRIPT)


def show_completions(marked: str, bindings: Bindings = BINDINGS) -> str:
    """Every completion at the cursor but for what wraps an expression: kind, and what it is in Rune."""
    fixture = read_fixture(marked)
    found = complete(snapshot_of(fixture, bindings), fixture.cursor)
    return "\n".join(f"{each.kind} {each.detail}" for each in found if each.kind != "postfix")


def labels_at_cursor(marked: str, bindings: Bindings = BINDINGS) -> list[str]:
    """The labels of the completions at the cursor, in order, but for what wraps an expression."""
    fixture = read_fixture(marked)
    found = complete(snapshot_of(fixture, bindings), fixture.cursor)
    return [each.label for each in found if each.kind != "postfix"]


def first_at_cursor(marked: str, bindings: Bindings = BINDINGS) -> str:
    """The label of the first completion at the cursor, whatever it is."""
    fixture = read_fixture(marked)
    return complete(snapshot_with_modules(fixture, bindings), fixture.cursor)[0].label


def taken(marked: str, label: str, bindings: Bindings = BINDINGS) -> str:
    """The text once the completion of that label is taken, with the places of its snippet."""
    fixture = read_fixture(marked)
    found = complete(snapshot_with_modules(fixture, bindings), fixture.cursor)
    chosen = next(each for each in found if each.label == label)
    text = fixture.files[fixture.place]
    edits = [*chosen.edits, Edit(chosen.replace, chosen.insert if chosen.snippet is None else chosen.snippet)]
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span[0]] + edit.text.encode() + text[edit.span[1] :]
    return text.decode()


def check_offers(marked: str, *labels: str) -> None:
    """Completion at the cursor offers these, in this order, perhaps with others in between."""
    offered = labels_at_cursor(marked)
    assert [label for label in offered if label in labels] == list(labels)


def check_offers_none_of(marked: str, *labels: str) -> None:
    """Completion at the cursor offers none of these."""
    assert not set(labels) & set(labels_at_cursor(marked))


def check_offers_nothing(marked: str) -> None:
    """Completion at the cursor offers nothing at all."""
    assert labels_at_cursor(marked) == []


def check_only_guesses(marked: str) -> None:
    """Nothing is known of the value before the cursor's dot: all that is offered are guesses, and there are some."""
    fixture = read_fixture(marked)
    found = complete(snapshot_of(fixture), fixture.cursor)
    assert found
    assert all(each.is_guess or each.kind == "postfix" for each in found)


def check_members_of(owner: str, marked: str) -> None:
    """Completion at the cursor offers the members of the type called `owner`, and nothing else."""
    host = BINDINGS.type_named(owner)
    assert host is not None
    methods = [function.name for function in host.functions if function.kind == "method"]
    expected = [*methods, *(field.name for field in host.fields)]
    assert labels_at_cursor(marked) == sorted(expected, key=lambda name: name == "clone")


def show_hover(marked: str, bindings: Bindings = BINDINGS) -> str | None:
    """What hover says at the cursor."""
    fixture = read_fixture(marked)
    found = hover(snapshot_of(fixture, bindings), fixture.cursor)
    return None if found is None else found.markdown


def show_types(marked: str) -> str:
    """The local names that the cursor sees, with their types; `?` where none is known."""
    fixture = read_fixture(marked)
    script = snapshot_of(fixture).script
    number = script.item_at(fixture.cursor)
    assert number is not None
    inference = Inference(script, number)
    seen = inference.locals_at(fixture.cursor)
    types = {name: inference.type_at(local, fixture.cursor) for name, local in seen.items()}
    return "\n".join(f"{name}: {'?' if kind is None else show(kind)}" for name, kind in types.items())


def show_symbols(marked: str) -> str:
    """The outline, indented."""
    return "\n".join(outline(symbols(snapshot_of(read_fixture(marked))), 0))


def outline(found: tuple[Symbol, ...], depth: int) -> list[str]:
    """Symbols, one a line, indented."""
    lines: list[str] = []
    for symbol in found:
        lines.append(f"{'    ' * depth}{symbol.kind} {symbol.name} {symbol.detail}".rstrip())
        lines += outline(symbol.children, depth + 1)
    return lines


def entries_of(marked: str) -> tuple[ScriptEntry, ...]:
    """The entries of the fixture's script."""
    snapshot = snapshot_of(read_fixture(marked))
    return entries(snapshot.facts.script, snapshot.text, snapshot.bindings)


def diagnostics_of(marked: str) -> tuple[Diagnostic, ...]:
    """The diagnostics of the fixture's script with the guest's own severities."""
    return diagnostics(snapshot_of(read_fixture(marked)).facts.script, {})
