"""Every script of the kilns, also those that no editor shows: checked one at a time, while a client asks for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from msgspec.structs import replace

from runekiln_server.kiln import find_kiln
from runekiln_server.lsp import documents, uris
from runekiln_server.lsp.convert import to_report
from runekiln_server.lsp.problems import pending, problems_of, result_id, uri_of
from runekiln_server.lsp.shown import Diagnostic
from runekiln_server.lsp.threads import in_thread
from runekiln_server.lsp.watch import below
from runekiln_server.script_files import SUFFIX, find_scripts
from runekiln_server.world import Document, Key, Known, World

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer

Report = lsp.WorkspaceFullDocumentDiagnosticReport
Seen = dict[Key, tuple[str, str]]
"""Under which URI the client shows a file, and the id of what it shows."""

MOST_SCRIPTS = 5_000
"""How many scripts are looked at that no editor shows: whoever opens a home folder has not meant all of it."""

NOTHING = result_id([])


class Survey:
    """Keeps what is known of closed scripts until a text that they were made of changes."""

    def __init__(self, ls: RuneServer) -> None:
        self._ls = ls
        self._checked: dict[Key, tuple[Document, Known]] = {}
        self._scripts: dict[Key, Path] | None = None
        self._listings = 0
        self._problems: dict[Key, tuple[tuple[object, ...], list[Diagnostic], str]] = {}
        # The changes during each check that is under way.
        self._meanwhile: list[set[Key]] = []
        self._moved = asyncio.Event()
        self._is_closed = False

    @property
    def folders(self) -> frozenset[Path]:
        """The folders in which scripts lie, or may come to lie."""
        if self._scripts is None:
            return frozenset()
        return frozenset(self._roots()).union(path.parent for path in self._scripts.values())

    def update(self, before: World, after: World) -> None:
        """Other texts are open, or have been checked."""
        if before.documents is not after.documents:
            keys = before.documents.keys() | after.documents.keys()
            self._forget({key for key in keys if before.documents.get(key) is not after.documents.get(key)})
            if _kilns(before) != _kilns(after):
                self._scripts = None
        if before.settings is not after.settings or before.hosts is not after.hosts:
            self._checked.clear()
        if before.known is not after.known or before.settings is not after.settings or before.hosts is not after.hosts:
            self._wake()

    def files_changed(self, keys: frozenset[Key]) -> None:
        """Files have changed on disk, have come or have gone; or folders have."""
        self._forget(keys)
        scripts = below(self._scripts or (), keys)
        if scripts or any(key.endswith(SUFFIX) or Path(key).is_dir() for key in keys):
            self.look_again()
        else:
            self._wake()

    def look_again(self) -> None:
        """There may be other scripts."""
        self._scripts = None
        self._listings += 1
        self._wake()

    def close(self) -> None:
        """Answer whoever waits: there is nothing more to come."""
        self._is_closed = True
        self._wake()

    async def report(self, previous: Iterable[lsp.PreviousResultId], token: lsp.ProgressToken | None) -> list[Report]:
        """The files of which something else is known than the client shows; waits until there are any.

        With a token, they are sent to it as they are found, and none are returned.
        """
        seen = {uris.to_key(each.uri): (each.uri, each.value) for each in previous}
        found: list[Report] = []
        while not found and not self._is_closed:
            moved = self._moved
            async for reports in self._look(seen):
                found += reports
                if token is not None and reports:
                    part = lsp.WorkspaceDiagnosticReportPartialResult(reports)
                    self._ls.protocol.notify(lsp.PROGRESS, lsp.ProgressParams(token, part))
            if not found and not self._is_closed:
                await moved.wait()
        return found if token is None else []

    async def scripts(self, matters: Callable[[bytes], bool]) -> tuple[Known, ...]:
        """What is known of every script, the open ones first; of the others, of those whose text matters."""
        scripts = await self._find()
        unread = {key: path for key, path in scripts.items() if not self._is_known(key) and key.endswith(SUFFIX)}
        texts = await in_thread(lambda: {key: uris.read_path(path.as_posix()) for key, path in unread.items()})
        for key, text in texts.items():
            if text is not None and matters(text):
                await self._check(key, unread[key], text)
        world = self._ls.world
        closed = (known for root, (_, known) in self._checked.items() if root not in world.documents)
        return (*world.known.values(), *closed)

    async def _look(self, seen: Seen) -> AsyncIterator[list[Report]]:
        """What is new to a client that has seen that, in as many parts as it takes to find it out."""
        scripts = await self._find()
        moved = self._moved
        unread = {key: path for key, path in scripts.items() if not self._is_known(key)}
        texts = await in_thread(lambda: {key: uris.read_path(path.as_posix()) for key, path in unread.items()})
        # A script is looked at before its `mod` files, which are not to be judged by themselves.
        above = [key for key, text in texts.items() if text is not None and b"mod" in text]
        for key in above:
            await self._check(key, unread[key], texts[key])
        yield self._news(seen)
        for key in [key for key in texts if key not in above]:
            await self._check(key, unread[key], texts[key])
            yield self._news(seen, [key])
        yield self._news(seen)
        if moved is self._moved:
            # Otherwise a file may be unknown only because it has just changed.
            yield self._gone(seen, scripts)

    async def _find(self) -> Mapping[Key, Path]:
        """Every script below the folders of the editor and the kilns of open scripts, and the stubs of the kilns."""
        while self._scripts is None:
            listing = self._listings
            found = await in_thread(partial(_scripts_below, self._roots()))
            if listing == self._listings:
                self._scripts = self._limited(found)
        kilns = {folder for folder in self._roots() if (folder / ".crucible").is_dir()}
        if not kilns <= self._ls.world.settings.keys():
            self._ls.configure(*kilns)
        self._ls.watch_again()
        found = {**(self._scripts or {}), **_stubs(self._ls.world)}
        self._checked = {key: checked for key, checked in self._checked.items() if key in found}
        return found

    def _limited(self, scripts: dict[Key, Path]) -> dict[Key, Path]:
        """As many as are looked at, the least deep first."""
        if len(scripts) <= MOST_SCRIPTS:
            return scripts
        roots = ", ".join(map(str, self._roots()))
        self._ls.tell_once(
            f"There are {len(scripts):,} scripts below {roots}: of those that are not open, {MOST_SCRIPTS:,} are "
            "looked at. Open a folder further down, or name in a .gitignore what does not belong to the kiln."
        )
        return dict(sorted(scripts.items(), key=lambda each: (len(each[1].parts), each[1]))[:MOST_SCRIPTS])

    def _roots(self) -> list[Path]:
        return sorted(_kilns(self._ls.world).union(_kiln_or_itself(folder) for folder in self._ls.folders))

    async def _check(self, key: Key, path: Path, text: bytes | None) -> None:
        if text is None or self._is_known(key):
            return
        meanwhile: set[Key] = set()
        self._meanwhile.append(meanwhile)
        try:
            document = documents.from_disk(uris.from_path(path.as_posix()), text)
            known = await self._ls.look_at(document)
        finally:
            self._meanwhile.remove(meanwhile)
        if known is None or below(known.sources, frozenset(meanwhile)):
            return
        self._checked[key] = (document, known)
        for other in known.files.keys() - {key}:
            self._checked.pop(other, None)

    def _is_known(self, key: Key) -> bool:
        """Whether the file is open, or part of a script that is known."""
        world = self._ls.world
        others = (*world.known.values(), *(known for _, known in self._checked.values()))
        return key in world.documents or any(key in known.files for known in others)

    def _news(self, seen: Seen, keys: Iterable[Key] | None = None) -> list[Report]:
        """The files, or those of `keys`, of which the client shows something else; it shows that from now on."""
        world = self._ls.world
        found = self._by_file()
        news = []
        for key in found.keys() if keys is None else found.keys() & set(keys):
            document = world.documents.get(key)
            if document is not None and pending(world, key):
                continue
            uri, shown = seen.get(key, (uri_of(world, found[key][0], key), None))
            items, name = self._problems_of(key, found[key])
            if name != shown:
                uri = document.uri if document is not None else uri
                seen[key] = (uri, name)
                version = document.version if document is not None else None
                news.append(Report(uri, to_report(items), version, result_id=name))
        return news

    def _by_file(self) -> dict[Key, list[Known]]:
        """What is true of each file; of an open one, what the checks of open ones found, as when it is pulled alone."""
        world = self._ls.world
        found: dict[Key, list[Known]] = {}
        for known in world.known.values():
            for key in known.files:
                document = world.documents.get(key)
                if document is None or known.sources[key] == document.text:
                    found.setdefault(key, []).append(known)
        for root, (_, known) in self._checked.items():
            if root not in world.documents:
                for key in known.files.keys() - world.documents.keys():
                    found.setdefault(key, []).append(known)
        return found

    def _problems_of(self, key: Key, known: list[Known]) -> tuple[list[Diagnostic], str]:
        """The problems of a file and their name, which are worked out again when something in them is new."""
        world = self._ls.world
        made_of = (*known, world.documents.get(key), world.settings)
        before, items, name = self._problems.get(key, ((), [], NOTHING))
        if len(before) != len(made_of) or any(was is not is_ for was, is_ in zip(before, made_of, strict=True)):
            closed = {root: document for root, (document, _) in self._checked.items()}
            items = problems_of(replace(world, documents={**closed, **world.documents}), known, key, self._ls.client)
            name = result_id(items)
            self._problems[key] = (made_of, items, name)
        return items, name

    def _gone(self, seen: Seen, scripts: Mapping[Key, Path]) -> list[Report]:
        """What the client shows of files of which nothing is known any more."""
        there = self._by_file().keys() | scripts.keys() | self._ls.world.documents.keys()
        gone = seen.keys() - there
        reports = [Report(seen[key][0], [], result_id=NOTHING) for key in gone if seen[key][1] != NOTHING]
        for key in gone:
            self._problems.pop(key, None)
            seen[key] = (seen[key][0], NOTHING)
        return reports

    def _forget(self, keys: Iterable[Key]) -> None:
        changed = frozenset(keys)
        for meanwhile in self._meanwhile:
            meanwhile |= changed
        self._checked = {
            key: checked for key, checked in self._checked.items() if not below(checked[1].sources, changed)
        }

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()


def _stubs(world: World) -> dict[Key, Path]:
    return {stub.key: Path(stub.source.path) for stubs in world.stubs.values() for stub in stubs}


def _kilns(world: World) -> set[Path]:
    return {document.kiln for document in world.documents.values() if document.kiln is not None}


def _kiln_or_itself(folder: Path) -> Path:
    kiln = find_kiln(folder)
    return kiln.root if kiln is not None else folder


def _scripts_below(roots: Iterable[Path]) -> dict[Key, Path]:
    """The scripts below those folders, some of which may have gone."""
    return {uris.key_of_path(path.as_posix()): path for root in roots if root.is_dir() for path in find_scripts(root)}
