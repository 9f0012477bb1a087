"""What the editor says of its documents."""

from __future__ import annotations

import logging

from lsprotocol import types as lsp

from runekiln_server.lsp import documents, uris
from runekiln_server.lsp.edits import Edit
from runekiln_server.lsp.server import RuneServer
from runekiln_server.session import Closed, Edited, Opened

logger = logging.getLogger(__name__)


async def on_open(ls: RuneServer, params: lsp.DidOpenTextDocumentParams) -> None:
    """Hold the text that the editor shows from now on."""
    document = documents.opened(params.text_document)
    is_new = document.kiln not in ls.world.settings
    if is_new:
        ls.configure(document.kiln)
    ls.handle(Opened(document))
    if is_new and document.kiln is not None:
        await ls.ask_settings(document.kiln)


def on_change(ls: RuneServer, params: Edit) -> None:
    """Follow the edits of an open document."""
    document = ls.document(params.text_document.uri)
    if document is None:
        logger.warning("An edit of %s, which is not open", params.text_document.uri)
        return
    ls.handle(Edited(documents.edited(document, params, ls.client.encoding)))


def on_save(ls: RuneServer, params: lsp.DidSaveTextDocumentParams) -> None:
    """Run again what is pinned."""
    ls.reloader.saved(uris.to_key(params.text_document.uri))


def on_close(ls: RuneServer, params: lsp.DidCloseTextDocumentParams) -> None:
    """Go back to the file on disk."""
    key = uris.to_key(params.text_document.uri)
    if key in ls.world.documents:
        ls.handle(Closed(key))
