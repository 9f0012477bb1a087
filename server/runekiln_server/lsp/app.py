"""The language server's command and its table: every capability in one place."""

from __future__ import annotations

import argparse
import gc
import importlib
import threading
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from runekiln_server.lsp.lane import Lane

if TYPE_CHECKING:
    from runekiln_runtime.checkers import Checkers

    from runekiln_server.lsp.server import RuneServer

Handle: TypeAlias = "Callable[[RuneServer, Any], object | Awaitable[object]]"


class Capability(NamedTuple):
    """A method of the protocol, the function of `handlers` that serves it, and what `initialize` says beyond that."""

    method: str
    module: str
    function: str
    options: object = None

    def handler(self) -> Handle:
        """Import the function: only then, so that `initialize` is answered before the analysis is there."""
        module = importlib.import_module(f"runekiln_server.lsp.handlers.{self.module}")
        # A name in a module has no type of its own; a test looks that all are there.
        return cast("Handle", getattr(module, self.function))


def capabilities() -> tuple[Capability, ...]:
    """All that the server can do."""
    # Not at the top: garbage is not to be collected while the protocol's hundreds of types are imported.
    from lsprotocol import types as lsp
    from runekiln_analysis.token_legend import MODIFIERS, TYPES

    legend = lsp.SemanticTokensLegend(list(TYPES), list(MODIFIERS))
    signatures = lsp.SignatureHelpOptions(trigger_characters=["(", ","], retrigger_characters=[")"])
    letters = [".", ":", '"', "/", "@", "[", "("]
    triggers = lsp.CompletionOptions(trigger_characters=letters, resolve_provider=True)
    pull = lsp.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="runekiln")
    offered = lsp.CodeActionKind
    kinds = [
        offered.QuickFix,
        offered.RefactorExtract,
        offered.RefactorInline,
        offered.RefactorRewrite,
        offered.SourceOrganizeImports,
        "source.fixAll.runekiln",
    ]
    actions = lsp.CodeActionOptions(kinds, resolve_provider=True)
    ranges = lsp.DocumentRangeFormattingOptions(ranges_support=True)
    typed = lsp.DocumentOnTypeFormattingOptions("}", ["\n"])
    return (
        Capability(lsp.INITIALIZE, "lifecycle", "on_initialize"),
        Capability(lsp.INITIALIZED, "lifecycle", "on_initialized"),
        Capability(lsp.SHUTDOWN, "lifecycle", "on_shutdown"),
        Capability(lsp.EXIT, "lifecycle", "on_exit"),
        Capability(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, "lifecycle", "on_change_configuration"),
        Capability(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, "lifecycle", "on_change_workspace_folders"),
        Capability(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, "lifecycle", "on_change_watched_files"),
        Capability(lsp.TEXT_DOCUMENT_DID_OPEN, "documents", "on_open"),
        Capability(lsp.TEXT_DOCUMENT_DID_CHANGE, "documents", "on_change"),
        Capability(lsp.TEXT_DOCUMENT_DID_SAVE, "documents", "on_save", lsp.SaveOptions(include_text=False)),
        Capability(lsp.TEXT_DOCUMENT_DID_CLOSE, "documents", "on_close"),
        Capability(lsp.TEXT_DOCUMENT_HOVER, "hover", "on_hover"),
        Capability(lsp.TEXT_DOCUMENT_COMPLETION, "completion", "on_completion", triggers),
        Capability(lsp.COMPLETION_ITEM_RESOLVE, "completion", "on_resolve"),
        Capability(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, "signature_help", "on_signature_help", signatures),
        Capability(lsp.TEXT_DOCUMENT_DEFINITION, "definition", "on_definition"),
        Capability(lsp.TEXT_DOCUMENT_DECLARATION, "definition", "on_declaration"),
        Capability(lsp.TEXT_DOCUMENT_TYPE_DEFINITION, "definition", "on_type_definition"),
        Capability(lsp.TEXT_DOCUMENT_IMPLEMENTATION, "definition", "on_implementation"),
        Capability(lsp.TEXT_DOCUMENT_REFERENCES, "references", "on_references"),
        Capability(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "references", "on_document_highlight"),
        Capability(lsp.TEXT_DOCUMENT_PREPARE_RENAME, "rename", "on_prepare_rename"),
        Capability(lsp.TEXT_DOCUMENT_RENAME, "rename", "on_rename"),
        Capability(lsp.TEXT_DOCUMENT_LINKED_EDITING_RANGE, "rename", "on_linked_editing_range"),
        Capability(lsp.WORKSPACE_WILL_RENAME_FILES, "rename", "on_will_rename_files"),
        Capability(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "semantic_tokens", "on_full", legend),
        Capability(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, "semantic_tokens", "on_delta"),
        Capability(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "semantic_tokens", "on_range"),
        Capability(lsp.TEXT_DOCUMENT_INLAY_HINT, "inlay_hints", "on_inlay_hint"),
        Capability(lsp.INLAY_HINT_RESOLVE, "inlay_hints", "on_resolve"),
        Capability(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "call_hierarchy", "on_prepare"),
        Capability(lsp.CALL_HIERARCHY_INCOMING_CALLS, "call_hierarchy", "on_incoming"),
        Capability(lsp.CALL_HIERARCHY_OUTGOING_CALLS, "call_hierarchy", "on_outgoing"),
        Capability(lsp.TEXT_DOCUMENT_DOCUMENT_LINK, "links", "on_document_link"),
        Capability(lsp.WORKSPACE_SYMBOL, "symbols", "on_workspace_symbol"),
        Capability(lsp.WORKSPACE_SYMBOL_RESOLVE, "symbols", "on_resolve"),
        Capability(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "symbols", "on_document_symbol"),
        Capability(lsp.TEXT_DOCUMENT_FOLDING_RANGE, "folding", "on_folding_range"),
        Capability(lsp.TEXT_DOCUMENT_SELECTION_RANGE, "folding", "on_selection_range"),
        Capability(lsp.TEXT_DOCUMENT_CODE_ACTION, "actions", "on_code_action", actions),
        Capability(lsp.CODE_ACTION_RESOLVE, "actions", "on_resolve"),
        Capability(lsp.TEXT_DOCUMENT_CODE_LENS, "lens", "on_code_lens"),
        Capability(lsp.CODE_LENS_RESOLVE, "lens", "on_resolve"),
        Capability(lsp.TEXT_DOCUMENT_FORMATTING, "formatting", "on_formatting"),
        Capability(lsp.TEXT_DOCUMENT_RANGE_FORMATTING, "formatting", "on_range_formatting", ranges),
        Capability(lsp.TEXT_DOCUMENT_RANGES_FORMATTING, "formatting", "on_ranges_formatting"),
        Capability(lsp.TEXT_DOCUMENT_ON_TYPE_FORMATTING, "formatting", "on_type_formatting", typed),
        Capability(lsp.TEXT_DOCUMENT_DIAGNOSTIC, "diagnostics", "on_diagnostic", pull),
        Capability(lsp.WORKSPACE_DIAGNOSTIC, "diagnostics", "on_workspace_diagnostic"),
        Capability(lsp.WORKSPACE_TEXT_DOCUMENT_CONTENT, "stub_documents", "on_text_document_content"),
        Capability(lsp.WORKSPACE_EXECUTE_COMMAND, "commands", "on_execute_command"),
    )


def main(arguments: Sequence[str]) -> int:
    """Serve an editor over standard input and output; does not return before the client is done."""
    options = _parse(arguments)
    # Collecting garbage in the middle of imports finds none and takes a fifth of their time.
    gc.disable()
    # Importing wasmtime takes as long as half of the rest, and Python imports one thing at a time in whatever thread.
    greeted = threading.Event()
    lane = Lane(partial(_load_checkers, greeted))
    from runekiln_server.lsp.serving import serve

    return serve(lane, capabilities(), options.log_level, greeted.set)


def _load_checkers(greeted: threading.Event, on_progress: Callable[[str], None]) -> Checkers:
    greeted.wait()
    from runekiln_runtime.checkers import Checkers

    return Checkers.load(on_progress)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("runekiln lsp")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="warning")
    # Clients say this on their own; there is no other way to talk to us.
    parser.add_argument("--stdio", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--clientProcessId", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)
