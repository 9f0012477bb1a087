"""Document symbols."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.symbols import symbols

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer


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
