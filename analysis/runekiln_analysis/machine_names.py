"""Texts that name a state or an event of a machine that the script builds, and every place that names the same one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from .facts import Offsets
from .script import Script
from .states.building import machines_in
from .states.machine import Machine, Name

MARK = b"StateMachine"
"""What stands in each function that builds one."""


class MachineName(msgspec.Struct, frozen=True):
    """A state or an event of a machine; `span` is the place that was asked about, without its quotes."""

    kind: Literal["state", "event"]
    text: str
    span: Offsets
    machine: Machine


class NamedInMachine(msgspec.Struct, frozen=True):
    """A place, without its quotes, that names a state or an event; `call` is the one that adds the state there."""

    span: Offsets
    call: Offsets | None = None


def machine_name_at(script: Script, offset: int) -> MachineName | None:
    """The state or event that the text at `offset` names."""
    number = script.item_at(offset)
    for machine in () if number is None else machines_of(script, number):
        for name in states_named(machine):
            if name.text is not None and name.span[0] < offset < name.span[1]:
                return MachineName("state", name.text, without_quotes(name), machine)
        for name in events_named(machine):
            if name.text is not None and name.span[0] < offset < name.span[1]:
                return MachineName("event", name.text, without_quotes(name), machine)
    return None


def machines_of(script: Script, number: int) -> tuple[Machine, ...]:
    """The machines that the item of that number builds; their spans are absolute."""
    item = script.main.items[number]
    if item.kind != "function" or script.text.find(MARK, *item.span) < 0:
        return ()
    return machines_in(script, number)


def places_of(named: MachineName) -> tuple[NamedInMachine, ...]:
    """Where the same state or event is named, in the order of the text."""
    machine = named.machine
    if named.kind == "event":
        found = [NamedInMachine(without_quotes(name)) for name in events_named(machine) if name.text == named.text]
    else:
        same = (state for state in machine.states if state.name.text == named.text)
        found = [NamedInMachine(without_quotes(state.name), state.call) for state in same]
        others = (name for name in (*machine.mentions(), *machine.compared) if name.text == named.text)
        found += (NamedInMachine(without_quotes(name)) for name in others)
    return tuple(sorted(found, key=lambda each: each.span))


def states_named(machine: Machine) -> Iterator[Name]:
    """Every place where a state of the machine is named, where it is added first."""
    yield from (state.name for state in machine.states)
    yield from machine.mentions()
    yield from machine.compared


def events_named(machine: Machine) -> Iterator[Name]:
    """Every place where an event is named that its transitions wait for, or that is fired at it."""
    yield from (way.event for way in machine.transitions)
    yield from machine.fired


def without_quotes(name: Name) -> Offsets:
    """The span of a name's text."""
    return (name.span[0] + 1, name.span[1] - 1)
