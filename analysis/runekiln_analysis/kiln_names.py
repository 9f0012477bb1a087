"""The names that the folder of a kiln gives: its notes, agents, tools and sessions, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import normpath
from types import MappingProxyType
from typing import Literal

import msgspec

Offsets = tuple[int, int]
Thing = Literal["note", "file", "title", "agent", "tool", "session"]
"""What a text can name in a kiln: a note by its path without `.md`, with it as a `file`, or by its `title`."""

NOTE_SUFFIX = ".md"
TOOL_PREFIX = "rune_"

_TOOL = re.compile(
    rb"^[ \t]*#\[tool\s*\([^)]*\)\]\s*(?:#\[[^\n]*\]\s*|//[^\n]*\n\s*)*pub\s+(?:async\s+)?fn\s+(\w+)", re.MULTILINE
)


class KilnName(msgspec.Struct, frozen=True, gc=False):
    """One of a kiln's names: the file that it leads to, the place in that, and its first lines in Markdown."""

    name: str
    path: str
    title: str = ""
    head: str = ""
    span: Offsets = (0, 0)


Named = Mapping[str, KilnName]
_NOTHING: Named = MappingProxyType({})


class KilnNames(msgspec.Struct, frozen=True):
    """All names of a kiln, each kind by the names that scripts use."""

    notes: Named = _NOTHING
    files: Named = _NOTHING
    titles: Named = _NOTHING
    agents: Named = _NOTHING
    tools: Named = _NOTHING
    sessions: Named = _NOTHING

    def all_of(self, thing: Thing) -> Named:
        """The names of one kind."""
        match thing:
            case "note":
                return self.notes
            case "file":
                return self.files
            case "title":
                return self.titles
            case "agent":
                return self.agents
            case "tool":
                return self.tools
            case "session":
                return self.sessions

    def named(self, thing: Thing, text: str) -> KilnName | None:
        """What a text names, if it is there."""
        name = _note_name(text) if thing == "note" else text
        return self.all_of(thing).get(name)


NO_NAMES = KilnNames()


def tools_in(text: bytes) -> Iterator[tuple[str, Offsets]]:
    """The tools that a script offers to agents, with the names of their functions."""
    if b"#[tool" in text:
        for found in _TOOL.finditer(text):
            yield TOOL_PREFIX + found[1].decode("utf-8", "replace"), found.span(1)


def _note_name(text: str) -> str:
    return normpath(text.removesuffix(NOTE_SUFFIX)) if text else text
