"""Completion."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.completion import complete

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer
from runekiln_server.world import dialect_of


async def on_completion(ls: RuneServer, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """What fits at the cursor, best first; nothing in stubs, which name what there is not yet."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    if dialect_of(ls.world, document) == "stub":
        return None
    offers = complete(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    return convert.from_completions(document, offers, ls.client)
