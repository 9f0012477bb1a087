"""All that is known at one moment, as one value, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct, field
from runekiln_analysis.facts import Facts, FileFacts
from runekiln_analysis.kiln_names import NO_NAMES, KilnNames
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.text import LineIndex
from runekiln_runtime.protocol import Dialect, Source
from runekiln_runtime.stub_files import HostSetup

from runekiln_server import settings
from runekiln_server.settings import Settings

Key: TypeAlias = str
"""The canonical name of a file: two spellings of one file have the same key."""

Generation: TypeAlias = int
"""Counts the moments at which something was to be checked again; never used twice in a session."""


class Document(Struct, frozen=True):
    """An open text.

    `uri` is spelt as the client spells it; `path` is what the guest calls the file, with `/`; `kiln` is the folder
    of the kiln that it lies in, or None.
    """

    uri: str
    key: Key
    path: str
    kiln: Path | None
    version: int
    text: bytes
    index: LineIndex


class Stub(Struct, frozen=True):
    """A stub of a kiln as it is on disk; `source` has the path that the guest knows it by."""

    key: Key
    source: Source


class Known(Struct, frozen=True):
    """What the check of the script, or stub, `root` found.

    `files` holds the facts of the script and of every `mod` file in it. `sources` holds every text that was
    looked at, and `None` for a file that was looked for and not found; `given` is the same as the guest got it.
    `is_whole` is false if the guest has looked only at the function that was edited. `setup` was in force, and
    `bindings` are what it binds; `broken` are the stubs of the kiln, as they really are, that are wrong.
    """

    root: Key
    generation: Generation
    facts: Facts
    files: Mapping[Key, FileFacts]
    sources: Mapping[Key, bytes | None]
    given: tuple[Source, ...]
    is_whole: bool
    setup: HostSetup
    bindings: Bindings
    broken: tuple[FileFacts, ...] = ()


class Pin(Struct, frozen=True):
    """An entry that runs again whenever one of its inputs is saved.

    `session` and `arguments` (JSON texts, or files) are what it is given. `inputs` holds the texts that the last run
    read, by the key of their files: the script, its `mod` files (`None` where there is none) and what it is given.
    """

    uri: str
    key: Key
    entry: str
    session: Path | None
    arguments: tuple[bytes | Path, ...]
    inputs: Mapping[Key, bytes | None]


class World(Struct, frozen=True):
    """All that is known at one moment.

    A *root* is an open document that is checked for itself; an open `mod` file of another root is not, its facts
    are those that the check of that root found. `wanted` holds every root with the generation in which its last
    check was wanted, and `failed` those generations that ended without an answer. `settings` are those of each kiln,
    and of scripts outside of any. `stubs` are those of each kiln as they are on disk, `hosts` the same as the user sees
    them, with the texts of open documents. `names` are what the folder of each kiln gives. `runs` counts the results of
    each entry.
    """

    documents: Mapping[Key, Document] = field(default_factory=lambda: MappingProxyType({}))
    known: Mapping[Key, Known] = field(default_factory=lambda: MappingProxyType({}))
    wanted: Mapping[Key, Generation] = field(default_factory=lambda: MappingProxyType({}))
    failed: frozenset[Generation] = frozenset()
    settings: Mapping[Path | None, Settings] = field(default_factory=lambda: MappingProxyType({}))
    stubs: Mapping[Path, tuple[Stub, ...]] = field(default_factory=lambda: MappingProxyType({}))
    hosts: Mapping[Path, tuple[Source, ...]] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[Path, KilnNames] = field(default_factory=lambda: MappingProxyType({}))
    pins: Mapping[tuple[Key, str], Pin] = field(default_factory=lambda: MappingProxyType({}))
    runs: Mapping[tuple[Key, str], int] = field(default_factory=lambda: MappingProxyType({}))
    generation: Generation = 0
    last_touched: Key | None = None


def document_at(world: World, uri: str) -> Document | None:
    """The open document that the client has called `uri`, letter by letter."""
    return next((document for document in world.documents.values() if document.uri == uri), None)


def settings_of(world: World, document: Document) -> Settings:
    """The settings that hold for a document."""
    return world.settings.get(document.kiln) or Settings()


def dialect_of(world: World, document: Document) -> Dialect:
    """How a script is to be read, by the settings of its kiln."""
    return settings.dialect_of(document.path, document.kiln, settings_of(world, document))


def host_of(world: World, document: Document) -> HostSetup:
    """What a script is to be given, by the stubs and the settings of its kiln."""
    profile = settings.profile_of(document.path, document.kiln, settings_of(world, document))
    return HostSetup(world.hosts.get(document.kiln, ()) if document.kiln is not None else (), profile)


def names_of(world: World, document: Document) -> KilnNames:
    """The names of the document's kiln, as far as they have been read."""
    return world.names.get(document.kiln, NO_NAMES) if document.kiln is not None else NO_NAMES


def hosts(
    stubs: Mapping[Path, tuple[Stub, ...]], documents: Mapping[Key, Document]
) -> Mapping[Path, tuple[Source, ...]]:
    """The stubs of each kiln, those that are open as the editor has them."""

    def seen(stub: Stub) -> Source:
        document = documents.get(stub.key)
        return stub.source if document is None else Source(document.path, document.text)

    return MappingProxyType({kiln: tuple(seen(stub) for stub in its) for kiln, its in stubs.items() if its})


def is_stub_of_kiln(world: World, key: Key) -> bool:
    """Whether some kiln has named that file as a stub of its own."""
    return any(stub.key == key for stubs in world.stubs.values() for stub in stubs)


def readers(world: World, key: Key) -> frozenset[Key]:
    """The roots whose last check looked at the file `key`, themselves included."""
    return frozenset(root for root, known in world.known.items() if root == key or key in known.sources)


def owners(world: World, key: Key) -> tuple[Key, ...]:
    """The other roots that have the file `key` as a `mod` file."""
    return tuple(root for root, known in world.known.items() if root != key and key in known.files)


def is_current(world: World, root: Key) -> bool:
    """Whether what is known of `root` is true of the texts as they are now."""
    known = world.known.get(root)
    return known is not None and known.generation == world.wanted.get(root)


def unchecked(world: World) -> Iterator[tuple[Key, Generation]]:
    """The roots that are to be checked, each with the generation that wants it."""
    for root, generation in world.wanted.items():
        if not is_current(world, root) and generation not in world.failed:
            yield root, generation
