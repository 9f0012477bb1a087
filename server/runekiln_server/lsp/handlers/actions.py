"""What can be done about problems and with what is selected, and the edits of what is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams
from runekiln_analysis.actions import EVERYTHING, Action, quick_fixes, whole_file
from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.refactor.offers import is_asked, refactorings
from runekiln_analysis.snapshot import Snapshot

from runekiln_server.lsp import convert
from runekiln_server.lsp.code_actions import Chosen, from_action, from_refactoring, with_edit
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.problems import found_in
from runekiln_server.lsp.server import RuneServer
from runekiln_server.world import Document


async def on_code_action(ls: RuneServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
    """What can be done about the problems in a range and with the range, and about all of the file if asked for."""
    seen = await _seen(ls, params.text_document.uri)
    if seen is None or not ls.client.code_actions:
        return None
    document, snapshot, found = seen
    span = convert.to_offsets(document.index, params.range, ls.client.encoding)
    only = params.context.only
    is_unasked = params.context.trigger_kind == lsp.CodeActionTriggerKind.Automatic

    def offered() -> Iterator[Action]:
        yield from quick_fixes(snapshot, found, span)
        if only is not None or not is_unasked:
            yield from (action for action in whole_file(found) if action.name == EVERYTHING)

    wanted = (action for action in offered() if is_asked(action.kind, only))
    shown = (
        action for action in wanted if not action.disabled or (ls.client.disabled_actions and _is_told(action, only))
    )
    found_here = [from_action(document, action, params.context.diagnostics, ls.client) for action in shown]
    # A lamp at each cursor would mean nothing.
    kinds = ("quickfix",) if is_unasked and only is None and span[0] == span[1] else only
    changes = refactorings(snapshot, span, kinds)
    located = Locator(ls, (snapshot,)).edits
    return found_here + [from_refactoring(document, each, span, ls.client, located) for each in changes]


async def on_resolve(ls: RuneServer, params: lsp.CodeAction) -> lsp.CodeAction:
    """The edits of an action that was sent without them."""
    if params.data is None and (params.edit is not None or params.disabled is not None):
        # Some editors ask for the rest of any action.
        return params
    try:
        chosen = msgspec.convert(params.data, Chosen)
    except msgspec.ValidationError as error:
        raise JsonRpcInvalidParams(f"That is no action of ours: {error}.") from error
    seen = await _seen(ls, chosen.uri)
    if seen is None or seen[0].version != chosen.version:
        raise JsonRpcContentModified
    document, snapshot, found = seen
    if chosen.span is not None:
        kinds = None if params.kind is None else (params.kind,)
        changes = refactorings(snapshot, chosen.span, kinds)
        change = next((each for each in changes if each.name == chosen.name), None)
        if change is None:
            raise JsonRpcContentModified
        params.edit = Locator(ls, (snapshot,)).edits(change.make())
        return params
    action = next((action for action in whole_file(found) if action.name == chosen.name), None)
    if action is None:
        raise JsonRpcContentModified
    return with_edit(params, document, action, ls.client)


async def _seen(ls: RuneServer, uri: str) -> tuple[Document, Snapshot, tuple[Diagnostic, ...]] | None:
    """An open document with all that is shown of it."""
    seen = await ls.snapshot(uri)
    return None if seen is None else (*seen, found_in(ls.world, seen[0].key))


def _is_told(action: Action, only: Sequence[lsp.CodeActionKind | str] | None) -> bool:
    """Whether the user is told why something is not possible: who asks for all there is has enough of what is."""
    return action.name != EVERYTHING or only is not None
