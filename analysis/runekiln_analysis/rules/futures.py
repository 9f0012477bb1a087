"""What the rules about `.await` ask of a place: which function it is in, and whether that can wait."""

from __future__ import annotations

from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.syntax import SyntaxKind as K

_FUNCTIONS = (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION)


def can_wait(item: ResolvedItem, path: list[int]) -> bool:
    """Whether `.await` is possible at the last node of a path from the root of the item's tree."""
    node = _around(item, path)
    return node is not None and item.tree.first(node, K.ASYNC_KEYWORD) is not None


def how_to_wait(item: ResolvedItem, path: list[int]) -> str:
    """What is to be done for the value of a future there, in words."""
    if can_wait(item, path):
        return "write `.await` behind it"
    node = _around(item, path)
    if node is None:
        return "a constant cannot wait for it"
    if item.kinds[node] == K.CLOSURE_EXPRESSION:
        return "make the closure `async` and write `.await` behind it"
    name = item.tree.first(node, K.NAME)
    function = "function" if name is None else f"function `{item.tree.content(name)}`"
    return f"make the {function} `async` and write `.await` behind it"


def _around(item: ResolvedItem, path: list[int]) -> int | None:
    """The innermost function, closure or `async` block around the last node of the path."""
    for node in reversed(path[:-1]):
        is_block = item.kinds[node] == K.BLOCK_EXPRESSION and item.tree.first(node, K.ASYNC_KEYWORD) is not None
        if is_block or item.kinds[node] in _FUNCTIONS:
            return node
    return None
