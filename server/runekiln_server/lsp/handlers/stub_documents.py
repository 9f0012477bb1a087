"""The texts of documents that only the server has."""

from __future__ import annotations

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.shipped_stubs import path_of_shipped
from runekiln_server.lsp.uris import read_path


def on_text_document_content(ls: RuneServer, params: lsp.TextDocumentContentParams) -> lsp.TextDocumentContentResult:
    """A stub that comes along."""
    path = path_of_shipped(params.uri)
    text = None if path is None else read_path(path)
    if text is None:
        raise JsonRpcInvalidParams(f"No stub that comes with Runekiln is called {params.uri}.")
    return lsp.TextDocumentContentResult(text.decode())
