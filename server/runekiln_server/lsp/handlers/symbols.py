"""Symbols of a document, and of all scripts."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.facts import Facts
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.symbols import symbols
from runekiln_analysis.text import LineIndex
from runekiln_analysis.workspace_symbols import FoundSymbol, matching_symbols

from runekiln_server.lsp import convert
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.other_scripts import snapshot_of_file
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.snapshots import whole

MOST_SYMBOLS = 200


async def on_document_symbol(
    ls: RuneServer, params: lsp.DocumentSymbolParams
) -> list[lsp.DocumentSymbol] | list[lsp.SymbolInformation] | None:
    """The outline: nested, or flat for a client that knows no nesting."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    outline = symbols(snapshot)
    if ls.client.nested_symbols:
        return [convert.from_symbol(document.index, symbol, ls.client.encoding) for symbol in outline]
    return list(convert.from_symbols_flat(document, outline, ls.client.encoding))


async def on_workspace_symbol(
    ls: RuneServer, params: lsp.WorkspaceSymbolParams
) -> list[lsp.WorkspaceSymbol] | list[lsp.SymbolInformation]:
    """What the scripts of the kilns declare under such a name, the best first; where, is looked up when it is asked."""
    found = await _matching(ls, params.query)
    if not ls.client.resolves_symbols:
        return [
            lsp.SymbolInformation(
                place, each.name, convert.symbol_kind(each.kind), container_name=each.container or None
            )
            for each, locator, path in found
            if (place := locator.location(path, each.name_span)) is not None
        ]
    return [
        lsp.WorkspaceSymbol(
            lsp.LocationUriOnly(locator.uri(path)),
            each.name,
            convert.symbol_kind(each.kind),
            data=list(each.name_span),
            container_name=each.container or None,
        )
        for each, locator, path in found
    ]


async def on_resolve(ls: RuneServer, params: lsp.WorkspaceSymbol) -> lsp.WorkspaceSymbol:
    """Where a symbol is, in the text as it is now."""
    found = await snapshot_of_file(ls, params.location.uri)
    start, end = params.data if isinstance(params.data, list) and len(params.data) == 2 else (0, 0)
    index = LineIndex(b"") if found is None else found[0].index
    range_ = convert.from_span(index, (int(start), int(end)), ls.client.encoding)
    return lsp.WorkspaceSymbol(
        lsp.Location(params.location.uri, range_), params.name, params.kind, container_name=params.container_name
    )


async def _matching(ls: RuneServer, query: str) -> list[tuple[FoundSymbol, Locator, str]]:
    """The symbols of that name, each once, although several scripts may pull in its file."""
    word = query.rpartition("::")[2][:1].encode().lower()
    scripts = await ls.survey.scripts(lambda text: word in text.lower())
    found: dict[tuple[str, int], tuple[FoundSymbol, Locator, str]] = {}
    for known in scripts:
        locator = Locator(ls, [whole(known)])
        for key, file in known.files.items():
            text = known.sources[key]
            if text is not None:
                alone = Snapshot(file.path, text, LineIndex(b""), Facts((file,)), known.bindings)
                for each in matching_symbols(alone, query):
                    found.setdefault((file.path, each.name_span[0]), (each, locator, file.path))
    ranked = sorted(found.values(), key=lambda each: (each[0].rank, len(each[0].name), each[0].name, each[2]))
    return ranked[:MOST_SYMBOLS]
