"""Which functions have to be known before another one can be: those that it names, and those below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Node = TypeVar("Node")


def in_order(
    start: Node, followers: Callable[[Node], Iterable[Node]], known: Mapping[Node, object]
) -> Iterator[tuple[Node, ...]]:
    """The nodes below `start` and itself, each behind those that it leads to; those in a circle come together.

    What is `known` is left out, with all below it. The circles do not depend on where one starts.
    """
    found: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    waiting: list[Node] = []
    on_way: set[Node] = set()
    way: list[tuple[Node, Iterator[Node]]] = []

    def enter(node: Node) -> None:
        found[node] = lowest[node] = len(found)
        waiting.append(node)
        on_way.add(node)
        way.append((node, iter(followers(node))))

    enter(start)
    while way:
        node, others = way[-1]
        for other in others:
            if other in known:
                continue
            if other not in found:
                enter(other)
                break
            if other in on_way:
                lowest[node] = min(lowest[node], found[other])
        else:
            way.pop()
            if way:
                lowest[way[-1][0]] = min(lowest[way[-1][0]], lowest[node])
            if lowest[node] == found[node]:
                place = waiting.index(node)
                circle = tuple(waiting[place:])
                del waiting[place:]
                on_way.difference_update(circle)
                yield circle
