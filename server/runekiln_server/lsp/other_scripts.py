"""Files that are not open, and the other scripts of the kiln that have a file as a module."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcContentModified
from runekiln_analysis.snapshot import Snapshot

from runekiln_server.lsp import documents, uris
from runekiln_server.lsp.lane import Superseded
from runekiln_server.lsp.snapshots import pulls_in, snapshot_in
from runekiln_server.lsp.threads import in_thread
from runekiln_server.world import Document

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer


async def snapshot_of_file(ls: RuneServer, uri: str) -> tuple[Document, Snapshot] | None:
    """A script as it is open, or else as it is on disk."""
    if ls.document(uri) is not None:
        return await ls.snapshot(uri)
    path = uris.to_path(uri)
    text = await in_thread(lambda: uris.read_path(path))
    document = None if text is None else documents.from_disk(uri, text)
    known = None if document is None else await ls.look_at(document)
    if document is None or known is None:
        return None
    return document, snapshot_in(known, document.key, document.path, document.index)


async def everywhere(ls: RuneServer, document: Document, snapshot: Snapshot) -> tuple[Snapshot, ...]:
    """A document as it was seen, and the same text as a part of each other script of the kiln that has it.

    A file that is a module of some script is not looked at by itself, too.
    """
    for root in tuple(ls.world.wanted):
        with suppress(Superseded):
            await ls.newest(root)
    known = await ls.survey.scripts(pulls_in)
    if ls.world.documents.get(document.key, document) is not document:
        raise JsonRpcContentModified
    above = [one for one in known if one.root != document.key and document.key in one.files]
    others = [
        snapshot_in(one, document.key, document.path, document.index)
        for one in above
        if one.sources[document.key] == document.text and one.files[one.root].path != snapshot.root
    ]
    is_alone = snapshot.root == snapshot.path
    return tuple(others) if others and is_alone else (snapshot, *others)
