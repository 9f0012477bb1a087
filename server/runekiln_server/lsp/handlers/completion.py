"""Completion."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.completion import complete, complete_in_text

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer
from runekiln_server.world import dialect_of

OF_TEXT = ('"', "/", "@", "[", "(")
"""What a client asks for completions behind only because it may begin one in a string, a comment or an attribute."""


async def on_completion(ls: RuneServer, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """What fits at the cursor, best first; nothing in stubs, which name what there is not yet."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    if dialect_of(ls.world, document) == "stub":
        return None
    is_in_text = params.context is not None and params.context.trigger_character in OF_TEXT
    ask = complete_in_text if is_in_text else complete
    offers = ask(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    return None if offers is None else convert.from_completions(document, offers, ls.client)
