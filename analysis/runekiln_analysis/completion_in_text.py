"""What could stand in a text between quotes: names that the kiln, a machine, an event or an attribute has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .attribute_place import attribute_place
from .candidates import Candidate, CandidateKind, candidate
from .completion_in_attributes import in_attribute
from .kiln_names import KilnName, KilnNames, Thing, tools_in
from .members import members
from .place import Word
from .snapshot import Snapshot
from .state_names import events_of, machines_for
from .states.machine import known
from .text_place import TextPlace, text_place
from .text_roles import STATED
from .types import KeyedObject, ObjectOf, Type, show

_MOST_NAMES = 400
_KINDS: Mapping[Thing, CandidateKind] = {
    "note": "file",
    "file": "file",
    "title": "file",
    "session": "file",
    "agent": "value",
    "tool": "function",
}
_LISTED = re.compile(r'"([^"]*)"')


def offered_in_text(snapshot: Snapshot, offset: int) -> tuple[Word, Iterable[Candidate]] | None:
    """What fits in the attribute or the text at `offset`, and the word there; `None` if it is in neither."""
    attribute = attribute_place(snapshot.text, offset)
    if attribute is not None:
        return attribute.word, in_attribute(snapshot.script, attribute, offset)
    if b'"' not in snapshot.text[snapshot.text.rfind(b"\n", 0, offset) + 1 : offset]:
        return None
    place = text_place(snapshot.script, offset)
    return None if place is None else (place.word, _offered(snapshot, place))


def _offered(snapshot: Snapshot, place: TextPlace) -> Iterator[Candidate]:
    if (of := place.indexed) is not None:
        yield from _keys(place, of)
        return
    given = place.given
    if given is None:
        return
    yield from (candidate(text, "constant", f'"{text}"', "") for text in _LISTED.findall(given.type))
    match given.role:
        case "state" | "new-state" | "machine-event":
            yield from _of_machine(place, given.role)
        case thing if thing in STATED:
            yield from _of_kiln(snapshot, place.word, thing)


def _of_machine(place: TextPlace, role: str) -> Iterator[Candidate]:
    found = machines_for(place.inference, place.token)
    start = place.word.span[0] - 1
    if role == "machine-event":
        for event in events_of(place.inference.script, found, start):
            yield candidate(event, "event", f'event "{event}"', "")
        return
    for machine in found:
        added = {name.text for name in (state.name for state in machine.states) if name.span[0] != start}
        mentioned = known(name for name in machine.mentions() if name.span[0] != start)
        listed = (
            (each for each in mentioned if each not in added)
            if role == "new-state"
            else known(state.name for state in machine.states if state.name.span[0] != start)
        )
        for state in listed:
            yield candidate(state, "value", f'state "{state}"', "")


def _of_kiln(snapshot: Snapshot, word: Word, thing: Thing) -> Iterator[Candidate]:
    if thing == "tool":
        for tool, _ in tools_in(snapshot.text):
            yield candidate(tool, "function", "tool", "Of this script.")
    names, prefix = snapshot.kiln.all_of(thing), word.prefix.casefold()
    # Each name takes a few microseconds where it is ranked, and a kiln may have thousands.
    found = names if len(names) <= _MOST_NAMES else _likely(snapshot.kiln, thing, prefix)
    for name in found:
        yield _named(names[name], thing)


def _likely(names: KilnNames, thing: Thing, prefix: str) -> list[str]:
    """The names that begin with what is written, then those with it in them."""
    having = [name for name in names.all_of(thing) if prefix in name.casefold()]
    having.sort(key=lambda name: not name.casefold().startswith(prefix))
    return having[:_MOST_NAMES]


def _named(name: KilnName, thing: Thing) -> Candidate:
    # A quote would end the text.
    written = name.name.replace("\\", "\\\\").replace('"', '\\"')
    return Candidate(name.name, _KINDS[thing], lambda: (name.title or thing, name.head), insert=written)


def _keys(place: TextPlace, of: Type) -> Iterator[Candidate]:
    """The keys of an object, as far as they are known."""
    script = place.inference.script
    match of:
        case ObjectOf(keys):
            for key, kind in keys:
                yield candidate(key, "field", f"{key}: {show(kind)}", "")
        case KeyedObject():
            fields = (member for member in members(script, of) if member.kind == "field")
            for field in fields:
                yield candidate(field.name, "field", field.name, field.docs)
