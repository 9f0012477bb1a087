"""Hover."""

from __future__ import annotations

from lsprotocol import types as lsp
from msgspec.structs import replace
from runekiln_analysis.hover import hover

from runekiln_server.code_pages import opening_of
from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer


async def on_hover(ls: RuneServer, params: lsp.HoverParams) -> lsp.Hover | None:
    """What stands under the cursor, in words."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    answer = hover(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    if answer is None:
        return None
    if answer.code is not None and (opening := opening_of(answer.code)):
        answer = replace(answer, markdown=f"{answer.markdown}\n\n{opening}")
    return convert.from_hover(document.index, answer, ls.client)
