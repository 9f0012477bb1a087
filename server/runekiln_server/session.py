"""The one mutable thing of the server, and the rule by which each event leads from one world to the next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, assert_never

from msgspec import Struct
from msgspec.structs import replace
from runekiln_analysis.kiln_names import KilnNames

from runekiln_server.settings import Settings
from runekiln_server.world import (
    Document,
    Generation,
    Key,
    Known,
    Pin,
    Stub,
    World,
    dialect_of,
    host_of,
    hosts,
    is_stub_of_kiln,
    owners,
    readers,
    unchecked,
)

Left = TypeVar("Left")
Right = TypeVar("Right")


class Opened(Struct, frozen=True):
    """The editor shows a document."""

    document: Document


class Edited(Struct, frozen=True):
    """An open document has another text."""

    document: Document


class Closed(Struct, frozen=True):
    """The editor no longer holds the document; what counts again is the file."""

    key: Key


class FilesChanged(Struct, frozen=True):
    """Files have changed on disk, have come or have gone."""

    keys: frozenset[Key]


class Checked(Struct, frozen=True):
    """A check has ended with facts."""

    known: Known


class Unanswered(Struct, frozen=True):
    """A check has ended without an answer; the last good facts stay."""

    root: Key
    generation: Generation


class Configured(Struct, frozen=True):
    """The settings of each kiln, and its stubs on disk, as they are from now on."""

    settings: Mapping[Path | None, Settings]
    stubs: Mapping[Path, tuple[Stub, ...]]


class NamesRead(Struct, frozen=True):
    """The names of a kiln, as its folder has them from now on."""

    kiln: Path
    names: KilnNames


class Pinned(Struct, frozen=True):
    """An entry is to run again on each save, or has done so with new inputs."""

    pin: Pin


class Unpinned(Struct, frozen=True):
    """An entry, or every entry of the script, is to be left alone again."""

    key: Key
    entry: str | None


class Ran(Struct, frozen=True):
    """An entry has run, with whatever outcome; a script that does not compile does not run."""

    key: Key
    entry: str


Event = (
    Opened | Edited | Closed | FilesChanged | Checked | Unanswered | Configured | NamesRead | Pinned | Unpinned | Ran
)


class Session:
    """Holds the current world. Only the event loop's thread gives it events."""

    def __init__(self) -> None:
        self.world = World()

    def handle(self, event: Event) -> World:
        """Go on to the world after `event`, and return it."""
        self.world = advance(self.world, event)
        return self.world


def advance(world: World, event: Event) -> World:
    """The world after `event`."""
    match event:
        case Opened(document) | Edited(document):
            return _with_document(world, document)
        case Closed(key):
            return _without_document(world, key)
        case FilesChanged(keys):
            return _with_changed_files(world, keys - world.documents.keys())
        case Checked(known):
            return _with_known(world, known)
        case Unanswered(root, generation):
            if world.wanted.get(root) != generation:
                return world
            return replace(world, failed=(world.failed & set(world.wanted.values())) | {generation})
        case Configured(settings, stubs):
            return _with_settings(world, settings, stubs)
        case NamesRead(kiln, names):
            return replace(world, names=_with(world.names, kiln, names))
        case Pinned(pin):
            return replace(world, pins={**world.pins, (pin.key, pin.entry): pin})
        case Unpinned(key, entry):
            return replace(world, pins={at: pin for at, pin in world.pins.items() if not _is_of(at, key, entry)})
        case Ran(key, entry):
            return replace(world, runs={**world.runs, (key, entry): world.runs.get((key, entry), 0) + 1})
        case _:
            assert_never(event)


def _with_document(world: World, document: Document) -> World:
    key = document.key
    affected = set(readers(world, key))
    if not owners(world, key):
        affected.add(key)
    after = replace(world, documents=_with(world.documents, key, document), last_touched=key)
    return _wanting(_with_hosts(world, after, key), affected)


def _without_document(world: World, key: Key) -> World:
    affected = set(readers(world, key)) - {key}
    orphans = _owned_open(world, key)
    after = replace(
        world,
        documents=_without(world.documents, key),
        known=_without(world.known, key),
        wanted=_without(world.wanted, key),
        last_touched=None if world.last_touched == key else world.last_touched,
    )
    world = _with_hosts(world, after, key)
    affected |= {orphan for orphan in orphans if not owners(world, orphan)}
    return _wanting(world, affected)


def _with_changed_files(world: World, keys: frozenset[Key]) -> World:
    if not keys:
        return world
    affected = {root for key in keys for root in readers(world, key)}
    # A check that is under way may have read a file before it changed.
    under_way = {root for root, _ in unchecked(world)}
    return _wanting(world, affected | under_way)


def _with_known(world: World, known: Known) -> World:
    root = known.root
    if world.wanted.get(root) != known.generation:
        return world
    if any(key in world.documents and world.documents[key].text != text for key, text in known.sources.items()):
        # A `mod` file that was not known to be one has been opened or edited since the check began.
        return _wanting(world, {root})
    before = _owned_open(world, root)
    world = replace(world, known=_with(world.known, root, known))
    owned = _owned_open(world, root)
    for key in owned:
        world = replace(world, known=_without(world.known, key), wanted=_without(world.wanted, key))
    return _wanting(world, {key for key in before - owned if not owners(world, key)})


def _with_settings(
    world: World, settings: Mapping[Path | None, Settings], stubs: Mapping[Path, tuple[Stub, ...]]
) -> World:
    after = replace(world, settings=settings, stubs=stubs, hosts=hosts(stubs, world.documents))
    return _wanting(after, _read_otherwise(world, after))


def _with_hosts(before: World, after: World, touched: Key) -> World:
    """The world `after`, in which another text is open, with what scripts are given if that is a stub."""
    if not is_stub_of_kiln(after, touched):
        return after
    after = replace(after, hosts=hosts(after.stubs, after.documents))
    return _wanting(after, _read_otherwise(before, after))


def _read_otherwise(before: World, after: World) -> set[Key]:
    """The roots that are to be read as something else, or with other bindings."""
    roots = [after.documents[root] for root in after.wanted]
    return {
        root.key
        for root in roots
        if (dialect_of(before, root), host_of(before, root)) != (dialect_of(after, root), host_of(after, root))
    }


def _owned_open(world: World, root: Key) -> set[Key]:
    """The open `mod` files of `root`."""
    known = world.known.get(root)
    if known is None:
        return set()
    return {key for key in known.files if key != root and key in world.documents}


def _wanting(world: World, roots: set[Key]) -> World:
    """The world in which `roots` are to be checked again."""
    if not roots:
        return world
    generation = world.generation + 1
    return replace(world, wanted={**world.wanted, **dict.fromkeys(roots, generation)}, generation=generation)


def _is_of(at: tuple[Key, str], key: Key, entry: str | None) -> bool:
    return at[0] == key and entry in (None, at[1])


def _with(mapping: Mapping[Left, Right], key: Left, value: Right) -> Mapping[Left, Right]:
    return {**mapping, key: value}


def _without(mapping: Mapping[Left, Right], key: Left) -> Mapping[Left, Right]:
    return {other: value for other, value in mapping.items() if other != key}
