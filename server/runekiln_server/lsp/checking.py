"""What one check of a script does: the files that it reads, the guest that it asks, what is known afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from runekiln_analysis.facts import Facts, FileFacts
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import HostSetup

from runekiln_server.lsp.uris import key_of_path, read_path
from runekiln_server.world import Document, Generation, Key, Known, World, dialect_of, host_of

if TYPE_CHECKING:
    # Importing it imports wasmtime, which is the lane's own work.
    from runekiln_runtime.checkers import Checkers, Host


class Job(msgspec.Struct, frozen=True):
    """Check the script `root` as it is in `world`."""

    root: Key
    generation: Generation
    world: World

    @property
    def name(self) -> tuple[Key, Generation]:
        """What tells it from every other job."""
        return (self.root, self.generation)


class _Reader:
    """Reads the files of one script, those that are open as the editor has them, and knows what it has read."""

    def __init__(self, job: Job) -> None:
        self._world = job.world
        document = job.world.documents[job.root]
        self._before = job.world.known.get(job.root)
        self.keys: dict[str, Key] = {document.path: document.key}
        self.given: dict[str, bytes | None] = {document.path: document.text}

    def read(self, path: str) -> bytes | None:
        """The text of a file. One that has not changed is the same object: so it is known to be the same."""
        key = self.keys[path] = key_of_path(path)
        text = read_file(self._world, path, key)
        before = None if self._before is None else self._before.sources.get(key)
        self.given[path] = text = before if before == text else text
        return text

    def known(self, job: Job, facts: Facts, host: Host, *, is_whole: bool) -> Known:
        """What a check that read these files has found."""
        return Known(
            root=job.root,
            generation=job.generation,
            facts=facts,
            files=MappingProxyType({self.keys[file.path]: file for file in facts.files}),
            sources=MappingProxyType({self.keys[path]: text for path, text in self.given.items()}),
            given=tuple(Source(path, text) for path, text in self.given.items()),
            is_whole=is_whole,
            setup=host.setup,
            bindings=host.bindings,
            broken=tuple(file for file in host.files if file.path in host.broken),
        )


def edit(
    checkers: Checkers, job: Job, look_ahead: Callable[[Host, Callable[[], Facts]], Callable[[], Facts]]
) -> Known | None:
    """Check a script after an edit within one function; None if it takes more than that. Raises GuestError."""
    document, setup = job.world.documents[job.root], host_of(job.world, job.world.documents[job.root])
    if not checkers.knows(setup) or dialect_of(job.world, document) != "module":
        return None
    host = checkers.host(setup)
    if any(file.path == document.path for file in host.files):
        return None
    reader = _Reader(job)
    facts = host.checker.edit(document.path, document.text, reader.read, partial(look_ahead, host))
    return None if facts is None else reader.known(job, facts, host, is_whole=False)


def check(checkers: Checkers, job: Job) -> Known:
    """Check one script, its `mod` files taken from open documents first, then from disk; or one stub."""
    document = job.world.documents[job.root]
    reader = _Reader(job)
    host = _host(checkers, job.world, host_of(job.world, document))
    stub = next((file for file in host.files if file.path == document.path), None)
    if stub is not None:
        facts, is_whole = _facts_of_stub(host, document, stub), True
    else:
        facts = host.checker.recheck(document.path, document.text, reader.read, dialect_of(job.world, document))
        is_whole = host.checker.has_seen_whole(document.path)
    return reader.known(job, facts, host, is_whole=is_whole)


def _facts_of_stub(host: Host, document: Document, stub: FileFacts) -> Facts:
    """The facts of a stub of the kiln: its trees by itself, its problems, which need the other stubs, as in `stub`."""
    alone = host.checker.check(document.path, document.text, lambda path: None, "stub")
    return Facts(tuple(msgspec.structs.replace(file, problems=stub.problems) for file in alone.files))


def _host(checkers: Checkers, world: World, setup: HostSetup) -> Host:
    """What a script of that setup is checked with; what no open document has a use for any more is let go."""
    is_new = not checkers.knows(setup)
    host = checkers.host(setup)
    if is_new:
        checkers.keep({setup, *(host_of(world, document) for document in world.documents.values())})
    return host


def read_file(world: World, path: str, key: Key) -> bytes | None:
    """The text of a file as the user sees it: the open document, or else what is on disk; None if there is none."""
    if key in world.documents:
        return world.documents[key].text
    return read_path(path)
