"""A state machine as a script builds it, and the graph that it is. What is asked here, `validate` asks when it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from runekiln_analysis.facts import Offsets


class Name(msgspec.Struct, frozen=True, gc=False):
    """A state's or an event's name where it is written; `text` is `None` where that is not a plain text."""

    text: str | None
    span: Offsets


class State(msgspec.Struct, frozen=True, gc=False):
    """`.state(name, handler)`: the node of the handler, and the span of the call from its dot on."""

    name: Name
    handler: int
    call: Offsets


class Transition(msgspec.Struct, frozen=True, gc=False):
    """`.transition(source, target, on)`; the text of `event` is `None` where `on`, a node, is no plain text."""

    source: Name
    target: Name
    event: Name
    on: int
    call: Offsets


class Machine(msgspec.Struct, frozen=True, gc=False):
    """A machine that begins with `StateMachine::new()` at `span`, with what is added to it, in this order.

    `fired` are the events that are fired at it, and `compared` the states that it is asked about, as in
    `machine.current() == "idle"`. It is `whole` if nothing else can be added to it where that is not plain to see. A
    machine that is `returned` by the function is taken by the host as it is, or by other functions, which may add
    something.
    """

    span: Offsets
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    initial: Name | None
    terminals: tuple[Name, ...]
    whole: bool
    returned: bool
    fired: tuple[Name, ...] = ()
    compared: tuple[Name, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of its states, as far as they are known."""
        return frozenset(known(state.name for state in self.states))

    @property
    def additions(self) -> int:
        """How many calls add something to its graph."""
        return len(self.states) + len(self.transitions) + len(self.terminals) + (self.initial is not None)

    @property
    def has_known_states(self) -> bool:
        """Whether it has no other states than `names`."""
        return self.whole and all(state.name.text is not None for state in self.states)

    @property
    def has_known_ways(self) -> bool:
        """Whether it is known from where to where each of its transitions leads, and where it begins and ends."""
        ends = (end for way in self.transitions for end in (way.source, way.target))
        begins = () if self.initial is None else (self.initial,)
        return self.has_known_states and all(each.text is not None for each in (*ends, *self.terminals, *begins))

    @property
    def begins_in(self) -> str | None:
        """The state that `initial` names, or else the first; `None` if that is not known, or there is none."""
        if self.initial is not None:
            return self.initial.text
        return self.states[0].name.text if self.states else None

    def mentions(self) -> Iterator[Name]:
        """Where states are named besides by `state`, in the order in which that is done, `initial` first."""
        if self.initial is not None:
            yield self.initial
        for way in self.transitions:
            yield from (way.source, way.target)
        yield from self.terminals

    def reached(self) -> frozenset[str]:
        """The states that events may lead to from where it begins, that one among them."""
        starts = () if self.begins_in is None else (self.begins_in,)
        return _spread(starts, self._ways((way.source, way.target) for way in self.transitions))

    def leading_to_end(self) -> frozenset[str]:
        """The states from which events may lead to a terminal one, those among them."""
        return _spread(known(self.terminals), self._ways((way.target, way.source) for way in self.transitions))

    def left(self) -> frozenset[str]:
        """The states that a transition to another one leads out of."""
        ways = self.transitions
        return frozenset(known(way.source for way in ways if way.source.text != way.target.text))

    def hidden(self) -> Iterator[tuple[Transition, Transition]]:
        """The transitions that are never taken, each with the one before it that its event always takes."""
        taken: dict[tuple[str, str], Transition] = {}
        for way in self.transitions:
            source, event = way.source.text, way.event.text
            if source is None or event is None:
                continue
            earlier = taken.setdefault((source, event), way)
            if earlier is not way:
                yield way, earlier

    def _ways(self, ends: Iterable[tuple[Name, Name]]) -> Mapping[str, set[str]]:
        ways: dict[str, set[str]] = {}
        for source, target in ends:
            if source.text is not None and target.text is not None:
                ways.setdefault(source.text, set()).add(target.text)
        return ways


def known(names: Iterable[Name]) -> Iterator[str]:
    """The texts of names, as far as they are known."""
    return (name.text for name in names if name.text is not None)


def _spread(starts: Iterable[str], ways: Mapping[str, set[str]]) -> frozenset[str]:
    """All that can be come by from `starts`."""
    found: set[str] = set()
    unvisited = list(starts)
    while unvisited:
        name = unvisited.pop()
        if name not in found:
            found.add(name)
            unvisited += ways.get(name, ())
    return frozenset(found)
