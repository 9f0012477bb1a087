"""Finds what somebody means by a name: a path or its end, an attribute, an event, or a name in need of mending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from .host_item import WITHOUT_MODULE, HostItem

MOST_NEAREST = 3
LEAST_ALIKE = 0.75
_ATTRIBUTE = re.compile(r"#\[\s*(\w+)\b.*\]", re.DOTALL)
_CALL = re.compile(r"!?(?:\(.*\))?", re.DOTALL)


def matching(items: Sequence[HostItem], wanted: str) -> tuple[HostItem, ...]:
    """The items that `wanted` names, in their order.

    It is the end of a path, from a name on: `Phase::callouts`, `Phase.callouts()`, `crucible::session`; an alias stands
    for its type, and a type for its traits where one of their functions is named. `#[handler]` is an attribute and
    `"note:saved"` an event; without such marks other kinds may be meant.
    """
    text = wanted.strip()
    if attribute := _ATTRIBUTE.fullmatch(text):
        return tuple(item for item in items if item.kind == "attribute" and _is_called(item, attribute[1]))
    if len(text) > 2 and text.startswith('"') and text.endswith('"'):
        return tuple(item for item in items if item.kind == "event" and item.path == text[1:-1])
    ends = tuple(f"::{path}" for path in _spelt_out(items, _parts(text)))
    return tuple(item for item in items if _is_called(item, text) or _is_at(item, ends))


def nearest(items: Sequence[HostItem], wanted: str) -> tuple[str, ...]:
    """What may be meant by a name that nothing has, the likeliest first: the same name elsewhere, then similar ones."""
    text = wanted.strip().strip('"')
    attribute = _ATTRIBUTE.fullmatch(text)
    parts = [attribute[1]] if attribute else _parts(text)
    same = [item.path for item in items if item.name == parts[-1]]
    known: dict[str, str] = {}
    for item in items:
        for name in _ends(item, len(parts)):
            known.setdefault(name.lower(), name)
    similar = get_close_matches("::".join(parts).lower(), known, n=MOST_NEAREST, cutoff=LEAST_ALIKE)
    return tuple(dict.fromkeys((*same, *(known[name] for name in similar))))[:MOST_NEAREST]


def _parts(text: str) -> list[str]:
    """The names of a path, whatever of a call is written behind it."""
    bare = re.sub(_CALL.pattern + r"\Z", "", text, count=1).removeprefix("::")
    return re.split(r"::|\.", bare)


def _spelt_out(items: Iterable[HostItem], parts: list[str]) -> Iterator[str]:
    """The path, and those in which an alias is replaced by its type, and a type by one of its traits."""
    yield "::".join(parts)
    for item in items:
        names = {item.name, *item.aliases} if item.aliases or item.traits else ()
        at = next((number for number, part in enumerate(parts) if part in names), None)
        if at is None or item.kind in WITHOUT_MODULE:
            continue
        inside = parts[at + 1 :]
        yield "::".join((item.path, *inside))
        for trait in item.traits if inside else ():
            yield "::".join((trait.partition("<")[0], *inside))


def _is_called(item: HostItem, name: str) -> bool:
    return item.kind in WITHOUT_MODULE and name in (item.path, *item.aliases)


def _is_at(item: HostItem, ends: tuple[str, ...]) -> bool:
    return item.kind not in WITHOUT_MODULE and f"::{item.path}".endswith(ends)


def _ends(item: HostItem, length: int) -> Iterator[str]:
    """The last names of an item's path, and its aliases."""
    if item.kind in WITHOUT_MODULE:
        yield from (item.path, *item.aliases)
        return
    around = item.path.split("::")[-length:-1]
    yield from ("::".join((*around, name)) for name in (item.name, *item.aliases))
