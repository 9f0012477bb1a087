"""Signature help."""

from __future__ import annotations

from lsprotocol import types as lsp
from runekiln_analysis.facts import Offsets
from runekiln_analysis.signature_help import SignatureHelp, signature_help

from runekiln_server.lsp import convert
from runekiln_server.lsp.client import Client
from runekiln_server.lsp.server import RuneServer


async def on_signature_help(ls: RuneServer, params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
    """What the call around the cursor takes."""
    found = await ls.snapshot(params.text_document.uri)
    if found is None:
        return None
    document, snapshot = found
    answer = signature_help(snapshot, convert.to_offset(document.index, params.position, ls.client.encoding))
    return None if answer is None else _shown(answer, ls.client)


def _shown(help_: SignatureHelp, client: Client) -> lsp.SignatureHelp:
    parameters = [lsp.ParameterInformation(_label(help_.label, span, client)) for span in help_.parameters]
    docs = convert.marked_up(help_.docs, client.signature_format) if help_.docs else None
    return lsp.SignatureHelp([lsp.SignatureInformation(help_.label, docs, parameters)], 0, help_.active)


def _label(label: str, span: Offsets, client: Client) -> str | tuple[int, int]:
    """A parameter by where it is in the signature, counted in UTF-16 whatever the client counts in."""
    start, end = span
    if not client.parameter_offsets:
        return label[start:end]
    before = len(label[:start].encode("utf-16-le")) // 2
    return (before, before + len(label[start:end].encode("utf-16-le")) // 2)
