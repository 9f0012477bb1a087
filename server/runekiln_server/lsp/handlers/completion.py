"""Completion, and what is told of one that is looked at."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.completion import complete, complete_in_text, is_incomplete

from runekiln_server.lsp import completions, convert
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
    offset = convert.to_offset(document.index, params.position, ls.client.encoding)
    offers = ask(snapshot, offset)
    if offers is None:
        return None
    answer = ls.offered.offer(document, offers)
    more = is_incomplete(snapshot, offset, offers)
    return completions.to_list(document, offers, offset, ls.client, answer, is_incomplete=more)


async def on_resolve(ls: RuneServer, params: lsp.CompletionItem) -> lsp.CompletionItem:
    """What was left out of an item of the last list; one of a list before stays as it is."""
    found = ls.offered.find(params.data)
    return params if found is None else completions.resolved(params, *found, ls.client)
