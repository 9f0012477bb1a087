"""Values that Rune 0.14.2 loses: what a block or an arm ends with, if that is a variable of its own.

`|x| { let n = x; n }` gives nothing, and so does `{ let n = 1; n }` where a function returns it, or it is an operand
or a part of a tuple. Behind a `let` the same block works. So that nobody is told what no run gives, such a value may be
anything.
"""

from __future__ import annotations

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, Type

from .walk import LAST_TOKEN, Walk

_WITH_BLOCKS = frozenset((K.BLOCK_EXPRESSION, K.MATCH_EXPRESSION, K.IF_EXPRESSION, K.PARENTHESIZED_EXPRESSION))


def kept(walk: Walk, node: int, kind: Type) -> Type:
    """The type of an operand, or of what a function gives, as far as Rune does not lose it."""
    return UNKNOWN if walk.kinds[node] in _WITH_BLOCKS and _is_lost(walk, node) else kind


def _is_lost(walk: Walk, node: int) -> bool:
    match walk.kinds[node]:
        case K.PARENTHESIZED_EXPRESSION:
            return any(_is_lost(walk, each) for each in walk.operands(node))
        case K.BLOCK_EXPRESSION:
            block = walk.first(node, K.BLOCK)
            return block is not None and _ends_with_own(walk, block, node)
        case K.MATCH_EXPRESSION:
            arms = walk.first(node, K.MATCH_ARM_LIST)
            return arms is not None and any(_is_lost_in(walk, arm) for arm in walk.operands(arms))
        case K.IF_EXPRESSION:
            branches = [node, *(each for each in walk.operands(node) if walk.kinds[each] == K.ELSE_BRANCH)]
            blocks = (walk.first(each, K.BLOCK) for each in branches)
            tails = (None if each is None else _tail(walk, each) for each in blocks)
            return any(tail is not None and _is_lost(walk, tail) for tail in tails)
    return False


def _is_lost_in(walk: Walk, arm: int) -> bool:
    operands = walk.operands(arm)
    return bool(operands) and (_is_own(walk, operands[-1], arm) or _is_lost(walk, operands[-1]))


def _ends_with_own(walk: Walk, block: int, scope: int) -> bool:
    tail = _tail(walk, block)
    return tail is not None and (_is_own(walk, tail, scope) or _is_lost(walk, tail))


def _tail(walk: Walk, block: int) -> int | None:
    statements = walk.operands(block)
    if not statements or walk.kinds[statements[-1]] != K.EXPRESSION_STATEMENT:
        return None
    tail = statements[-1] + 1
    return tail if walk.kinds[tail] > LAST_TOKEN else None


def _is_own(walk: Walk, node: int, scope: int) -> bool:
    """Whether an expression is a variable that is declared in a part of the function."""
    number = walk.variable(node)
    if number is None:
        return False
    declared = walk.resolution.bindings[number].node
    return scope <= declared < walk.after(scope)
