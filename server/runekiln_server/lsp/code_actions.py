"""Actions as a client can take them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from lsprotocol import types as lsp

from runekiln_server.lsp import convert
from runekiln_server.lsp.client import Client
from runekiln_server.world import Document

if TYPE_CHECKING:
    from runekiln_analysis.actions import Action
    from runekiln_analysis.diagnostics import Diagnostic
    from runekiln_analysis.facts import Offsets
    from runekiln_analysis.refactor.refactoring import FileEdits, Refactoring

Locate: TypeAlias = "Callable[[FileEdits], lsp.WorkspaceEdit]"
"""Turns edits of files, by their paths, into what the client takes."""


class Chosen(msgspec.Struct, frozen=True):
    """What a client sends back of an action, to get its edits: which it is, and for which text it was offered.

    A refactoring has the `span` in bytes that it was offered for; what is done about the whole file has none.
    """

    uri: str
    version: int
    name: str
    span: tuple[int, int] | None = None


def from_action(document: Document, action: Action, shown: Sequence[lsp.Diagnostic], client: Client) -> lsp.CodeAction:
    """An action with the problems that it mends, as the client shows them; the edits of a whole file may come later."""
    mended = [each for each in shown if any(_is_same(document, each, one, client) for one in action.mends)]
    offered = lsp.CodeAction(
        title=action.title,
        kind=action.kind,
        diagnostics=mended or None,
        is_preferred=True if action.is_preferred and client.preferred_actions else None,
        disabled=lsp.CodeActionDisabled(action.disabled) if action.disabled else None,
    )
    if action.disabled:
        return offered
    if action.name and client.resolves_edits:
        offered.data = msgspec.to_builtins(Chosen(document.uri, document.version, action.name))
        return offered
    return with_edit(offered, document, action, client)


def from_refactoring(
    document: Document, change: Refactoring, span: Offsets, client: Client, located: Locate
) -> lsp.CodeAction:
    """A refactoring that is offered for a span; its edits come later for a client that can ask for them."""
    offered = lsp.CodeAction(title=change.title, kind=change.kind)
    if client.resolves_edits:
        offered.data = msgspec.to_builtins(Chosen(document.uri, document.version, change.name, span))
    else:
        offered.edit = located(change.make())
    return offered


def with_edit(offered: lsp.CodeAction, document: Document, action: Action, client: Client) -> lsp.CodeAction:
    """The same with its edits: for exactly this version of the text, for a client that can say so."""
    edits = [convert.from_edit(document.index, edit, client.encoding) for edit in action.edits]
    if client.document_changes:
        target = lsp.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        offered.edit = lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(target, list(edits))])
    else:
        offered.edit = lsp.WorkspaceEdit(changes={document.uri: edits})
    return offered


def _is_same(document: Document, shown: lsp.Diagnostic, found: Diagnostic, client: Client) -> bool:
    return shown.code == found.code and shown.range == convert.from_span(document.index, found.span, client.encoding)
