"""What features of names and types answer, drawn so that a test or a page shows the text that is meant."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.call_hierarchy import Call
from runekiln_analysis.definition import Definition
from runekiln_analysis.facts import Offsets
from runekiln_analysis.highlight import highlights
from runekiln_analysis.inlay_hints import HintKind, inlay_hints
from runekiln_analysis.lenses import counted_names, needs_lenses, title_of
from runekiln_analysis.linked_editing import linked_places
from runekiln_analysis.references import references
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.semantic_tokens import semantic_tokens
from runekiln_analysis.signature_help import signature_help
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.token_legend import MODIFIERS, TYPES
from runekiln_analysis.typed import edits_of_typed
from runekiln_analysis.whereabouts import Declared
from runekiln_analysis.workspace_symbols import matching_symbols

from .fixtures import Fixture, read_fixture, snapshot_of, snapshot_with_modules
from .small_bindings import BINDINGS
from .spans import drawn_at

ALL_HINTS: frozenset[HintKind] = frozenset(("type", "parameter", "chain", "permission"))

AskPlaces = Callable[[Snapshot, int], Definition | None]


def show_places(ask: AskPlaces, marked: str, bindings: Bindings = BINDINGS) -> list[str]:
    """The lines that the name at the cursor leads to, and the paths of what the host declares."""
    fixture = read_fixture(marked)
    found = ask(snapshot_with_modules(fixture, bindings), fixture.cursor)
    if found is None:
        return []
    return [
        drawn_at(fixture.files, each.path, each.name_span) if isinstance(each, Declared) else f"{each.kind} {each.path}"
        for each in found.places
    ]


def show_references(marked: str, bindings: Bindings = BINDINGS) -> list[str]:
    """How the thing at the cursor is used, and the lines where it is named."""
    fixture = read_fixture(marked)
    found = references(snapshot_with_modules(fixture, bindings), fixture.cursor)
    return [f"{each.access} {drawn_at(fixture.files, each.path, each.span)}" for each in found]


def show_highlights(marked: str, bindings: Bindings = BINDINGS) -> str:
    """The script with `<>` around what is read, `**` around what is written and `[]` around other words."""
    fixture = read_fixture(marked)
    text, end, parts = fixture.text, 0, []
    brackets = {"read": "<>", "write": "**", "text": "[]"}
    for each in highlights(snapshot_of(fixture, bindings), fixture.cursor):
        start, behind = each.span
        before, after = brackets[each.kind]
        parts += [text[end:start].decode(), before, text[start:behind].decode(), after]
        end = behind
    return "".join((*parts, text[end:].decode()))


def show_signature(marked: str, bindings: Bindings = BINDINGS) -> str | None:
    """The signature with the active parameter in brackets, and its documentation below."""
    fixture = read_fixture(marked)
    found = signature_help(snapshot_with_modules(fixture, bindings), fixture.cursor)
    if found is None:
        return None
    label = found.label
    if found.active < len(found.parameters):
        start, end = found.parameters[found.active]
        label = f"{label[:start]}[{label[start:end]}]{label[end:]}"
    return f"{label}\n{found.docs}".strip()


def show_tokens(marked: str, bindings: Bindings = BINDINGS, *, names_only: bool = True) -> str:
    """The words in order, each with what it is."""
    fixture = read_fixture(marked)
    found = semantic_tokens(snapshot_with_modules(fixture, bindings), names_only=names_only)
    return "\n".join(
        " ".join(
            (
                fixture.text[slice(*token.span)].decode() + ":",
                TYPES[token.type],
                *(name for bit, name in enumerate(MODIFIERS) if token.modifiers >> bit & 1),
            )
        )
        for token in found
    )


def show_hints(
    marked: str,
    kinds: frozenset[HintKind] = ALL_HINTS,
    lines: slice = slice(None),
    bindings: Bindings = BINDINGS,
) -> str:
    """The script with its hints in `«»`; with `lines` those of the given lines alone."""
    fixture = read_fixture(marked)
    rows = fixture.text.split(b"\n")
    before = sum(len(row) + 1 for row in rows[: lines.start or 0])
    span = (before, before + len(b"\n".join(rows[lines])))
    text, end, parts = fixture.text, 0, []
    for hint in inlay_hints(snapshot_with_modules(fixture, bindings), span, kinds):
        parts += [text[end : hint.offset].decode(), f"«{hint.label}»"]
        end = hint.offset
    return "".join((*parts, text[end:].decode()))


def show_lenses(marked: str, bindings: Bindings = BINDINGS) -> list[str]:
    """The names that lenses stand above, with what is told there, and the words that those lead to."""
    seen = snapshot_with_modules(read_fixture(marked), bindings)

    def word(span: Offsets) -> str:
        return seen.text[slice(*span)].decode()

    counted = []
    for span in counted_names(seen):
        named = [each for each in references(seen, span[0]) if each.access != "declaration"]
        counted.append(f"{word(span)}: {title_of(len(named))}")
    needs = [f"{word(lens.span)}: {lens.title}, by {', '.join(map(word, lens.places))}" for lens in needs_lenses(seen)]
    return [*needs, *counted]


def show_linked(marked: str, bindings: Bindings = BINDINGS) -> str:
    """The script with the places in brackets that are edited as one."""
    fixture = read_fixture(marked)
    text, end, parts = fixture.text, 0, []
    for start, behind in linked_places(snapshot_with_modules(fixture, bindings), fixture.cursor):
        parts.append(f"{text[end:start].decode()}[{text[start:behind].decode()}]")
        end = behind
    return "".join((*parts, text[end:].decode()))


def show_typed(marked: str, unit: str = "    ") -> str:
    """The script after what follows from the character before the cursor; blanks behind a new line were not typed."""
    fixture = read_fixture(marked)
    before = fixture.text[: fixture.cursor].rstrip(b" \t")
    character = before[-1:].decode() or "\n"
    edits = edits_of_typed(snapshot_of(fixture), fixture.cursor, character, unit)
    return edited(fixture.text, edits).decode()


def show_symbols_named(marked: str, query: str, bindings: Bindings = BINDINGS) -> list[str]:
    """The symbols of a name, the best first."""
    found = matching_symbols(snapshot_of(read_fixture(marked), bindings), query)
    symbols = sorted(found, key=lambda each: each.rank)
    return [f"{each.kind} {each.container}::{each.name}".replace(" ::", " ") for each in symbols]


def show_calls(fixture: Fixture, calls: tuple[Call, ...]) -> list[str]:
    """The functions at the other end, each with the lines of its calls below."""
    lines = []
    for call in calls:
        place = call.item.place
        where = place.path.removeprefix("kiln/") if isinstance(place, Declared) else place.path
        lines.append(f"{call.item.name} ({where})")
        lines += [f"    {drawn_at(fixture.files, call.path, span)}" for span in call.spans]
    return lines
