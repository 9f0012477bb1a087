"""Lenses above entries: run it, pin it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp
from runekiln_analysis.entries import ScriptEntry, entries

from runekiln_server.lsp import commands, convert
from runekiln_server.lsp.server import RuneServer
from runekiln_server.world import Document, dialect_of


async def on_code_lens(ls: RuneServer, params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
    """Two lenses for each function that the host can call."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    if dialect_of(ls.world, document) == "stub":
        return None
    callable_ = entries(snapshot.facts.script, snapshot.text, snapshot.bindings)
    return [lens for entry in callable_ for lens in _lenses(ls, document, entry)]


def _lenses(ls: RuneServer, document: Document, entry: ScriptEntry) -> Iterator[lsp.CodeLens]:
    range_ = convert.from_span(document.index, entry.name_span, ls.client.encoding)
    arguments = [{"uri": document.uri, "entry": entry.name}]
    yield lsp.CodeLens(range_, lsp.Command("▶ Run", commands.RUN, arguments=arguments))
    if (document.key, entry.name) in ls.world.pins:
        yield lsp.CodeLens(range_, lsp.Command("Unpin", commands.UNPIN, arguments=arguments))
    else:
        yield lsp.CodeLens(range_, lsp.Command("Pin", commands.PIN, arguments=arguments))
