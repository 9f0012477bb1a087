"""Closures, `async` blocks and functions inside functions: what runs later, with its own ways out."""

from __future__ import annotations

from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, FunctionOf, Named, Type

from .lattice import join
from .lost import kept
from .patterns import bind
from .walk import Walk

NESTING_LIMIT = 3
"""What is deeper in loops and closures than this is gone through once, with less known."""


def closure(walk: Walk, node: int, given: tuple[Type, ...] = ()) -> Type:
    """`|a, b| a + b`, called with values of those types.

    Rune hands a closure the values that its variables have when it is made: what it writes stays inside.
    """
    walk.share(node)
    outside = _Outside(walk)
    listed = walk.first(node, K.PARAMETER_LIST)
    parameters = [] if listed is None else [each for each in walk.operands(listed) if walk.kinds[each] == K.PARAMETER]
    types = [_parameter(walk, each, given[n] if n < len(given) else UNKNOWN) for n, each in enumerate(parameters)]
    bodies = [each for each in walk.operands(node) if each != listed]
    walk.notice(node)
    value = walk.evaluate(bodies[-1]) if bodies else UNKNOWN
    returned = outside.end(walk, kept(walk, bodies[-1], value) if bodies else value)
    if yields(walk, node):
        returned = UNKNOWN
    elif walk.first(node, K.ASYNC_KEYWORD) is not None:
        returned = Named("Future", (returned,))
    return FunctionOf(tuple(types), returned)


def async_block(walk: Walk, node: int, block: int) -> Type:
    """`async { … }`, in which `return` and `?` end the block alone."""
    walk.share(node)
    outside = _Outside(walk)
    value = walk.evaluate(block)
    return Named("Future", (outside.end(walk, value),))


def inner_function(walk: Walk, node: int) -> Type:
    """A function inside the function, which knows none of its variables."""
    outside = _Outside(walk)
    listed = walk.first(node, K.PARAMETER_LIST)
    for each in [] if listed is None else walk.operands(listed):
        if walk.kinds[each] == K.PARAMETER:
            _parameter(walk, each, UNKNOWN)
    block = walk.first(node, K.BLOCK)
    outside.end(walk, UNKNOWN if block is None else walk.evaluate(block))
    return UNKNOWN


def yields(walk: Walk, node: int) -> bool:
    """Whether the function or closure at `node` gives values with `yield`, which makes it a generator."""
    kinds = walk.kinds
    if K.YIELD_EXPRESSION not in kinds[node : walk.after(node)]:
        return False
    child, end = node + 1, walk.after(node)
    while child < end:
        kind = kinds[child]
        if kind == K.YIELD_EXPRESSION:
            return True
        is_other = kind in (K.CLOSURE_EXPRESSION, K.FUNCTION_ITEM)
        is_async = kind == K.BLOCK_EXPRESSION and walk.first(child, K.ASYNC_KEYWORD) is not None
        child = walk.after(child) if is_other or is_async else child + 1
    return False


def _parameter(walk: Walk, parameter: int, given: Type) -> Type:
    annotation = walk.first(parameter, K.TYPE_ANNOTATION)
    kind = given if annotation is None else walk.world.stated(walk.content(annotation)[1:])
    for part in walk.operands(parameter):
        if walk.kinds[part] in PATTERNS:
            bind(walk, part, kind)
    return kind


class _Outside:
    """What goes on behind a closure as if it had not been gone through."""

    def __init__(self, walk: Walk) -> None:
        self._kept = (walk.state[:], walk.dead, walk.returned, walk.loops)
        walk.returned, walk.loops = NEVER, []
        walk.nesting += 1

    def end(self, walk: Walk, value: Type) -> Type:
        """Go back outside; returns what the closure gives."""
        walk.give(value)
        returned = walk.returned
        walk.state, walk.dead, walk.returned, walk.loops = self._kept
        walk.nesting -= 1
        return join(returned, NEVER)
