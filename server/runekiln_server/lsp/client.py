"""What the client at the other end can do, as far as it matters to us."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types as lsp
from pygls.capabilities import get_capability
from runekiln_analysis.text import Encoding

from runekiln_server.lsp.transport import Json


@dataclass(frozen=True, slots=True)
class Client:
    """The client's capabilities; the defaults are those of a client that has none."""

    encoding: Encoding = "utf-16"
    process_id: int | None = None
    diagnostic_versions: bool = False
    related_places: bool = False
    diagnostic_tags: frozenset[int] = frozenset()
    snippets: bool = False
    hover_format: lsp.MarkupKind | None = None
    documentation_format: lsp.MarkupKind | None = None
    nested_symbols: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    refreshes_lenses: bool = False
    work_done_progress: bool = False
    notifications: bool = False


def client_of(params: lsp.InitializeParams) -> Client:
    """Read the client's side of the handshake."""
    capabilities = params.capabilities
    document, workspace = "text_document", "workspace"

    def declared(path: str) -> Json:
        return get_capability(capabilities, path)

    def is_declared(path: str) -> bool:
        return bool(declared(path))

    tags = declared(f"{document}.publish_diagnostics.tag_support.value_set")
    return Client(
        encoding=choose_encoding(declared("general.position_encodings")),
        process_id=params.process_id,
        diagnostic_versions=is_declared(f"{document}.publish_diagnostics.version_support"),
        related_places=is_declared(f"{document}.publish_diagnostics.related_information"),
        diagnostic_tags=frozenset(int(tag) for tag in tags or ()),
        snippets=is_declared(f"{document}.completion.completion_item.snippet_support"),
        hover_format=_format(declared(f"{document}.hover.content_format")),
        documentation_format=_format(declared(f"{document}.completion.completion_item.documentation_format")),
        nested_symbols=is_declared(f"{document}.document_symbol.hierarchical_document_symbol_support"),
        configuration=is_declared(f"{workspace}.configuration"),
        registers_configuration=is_declared(f"{workspace}.did_change_configuration.dynamic_registration"),
        registers_watchers=is_declared(f"{workspace}.did_change_watched_files.dynamic_registration"),
        refreshes_lenses=is_declared(f"{workspace}.code_lens.refresh_support"),
        work_done_progress=is_declared("window.work_done_progress"),
        notifications=_takes_our_notifications(capabilities.experimental),
    )


def choose_encoding(offered: Json) -> Encoding:
    """The first of the encodings `offered` that we count in; UTF-16 is what all clients know."""
    for encoding in offered or ():
        match encoding:
            case "utf-8":
                return "utf-8"
            case "utf-16":
                return "utf-16"
            case "utf-32":
                return "utf-32"
    return "utf-16"


def _format(taken: Json) -> lsp.MarkupKind | None:
    """Markdown if the client takes it; None for a client that takes plain strings only."""
    for kind in (lsp.MarkupKind.Markdown, lsp.MarkupKind.PlainText):
        if kind in (taken or ()):
            return kind
    return None


def _takes_our_notifications(experimental: Json) -> bool:
    # An `LSPAny`: a mapping here, whatever the client put there elsewhere.
    ours = experimental.get("runekiln") if isinstance(experimental, dict) else None
    return isinstance(ours, dict) and ours.get("notifications") is True
