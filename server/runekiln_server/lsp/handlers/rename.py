"""Other names: of things in scripts, and of the files of modules."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.facts import Edit
from runekiln_analysis.linked_editing import WORD, linked_places
from runekiln_analysis.moved_modules import moved_module
from runekiln_analysis.references import is_local
from runekiln_analysis.rename import prepare_rename, rename
from runekiln_analysis.renaming import Refused, Renamed

from runekiln_server.lsp import convert, uris
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.other_scripts import everywhere
from runekiln_server.lsp.protocol import RequestFailed
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.snapshots import pulls_in, whole


async def on_prepare_rename(ls: RuneServer, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
    """The name under the cursor; raises RequestFailed with the reason if it cannot be another one."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    prepared = prepare_rename(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    if isinstance(prepared, Refused):
        raise RequestFailed(f"{prepared.reason}.")
    range_ = convert.from_span(document.index, prepared.span, ls.client.encoding)
    return lsp.PrepareRenamePlaceholder(range_, prepared.name)


async def on_rename(ls: RuneServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """The changes of all files that name the thing; raises RequestFailed with the reason if there can be none."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    offset = convert.to_offset(document.index, params.position, ls.client.encoding)
    seen = (snapshot,) if is_local(snapshot, offset) else await everywhere(ls, document, snapshot)
    edits: dict[str, tuple[Edit, ...]] = {}
    for one in seen:
        _take(edits, rename(one, offset, params.new_name))
    return Locator(ls, seen).edits(edits)


async def on_linked_editing_range(
    ls: RuneServer, params: lsp.LinkedEditingRangeParams
) -> lsp.LinkedEditingRanges | None:
    """The places of a local name, which the client edits as one."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    places = linked_places(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    if len(places) < 2:
        return None
    ranges = [convert.from_span(document.index, place, ls.client.encoding) for place in places]
    return lsp.LinkedEditingRanges(ranges, WORD)


async def on_will_rename_files(ls: RuneServer, params: lsp.RenameFilesParams) -> lsp.WorkspaceEdit | None:
    """The changes by which scripts follow the files of their modules; none of those that cannot."""
    moves = [(uris.to_path(each.old_uri), uris.to_path(each.new_uri)) for each in params.files]
    seen = [whole(known) for known in await ls.survey.scripts(pulls_in)]
    edits: dict[str, tuple[Edit, ...]] = {}
    for before, after in moves:
        for snapshot in seen:
            moved = moved_module(snapshot, before, after)
            if isinstance(moved, Renamed):
                _take(edits, moved)
    return Locator(ls, seen).edits(edits) if edits else None


def _take(edits: dict[str, tuple[Edit, ...]], found: Renamed | Refused) -> None:
    """Add what another script says; several that pull in the same file say the same of it."""
    if isinstance(found, Refused):
        raise RequestFailed(f"{found.reason}.")
    for path, more in found.edits.items():
        known = edits.get(path, ())
        edits[path] = (*known, *(edit for edit in more if edit not in known))
