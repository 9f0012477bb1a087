"""Where each declaration of a host is in the reference, and types that lead to what they name."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

import msgspec

from .host_item import HostItem, ItemKind
from .markdown import code

TYPES = ("struct", "enum", "trait", "alias")
FILES = {"attribute": "attributes.md", "event": "events.md", "entry": "entries.md"}
INDEX = "README.md"

# What stands between quotes is a text, not a name.
_NAMES = re.compile(r'"[^"]*"|(?:\w+::)*\w+')
_HEADING = re.compile(r"#{1,6} +(.*?) *$")
_FENCE = re.compile(r" {0,3}(```|~~~)")


Key = tuple[ItemKind, str]


class Links(msgspec.Struct, frozen=True):
    """The places of items, as `file.md#anchor` by their kinds and paths, and the paths of types by their names."""

    places: Mapping[Key, str]
    types: Mapping[str, tuple[HostItem, ...]]

    def to(self, item: HostItem, page: str) -> str | None:
        """Where an item is, seen from a page; None if nothing but its row in a table is there."""
        place = self.places.get((item.kind, item.path))
        return None if place is None else place.removeprefix(page) if place.startswith(f"{page}#") else place

    def in_code(self, text: str, page: str, module: str | None) -> str:
        """Types, or what else has names in it, as code in a cell of a table, each type that is known a link."""
        pieces: list[str] = []
        end = 0
        for name in _NAMES.finditer(text):
            item = self._meant(name[0], module)
            place = None if item is None else self.to(item, page)
            if place is not None:
                pieces += (_escaped(text[end : name.start()]), f'<a href="{place}">{name[0]}</a>')
                end = name.end()
        return f"<code>{''.join(pieces)}{_escaped(text[end:])}</code>" if pieces else code(text)

    def _meant(self, name: str, module: str | None) -> HostItem | None:
        """The type of that name in the module or around it, else the only one of that name."""
        found = self.types.get(name, ())
        around = module or ""
        while around:
            if (inner := self.types.get(f"{around}::{name}")) is not None:
                return inner[0]
            around = around.rpartition("::")[0]
        return found[0] if len(found) == 1 else None


def links(items: Sequence[HostItem], pages: Mapping[str, str], titles: Mapping[Key, str]) -> Links:
    """The links into these pages; `titles` are the headings that items have, if they have one."""
    anchors = {file: _anchors(text) for file, text in pages.items()}
    places: dict[Key, str] = {}
    for item in items:
        file = file_of(item)
        anchor = anchors.get(file, {}).get(titles[(item.kind, item.path)])
        if anchor is not None:
            places[(item.kind, item.path)] = f"{file}#{anchor}"
    types: dict[str, tuple[HostItem, ...]] = {}
    for item in items:
        if item.kind in TYPES:
            for name in (item.path, item.name, *item.aliases):
                types[name] = tuple(dict.fromkeys((*types.get(name, ()), item)))
    return Links(places, types)


def file_of(item: HostItem) -> str:
    """The file of the page that an item is on."""
    return FILES.get(item.kind) or f"{(item.module or '').replace('::', '-')}.md"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("|", "&#124;")


def _anchors(text: str) -> dict[str, str]:
    """The anchor of each heading, by its text, as GitHub makes it: a number tells those apart that would be alike."""
    found: dict[str, str] = {}
    used: dict[str, int] = {}
    is_code = False
    for line in text.splitlines():
        is_code ^= _FENCE.match(line) is not None
        heading = None if is_code else _HEADING.match(line)
        if heading is not None:
            bare = re.sub(r"[^\w\- ]", "", heading[1].lower()).replace(" ", "-")
            used[bare] = used.get(bare, -1) + 1
            found.setdefault(heading[1], f"{bare}-{used[bare]}" if used[bare] else bare)
    return found
