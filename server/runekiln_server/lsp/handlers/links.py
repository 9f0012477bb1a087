"""Links in a text."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.document_links import document_links

from runekiln_server.lsp import convert
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.server import RuneServer


async def on_document_link(ls: RuneServer, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
    """The files of modules, and those that texts name."""
    asked = ls.document(params.text_document.uri)
    await ls.names.read(None if asked is None else asked.kiln)
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    locator = Locator(ls, [snapshot])
    return [
        lsp.DocumentLink(
            convert.from_span(document.index, link.span, ls.client.encoding),
            locator.uri(link.path),
            tooltip=(link.tooltip or None) if ls.client.link_tooltips else None,
        )
        for link in document_links(snapshot)
    ]
