"""Which permissions the functions of a script need, through whatever they call that is plain to see."""

from __future__ import annotations

from collections import deque

import msgspec

from .facts import Offsets
from .host_calls import called_by_host
from .permission_calls import CallGraph, Requirement
from .script import ItemPlace, Script


class Reached(msgspec.Struct, frozen=True):
    """A requirement as an entry comes to it.

    `chain` are the functions on the way, the entry first; `span` is where the script's own text leaves for it: the
    call itself, or that of a function in a `mod` file.
    """

    requirement: Requirement
    chain: tuple[str, ...]
    span: Offsets


class EntryNeeds(msgspec.Struct, frozen=True):
    """What an entry needs; `span` is that of its name."""

    name: str
    span: Offsets
    needs: tuple[Reached, ...]


class Needs(msgspec.Struct, frozen=True):
    """What a script needs.

    `entries` are those functions that the host calls and that need something; `all` are the requirements of
    any function, also of those that nothing calls. `perhaps` are permissions that a call may need whose meaning is
    not plain to see. `is_complete` is false if some function could not be looked into.
    """

    entries: tuple[EntryNeeds, ...] = ()
    all: tuple[Requirement, ...] = ()
    perhaps: frozenset[str] = frozenset()
    is_complete: bool = True


def needs_of(script: Script, graph: CallGraph) -> Needs:
    """What the script needs, by who calls whom in it."""
    is_needed = any(calls.requirements for calls in graph.calls.values())
    entries = (_entry(graph, number) for number in called_by_host(script)) if is_needed else ()
    return Needs(
        entries=tuple(entry for entry in entries if entry.needs),
        all=tuple(requirement for calls in graph.calls.values() for requirement in calls.requirements),
        perhaps=frozenset(name for calls in graph.calls.values() for name in calls.perhaps),
        is_complete=len(graph.files) == len(script.facts.files),
    )


def _entry(graph: CallGraph, number: int) -> EntryNeeds:
    """What the function needs, each requirement by the shortest way to it."""
    first = ItemPlace(0, number)
    item = graph.item(first)
    start = item.span[0]
    span = (start + item.name_span[0], start + item.name_span[1])
    found: list[Reached] = []
    seen = {first}
    waiting: deque[tuple[ItemPlace, tuple[str, ...], Offsets | None]] = deque([(first, (item.name,), None)])
    while waiting:
        place, chain, left_at = waiting.popleft()
        calls = graph.calls.get(place)
        if calls is None:
            continue
        found += (Reached(each, chain, left_at or each.span) for each in calls.requirements)
        for call in calls.own:
            if call.target not in seen:
                seen.add(call.target)
                leaves = left_at or (call.span if call.target.file != 0 else None)
                waiting.append((call.target, (*chain, graph.item(call.target).name), leaves))
    return EntryNeeds(item.name, span, tuple(found))
