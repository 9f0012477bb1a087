"""Keeps what is known of the names of each kiln true: read in a thread, and again when files change."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from runekiln_server.kiln_names import NameReader, matters
from runekiln_server.lsp.threads import in_thread
from runekiln_server.session import NamesRead
from runekiln_server.world import Key, World

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer


class Names:
    """Reads the names of a kiln when its first script is open, and when something in it has changed."""

    def __init__(self, ls: RuneServer) -> None:
        self._ls = ls
        self._readers: dict[Path, NameReader] = {}
        self._folders: dict[Path, frozenset[Path]] = {}
        self._reading: dict[Path, asyncio.Task[None]] = {}
        self._again: set[Path] = set()

    @property
    def folders(self) -> frozenset[Path]:
        """The folders in which what has names lies."""
        return frozenset().union(*self._folders.values())

    def update(self, before: World, after: World) -> None:
        """Other scripts may be open."""
        if before.documents is not after.documents:
            for document in after.documents.values():
                if document.kiln is not None and document.kiln not in self._readers:
                    self._readers[document.kiln] = NameReader(document.kiln)
                    self._read(document.kiln)

    def files_changed(self, keys: frozenset[Key]) -> None:
        """Files have changed on disk, have come or have gone; or folders have."""
        changed = [key for key in keys if matters(key) or "." not in key.rpartition("/")[2]]
        for kiln in self._readers if changed else ():
            root = kiln.resolve().as_posix()
            if any(key.startswith(root) for key in changed):
                self._read(kiln)

    async def read(self, kiln: Path | None) -> None:
        """Wait until the names of a kiln are known."""
        while kiln is not None and (reading := self._reading.get(kiln)) is not None:
            await asyncio.shield(reading)

    def _read(self, kiln: Path) -> None:
        if kiln in self._reading:
            self._again.add(kiln)
        else:
            self._reading[kiln] = asyncio.ensure_future(self._work(kiln))

    async def _work(self, kiln: Path) -> None:
        reader = self._readers[kiln]
        try:
            while True:
                self._again.discard(kiln)
                names, folders = await in_thread(reader.read)
                if kiln not in self._again:
                    break
        finally:
            del self._reading[kiln]
        self._folders[kiln] = folders
        self._ls.handle(NamesRead(kiln, names))
        self._ls.watch_again()
