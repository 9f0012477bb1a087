"""The server's table, and what `initialize` makes of it."""

from __future__ import annotations

import inspect

import pytest
from inline_snapshot import snapshot
from runekiln_server.lsp.app import capabilities
from runekiln_server.lsp.commands import COMMANDS
from runekiln_server.lsp.handlers.commands import CARRIED_OUT_BY

from .editor import Editor


def test_every_row_of_the_table_has_its_handler() -> None:
    for capability in capabilities():
        assert list(inspect.signature(capability.handler()).parameters) == ["ls", "params"]


def test_every_command_is_carried_out() -> None:
    assert tuple(CARRIED_OUT_BY) == COMMANDS


@pytest.mark.asyncio(loop_scope="session")
async def test_initialize_says_all_of_it(newcomer: Editor) -> None:
    assert await newcomer.initialize() == snapshot(
        {
            "positionEncoding": "utf-16",
            "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
            "completionProvider": {"triggerCharacters": [".", ":", '"', "/", "@", "[", "("], "resolveProvider": True},
            "hoverProvider": True,
            "signatureHelpProvider": {"triggerCharacters": ["(", ","], "retriggerCharacters": [")"]},
            "declarationProvider": True,
            "definitionProvider": True,
            "typeDefinitionProvider": True,
            "implementationProvider": True,
            "referencesProvider": True,
            "documentHighlightProvider": True,
            "documentSymbolProvider": True,
            "codeLensProvider": {"resolveProvider": False},
            "documentLinkProvider": {"resolveProvider": False},
            "workspaceSymbolProvider": True,
            "documentFormattingProvider": True,
            "documentRangeFormattingProvider": True,
            "documentOnTypeFormattingProvider": {"firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"]},
            "renameProvider": True,
            "foldingRangeProvider": True,
            "selectionRangeProvider": True,
            "executeCommandProvider": {
                "commands": [
                    "runekiln.run",
                    "runekiln.pin",
                    "runekiln.unpin",
                    "runekiln.stop",
                    "runekiln.sessions",
                    "runekiln.doctor",
                    "runekiln.showReferences",
                ]
            },
            "callHierarchyProvider": True,
            "linkedEditingRangeProvider": True,
            "semanticTokensProvider": {
                "legend": {
                    "tokenTypes": [
                        "namespace",
                        "type",
                        "struct",
                        "enum",
                        "enumMember",
                        "parameter",
                        "variable",
                        "property",
                        "function",
                        "method",
                        "macro",
                        "decorator",
                        "label",
                        "event",
                        "keyword",
                        "string",
                        "number",
                        "comment",
                    ],
                    "tokenModifiers": [
                        "declaration",
                        "readonly",
                        "deprecated",
                        "async",
                        "modification",
                        "defaultLibrary",
                    ],
                },
                "range": True,
                "full": {"delta": True},
            },
            "inlayHintProvider": {"resolveProvider": False},
            "workspace": {"workspaceFolders": {"supported": True, "changeNotifications": True}, "fileOperations": {}},
        }
    )
    await newcomer.close()
