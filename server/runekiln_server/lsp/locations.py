"""Where things are, in the words of the protocol: also in files that no editor shows, and in stubs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from runekiln_analysis.facts import Edit, Offsets
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Place
from runekiln_analysis.text import LineIndex
from runekiln_analysis.whereabouts import Declared, DeclaredByHost, Whereabouts

from runekiln_server.host_source import crates_around, in_crates
from runekiln_server.lsp import convert, uris
from runekiln_server.lsp.problems import uri_to_show
from runekiln_server.lsp.threads import in_thread
from runekiln_server.world import settings_of

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer


@dataclass(frozen=True, slots=True)
class Located:
    """A declaration in a file, and the name in it."""

    uri: str
    range: lsp.Range
    selection: lsp.Range

    @property
    def location(self) -> lsp.Location:
        """The name alone."""
        return lsp.Location(self.uri, self.selection)


class Locator:
    """Made for one answer; knows the texts that the answer was found in."""

    def __init__(self, ls: RuneServer, snapshots: Iterable[Snapshot]) -> None:
        self._ls = ls
        self._texts: dict[str, bytes] = {}
        self._indexes: dict[str, LineIndex] = {}
        for snapshot in snapshots:
            self._texts.update(snapshot.modules)
            self._texts[snapshot.path] = snapshot.text
            self._indexes[snapshot.path] = snapshot.index

    def location(self, path: str, span: Offsets) -> lsp.Location | None:
        """A span of the file at a path; None if the file is gone."""
        index = self._index(path)
        if index is None:
            return None
        return lsp.Location(self.uri(path), convert.from_span(index, span, self._ls.client.encoding))

    async def located(self, where: Whereabouts, *, in_source: bool = False) -> Located | None:
        """A declaration; None if nobody knows where that is. What the host has is shown in its Rust if wanted."""
        if in_source and isinstance(where, DeclaredByHost) and (location := await self._in_source(where)) is not None:
            return Located(location.uri, location.range, location.range)
        if isinstance(where, Declared):
            whole, name = self.location(where.path, where.span), self.location(where.path, where.name_span)
            return None if whole is None or name is None else Located(name.uri, whole.range, name.range)
        place = await self._place(where)
        location = None if place is None else self._in_stub(place)
        return None if location is None else Located(location.uri, location.range, location.range)

    def edits(self, changed: dict[str, tuple[Edit, ...]]) -> lsp.WorkspaceEdit:
        """Changes of several files, with the versions that they are for if the client looks at those."""
        encoding = self._ls.client.encoding
        found: dict[str, list[lsp.TextEdit]] = {}
        for path, edits in changed.items():
            index = self._index(path)
            if index is not None:
                found[path] = [convert.from_edit(index, edit, encoding) for edit in edits]
        if not self._ls.client.document_changes:
            return lsp.WorkspaceEdit({self.uri(path): edits for path, edits in found.items()})
        changes = [
            lsp.TextDocumentEdit(
                lsp.OptionalVersionedTextDocumentIdentifier(self.uri(path), self._version(path)), list(edits)
            )
            for path, edits in found.items()
        ]
        return lsp.WorkspaceEdit(document_changes=list(changes))

    def uri(self, path: str) -> str:
        """What the client calls a file, if it has named it."""
        return uri_to_show(self._ls.world, path, self._ls.client)

    def _version(self, path: str) -> int | None:
        document = self._ls.world.documents.get(uris.key_of_path(path))
        return None if document is None else document.version

    def _index(self, path: str) -> LineIndex | None:
        if path not in self._indexes and path in self._texts:
            self._indexes[path] = LineIndex(self._texts[path])
        if path not in self._indexes and (text := uris.read_path(path)) is not None:
            # A note or a script that a text names.
            self._indexes[path] = LineIndex(text)
        return self._indexes.get(path)

    async def _place(self, where: DeclaredByHost) -> Place | None:
        return where.place or (await self._ls.host_places()).get((where.path, where.kind))

    async def _in_source(self, where: DeclaredByHost) -> lsp.Location | None:
        """The name in the host's Rust, if that is at hand."""
        place, source, name = await self._place(where), where.source, where.path.rpartition("::")[2]
        if source is None or place is None:
            return None
        folders = [*crates_around(place.path), *self._crates()]
        found = await in_thread(lambda: in_crates(folders, source, name))
        return None if found is None else self.location(found.path, found.span)

    def _crates(self) -> Iterator[Path]:
        """The folders that the settings of the scripts' kilns name."""
        for document in self._ls.world.documents.values():
            if document.kiln is not None and document.path in self._texts:
                yield from (document.kiln / each for each in settings_of(self._ls.world, document).stubs.sources)

    def _in_stub(self, place: Place) -> lsp.Location | None:
        """A name in a stub: one of a kiln as the user sees it, or one that comes along."""
        if place.path not in self._indexes:
            sources = (source for sources in self._ls.world.hosts.values() for source in sources)
            text = next((source.text for source in sources if source.path == place.path), None)
            index = _index_of_shipped(place.path) if text is None else LineIndex(text)
            if index is None:
                return None
            self._indexes[place.path] = index
        return self.location(place.path, place.span)


@lru_cache(maxsize=64)
def _index_of_shipped(path: str) -> LineIndex | None:
    """The lines of a stub that comes along, which never changes."""
    text = uris.read_path(path)
    return None if text is None else LineIndex(text)
