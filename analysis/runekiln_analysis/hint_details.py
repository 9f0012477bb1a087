"""What an editor asks of one inlay hint: where it leads, what it means in full, and how the text would say it."""

from __future__ import annotations

import msgspec

from .definition import definition, places_of_type
from .facts import Edit
from .inlay_hints import InlayHint
from .script import ItemPlace
from .snapshot import Snapshot
from .types import show
from .views import Views
from .whereabouts import Whereabouts


class HintDetails(msgspec.Struct, frozen=True):
    """`places` are declarations, the first the likeliest; `tooltip` is Markdown, empty if the hint says it all."""

    places: tuple[Whereabouts, ...] = ()
    tooltip: str = ""
    edits: tuple[Edit, ...] = ()


def hint_details(snapshot: Snapshot, hint: InlayHint) -> HintDetails:
    """The details of a hint of that script."""
    if hint.of is not None:
        edits = (Edit((hint.offset, hint.offset), f": {show(hint.of)}"),) if _can_be_stated(snapshot, hint) else ()
        return HintDetails(places_of_type(snapshot, hint.of), f"```rune\n{show(hint.of)}\n```", edits)
    found = None if hint.called is None else definition(snapshot, hint.called)
    tooltip = "The script must have been granted this permission." if hint.kind == "permission" else ""
    return HintDetails(() if found is None else found.places, tooltip)


def _can_be_stated(snapshot: Snapshot, hint: InlayHint) -> bool:
    """Whether an annotation would be read as that very type."""
    script = snapshot.script
    number = script.item_at(hint.offset)
    if number is None or hint.of is None or not hint.can_be_stated:
        return False
    declared = Views(script).flows.declared
    return declared.stated(declared.module(ItemPlace(0, number)), show(hint.of)) == hint.of
