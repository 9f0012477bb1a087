"""What the client at the other end can do, as far as it matters to us."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types as lsp
from runekiln_analysis.text import Encoding

from runekiln_server.lsp.transport import Json

_LINKING = ("definition", "declaration", "typeDefinition", "implementation")


@dataclass(frozen=True, slots=True)
class Client:
    """The client's capabilities; the defaults are those of a client that has none."""

    encoding: Encoding = "utf-16"
    process_id: int | None = None
    diagnostic_versions: bool = False
    related_places: bool = False
    diagnostic_tags: tuple[Json, ...] = ()
    code_descriptions: bool = False
    code_actions: bool = False
    preferred_actions: bool = False
    disabled_actions: bool = False
    resolves_edits: bool = False
    document_changes: bool = False
    snippets: bool = False
    resolved_later: frozenset[str] = frozenset()
    label_details: bool = False
    deprecated_tags: bool = False
    deprecated_flags: bool = False
    preselects: bool = False
    inserts_or_replaces: bool = False
    adjusts_indentation: bool = False
    commit_characters: bool = False
    item_defaults: frozenset[str] = frozenset()
    hover_format: lsp.MarkupKind | None = None
    documentation_format: lsp.MarkupKind | None = None
    nested_symbols: bool = False
    links: frozenset[str] = frozenset()
    link_tooltips: bool = False
    signature_format: lsp.MarkupKind | None = None
    parameter_offsets: bool = False
    prepares_rename: bool = False
    renames_files: bool = False
    has_grammar: bool = False
    resolves_symbols: bool = False
    refreshes_tokens: bool = False
    refreshes_hints: bool = False
    folds_lines: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    refreshes_lenses: bool = False
    lenses: bool = False
    shows_documents: bool = False
    formats_ranges: bool = False
    shows_contents: bool = False
    resolved_of_hints: frozenset[str] = frozenset()
    pulls: bool = False
    related_documents: bool = False
    refreshes_diagnostics: bool = False
    progress: bool = False
    notifications: bool = False


