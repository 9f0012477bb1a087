"""Who calls a function of the script, and what it calls."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .facts import Offsets
from .occurrences import name_of, occurrences
from .referents import Referent, referents, token_at
from .resolve.meaning import HostFunctionMeaning, ModuleFunction, OwnItem
from .script import ItemPlace
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .views import Views
from .whereabouts import Whereabouts, of_item, whereabouts

_CALLS = (K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION)


class CalledItem(msgspec.Struct, frozen=True):
    """A function, and where it is declared."""

    name: str
    place: Whereabouts


class Call(msgspec.Struct, frozen=True):
    """A function at the other end of calls, whose names stand at `spans` of the file `path`."""

    item: CalledItem
    path: str
    spans: tuple[Offsets, ...]


def function_at(snapshot: Snapshot, offset: int) -> CalledItem | None:
    """The function of the script that is named at `offset`."""
    views = Views(snapshot.script)
    found = _function_at(views, offset)
    return None if found is None else CalledItem(views.script.item(found.place).name, of_item(views, found.place))


def incoming_calls(snapshot: Snapshot, offset: int) -> tuple[Call, ...]:
    """The functions and constants that name the function at `offset`."""
    views = Views(snapshot.script)
    function = _function_at(views, offset)
    if function is None:
        return ()
    spans: dict[ItemPlace, list[Offsets]] = {}
    for each in occurrences(views, function).sure:
        kind = views.script.item(each.place).kind
        if each.access != "declaration" and kind in ("function", "const"):
            spans.setdefault(each.place, []).append(views.tree(each.place).span(each.node))
    return tuple(
        Call(CalledItem(views.script.item(place).name, of_item(views, place)), views.path(place.file), tuple(found))
        for place, found in spans.items()
    )


def outgoing_calls(snapshot: Snapshot, offset: int) -> tuple[Call, ...]:
    """What the function at `offset` calls, of the script and of the host, in the order of the text."""
    views = Views(snapshot.script)
    function = _function_at(views, offset)
    if function is None or function.place.file != 0:
        return ()
    called: list[tuple[CalledItem, list[Offsets]]] = []
    for referent, span in sorted(_calls_in(views, function.place), key=lambda call: call[1]):
        place, name = whereabouts(views, referent), _name(views, referent)
        if place is None or name is None:
            continue
        item = CalledItem(name, place)
        known = next((spans for other, spans in called if other == item), None)
        if known is None:
            called.append((item, [span]))
        else:
            known.append(span)
    return tuple(Call(item, views.path(0), tuple(spans)) for item, spans in called)


def _function_at(views: Views, offset: int) -> OwnItem | None:
    number = views.script.item_at(offset)
    if number is None:
        return None
    place = ItemPlace(0, number)
    token = token_at(views.tree(place), offset)
    for referent in referents(views, place, token) if token is not None else ():
        if isinstance(referent, OwnItem) and views.script.item(referent.place).kind == "function":
            return referent
    return None


def _calls_in(views: Views, place: ItemPlace) -> Iterator[tuple[Referent, Offsets]]:
    tree = views.tree(place)
    for call in tree.descendants(0, *_CALLS):
        is_method = tree.kind(call) == K.METHOD_CALL_EXPRESSION
        dot = tree.first(call, K.DOT) if is_method else None
        token = tree.last_word(tree.first_child(call)) if not is_method else None if dot is None else dot + 1
        for referent in referents(views, place, token) if token is not None else ():
            is_own = isinstance(referent, OwnItem) and views.script.item(referent.place).kind == "function"
            if is_own or isinstance(referent, HostFunctionMeaning | ModuleFunction):
                yield referent, tree.span(token if token is not None else call)


def _name(views: Views, referent: Referent) -> str | None:
    return referent.function.name if isinstance(referent, ModuleFunction) else name_of(views, referent)
