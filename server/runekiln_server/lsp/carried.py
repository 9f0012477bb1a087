"""What an answer carries along to be resolved later, and the text that it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams
from runekiln_analysis.snapshot import Snapshot

from runekiln_server.world import Document

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer


class Carried(Protocol):
    """Names a text by its document and version."""

    @property
    def uri(self) -> str:
        """The client's name of the document."""

    @property
    def version(self) -> int | None:
        """The version of the text."""


AnyCarried = TypeVar("AnyCarried", bound=Carried)


async def carried(ls: RuneServer, data: object, shape: type[AnyCarried]) -> tuple[AnyCarried, Document, Snapshot]:
    """What came back, and the text that it is about. Raises JsonRpcContentModified if that is no longer the text."""
    try:
        told = msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise JsonRpcInvalidParams(f"That is nothing that we sent: {error}.") from error
    found = await ls.snapshot(told.uri)
    if found is None or found[0].version != told.version:
        raise JsonRpcContentModified
    return told, *found
