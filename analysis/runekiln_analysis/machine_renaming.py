"""Gives a state or an event of a machine another name, if it is plain to see which texts name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .facts import Edit
from .machine_names import MachineName, events_named, machines_of, places_of, states_named
from .renaming import Refused, Renamed, line_in_words
from .script import ItemPlace
from .states.machine import known
from .syntax import SyntaxKind as K
from .text_place import text_of
from .tree import TreeView
from .views import Views

_NOT_PLAIN = re.compile(r'["\\\x00-\x1f\x7f]')


def rename_in_machine(views: Views, named: MachineName, name: str) -> Renamed | Refused:
    """The edits that give a state or an event another name, or why there are none."""
    refused = hindrance_in_machine(views, named)
    if refused is not None:
        return refused
    if not name or _NOT_PLAIN.search(name):
        return Refused(f"`{name}` is no name that can stand between quotes as it is")
    if name == named.text:
        return Renamed({})
    names = states_named if named.kind == "state" else events_named
    if name in known(names(named.machine)):
        return Refused(f"There is a `{name}` already")
    return Renamed({views.path(0): tuple(Edit(each.span, name) for each in places_of(named))})


def hindrance_in_machine(views: Views, named: MachineName) -> Refused | None:
    """Why not all texts can be seen that are to change."""
    machine, text = named.machine, named.text
    if not machine.whole:
        return Refused("The machine is handed on, and what names its states and events there cannot be seen")
    if named.kind == "event" and machine.returned:
        return Refused(f"The machine is given away, and whoever has it may fire `{text}`")
    is_event = named.kind == "event"
    hidden = machine.fired if is_event else states_named(machine)
    for name in hidden:
        if name.text is None:
            what = "an event is fired" if is_event else "a state is named"
            return Refused(f"In {line_in_words(views, 0, name.span[0])} {what} by what is no plain text")
    other = next(_other_texts(views, text), None)
    if other is not None:
        return Refused(f'`"{text}"` in {line_in_words(views, *other)} may name the {named.kind}, too')
    return None


def _other_texts(views: Views, text: str) -> Iterator[tuple[int, int]]:
    """The file and place of each text of these letters that is not known to name something in a machine."""
    for place in views.places():
        tree = views.tree(place)
        tokens = [token for token in _texts_in(tree) if text_of(tree, token) == text]
        if tokens:
            names = _starts_of_names(views, place)
            yield from ((place.file, tree.start(token)) for token in tokens if tree.start(token) not in names)


def _texts_in(tree: TreeView) -> Iterator[int]:
    """The strings and the texts in templates, but not those in attributes."""
    for token in tree.descendants(0, K.STRING_LITERAL, K.TEMPLATE_TEXT):
        if K.ATTRIBUTE not in map(tree.kind, tree.path_to(token)):
            yield token


def _starts_of_names(views: Views, place: ItemPlace) -> frozenset[int]:
    """Where texts name something in the machines of an item."""
    found = machines_of(views.seen_from(place.file), place.number)
    names = (name for machine in found for name in (*states_named(machine), *events_named(machine)))
    return frozenset(name.span[0] for name in names)
