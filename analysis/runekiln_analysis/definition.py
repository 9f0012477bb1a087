"""Where the thing under the cursor is defined, declared or implemented, and where its type is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from .facts import Offsets
from .known_type import type_at
from .machine_names import machine_name_at, places_of, without_quotes
from .names_in_text import named_at
from .referents import LocalName, Referent, referents, token_at
from .resolve.meaning import HostTypeMeaning, OwnItem
from .script import ItemPlace, ModulePlace
from .snapshot import Snapshot
from .types import FunctionOf, Named, TupleOf, Type, UnionOf
from .views import Views
from .whereabouts import Declared, DeclaredByHost, Whereabouts, of_host, of_item, whereabouts

_CONTAINERS = ("std::", "::std::")


class Definition(msgspec.Struct, frozen=True):
    """Places that answer a question about the name at `span`."""

    span: Offsets
    places: tuple[Whereabouts, ...]


Answer = Callable[[Views, ItemPlace, int], Iterator[Whereabouts | None]]


def definition(snapshot: Snapshot, offset: int) -> Definition | None:
    """Where the thing at `offset` is defined; `mod name;` leads to its file, a text to what it names."""
    named = named_at(snapshot, offset)
    if named is not None:
        return Definition(named.span, (Declared(named.name.path, named.name.span, named.name.span),))
    return _in_machine(snapshot, offset) or _answered(snapshot, offset, _defined)


def declaration(snapshot: Snapshot, offset: int) -> Definition | None:
    """Where the thing is made known: a module by its `mod name;`, a function that the host calls by its stub."""
    return _in_machine(snapshot, offset) or _answered(snapshot, offset, _declared)


def type_definition(snapshot: Snapshot, offset: int) -> Definition | None:
    """Where the type of the value is defined; of a list or the like, what it holds."""
    return _answered(snapshot, offset, _types_defined)


def places_of_type(snapshot: Snapshot, kind: Type) -> tuple[Whereabouts, ...]:
    """Where a type is declared that something in the script has."""
    found = _of_type(Views(snapshot.script), kind, 0)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def implementation(snapshot: Snapshot, offset: int) -> Definition | None:
    """The `impl` blocks of a type of the script; anything else is implemented where it is defined."""
    return _answered(snapshot, offset, _implemented)


def _in_machine(snapshot: Snapshot, offset: int) -> Definition | None:
    """Where a state is added to its machine, and the transitions that wait for an event."""
    named = machine_name_at(snapshot.script, offset)
    if named is None:
        return None
    path, machine = snapshot.script.main.path, named.machine
    if named.kind == "state":
        added = ((each.call, each.span) for each in places_of(named) if each.call is not None)
    else:
        waiting = (way for way in machine.transitions if way.event.text == named.text)
        added = ((way.call, without_quotes(way.event)) for way in waiting)
    places = tuple(Declared(path, call, span) for call, span in added)
    return Definition(named.span, places) if places else None


def _answered(snapshot: Snapshot, offset: int, answer: Answer) -> Definition | None:
    script = snapshot.script
    number = script.item_at(offset)
    if number is None:
        return None
    views, place = Views(script), ItemPlace(0, number)
    token = token_at(views.tree(place), offset)
    if token is None:
        return None
    places: list[Whereabouts] = []
    for found in answer(views, place, token):
        if found is not None and found not in places:
            places.append(found)
    return Definition(views.tree(place).span(token), tuple(places)) if places else None


def _defined(views: Views, place: ItemPlace, token: int) -> Iterator[Whereabouts | None]:
    for referent in referents(views, place, token):
        yield _file_of(views, referent) or whereabouts(views, referent)


def _declared(views: Views, place: ItemPlace, token: int) -> Iterator[Whereabouts | None]:
    for referent in referents(views, place, token):
        yield _entry(views, referent) or whereabouts(views, referent)


def _file_of(views: Views, referent: Referent) -> Declared | None:
    """The start of the file that `mod name;` pulls in."""
    if not isinstance(referent, OwnItem) or views.script.item(referent.place).kind != "module":
        return None
    file = views.script.file_of(ModulePlace(referent.place.file, referent.place.number))
    return None if file is None else Declared(views.path(file), (0, 0), (0, 0))


def _entry(views: Views, referent: Referent) -> DeclaredByHost | None:
    """The entry that a function of the script is called as."""
    if not isinstance(referent, OwnItem) or referent.place.file != 0:
        return None
    item = views.script.item(referent.place)
    is_script = views.script.root in (None, views.script.main.path)
    is_called = item.kind == "function" and item.public and item.parent is None and is_script
    entry = views.script.bindings.entry_named(item.name) if is_called else None
    return None if entry is None else DeclaredByHost(entry.name, "entry", entry.about.place)


def _types_defined(views: Views, place: ItemPlace, token: int) -> Iterator[Whereabouts | None]:
    for file in range(len(views.script.facts.files)):
        kind = type_at(views, place, token, file)
        found = [] if kind is None else list(_of_type(views, kind, file))
        # A type of another file is known to who sees the script from there.
        if any(each is not None for each in found):
            yield from found
            return
    for referent in referents(views, place, token):
        is_type = isinstance(referent, OwnItem) and views.script.item(referent.place).kind in ("struct", "enum")
        if is_type or isinstance(referent, HostTypeMeaning):
            yield whereabouts(views, referent)


def _of_type(views: Views, kind: Type, file: int) -> Iterator[Whereabouts | None]:
    match kind:
        case UnionOf(members) | TupleOf(members):
            yield from _of_types(views, members, file)
        case FunctionOf(_, returns):
            yield from _of_type(views, returns, file)
        case Named(_, _, item) if item is not None:
            yield of_item(views, ItemPlace(file, item)) if item >= 0 else None
        case Named(name, arguments):
            host = views.script.bindings.type_meant(name)
            held = [each for each in _of_types(views, arguments, file) if each is not None]
            # Who asks for the type of a list wants to know what is in it.
            if held and host is not None and host.path.startswith(_CONTAINERS):
                yield from held
            elif host is not None:
                yield of_host(HostTypeMeaning(host))


def _of_types(views: Views, kinds: Iterable[Type], file: int) -> Iterator[Whereabouts | None]:
    for each in kinds:
        yield from _of_type(views, each, file)


def _implemented(views: Views, place: ItemPlace, token: int) -> Iterator[Whereabouts | None]:
    for referent in referents(views, place, token):
        blocks = list(_blocks_of(views, referent))
        yield from blocks if blocks else (whereabouts(views, referent),)


def _blocks_of(views: Views, referent: Referent) -> Iterator[Declared]:
    if isinstance(referent, LocalName) or not isinstance(referent, OwnItem | HostTypeMeaning):
        return
    for place in views.places():
        if views.script.item(place).kind == "impl":
            resolution = views.resolution(place)
            meanings = [] if resolution is None else list(resolution.names.values())
            if meanings and meanings[-1] == referent:
                yield of_item(views, place)
