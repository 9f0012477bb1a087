"""Hover."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.hover import hover

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer


async def on_hover(ls: RuneServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """What stands under the cursor, in words."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    answer = hover(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    return convert.from_hover(document.index, answer, ls.client) if answer else None
