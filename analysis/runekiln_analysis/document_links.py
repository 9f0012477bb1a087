"""What in a script leads to another file: its modules, and what texts name in the kiln."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .facts import Offsets
from .names_in_text import all_named
from .script import ModulePlace
from .snapshot import Snapshot


class DocumentLink(msgspec.Struct, frozen=True):
    """The bytes at `span` lead to the file `path`; `tooltip` says what that is."""

    span: Offsets
    path: str
    tooltip: str = ""


def document_links(snapshot: Snapshot) -> Iterator[DocumentLink]:
    """Each `mod name;` leads to its file, and what a text names to the note, log or script that it is."""
    script = snapshot.script
    for number, item in enumerate(script.main.items):
        if item.kind == "module" and item.name:
            file = script.file_of(ModulePlace(0, number))
            if file is not None:
                start, end = item.name_span
                yield DocumentLink((item.span[0] + start, item.span[0] + end), script.facts.files[file].path)
    for named in all_named(snapshot):
        yield DocumentLink(named.span, named.name.path, named.name.title or named.name.name)
