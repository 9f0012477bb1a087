"""Definition, declaration, type definition and implementation."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types as lsp
from runekiln_analysis.definition import Definition, declaration, definition, implementation, type_definition
from runekiln_analysis.snapshot import Snapshot

from runekiln_server.lsp import convert
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.server import RuneServer

Answer = list[lsp.Location] | list[lsp.LocationLink] | None


async def on_definition(ls: RuneServer, params: lsp.DefinitionParams) -> Answer:
    """Where the thing under the cursor is defined."""
    return await _answer(ls, params, definition, "definition")


async def on_declaration(ls: RuneServer, params: lsp.DeclarationParams) -> Answer:
    """Where it is declared: by `mod name;`, or in a stub."""
    return await _answer(ls, params, declaration, "declaration")


async def on_type_definition(ls: RuneServer, params: lsp.TypeDefinitionParams) -> Answer:
    """Where the type of the value is defined."""
    return await _answer(ls, params, type_definition, "typeDefinition")


async def on_implementation(ls: RuneServer, params: lsp.ImplementationParams) -> Answer:
    """The `impl` blocks of a type; what the host has in its Rust."""
    return await _answer(ls, params, implementation, "implementation")


async def _answer(
    ls: RuneServer,
    params: lsp.DefinitionParams | lsp.DeclarationParams | lsp.TypeDefinitionParams | lsp.ImplementationParams,
    ask: Callable[[Snapshot, int], Definition | None],
    way: str,
) -> Answer:
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    answer = ask(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    if answer is None:
        return None
    locator = Locator(ls, [snapshot])
    in_source = way == "implementation"
    places = [
        place for each in answer.places if (place := await locator.located(each, in_source=in_source)) is not None
    ]
    if way not in ls.client.links:
        return [place.location for place in places]
    origin = convert.from_span(document.index, answer.span, ls.client.encoding)
    return [lsp.LocationLink(place.uri, place.range, place.selection, origin) for place in places]
