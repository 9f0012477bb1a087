"""Problems as the editor shows them: only what differs from what it shows already is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lsprotocol import types as lsp
from runekiln_analysis.diagnostics import diagnostics
from runekiln_analysis.facts import Related
from runekiln_analysis.text import LineIndex

from runekiln_server.lsp import convert, uris
from runekiln_server.lsp.client import Client
from runekiln_server.settings import Settings
from runekiln_server.world import Key, Known, World, settings_of

Send = Callable[[lsp.PublishDiagnosticsParams], None]


class Publisher:
    """Knows what the client shows, by the URI under which it was told."""

    def __init__(self, client: Client, send: Send) -> None:
        self._client = client
        self._send = send
        self._shown: dict[Key, lsp.PublishDiagnosticsParams] = {}

    def update(self, before: World, after: World) -> None:
        """Tell the client what is different."""
        for key in sorted(_touched(before, after, self._shown.keys())):
            self._show(after, key)

    def _show(self, world: World, key: Key) -> None:
        shown = self._shown.get(key)
        wanted = self._wanted(world, key)
        if shown is not None and (wanted is None or wanted.uri != shown.uri):
            del self._shown[key]
            if shown.diagnostics:
                self._send(lsp.PublishDiagnosticsParams(uri=shown.uri, diagnostics=[]))
            shown = None
        if wanted is not None and wanted != shown:
            self._shown[key] = wanted
            self._send(wanted)

    def _wanted(self, world: World, key: Key) -> lsp.PublishDiagnosticsParams | None:
        """What the client should show of a file; None if nothing is to be said of it."""
        document = world.documents.get(key)
        known = tuple(_true_of(world, key))
        if not known:
            # An open text that is being checked: what is shown stays, editors move it along with the text.
            return self._shown.get(key) if document is not None else None
        found = [diagnostic for one in known for diagnostic in self._diagnostics(world, one, key)]
        if document is None and not found:
            return None
        return lsp.PublishDiagnosticsParams(
            uri=document.uri if document is not None else self._closed_uri(key, known[0]),
            diagnostics=_without_repeats(found),
            version=document.version if document is not None and self._client.diagnostic_versions else None,
        )

    def _diagnostics(self, world: World, known: Known, key: Key) -> Iterator[lsp.Diagnostic]:
        document = world.documents.get(key)
        root = world.documents.get(known.root)
        index = document.index if document is not None else LineIndex(known.sources[key] or b"")
        settings = settings_of(world, root) if root is not None else Settings()

        def locate(place: Related) -> lsp.Location | None:
            return self._locate(world, known, place)

        for diagnostic in diagnostics(known.files[key], settings.diagnostics.severity):
            yield convert.from_diagnostic(index, diagnostic, self._client, locate)

    def _locate(self, world: World, known: Known, place: Related) -> lsp.Location | None:
        key = uris.key_of_path(place.path)
        text = known.sources.get(key)
        if text is None:
            return None
        document = world.documents.get(key)
        range_ = convert.from_span(LineIndex(text), place.span, self._client.encoding)
        return lsp.Location(document.uri if document is not None else uris.from_path(place.path), range_)

    def _closed_uri(self, key: Key, known: Known) -> str:
        # The client's own spelling, if it has had the file open.
        shown = self._shown.get(key)
        return shown.uri if shown is not None else uris.from_path(known.files[key].path)


def _touched(before: World, after: World, shown: Iterable[Key]) -> set[Key]:
    """The files of which something else may have to be shown."""
    touched = set(before.documents.keys() ^ after.documents.keys())
    for root in before.known.keys() | after.known.keys():
        was, is_ = before.known.get(root), after.known.get(root)
        if was is not is_:
            touched.update(was.files if was else (), is_.files if is_ else ())
    if before.settings is not after.settings:
        touched.update(shown)
        touched.update(key for known in after.known.values() for key in known.files)
    return touched


def _true_of(world: World, key: Key) -> Iterator[Known]:
    """The checks that speak of the file as it is now."""
    document = world.documents.get(key)
    for known in world.known.values():
        if key in known.files and (document is None or known.sources[key] == document.text):
            yield known


def _without_repeats(found: list[lsp.Diagnostic]) -> list[lsp.Diagnostic]:
    """Two scripts that pull in the same file find the same problems in it."""
    unique = {
        (
            diagnostic.range.start.line,
            diagnostic.range.start.character,
            diagnostic.range.end.line,
            diagnostic.range.end.character,
            diagnostic.code,
            diagnostic.message,
        ): diagnostic
        for diagnostic in found
    }
    return list(unique.values())
