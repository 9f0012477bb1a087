"""What leaves a function, or waits in it."""

from __future__ import annotations

from runekiln_analysis.types import NEVER, UNIT, UNKNOWN, Named, Never, Type

from .lattice import held, join, members_of
from .lost import kept
from .walk import Walk


def leave_function(walk: Walk, node: int) -> Type:
    """`return`, perhaps with a value."""
    values = walk.operands(node)
    # Nothing is done with the value here any more, so that what it holds is still known to the caller.
    walk.give(kept(walk, values[-1], walk.peek(values[-1])) if values else UNIT)
    return walk.leave()


def attempt(walk: Walk, node: int) -> Type:
    """`a?` gives what is in it, or the function returns it as it is."""
    operands = walk.operands(node)
    value = walk.peek(operands[0]) if operands else UNKNOWN
    given: Type = NEVER
    for member in members_of(value):
        match member:
            case Named("Option", arguments, None):
                walk.give(Named("Option", (NEVER,), None, True))
                inner = arguments[0] if arguments else UNKNOWN
            case Named("Result", arguments, None):
                error = arguments[1] if len(arguments) > 1 else UNKNOWN
                walk.give(Named("Result", (NEVER, error), None, True))
                inner = arguments[0] if arguments else UNKNOWN
            case _:
                walk.give(UNKNOWN)
                inner = UNKNOWN
        given = join(given, held(inner))
    return given


def wait(walk: Walk, node: int) -> Type:
    """`a.await`."""
    operands = walk.operands(node)
    found = awaited(walk.evaluate(operands[0]) if operands else UNKNOWN)
    return walk.leave() if isinstance(found, Never) else found


def give_and_wait(walk: Walk, node: int) -> Type:
    """`yield a` gives whatever it is resumed with."""
    return walk.evaluate_all(walk.operands(node))


def awaited(kind: Type) -> Type:
    """What a future gives."""
    return kind.arguments[0] if isinstance(kind, Named) and kind.name == "Future" and kind.arguments else UNKNOWN
