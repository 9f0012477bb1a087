"""Formatting of a document, of ranges of it, and of the line that is being typed."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.line_edits import line_edits
from runekiln_analysis.typed import edits_of_typed

from runekiln_server.lsp import convert
from runekiln_server.lsp.protocol import RequestFailed
from runekiln_server.lsp.server import RuneServer


async def on_formatting(ls: RuneServer, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
    """The edits that lay the document out anew."""
    return await _edits(ls, params.text_document.uri, None)


async def on_range_formatting(ls: RuneServer, params: lsp.DocumentRangeFormattingParams) -> list[lsp.TextEdit] | None:
    """The same for what the range touches."""
    return await _edits(ls, params.text_document.uri, params.range)


async def on_ranges_formatting(ls: RuneServer, params: lsp.DocumentRangesFormattingParams) -> list[lsp.TextEdit] | None:
    """The same for several ranges, each edit once: two of them may touch the same line."""
    found: list[lsp.TextEdit] = []
    for range_ in params.ranges:
        edits = await _edits(ls, params.text_document.uri, range_)
        if edits is None:
            return None
        found += (edit for edit in edits if edit not in found)
    return found


async def on_type_formatting(ls: RuneServer, params: lsp.DocumentOnTypeFormattingParams) -> list[lsp.TextEdit] | None:
    """The edits behind a character that was just typed."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    offset = convert.to_offset(document.index, params.position, ls.client.encoding)
    unit = " " * params.options.tab_size if params.options.insert_spaces else "\t"
    edits = edits_of_typed(snapshot, offset, params.ch, unit)
    return [convert.from_edit(document.index, edit, ls.client.encoding) for edit in edits]


async def _edits(ls: RuneServer, uri: str, range_: lsp.Range | None) -> list[lsp.TextEdit] | None:
    document = ls.document(uri)
    if document is None:
        return None
    span = None if range_ is None else convert.to_offsets(document.index, range_, ls.client.encoding)
    formatted = await ls.format(document, span)
    if formatted.problems:
        line = document.index.position(formatted.problems[0].span[0], ls.client.encoding)[0]
        raise RequestFailed(f"Not formatted. Line {line + 1}: {formatted.problems[0].message}")
    edits = line_edits(document.text, formatted.text)
    return [convert.from_edit(document.index, edit, ls.client.encoding) for edit in edits]
