"""Every place where the thing under the cursor is named."""

from __future__ import annotations

from collections.abc import Iterable

from .facts import Offsets
from .machine_names import machine_name_at, places_of
from .occurrences import NamedAt, occurrences, read_out
from .referents import InnerField, InnerName, LocalName, referents, token_at
from .script import ItemPlace
from .snapshot import Snapshot
from .views import Views


def references(snapshot: Snapshot, offset: int) -> tuple[NamedAt, ...]:
    """Where the thing at `offset` is named, in the script and its `mod` files; its declaration among them."""
    script = snapshot.script
    named = machine_name_at(script, offset)
    if named is not None:
        places = places_of(named)
        path = script.main.path
        return tuple(NamedAt(path, each.span, "read" if each.call is None else "declaration") for each in places)
    number = script.item_at(offset)
    if number is None:
        return ()
    views, place = Views(script), ItemPlace(0, number)
    token = token_at(views.tree(place), offset)
    found = referents(views, place, token) if token is not None else ()
    return each_once(named for referent in found for named in read_out(views, occurrences(views, referent).sure))


def each_once(named: Iterable[NamedAt]) -> tuple[NamedAt, ...]:
    """The places, each once: a short form declares a variable and reads a field, and is told as what it reads."""
    found: dict[tuple[str, Offsets], NamedAt] = {}
    for each in named:
        known = found.get((each.path, each.span))
        if known is None or known.access == "declaration":
            found[each.path, each.span] = each
    return tuple(found.values())


def is_local(snapshot: Snapshot, offset: int) -> bool:
    """Whether nothing outside of the item around `offset` can name the thing there."""
    script = snapshot.script
    if machine_name_at(script, offset) is not None:
        # Any text of the same letters may be meant to be it, also in scripts that have this one as a module.
        return False
    number = script.item_at(offset)
    if number is None:
        return True
    views, place = Views(script), ItemPlace(0, number)
    token = token_at(views.tree(place), offset)
    found = referents(views, place, token) if token is not None else ()
    return all(isinstance(each, LocalName | InnerName | InnerField) for each in found)
