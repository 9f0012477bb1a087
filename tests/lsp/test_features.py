"""What real editors get, seen through a client that checks answers against the editor's own capabilities."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsprotocol import converters
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from .editor import COMMAND, recorded

CLIENTS = ["vscode-4.139", "neovim-0.11.4", "helix-25.01.1", "emacs-30.1-eglot"]
URI = "untitled:a"
TEXT = """\
/// Counts what was said.
pub fn codify_session(session: Session) {
    let note = "😀ß"; session.
}

struct Bed { width }

impl Bed {
    fn area(self) { self.width }
}
"""
LINE = '    let note = "😀ß"; session.'

pytestmark = pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")


@pytest_lsp.fixture(params=CLIENTS, config=ClientServerConfig(server_command=list(COMMAND)))
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client with the capabilities of a real editor, and the script open in it."""
    capabilities = converters.get_converter().structure(recorded(request.param), lsp.ClientCapabilities)
    lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(registered)
    answer = await lsp_client.initialize_session(lsp.InitializeParams(capabilities=capabilities))
    assert answer.capabilities.position_encoding == offered_first(capabilities)
    document = lsp.TextDocumentItem(URI, "rune", 1, TEXT)
    lsp_client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
    yield
    await lsp_client.shutdown_session()


def registered(params: lsp.RegistrationParams) -> None:
    """Take a registration, as editors do."""


def offered_first(capabilities: lsp.ClientCapabilities) -> lsp.PositionEncodingKind | str:
    """The encoding that an editor likes best."""
    assert capabilities.general is not None
    assert capabilities.general.position_encodings
    return capabilities.general.position_encodings[0]


def encoded(client: LanguageClient, text: str) -> int:
    """How many columns that text has for this client."""
    match offered_first(client.capabilities):
        case "utf-8":
            return len(text.encode())
        case "utf-32":
            return len(text)
        case _:
            return len(text.encode("utf-16-le")) // 2


async def test_an_editor_is_served(client: LanguageClient) -> None:
    here = lsp.TextDocumentIdentifier(URI)
    declared = client.capabilities.text_document
    assert declared is not None

    if declared.diagnostic is not None:
        report = await client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(here))
        assert isinstance(report, lsp.RelatedFullDocumentDiagnosticReport)
        assert report.items[0].range.start.line == 2
    else:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        assert client.diagnostics[URI][0].range.start.line == 2

    cursor = lsp.Position(2, encoded(client, LINE))
    answer = await client.text_document_completion_async(lsp.CompletionParams(here, cursor))
    assert isinstance(answer, lsp.CompletionList)
    phases = next(item for item in answer.items if item.label == "phases")
    if answer.item_defaults is not None:
        assert answer.item_defaults.edit_range == lsp.Range(cursor, cursor)
        text = phases.text_edit_text
    else:
        assert isinstance(phases.text_edit, lsp.TextEdit)
        assert phases.text_edit.range == lsp.Range(cursor, cursor)
        text = phases.text_edit.new_text
    snippets = declared.completion.completion_item.snippet_support
    assert text == ("phases()" if snippets else "phases")
    full = await client.completion_item_resolve_async(phases)
    assert full.detail == "fn phases(self) -> Vec<Phase>"
    assert full.documentation

    over = lsp.Position(2, encoded(client, LINE) - 3)
    hover = await client.text_document_hover_async(lsp.HoverParams(here, over))
    assert isinstance(hover, lsp.Hover)
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert hover.contents.kind == declared.hover.content_format[0]
    assert "session: Session" in hover.contents.value
    assert hover.range.start.character == encoded(client, LINE.removesuffix("session."))

    outline = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(here))
    names = ["codify_session", "Bed", "impl Bed"]
    if declared.document_symbol is not None and declared.document_symbol.hierarchical_document_symbol_support:
        assert [symbol.name for symbol in outline] == names
        assert [child.name for child in outline[2].children] == ["area"]
    else:
        assert [symbol.name for symbol in outline] == ["codify_session", "Bed", "width", "impl Bed", "area"]
        assert outline[4].container_name == "impl Bed"

    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(here))
    assert [lens.command.title for lens in lenses if lens.command is not None] == ["▶ Run", "Pin"]
    counted = [await client.code_lens_resolve_async(lens) for lens in lenses if lens.command is None]
    titles = ["1 reference", "0 references"] if declared.code_lens is not None else []
    assert [lens.command.title for lens in counted] == titles


async def test_names_are_served(client: LanguageClient) -> None:
    here = lsp.TextDocumentIdentifier(URI)
    declared, workspace = client.capabilities.text_document, client.capabilities.workspace
    assert declared is not None
    assert workspace is not None
    field = lsp.Position(8, len("    fn area(self) { self.w"))

    places = await client.text_document_definition_async(lsp.DefinitionParams(here, field))
    (place,) = places
    has_links = declared.definition is not None and declared.definition.link_support
    target = place.target_selection_range if has_links else place.range
    assert target == lsp.Range(lsp.Position(5, 13), lsp.Position(5, 18))

    context = lsp.ReferenceContext(include_declaration=True)
    found = await client.text_document_references_async(lsp.ReferenceParams(context, here, field))
    assert [each.range.start.line for each in found] == [5, 8]

    renamed = await client.text_document_rename_async(lsp.RenameParams(here, field, "wide"))
    if workspace.workspace_edit is not None and workspace.workspace_edit.document_changes:
        (change,) = renamed.document_changes
        assert change.text_document.version == 1
        edits = change.edits
    else:
        edits = renamed.changes[URI]
    assert [(edit.range.start.line, edit.new_text) for edit in edits] == [(5, "wide"), (8, "wide")]

    tokens = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(here))
    has_grammar = declared.semantic_tokens is not None and declared.semantic_tokens.augments_syntax_tokens
    # The first is the name of the function, or else the comment before it.
    assert tokens.data[0] == (1 if has_grammar else 0)

    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(10, 0))
    assert not await client.text_document_inlay_hint_async(lsp.InlayHintParams(here, whole))
    (found_symbol,) = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("Bed"))
    assert found_symbol.name == "Bed"
