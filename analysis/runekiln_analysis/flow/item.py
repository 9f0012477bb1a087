"""The pass over one item: what its parameters are, and what comes of its body."""

from __future__ import annotations

from runekiln_analysis.resolve.resolution import Resolution
from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, Named, Type

from .blocks import agreed
from .closures import yields
from .inferred import Asked, Inferred
from .lattice import stored
from .patterns import bind
from .steps import STEPS
from .walk import State, Walk
from .world import World


def infer_tree(packed: bytes, text: bytes, resolution: Resolution, world: World, asked: Asked) -> Inferred:
    """What is inferred of the function or constant with that tree and text; `asked` fills up on the way."""
    walk = Walk(packed, text, resolution, world, STEPS)
    returns = _pass(walk, world)
    return Inferred(
        walk.types,
        walk.calls,
        walk.members,
        returns,
        tuple(sorted(walk.unreachable)),
        {node: left for node, left in walk.gaps.items() if left},
        tuple(walk.mismatches.values()),
        asked,
    )


def state_behind(packed: bytes, text: bytes, resolution: Resolution, world: World, token: int) -> State:
    """The types of the local names, by number, behind a token."""
    walk = Walk(packed, text, resolution, world, STEPS, token)
    _pass(walk, world)
    return walk.state if walk.seen is None else walk.seen


def _pass(walk: Walk, world: World) -> Type:
    match walk.kinds[0]:
        case K.FUNCTION_ITEM:
            return _function(walk, world)
        case K.CONST_ITEM:
            values = [each for each in walk.operands(0) if walk.kinds[each] not in (K.NAME, K.VISIBILITY, K.ATTRIBUTE)]
            return stored(walk.evaluate(values[-1])) if values else UNKNOWN
    return UNKNOWN


def _function(walk: Walk, world: World) -> Type:
    types = iter(world.parameters())
    listed = walk.first(0, K.PARAMETER_LIST)
    for each in [] if listed is None else walk.operands(listed):
        _parameter(walk, each, next(types, UNKNOWN))
    body = walk.first(0, K.BLOCK)
    if body is None:
        return UNKNOWN
    walk.body = body
    walk.give(walk.evaluate(body))
    is_async = walk.first(0, K.ASYNC_KEYWORD) is not None
    if yields(walk, 0):
        return Named("Stream" if is_async else "Generator")
    returns = walk.returned
    stated = walk.first(0, K.RETURN_TYPE)
    if stated is not None:
        returns = agreed(walk, stated, returns)
    return Named("Future", (returns,)) if is_async else returns


def _parameter(walk: Walk, parameter: int, kind: Type) -> None:
    if walk.kinds[parameter] == K.SELF_PARAMETER:
        number = walk.declared.get(parameter + 1)
        if number is not None:
            walk.types[parameter + 1] = walk.state[number] = kind
    for part in walk.operands(parameter):
        if walk.kinds[part] in PATTERNS:
            bind(walk, part, kind if kind != NEVER else UNKNOWN)
