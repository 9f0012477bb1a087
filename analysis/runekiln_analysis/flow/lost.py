"""Values that Rune 0.14.2 loses, or puts where they do not belong: those of expressions with several ways as operands.

`|x| { let n = x; n }` gives nothing, and so does `{ let n = 1; n }` where a function returns it, or as an operand or a
part of a tuple. `1 + if a { 2 } else { b }` makes `b` a 2: the variable that a way ends with gets what the others give.
Behind `let x =` and as arguments the same is right. So that nobody is told what no run gives, all of this is allowed
for.
"""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, Type

from .lattice import join
from .walk import LAST_TOKEN, Walk

_WITH_BLOCKS = frozenset((K.BLOCK_EXPRESSION, K.MATCH_EXPRESSION, K.IF_EXPRESSION, K.PARENTHESIZED_EXPRESSION))


def kept(walk: Walk, node: int, kind: Type) -> Type:
    """The type of an operand, or of what a function gives, as far as Rune does not lose it."""
    return UNKNOWN if walk.kinds[node] in _WITH_BLOCKS and _is_lost(walk, node) else kind


def overwrite(walk: Walk, node: int, kind: Type) -> None:
    """The variables that ways through the expression end with may hold what it gives from here on."""
    for number in set(_variables_at_ends(walk, node)):
        walk.state[number] = join(walk.state[number], kind)


def _variables_at_ends(walk: Walk, node: int) -> Iterator[int]:
    waiting: list[int | None] = [node]
    while waiting:
        end = waiting.pop()
        if end is None:
            continue
        match walk.kinds[end]:
            case K.PATH_EXPRESSION:
                number = walk.variables.get(end + 1)
                if number is not None:
                    yield number
            case K.PARENTHESIZED_EXPRESSION | K.BINARY_EXPRESSION:
                waiting += walk.operands(end)
            case K.BLOCK_EXPRESSION | K.IF_EXPRESSION | K.ELSE_BRANCH:
                block = walk.first(end, K.BLOCK)
                waiting.append(None if block is None else _tail(walk, block))
                waiting += (each for each in walk.operands(end) if walk.kinds[each] == K.ELSE_BRANCH)
            case K.MATCH_EXPRESSION:
                arms = walk.first(end, K.MATCH_ARM_LIST)
                listed = [] if arms is None else walk.operands(arms)
                waiting += (parts[-1] for parts in map(walk.operands, listed) if parts)


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
