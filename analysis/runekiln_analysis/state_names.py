"""The states and events of the machines of a script: those that a text may be about, and what is said of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .flow.inference import Inference
from .machine_names import MARK, machines_of
from .script import Script
from .states.building import machines
from .states.machine import Machine, Name, known
from .syntax import SyntaxKind as K

_FIRED = re.compile(rb'\.\s*fire(?:_async)?\s*\(\s*"([^"\\\r\n]*)"')


def machines_for(inference: Inference, token: int) -> tuple[Machine, ...]:
    """The machines that a text may be about: the one whose chain it is in, else those of the function, or of all."""
    script, tree = inference.script, inference.tree
    text = script.text
    if MARK not in text:
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


def _all_machines(script: Script) -> Iterator[Machine]:
    for number in range(len(script.main.items)):
        yield from machines_of(script, number)
