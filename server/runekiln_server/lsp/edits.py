"""What comes with every key: types for `textDocument/didChange` that cost next to nothing to read.

lsprotocol's are read by functions that cattrs writes when the first edit comes, which takes 3 ms, and each later one
takes ten times as long as here.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0)]


class Position(msgspec.Struct, frozen=True):
    """A line, and the units of the client's encoding in front of the place in that line."""

    line: Count
    character: Count


class Range(msgspec.Struct, frozen=True):
    """From one position up to another."""

    start: Position
    end: Position


class Change(msgspec.Struct, frozen=True):
    """Another text in a range, or in the place of everything."""

    text: str
    range: Range | None = None


class Target(msgspec.Struct, frozen=True):
    """The document, and what its version is afterwards."""

    uri: str
    version: int


class Edit(msgspec.Struct, frozen=True, rename="camel"):
    """The parameters of `textDocument/didChange`."""

    text_document: Target
    content_changes: tuple[Change, ...]
