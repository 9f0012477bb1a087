"""What is declared for the scripts of a kiln: everything, or what a profile has, with the place of each declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace
from runekiln_analysis.host_item import HostItem
from runekiln_analysis.host_items import host_items
from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import Code
from runekiln_runtime.protocol import Source
from runekiln_runtime.std_stubs import std_bindings, std_sources
from runekiln_runtime.stub_files import STUBS_FOLDER, SUFFIX, HostSetup, Profile, is_broken

EVERY_PROFILE: Profile = "all"


@dataclass(frozen=True, slots=True)
class HostDeclared:
    """The declarations, the texts of the stubs by their paths, and the paths of those in which something is wrong."""

    items: tuple[HostItem, ...]
    texts: Mapping[str, bytes]
    broken: tuple[str, ...]


def host_declared(code: Code, setup: HostSetup, profile: Profile = EVERY_PROFILE) -> HostDeclared:
    """What the host of a kiln declares in a profile, and what Rune does. Raises GuestDied if a stub kills the guest."""
    sources = setup.request().stubs
    own = bound(code, sources, profile)
    shipped = _shipped_stubs()
    # The guest binds Crucible's core by itself; where that is declared is known only to one that reads its stub.
    places = {(item.path, item.kind): item.place for item in host_items(bound(code, shipped).bindings)}
    items = (
        item if item.place is not None else replace(item, place=places.get((item.path, item.kind)))
        for item in host_items(own.bindings, std_bindings(code))
        if has_profile(item, profile)
    )
    texts = {source.path: source.text or b"" for source in (*shipped, *sources, *std_sources())}
    return HostDeclared(tuple(items), texts, tuple(file.path for file in own.files if is_broken(file)))


def has_profile(item: HostItem, profile: Profile) -> bool:
    """Whether scripts of that profile have the item; a module is there as soon as anything in it is."""
    return profile == EVERY_PROFILE or not item.profiles or profile in item.profiles or item.kind == "module"


def _shipped_stubs() -> tuple[Source, ...]:
    files = sorted(STUBS_FOLDER.glob(f"*{SUFFIX}"))
    return tuple(Source(file.as_posix(), file.read_bytes()) for file in files)
