"""The states and events of the machines that a script builds, by the places where their names stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .flow.inference import Inference
from .script import Script
from .states.building import machines, machines_in
from .states.machine import Machine, Name, known
from .syntax import SyntaxKind as K

_MARK = b"StateMachine"
_FIRED = re.compile(rb'\.\s*fire(?:_async)?\s*\(\s*"([^"\\\r\n]*)"')


class StateAt(msgspec.Struct, frozen=True):
    """The name of a state, of a machine that is built in the item of that number."""

    number: int
    machine: Machine
    name: Name


def state_at(script: Script, offset: int) -> StateAt | None:
    """The state that the text at `offset` names."""
    number = script.item_at(offset)
    if number is None or _MARK not in script.text[slice(*script.main.items[number].span)]:
        return None
    for machine in _machines_of(script, number):
        for name in names(machine):
            if name.text is not None and name.span[0] < offset < name.span[1]:
                return StateAt(number, machine, name)
    return None


def names(machine: Machine) -> Iterator[Name]:
    """Every place where a state of the machine is named, where it is added first."""
    yield from (state.name for state in machine.states)
    yield from machine.mentions()


def machines_for(inference: Inference, token: int) -> tuple[Machine, ...]:
    """The machines that a text may be about: the one whose chain it is in, else those of the function, or of all."""
    script, tree = inference.script, inference.tree
    text = script.text
    if _MARK not in text:
        return ()
    here = machines(tree, script.main.items[inference.number].tree[::16], inference.resolution)
    node = token
    for around in reversed(tree.path_to(token)):
        if tree.kind(around) == K.METHOD_CALL_EXPRESSION:
            node = around
            break
    while tree.kind(node) in (K.METHOD_CALL_EXPRESSION, K.PARENTHESIZED_EXPRESSION):
        node = tree.first_child(node)
    start = tree.start(node)
    chained = tuple(machine for machine in here if machine.span[0] == start)
    return chained or here or tuple(_all_machines(script))


def events_of(script: Script, found: tuple[Machine, ...], written: int) -> Iterator[str]:
    """The events that transitions of these machines wait for, then those that the script fires.

    The one that is being `written` there is none of them yet.
    """
    for machine in found:
        yield from known(way.event for way in machine.transitions if way.event.span[0] != written)
    for fired in _FIRED.finditer(script.text):
        if fired.start(1) - 1 != written:
            yield fired[1].decode("utf-8", "replace")


def told(machine: Machine, state: str) -> str:
    """What a state is in its graph, in Markdown."""
    lines = []
    into = [way for way in machine.transitions if way.target.text == state]
    out = [way for way in machine.transitions if way.source.text == state]
    lines += [f"- from `{way.source.text or '?'}`{_by(way.event)}" for way in into]
    lines += [f"- to `{way.target.text or '?'}`{_by(way.event)}" for way in out]
    return "\n\n".join(part for part in (" ".join(_standing(machine, state)), "\n".join(lines)) if part)


def _standing(machine: Machine, state: str) -> Iterator[str]:
    """What is surely said of a state as a whole."""
    if machine.has_known_states and state not in machine.names:
        yield "No such state is added to the machine."
        return
    if machine.begins_in == state:
        yield "The machine begins here."
    if any(name.text == state for name in machine.terminals):
        yield "It is finished here."
    # A machine that is given away may get other ways.
    if machine.has_known_ways and machine.begins_in is not None and state not in machine.reached():
        yield "No event leads here."


def _by(event: Name) -> str:
    return "" if event.text is None else f" by `{event.text}`"


def _machines_of(script: Script, number: int) -> tuple[Machine, ...]:
    return machines_in(script, number) if script.main.items[number].kind == "function" else ()


def _all_machines(script: Script) -> Iterator[Machine]:
    for number, item in enumerate(script.main.items):
        if item.kind == "function" and _MARK in script.text[slice(*item.span)]:
            yield from machines_in(script, number)