def client_of(params: Json) -> Client:
    """Read the client's side of the handshake, the parameters of `initialize` as they came.

    They are not made into lsprotocol's types, which takes 30 ms of the time that a user waits for.
    """
    capabilities = params.get("capabilities")
    document, workspace = "textDocument", "workspace"

    def declared(path: str) -> Json:
        found = capabilities
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def declared_list(path: str) -> list[Json]:
        found = declared(path)
        return found if isinstance(found, list) else []

    signature = f"{document}.signatureHelp.signatureInformation"
    completion, pull = f"{document}.completion.completionItem", f"{document}.diagnostic"
    actions = f"{document}.codeAction"
    pulls = isinstance(declared(pull), dict)
    # Some say of one way only what they can show of a problem, and show it in both.
    diagnostics = [f"{document}.publishDiagnostics", *([pull] if pulls else [])]
    process_id = params.get("processId")
    return Client(
        encoding=choose_encoding(declared_list("general.positionEncodings")),
        process_id=process_id if isinstance(process_id, int) else None,
        diagnostic_versions=declared(f"{document}.publishDiagnostics.versionSupport") is True,
        related_places=any(declared(f"{way}.relatedInformation") is True for way in diagnostics),
        diagnostic_tags=tuple(tag for way in diagnostics for tag in declared_list(f"{way}.tagSupport.valueSet")),
        code_descriptions=any(declared(f"{way}.codeDescriptionSupport") is True for way in diagnostics),
        code_actions=isinstance(declared(f"{actions}.codeActionLiteralSupport"), dict),
        preferred_actions=declared(f"{actions}.isPreferredSupport") is True,
        disabled_actions=declared(f"{actions}.disabledSupport") is True,
        resolves_edits=declared(f"{actions}.dataSupport") is True
        and "edit" in declared_list(f"{actions}.resolveSupport.properties"),
        document_changes=declared(f"{workspace}.workspaceEdit.documentChanges") is True,
        snippets=declared(f"{completion}.snippetSupport") is True,
        resolved_later=_names(declared_list(f"{completion}.resolveSupport.properties")),
        label_details=declared(f"{completion}.labelDetailsSupport") is True,
        deprecated_tags=lsp.CompletionItemTag.Deprecated.value in declared_list(f"{completion}.tagSupport.valueSet"),
        deprecated_flags=declared(f"{completion}.deprecatedSupport") is True,
        preselects=declared(f"{completion}.preselectSupport") is True,
        inserts_or_replaces=declared(f"{completion}.insertReplaceSupport") is True,
        adjusts_indentation=lsp.InsertTextMode.AdjustIndentation.value
        in declared_list(f"{completion}.insertTextModeSupport.valueSet"),
        commit_characters=declared(f"{completion}.commitCharactersSupport") is True,
        item_defaults=_names(declared_list(f"{document}.completion.completionList.itemDefaults")),
        hover_format=_format(declared_list(f"{document}.hover.contentFormat")),
        documentation_format=_format(declared_list(f"{completion}.documentationFormat")),
        links=frozenset(way for way in _LINKING if declared(f"{document}.{way}.linkSupport") is True),
        link_tooltips=declared(f"{document}.documentLink.tooltipSupport") is True,
        signature_format=_format(declared_list(f"{signature}.documentationFormat")),
        parameter_offsets=declared(f"{signature}.parameterInformation.labelOffsetSupport") is True,
        prepares_rename=declared(f"{document}.rename.prepareSupport") is True,
        renames_files=declared(f"{workspace}.fileOperations.willRename") is True,
        has_grammar=declared(f"{document}.semanticTokens.augmentsSyntaxTokens") is True,
        resolves_symbols="location.range" in declared_list(f"{workspace}.symbol.resolveSupport.properties"),
        refreshes_tokens=declared(f"{workspace}.semanticTokens.refreshSupport") is True,
        refreshes_hints=declared(f"{workspace}.inlayHint.refreshSupport") is True,
        nested_symbols=declared(f"{document}.documentSymbol.hierarchicalDocumentSymbolSupport") is True,
        folds_lines=declared(f"{document}.foldingRange.lineFoldingOnly") is True,
        configuration=declared(f"{workspace}.configuration") is True,
        registers_configuration=declared(f"{workspace}.didChangeConfiguration.dynamicRegistration") is True,
        registers_watchers=declared(f"{workspace}.didChangeWatchedFiles.dynamicRegistration") is True,
        refreshes_lenses=declared(f"{workspace}.codeLens.refreshSupport") is True,
        lenses=isinstance(declared(f"{document}.codeLens"), dict),
        shows_documents=declared("window.showDocument.support") is True,
        resolved_of_hints=_names(declared_list(f"{document}.inlayHint.resolveSupport.properties")),
        shows_contents=isinstance(declared(f"{workspace}.textDocumentContent"), dict),
        formats_ranges=declared(f"{document}.rangeFormatting.rangesSupport") is True,
        pulls=pulls,
        related_documents=declared(f"{pull}.relatedDocumentSupport") is True,
        refreshes_diagnostics=declared(f"{workspace}.diagnostics.refreshSupport") is True,
        progress=declared("window.workDoneProgress") is True,
        notifications=declared("experimental.runekiln.notifications") is True,
    )


def choose_encoding(offered: list[Json]) -> Encoding:
    """The first of the encodings `offered` that we count in; UTF-16 is what all clients know."""
    for encoding in offered:
        match encoding:
            case "utf-8":
                return "utf-8"
            case "utf-16":
                return "utf-16"
            case "utf-32":
                return "utf-32"
    return "utf-16"


def _names(listed: list[Json]) -> frozenset[str]:
    return frozenset(name for name in listed if isinstance(name, str))


def _format(taken: list[Json]) -> lsp.MarkupKind | None:
    """Markdown if the client takes it; None for a client that takes plain strings only."""
    for kind in (lsp.MarkupKind.Markdown, lsp.MarkupKind.PlainText):
        if kind.value in taken:
            return kind
    return None
