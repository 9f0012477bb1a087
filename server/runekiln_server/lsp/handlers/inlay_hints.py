"""Inlay hints."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.inlay_hints import HintKind, InlayHint, inlay_hints

from runekiln_server.lsp import convert
from runekiln_server.lsp.server import RuneServer
from runekiln_server.settings import InlayHintSettings
from runekiln_server.world import settings_of


async def on_inlay_hint(ls: RuneServer, params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
    """What the lines that are shown leave unsaid, as far as the settings want it."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    span = convert.to_offsets(document.index, params.range, ls.client.encoding)
    wanted = _kinds(settings_of(ls.world, document).inlay_hints)
    return [
        _shown(lsp.Position(*document.index.position(hint.offset, ls.client.encoding)), hint)
        for hint in inlay_hints(snapshot, span, wanted)
    ]


def _kinds(settings: InlayHintSettings) -> frozenset[HintKind]:
    kinds: dict[HintKind, bool] = {
        "type": settings.types,
        "parameter": settings.parameter_names,
        "chain": settings.chains,
    }
    return frozenset(kind for kind, is_wanted in kinds.items() if is_wanted)


def _shown(position: lsp.Position, hint: InlayHint) -> lsp.InlayHint:
    is_parameter = hint.kind == "parameter"
    kind = lsp.InlayHintKind.Parameter if is_parameter else lsp.InlayHintKind.Type
    # A type stands behind its name as in an annotation; what a chain gives is set apart.
    return lsp.InlayHint(position, hint.label, kind, padding_left=hint.kind == "chain", padding_right=is_parameter)
