"""What a host declares, as text for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from runekiln_analysis.documentation import first_sentence, prose
from runekiln_analysis.host_item import WITHOUT_MODULE, HostItem

from runekiln_server.host_declared import EVERY_PROFILE, HostDeclared
from runekiln_server.reports.drawing import Paint, shortened, visible
from runekiln_server.reports.wrapping import wrapped
from runekiln_server.results import Ranges

VERSION = 1
INDENT = "  "
TYPES = ("struct", "enum", "trait", "alias")
PLURALS = {"alias": "aliases", "entry": "entries"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown of all that is declared, and the profile that is in force where the command was called."""

    declared: HostDeclared
    found: Sequence[HostItem]
    in_force: str


def as_json(shown: Shown, kiln: str | None, nearest: Sequence[str] = ()) -> str:
    """The items as one document; `nearest` are the names that may have been meant where there are none."""
    ranges = Ranges(shown.declared.texts.get)
    document = {
        "version": VERSION,
        "kiln": kiln,
        "profile": shown.in_force,
        "items": [_json(item, ranges) for item in shown.found],
        "nearest": list(nearest),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def overview(shown: Shown, paint: Paint) -> str:
    """Each module with its types and the number of what else is in it; then attributes, events and entries."""
    by_module: dict[str, list[HostItem]] = {}
    for item in shown.found:
        by_module.setdefault(item.module or "", []).append(item)
    lines = []
    for inside in (items for path, items in by_module.items() if path):
        lines += [*_module(inside, paint), ""]
    for kind in WITHOUT_MODULE:
        if named := [item for item in shown.found if item.kind == kind]:
            lines += [paint("bold", _plural(kind)), *_rows(named, paint), ""]
    return "\n".join((*lines, f"Here the profile `{shown.in_force}` is in force.")) + "\n"


def details(shown: Shown, paint: Paint) -> str:
    """Every item in full, one below the other."""
    ranges = Ranges(shown.declared.texts.get)
    return "\n\n".join("\n".join(_details(shown, item, ranges, paint)) for item in shown.found) + "\n"


def _module(inside: Sequence[HostItem], paint: Paint) -> Iterator[str]:
    module = inside[0]
    counted = Counter(item.kind for item in inside[1:] if item.owner is None)
    numbers = ", ".join(_counted(number, kind) for kind, number in counted.items())
    profiles = f"  ({', '.join(module.profiles)})" if module.profiles else ""
    title = f"mod {visible(module.path)}"
    room = paint.width - len(title) - 2
    yield paint("bold", title) + (f"  {shortened(numbers + profiles, room)}" if numbers and room > 0 else "")
    if said := first_sentence(module.docs):
        yield f"{INDENT}{shortened(said, paint.width - len(INDENT))}"
    yield from _rows([item for item in inside if item.kind in TYPES], paint)


def _details(shown: Shown, item: HostItem, ranges: Ranges, paint: Paint) -> Iterator[str]:
    yield paint("bold", f"{item.kind} {visible(item.path)}")
    yield ""
    yield from (f"{INDENT}{INDENT}{visible(line)}" for line in item.declaration.splitlines())
    if docs := prose(item.docs):
        yield ""
        yield from _visible_lines(wrapped(docs, paint.width))
    if inside := [each for each in shown.declared.items if _is_in(each, item)]:
        yield ""
        yield from _rows(inside, paint)
    if item.keys:
        yield ""
        yield from _aligned([(key.name, first_sentence(key.docs)) for key in item.keys], paint)
    yield ""
    yield from (f"{INDENT}{label:<10}  {visible(text)}" for label, text in _facts(shown, item, ranges))


def _visible_lines(text: str) -> Iterator[str]:
    """The lines of a text of a stub, safe for a terminal."""
    return (visible(line) for line in text.splitlines())


def _facts(shown: Shown, item: HostItem, ranges: Ranges) -> Iterator[tuple[str, str]]:
    if item.aliases:
        yield ("also", ", ".join(item.aliases))
    if item.permission is not None:
        scope = f", for the value of `{item.permission.scope}`" if item.permission.scope else ""
        yield ("permission", f"{item.permission.name}{scope}")
    yield ("profiles", f"{', '.join(item.profiles) or 'all'} ({_in_force(shown.in_force, item)})")
    if item.source is not None:
        yield ("source", f"{item.source.path}:{item.source.line}")
    if item.place is not None:
        within = ranges.json(item.place.path, item.place.span)
        yield ("stub", item.place.path if within is None else f"{item.place.path}:{within['start']['line']}")


def _in_force(profile: str, item: HostItem) -> str:
    if profile == EVERY_PROFILE or profile in item.profiles or not item.profiles:
        return f"`{profile}` is in force here"
    return f"not in `{profile}`, which is in force here"


def _is_in(item: HostItem, around: HostItem) -> bool:
    """Whether an item is directly in another: in a module, or in a type, trait or variant."""
    if around.kind == "module":
        is_below = item.kind == "module" and item.path.rpartition("::")[0] == around.path
        return is_below or (item.kind != "module" and item.module == around.path and item.owner is None)
    return item.owner is not None and item.owner == around.path


def _rows(items: Iterable[HostItem], paint: Paint) -> Iterator[str]:
    return _aligned([(f"{_short(item.kind)} {item.name}", first_sentence(item.docs)) for item in items], paint)


def _aligned(rows: Sequence[tuple[str, str]], paint: Paint) -> Iterator[str]:
    """Two columns, the second cut where the line ends."""
    widest = min(max((len(left) for left, _ in rows), default=0), paint.width // 2)
    for left, right in rows:
        room = max(paint.width - len(INDENT) - max(widest, len(left)) - 2, 1)
        yield f"{INDENT}{visible(left).ljust(widest)}  {shortened(right, room) if right else ''}".rstrip()


def _short(kind: str) -> str:
    """Inside of a type it can be seen what a function is called on."""
    return "function" if kind == "associated-function" else kind


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind if number == 1 else _plural(kind)}"


def _plural(kind: str) -> str:
    return PLURALS.get(kind, f"{kind}s")


def _json(item: HostItem, ranges: Ranges) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(item)
    if item.place is not None:
        row["place"] = {"path": item.place.path, "range": ranges.json(item.place.path, item.place.span)}
    return row
