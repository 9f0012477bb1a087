"""What in a text leads to another file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .facts import Offsets
from .script import ModulePlace
from .snapshot import Snapshot


class DocumentLink(msgspec.Struct, frozen=True):
    """The bytes at `span` lead to the file `path`."""

    span: Offsets
    path: str


def document_links(snapshot: Snapshot) -> Iterator[DocumentLink]:
    """Each `mod name;` leads to its file."""
    script = snapshot.script
    for number, item in enumerate(script.main.items):
        if item.kind == "module" and item.name:
            file = script.file_of(ModulePlace(0, number))
            if file is not None:
                start, end = item.name_span
                yield DocumentLink((item.span[0] + start, item.span[0] + end), script.facts.files[file].path)
