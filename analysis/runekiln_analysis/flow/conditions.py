"""Conditions: what is known of variables where one holds, and where it does not."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.resolve.meaning import HostTypeMeaning, OwnItem
from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, Named, Never, Type

from .lattice import BOOL, join, join_ways, narrowed, without
from .lost import overwrite
from .patterns import bind_variable, wanted
from .walk import DEPTH_LIMIT, State, Walk

Ways = tuple[State | None, State | None]
"""The states where a condition holds and where it does not, `None` for what is not reached."""


def condition(walk: Walk, node: int) -> Ways:
    """Evaluate a condition; the caller enters one of the states."""
    kind = walk.kinds[node]
    if kind not in _SPLITTING or walk.depth >= DEPTH_LIMIT:
        walk.evaluate(node)
        return _both(walk)
    walk.depth += 1
    found = _SPLITTING[kind](walk, node)
    walk.depth -= 1
    walk.types[node] = BOOL
    return found


def logical(walk: Walk, node: int) -> Type:
    """`a && b` or `a || b` as a value, which is one of the two as it is."""
    operands = walk.operands(node)
    if len(operands) != 2:
        return UNKNOWN
    is_direct = walk.direct == node
    is_and = walk.kinds[walk.after(operands[0])] == K.AMPERSAND_AMPERSAND
    holds, fails = condition(walk, operands[0])
    walk.enter(holds if is_and else fails)
    right = walk.evaluate(operands[1])
    walk.meet(fails if is_and else holds)
    left = walk.types.get(operands[0], UNKNOWN)
    kind = join(left, right) if left == BOOL and not isinstance(right, Never) else UNKNOWN
    if not is_direct:
        overwrite(walk, node, kind)
    return kind


def is_test(walk: Walk, node: int) -> Type:
    """`a is String` as a value."""
    operands = walk.operands(node)
    if operands:
        walk.peek(operands[0])
    return BOOL


def _both(walk: Walk) -> Ways:
    if walk.dead:
        return None, None
    return walk.state, walk.state[:]


def _parenthesized(walk: Walk, node: int) -> Ways:
    operands = walk.operands(node)
    return condition(walk, operands[0]) if len(operands) == 1 else _both(walk)


def _unary(walk: Walk, node: int) -> Ways:
    operands = walk.operands(node)
    if walk.kinds[node + 1] != K.BANG or len(operands) != 1:
        walk.evaluate(node)
        return _both(walk)
    holds, fails = condition(walk, operands[0])
    return fails, holds


def _binary(walk: Walk, node: int) -> Ways:
    operands = walk.operands(node)
    operator = walk.kinds[walk.after(operands[0])] if len(operands) == 2 else 0
    if operator not in (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE):
        walk.evaluate(node)
        return _both(walk)
    holds, fails = condition(walk, operands[0])
    if operator == K.AMPERSAND_AMPERSAND:
        walk.enter(holds)
        second = condition(walk, operands[1])
        return second[0], join_ways(fails, second[1])
    walk.enter(fails)
    second = condition(walk, operands[1])
    return join_ways(holds, second[0]), second[1]


def _is(walk: Walk, node: int) -> Ways:
    is_test(walk, node)
    operands = walk.operands(node)
    number = walk.variable(operands[0]) if len(operands) == 2 else None
    tested = None if number is None else _type_at(walk, operands[1])
    holds, fails = _both(walk)
    if number is None or tested is None or holds is None or fails is None:
        return holds, fails
    holds[number], fails[number] = narrowed(holds[number], tested), without(fails[number], tested)
    return (fails, holds) if walk.first(node, K.NOT_KEYWORD) is not None else (holds, fails)


def _let(walk: Walk, node: int) -> Ways:
    operands = walk.operands(node)
    if len(operands) != 2 or walk.kinds[operands[0]] not in PATTERNS:
        walk.evaluate(node)
        return _both(walk)
    pattern, value = operands
    kind = walk.peek(value)
    number = walk.variable(value)
    fails = walk.keep()
    tested = wanted(walk, pattern)
    if number is not None and tested is not None:
        kind = walk.state[number] = narrowed(kind, tested)
    bind_variable(walk, pattern, kind, number)
    return walk.keep(), fails


def _type_at(walk: Walk, path: int) -> Named | None:
    match walk.meaning(path) if walk.kinds[path] == K.PATH_EXPRESSION else None:
        case HostTypeMeaning(host):
            return Named(walk.world.hosts.name_of(host))
        case OwnItem(place) if walk.world.kind(place) in ("struct", "enum"):
            return walk.world.own_type(place)
    return None


_SPLITTING: dict[int, Callable[[Walk, int], Ways]] = {
    K.PARENTHESIZED_EXPRESSION: _parenthesized,
    K.UNARY_EXPRESSION: _unary,
    K.BINARY_EXPRESSION: _binary,
    K.IS_EXPRESSION: _is,
    K.LET_EXPRESSION: _let,
}
