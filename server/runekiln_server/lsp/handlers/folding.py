"""Folding, and selections that grow."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.folding import by_line, folding
from runekiln_analysis.selection import selection

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer


async def on_folding_range(ls: RuneServer, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange] | None:
    """What can be folded: whole lines for a client that hides nothing else."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    folds = folding(snapshot)
    if ls.client.folds_lines:
        return [convert.from_folded_lines(first, *fold) for first, fold in by_line(folds, document.index).items()]
    return [convert.from_fold(document.index, fold, ls.client.encoding) for fold in folds]


async def on_selection_range(ls: RuneServer, params: lsp.SelectionRangeParams) -> list[lsp.SelectionRange] | None:
    """What the selection grows to at each of the positions."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    offsets = [convert.to_offset(document.index, position, ls.client.encoding) for position in params.positions]
    return [
        convert.from_selection(document.index, selection(snapshot, offset), ls.client.encoding) for offset in offsets
    ]
