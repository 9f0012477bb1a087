"""Semantic tokens: all of them, what is new in them, or those of a range."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from lsprotocol import types as lsp
from runekiln_analysis.facts import Offsets
from runekiln_analysis.semantic_tokens import SemanticToken, semantic_tokens
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.text import Encoding, LineIndex

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer
from runekiln_server.world import Document

_COUNTER = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Painted:
    """The numbers that a client was sent last for a document, under the name that it calls them by."""

    name: str
    data: list[int]


async def on_full(ls: RuneServer, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens | None:
    """All tokens of a document."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    painted = _paint(ls, *found)
    return lsp.SemanticTokens(painted.data, painted.name)


async def on_delta(
    ls: RuneServer, params: lsp.SemanticTokensDeltaParams
) -> lsp.SemanticTokens | lsp.SemanticTokensDelta | None:
    """What is new since the client was sent something; all of it if we do not know that any more."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    before = ls.painted.get(found[0].key)
    painted = _paint(ls, *found)
    if before is None or before.name != params.previous_result_id:
        return lsp.SemanticTokens(painted.data, painted.name)
    return lsp.SemanticTokensDelta(difference(before.data, painted.data), painted.name)


async def on_range(ls: RuneServer, params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens | None:
    """The tokens of a range."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    span = convert.to_offsets(document.index, params.range, ls.client.encoding)
    return lsp.SemanticTokens(_numbers(ls, document, snapshot, span))


def difference(before: Sequence[int], after: Sequence[int]) -> list[lsp.SemanticTokensEdit]:
    """The one stretch of numbers that is another, none if there is nothing new."""
    shortest = min(len(before), len(after))
    start = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    if start == len(before) == len(after):
        return []
    ends = range(shortest - start)
    same = next((at for at in ends if before[-1 - at] != after[-1 - at]), len(ends))
    return [lsp.SemanticTokensEdit(start, len(before) - same - start, list(after[start : len(after) - same]))]


def _paint(ls: RuneServer, document: Document, snapshot: Snapshot) -> Painted:
    painted = Painted(str(next(_COUNTER)), _numbers(ls, document, snapshot, None))
    ls.painted = {key: each for key, each in ls.painted.items() if key in ls.world.documents}
    ls.painted[document.key] = painted
    return painted


def _numbers(ls: RuneServer, document: Document, snapshot: Snapshot, span: Offsets | None) -> list[int]:
    tokens = semantic_tokens(snapshot, span, names_only=ls.client.has_grammar)
    return encoded(document.index, tokens, ls.client.encoding)


def encoded(index: LineIndex, tokens: Sequence[SemanticToken], encoding: Encoding) -> list[int]:
    """Five numbers for each token: lines and columns since the one before, length, type, modifiers."""
    numbers: list[int] = []
    line, column = 0, 0
    for token in tokens:
        row, start = index.position(token.span[0], encoding)
        end = index.position(token.span[1], encoding)[1]
        numbers += (row - line, start if row > line else start - column, end - start, token.type, token.modifiers)
        line, column = row, start
    return numbers
