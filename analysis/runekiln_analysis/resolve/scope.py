"""How a path is looked up: where it begins, which imports it leads through, and what stands at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from .host import HostNames, canonical_host_path, host_macro, host_meaning
from .imports import Import
from .meaning import NOTHING, Found, Meaning, Path
from .prelude import PRELUDE

_IMPORT_LIMIT = 32
_KNOWN_LIMIT = 4096


class Entry(msgspec.Struct, frozen=True):
    """What stands at a path of the script: an item, or with a `target` an import of what stands there.

    A method is left out where a path begins. What a `*` brings in gives way to what a `use` names.
    """

    found: Found
    is_method: bool = False
    target: Path | None = None
    is_glob: bool = False


class Scope(msgspec.Struct, frozen=True):
    """Where a path stands: its module, and the places that the first name of a path is looked for at, in this order.

    `self_path` is what `Self` stands for, and `known` what was looked up already.
    """

    entries: Mapping[Path, Entry]
    host: HostNames
    module: Path
    bases: tuple[Path, ...]
    self_path: Path | None = None
    known: dict[tuple[str, ...], Found] = {}


def names_of_import(scope: Scope, brought: Iterable[Import]) -> dict[int, Meaning | None]:
    """What the tokens of a `use` in the scope's module mean."""
    names: dict[int, Meaning | None] = {}
    for each in brought:
        # A path that starts with `::` has a name more than tokens.
        names_before = len(each.path) - len(each.nodes) + 1
        for place, node in enumerate(each.nodes, start=names_before):
            target = import_target(scope, each.path[:place])
            names[node] = found_at(scope, None if target is None else follow(scope, target)).meaning
        if each.alias is not None:
            names[each.alias] = names[each.nodes[-1]]
    return names


def scope_at(
    entries: Mapping[Path, Entry], host: HostNames, module: Path, innermost: Path, self_path: Path | None = None
) -> Scope:
    """The scope of an item at the path `innermost`. Rune looks from there outwards, as far as the module."""
    ends = range(len(innermost), len(module) - 1, -1) if innermost[: len(module)] == module else ()
    return Scope(entries, host, module, tuple(innermost[:end] for end in ends), self_path)


def find(scope: Scope, path: tuple[str, ...]) -> Found:
    """What a path means, of which `name!` at the end is a macro. Whether it may be used there, the compiler says."""
    found = scope.known.get(path)
    if found is None:
        found = _macro(scope, path) if path[-1].endswith("!") else found_at(scope, place_of(scope, path))
        if found != NOTHING:
            # What means nothing may be a name that is only being typed, one of thousands.
            if len(scope.known) >= _KNOWN_LIMIT:
                scope.known.clear()
            scope.known[path] = found
    return found


def _macro(scope: Scope, path: tuple[str, ...]) -> Found:
    """Scripts have no macros of their own, but their items can hide those of the host."""
    place = place_of(scope, (*path[:-1], path[-1][:-1]))
    return host_macro(scope.host, names_in(place[1:])) if place is not None and place[:1] == ("",) else NOTHING


def found_at(scope: Scope, place: Path | None) -> Found:
    """What stands at a place that no import leads away from."""
    if place is None:
        return NOTHING
    entry = scope.entries.get(place)
    if entry is not None:
        return entry.found
    return host_meaning(scope.host, names_in(place[1:])) if place[:1] == ("",) else NOTHING


def place_of(scope: Scope, path: tuple[str, ...]) -> Path | None:
    """Where the thing is that a path means, whether there is something or not; `None` if the path leads nowhere."""
    place = _beginning(scope, path)
    for name in path[1:]:
        if place is None or (name == "super" and not place):
            return None
        place = place[:-1] if name == "super" else (*place, name)
    return None if place is None else follow(scope, place)


def import_target(scope: Scope, path: tuple[str, ...]) -> Path | None:
    """Where the path of a `use` in the scope's module leads: it begins in the module itself, or at a crate."""
    head, module = path[0], scope.module
    place: Path | None
    match head:
        case "":
            return path
        case "self" | "crate":
            place = module if head == "self" else ()
        case "super":
            place = module[:-1] if module else None
        case "Self":
            place = None
        case _ if (*module, head) not in scope.entries and head in scope.host.crates:
            place = ("", head)
        case _:
            place = (*module, head)
    for name in path[1:]:
        if place is None or (name == "super" and not place):
            return None
        place = place[:-1] if name == "super" else (*place, name)
    return place


def follow(scope: Scope, place: Path) -> Path | None:
    """The same place by its own path: the imports on the way replaced by what they bring in."""
    for _ in range(_IMPORT_LIMIT):
        for end in range(1, len(place) + 1):
            entry = scope.entries.get(place[:end])
            if entry is not None and entry.target is not None:
                place = (*entry.target, *place[end:])
                break
        else:
            if place[:1] != ("",):
                return place
            own = ("", *canonical_host_path(scope.host, names_in(place[1:])))
            if own == place:
                return place
            place = own
    return None


def _beginning(scope: Scope, path: tuple[str, ...]) -> Path | None:
    """Where the first name of a path leads."""
    head = path[0]
    match head:
        case "" | "crate":
            return (head,) if head == "" else ()
        case "self":
            return scope.module
        case "super":
            return scope.module[:-1] if scope.module else None
        case "Self":
            return scope.self_path
    for base in scope.bases:
        entry = scope.entries.get((*base, head))
        if entry is not None and not entry.is_method:
            return (*base, head)
    if head in PRELUDE:
        return ("", *PRELUDE[head])
    return ("", head) if head in scope.host.crates else (*scope.module, head)


def names_in(place: Path) -> tuple[str, ...]:
    """The names in a path of the host, which has no blocks in it."""
    return tuple(name for name in place if isinstance(name, str))
