"""Whether anybody makes something of the value that an expression gives."""

from __future__ import annotations

from typing import Literal

from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.syntax import SyntaxKind as K

ValueUse = Literal["used", "returned", "dropped"]
"""`returned`: the function or closure gives it, and whoever calls that may make something of it."""

_LOOPS = (K.LOOP_EXPRESSION, K.WHILE_EXPRESSION, K.FOR_EXPRESSION)
_FUNCTIONS = (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION)
_HANDING_ON = (K.PARENTHESIZED_EXPRESSION, K.ELSE_BRANCH, K.BLOCK_EXPRESSION, K.MATCH_ARM_LIST)


def value_use(item: ResolvedItem, node: int) -> ValueUse:
    """What becomes of the value of the expression at `node`."""
    path = item.tree.path_to(node)
    for place in range(len(path) - 1, 0, -1):
        found = _in(item, path[place - 1], path[place])
        if found is not None:
            return found
    return "returned"


def _in(item: ResolvedItem, around: int, child: int) -> ValueUse | None:
    """What becomes of the value of `child` in the node around it; `None` if that gives it in turn."""
    tree, kinds = item.tree, item.kinds
    match kinds[around]:
        case K.EXPRESSION_STATEMENT:
            block = tree.parent(around)
            is_last = tree.after(around) == tree.after(block) - 1
            return None if is_last and kinds[tree.after(around) - 1] != K.SEMICOLON else "dropped"
        case K.BLOCK:
            return None
        case kind if kind in _LOOPS:
            return "dropped" if kinds[child] == K.BLOCK else "used"
        case kind if kind in _FUNCTIONS:
            return "returned"
        case K.IF_EXPRESSION:
            return None if kinds[child] in (K.BLOCK, K.ELSE_BRANCH) else "used"
        case K.MATCH_EXPRESSION:
            return None if kinds[child] == K.MATCH_ARM_LIST else "used"
        case K.MATCH_ARM:
            arrow = tree.first(around, K.FAT_ARROW)
            return None if arrow is not None and child > arrow else "used"
        case kind if kind in _HANDING_ON:
            return None
    return "used"
