"""References, and what is highlighted with the word under the cursor."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.highlight import highlights
from runekiln_analysis.references import each_once, is_local, references

from runekiln_server.lsp import convert
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.other_scripts import everywhere
from runekiln_server.lsp.server import RuneServer

_KINDS = {
    "text": lsp.DocumentHighlightKind.Text,
    "read": lsp.DocumentHighlightKind.Read,
    "write": lsp.DocumentHighlightKind.Write,
}


async def on_references(ls: RuneServer, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
    """Where the thing under the cursor is named, in all scripts of the kiln that see it."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    offset = convert.to_offset(document.index, params.position, ls.client.encoding)
    seen = (snapshot,) if is_local(snapshot, offset) else await everywhere(ls, document, snapshot)
    named = each_once(each for one in seen for each in references(one, offset))
    with_declaration = params.context.include_declaration
    locator = Locator(ls, seen)
    places = [
        locator.location(each.path, each.span) for each in named if with_declaration or each.access != "declaration"
    ]
    return [place for place in places if place is not None]


async def on_document_highlight(
    ls: RuneServer, params: lsp.DocumentHighlightParams
) -> list[lsp.DocumentHighlight] | None:
    """What belongs to the word under the cursor in its file."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    offset = convert.to_offset(document.index, params.position, ls.client.encoding)
    return [
        lsp.DocumentHighlight(convert.from_span(document.index, each.span, ls.client.encoding), _KINDS[each.kind])
        for each in highlights(snapshot, offset)
    ]
