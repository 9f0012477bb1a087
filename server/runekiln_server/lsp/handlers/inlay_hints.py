"""Inlay hints."""

from __future__ import annotations

import msgspec
from lsprotocol import types as lsp
from runekiln_analysis.hint_details import HintDetails, hint_details
from runekiln_analysis.inlay_hints import HintKind, InlayHint, inlay_hints

from runekiln_server.lsp import convert
from runekiln_server.lsp.carried import carried
from runekiln_server.lsp.locations import Locator
from runekiln_server.lsp.server import RuneServer
from runekiln_server.settings import InlayHintSettings
from runekiln_server.world import Document, settings_of


class Shown(msgspec.Struct, frozen=True):
    """What a hint carries along to be resolved: which one it is, in which text."""

    uri: str
    version: int | None
    offset: int
    kind: HintKind


async def on_inlay_hint(ls: RuneServer, params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
    """What the lines that are shown leave unsaid, as far as the settings want it."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    span = convert.to_offsets(document.index, params.range, ls.client.encoding)
    wanted = _kinds(settings_of(ls.world, document).inlay_hints)
    return [_shown(ls, document, hint) for hint in inlay_hints(snapshot, span, wanted)]


async def on_resolve(ls: RuneServer, params: lsp.InlayHint) -> lsp.InlayHint:
    """The same hint with where it leads, what it means, and what accepting it writes, as the client can show that."""
    if params.data is None:
        # Some editors ask for the rest of any hint.
        return params
    shown, document, snapshot = await carried(ls, params.data, Shown)
    hints = inlay_hints(snapshot, (shown.offset, shown.offset), frozenset((shown.kind,)))
    if hints:
        await _add(ls, document, params, hint_details(snapshot, hints[0]), Locator(ls, [snapshot]))
    return params


async def _add(
    ls: RuneServer, document: Document, shown: lsp.InlayHint, details: HintDetails, locator: Locator
) -> None:
    able = ls.client.resolved_of_hints
    tooltip = convert.marked_up(details.tooltip, ls.client.hover_format) if details.tooltip else None
    if isinstance(shown.label, str):
        shown.tooltip = tooltip if "tooltip" in able else None
    else:
        part = shown.label[0]
        part.tooltip = tooltip if "label.tooltip" in able else None
        places = [place for each in details.places if (place := await locator.located(each)) is not None]
        part.location = places[0].location if places and "label.location" in able else None
    if details.edits and "textEdits" in able:
        shown.text_edits = [convert.from_edit(document.index, edit, ls.client.encoding) for edit in details.edits]


def _kinds(settings: InlayHintSettings) -> frozenset[HintKind]:
    kinds: dict[HintKind, bool] = {
        "type": settings.types,
        "parameter": settings.parameter_names,
        "chain": settings.chains,
        "permission": settings.permissions,
    }
    return frozenset(kind for kind, is_wanted in kinds.items() if is_wanted)


def _shown(ls: RuneServer, document: Document, hint: InlayHint) -> lsp.InlayHint:
    able = ls.client.resolved_of_hints
    leads_somewhere = bool({"label.location", "label.tooltip"} & able)
    is_parameter = hint.kind == "parameter"
    kinds = {"parameter": lsp.InlayHintKind.Parameter, "permission": None}
    return lsp.InlayHint(
        lsp.Position(*document.index.position(hint.offset, ls.client.encoding)),
        [lsp.InlayHintLabelPart(hint.label)] if leads_somewhere else hint.label,
        kinds.get(hint.kind, lsp.InlayHintKind.Type),
        # A type stands behind its name as in an annotation; what a chain gives, or a call needs, is set apart.
        padding_left=hint.kind in ("chain", "permission"),
        padding_right=is_parameter,
        data=msgspec.to_builtins(Shown(document.uri, document.version, hint.offset, hint.kind)) if able else None,
    )
