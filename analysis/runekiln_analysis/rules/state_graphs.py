"""State machines whose graph is not what it seems: states that are not there, or that nothing leads to or out of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from runekiln_analysis.facts import Edit, Fix, Offsets
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.rules.state_handlers import handlers_of
from runekiln_analysis.script import Script
from runekiln_analysis.states.building import machines
from runekiln_analysis.states.machine import Machine, Name, State

_ADDING = re.compile(rb"\.\s*(?:state|transition|initial|terminal)\s*\(")


def state_machines(item: ResolvedItem) -> Iterator[Finding]:
    """What is wrong with the machines that a function builds."""
    if item.script.text.find(b"StateMachine", *item.item.span) < 0 or item.is_broken:
        return
    for finding in _of_machines(item):
        yield replace(finding, only_if_whole=True)


def _of_machines(item: ResolvedItem) -> Iterator[Finding]:
    for machine in machines(item.tree, item.kinds, item.resolution):
        yield from _repeated(machine)
        yield from _hidden(item, machine)
        yield from handlers_of(item, machine)
        if machine.has_known_states:
            yield from _whole(item, machine)


def adds_to_machines(item: ResolvedItem) -> bool:
    """Whether a function may add states or ways to a machine that another has begun."""
    start, end = item.item.span
    count = len(_ADDING.findall(item.script.text, start, end))
    if not count or item.script.text.find(b"StateMachine", start, end) < 0:
        return count > 0
    return count > sum(machine.additions for machine in machines(item.tree, item.kinds, item.resolution))


def is_for_itself(script: Script, number: int) -> bool:
    """Whether the script itself uses the function. One that it only declares may be for other scripts to go on with."""
    item = script.main.items[number]
    name = rb"\b%s\b" % re.escape(item.name.encode())
    return not item.public or len(re.findall(name, script.text)) > 1


def _whole(item: ResolvedItem, machine: Machine) -> Iterator[Finding]:
    """What is to be said of the graph, if nobody goes on with a machine that is returned."""
    if not machine.returned or _is_for_host(item):
        yield from _graph(item, machine)
    elif len(item.script.facts.files) == 1:
        for finding in _graph(item, machine):
            yield replace(finding, only_if_complete=True)


def _is_for_host(item: ResolvedItem) -> bool:
    """Whether the host takes the machine that the function returns as it is. Other functions may add to it."""
    own, script = item.item, item.script
    return (
        own.public and own.parent is None and script.root is None and script.bindings.entry_named(own.name) is not None
    )


def _repeated(machine: Machine) -> Iterator[Finding]:
    seen: set[str | None] = {None}
    for state in machine.states:
        name = state.name.text
        if name in seen - {None}:
            message = f"the state `{name}` is added more than once: only this handler counts"
            yield Finding(problem("duplicate-state", message, state.name.span))
        seen.add(name)


def _hidden(item: ResolvedItem, machine: Machine) -> Iterator[Finding]:
    for way, earlier in machine.hidden():
        event = way.event.text
        target = "" if earlier.target.text is None else f" to `{earlier.target.text}`"
        message = f"this is never taken: `{event}` takes the transition{target} before it"
        span = (way.call[0] - len(_blanks(item, way.call)), way.call[1])
        fix = Fix("Remove the transition", (Edit(span, ""),))
        yield Finding(problem("ambiguous-transition", message, way.event.span, fix))


def _graph(item: ResolvedItem, machine: Machine) -> Iterator[Finding]:
    """What holds of the graph as a whole. What is a mistake anyway has others that follow from it."""
    if not machine.states:
        message = "the machine has no states, so that it begins nowhere"
        yield Finding(problem("missing-initial", message, machine.span))
        return
    strange = [name for name in machine.mentions() if name.text is not None and name.text not in machine.names]
    for name in strange:
        yield _unknown(machine, name)
    if not strange and machine.has_known_ways:
        yield from _dead_ends(item, machine)


def _unknown(machine: Machine, name: Name) -> Finding:
    assert name.text is not None, "only known names are held against the others"
    meant = closest(name.text, machine.names)
    message = f"the machine has no state `{name.text}`{did_you_mean(meant)}"
    fixes = replacement(meant, name.span, f'"{meant}"')
    return Finding(problem("unknown-state", message, name.span, *fixes))


def _dead_ends(item: ResolvedItem, machine: Machine) -> Iterator[Finding]:
    """States that cannot be reached, that cannot be left, and terminal ones that can."""
    reached, ending, left = machine.reached(), machine.leading_to_end(), machine.left()
    terminals = {each.text for each in machine.terminals}
    sources = {way.source.text for way in machine.transitions}
    for state in {state.name.text: state for state in reversed(machine.states)}.values():
        name, span = state.name.text, state.name.span
        if name not in reached:
            message = f"no event leads from `{machine.begins_in}` to `{name}`"
            yield Finding(problem("unreachable-state", message, span, severity="hint"))
        elif name in terminals:
            if name in sources:
                message = f"`{name}` is terminal, but transitions lead out of it"
                yield Finding(problem("leaving-terminal-state", message, span, severity="hint"))
        elif name not in left:
            message = f"nothing leads out of `{name}`, and it is not terminal"
            yield Finding(problem("trapping-state", message, span, _terminal(item, state), severity="hint"))
        elif terminals and name not in ending:
            message = f"no terminal state can be reached from `{name}`"
            yield Finding(problem("trapping-state", message, span, severity="hint"))


def _terminal(item: ResolvedItem, state: State) -> Fix:
    written = f'{_blanks(item, state.call)}.terminal("{state.name.text}")'
    return Fix("Say that it is terminal", (Edit((state.call[1],) * 2, written),))


def _blanks(item: ResolvedItem, call: Offsets) -> str:
    """What stands before the dot of a call; nothing if that ends a comment."""
    start = item.item.span[0]
    before = item.script.text[start : start + call[0]]
    above = before.rstrip()
    is_comment = b"//" in above[above.rfind(b"\n") + 1 :]
    return "" if is_comment else before[len(above) :].decode()
