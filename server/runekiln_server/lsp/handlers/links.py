"""Links in a text."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.document_links import document_links

from runekiln_server.lsp import convert
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.server import RuneServer


async def on_document_link(ls: RuneServer, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
    """The files of modules."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    locator = Locator(ls, [snapshot])
    return [
        lsp.DocumentLink(convert.from_span(document.index, link.span, ls.client.encoding), locator.uri(link.path))
        for link in document_links(snapshot)
    ]
