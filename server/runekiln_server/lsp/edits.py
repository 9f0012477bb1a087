"""What comes with every key: types for `textDocument/didChange` that cost next to nothing to read.

lsprotocol's are read by functions that cattrs writes when the first edit comes, which takes 3 ms, and each later one
takes ten times as long as here.
"""

from __future__ import annotations

from typing import Annotated, Literal

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


class EditMessage(msgspec.Struct, frozen=True):
    """The whole notification; one with an id is none."""

    method: Literal["textDocument/didChange"]
    params: Edit
    id: msgspec.UnsetType = msgspec.UNSET


def edit_in(body: bytes) -> Edit | None:
    """The edit that the body of a message tells, read in one go; None if it is anything else, or makes no sense."""
    if b"textDocument/didChange" not in body[:_FRONT]:
        return None
    try:
        return _DECODER.decode(body).params
    except ValueError:
        return None


_FRONT = 100  # bytes in which clients name the method
_DECODER = msgspec.json.Decoder(EditMessage)
