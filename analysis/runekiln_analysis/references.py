"""Every place where the thing under the cursor is named."""

from __future__ import annotations

from .occurrences import NamedAt, occurrences, read_out
from .referents import InnerField, InnerName, LocalName, referents, token_at
from .script import ItemPlace
from .snapshot import Snapshot
from .views import Views


def references(snapshot: Snapshot, offset: int) -> tuple[NamedAt, ...]:
    """Where the thing at `offset` is named, in the script and its `mod` files; its declaration among them."""
    script = snapshot.script
    number = script.item_at(offset)
    if number is None:
        return ()
    views, place = Views(script), ItemPlace(0, number)
    token = token_at(views.tree(place), offset)
    found: dict[NamedAt, None] = {}
    for referent in referents(views, place, token) if token is not None else ():
        found.update(dict.fromkeys(read_out(views, occurrences(views, referent).sure)))
    return tuple(found)


def is_local(snapshot: Snapshot, offset: int) -> bool:
    """Whether nothing outside of the item around `offset` can name the thing there."""
    script = snapshot.script
    number = script.item_at(offset)
    if number is None:
        return True
    views, place = Views(script), ItemPlace(0, number)
    token = token_at(views.tree(place), offset)
    found = referents(views, place, token) if token is not None else ()
    return all(isinstance(each, LocalName | InnerName | InnerField) for each in found)
