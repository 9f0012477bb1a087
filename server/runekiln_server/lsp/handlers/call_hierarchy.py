"""Who calls a function, and what it calls."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types as lsp
from runekiln_analysis.call_hierarchy import Call, CalledItem, function_at, incoming_calls, outgoing_calls
from runekiln_analysis.snapshot import Snapshot

from runekiln_server.lsp import convert
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.other_scripts import everywhere, snapshot_of_file
from runekiln_server.lsp.server import RuneServer


async def on_prepare(ls: RuneServer, params: lsp.CallHierarchyPrepareParams) -> list[lsp.CallHierarchyItem] | None:
    """The function under the cursor."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    function = function_at(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    item = None if function is None else await _item(Locator(ls, [snapshot]), function)
    return None if item is None else [item]


async def on_incoming(
    ls: RuneServer, params: lsp.CallHierarchyIncomingCallsParams
) -> list[lsp.CallHierarchyIncomingCall] | None:
    """The functions that call it, in all scripts of the kiln that see it."""
    found = await _calls(ls, params.item, incoming_calls)
    return None if found is None else [lsp.CallHierarchyIncomingCall(item, ranges) for item, ranges in found]


async def on_outgoing(
    ls: RuneServer, params: lsp.CallHierarchyOutgoingCallsParams
) -> list[lsp.CallHierarchyOutgoingCall] | None:
    """The functions that it calls, of scripts and of the host."""
    found = await _calls(ls, params.item, outgoing_calls)
    return None if found is None else [lsp.CallHierarchyOutgoingCall(item, ranges) for item, ranges in found]


async def _calls(
    ls: RuneServer, item: lsp.CallHierarchyItem, ask: Callable[[Snapshot, int], tuple[Call, ...]]
) -> list[tuple[lsp.CallHierarchyItem, list[lsp.Range]]] | None:
    found = await snapshot_of_file(ls, item.uri)
    if found is None:
        return None
    document, snapshot = found
    offset = convert.to_offset(document.index, item.selection_range.start, ls.client.encoding)
    seen = await everywhere(ls, document, snapshot) if ask is incoming_calls else (snapshot,)
    locator = Locator(ls, seen)
    calls: dict[tuple[str, int, int], tuple[lsp.CallHierarchyItem, list[lsp.Range]]] = {}
    for one in seen:
        for call in ask(one, offset):
            other = await _item(locator, call.item)
            places = [locator.location(call.path, span) for span in call.spans]
            if other is not None:
                start = other.selection_range.start
                ranges = [place.range for place in places if place is not None]
                calls.setdefault((other.uri, start.line, start.character), (other, ranges))
    return list(calls.values())


async def _item(locator: Locator, function: CalledItem) -> lsp.CallHierarchyItem | None:
    place = await locator.located(function.place)
    if place is None:
        return None
    return lsp.CallHierarchyItem(function.name, lsp.SymbolKind.Function, place.uri, place.range, place.selection)
