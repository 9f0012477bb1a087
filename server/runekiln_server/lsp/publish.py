"""Problems pushed to the editor: only what differs from what it shows already is sent."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_server.lsp.client import Client
from runekiln_server.lsp.problems import problems_of, touched, true_of, uri_of
from runekiln_server.lsp.shown import Published
from runekiln_server.world import Key, Known, World

Send = Callable[[Published], None]


class Publisher:
    """Knows what the client shows, by the URI under which it was told."""

    def __init__(self, client: Client, send: Send) -> None:
        self._client = client
        self._send = send
        self._shown: dict[Key, Published] = {}

    def update(self, before: World, after: World) -> None:
        """Tell the client what is different."""
        if self._client.pulls:
            return
        changed = touched(before, after)
        if before.settings is not after.settings:
            changed.update(self._shown)
        for key in sorted(changed):
            self._show(after, key)

    def _show(self, world: World, key: Key) -> None:
        shown = self._shown.get(key)
        wanted = self._wanted(world, key)
        if shown is not None and (wanted is None or wanted.uri != shown.uri):
            del self._shown[key]
            if shown.diagnostics:
                self._send(Published(uri=shown.uri, diagnostics=[]))
            shown = None
        if wanted is not None and wanted != shown:
            self._shown[key] = wanted
            self._send(wanted)

    def _wanted(self, world: World, key: Key) -> Published | None:
        """What the client should show of a file; None if nothing is to be said of it."""
        document = world.documents.get(key)
        known = tuple(true_of(world, key))
        if not known:
            # An open text that is being checked: what is shown stays, editors move it along with the text.
            return self._shown.get(key) if document is not None else None
        found = problems_of(world, known, key, self._client)
        if document is None and not found:
            return None
        return Published(
            uri=document.uri if document is not None else self._closed_uri(world, known[0], key),
            diagnostics=found,
            version=document.version if document is not None and self._client.diagnostic_versions else None,
        )

    def _closed_uri(self, world: World, known: Known, key: Key) -> str:
        # The client's own spelling, if it has had the file open.
        shown = self._shown.get(key)
        return shown.uri if shown is not None else uri_of(world, known, key)
