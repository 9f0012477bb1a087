"""The way from an item down to a place in it, also where braces and bodies are missing."""

from __future__ import annotations

from bisect import bisect_right

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

_CLOSING_TOKENS = (K.CLOSE_BRACE, K.SEMICOLON, K.COMMA)
_TOKENS_BEFORE_A_BODY = (K.FAT_ARROW, K.PIPE, K.PIPE_PIPE)
_CLOSED_BY: dict[int, int] = {
    K.BLOCK: K.CLOSE_BRACE,
    K.MATCH_ARM_LIST: K.CLOSE_BRACE,
    K.SELECT_ARM_LIST: K.CLOSE_BRACE,
    K.ARGUMENT_LIST: K.CLOSE_PARENTHESIS,
    K.PARENTHESIZED_EXPRESSION: K.CLOSE_PARENTHESIS,
    K.VECTOR_EXPRESSION: K.CLOSE_BRACKET,
    K.OBJECT_EXPRESSION: K.CLOSE_BRACE,
    K.STRUCT_EXPRESSION: K.CLOSE_BRACE,
}


def way_down(tree: TreeView, offset: int) -> list[tuple[int, int | None]]:
    """The nodes that `offset` is in, from the item's on, each with the child that it is in; the last one in none."""
    way: list[tuple[int, int | None]] = []
    node: int | None = 0
    limit = max(offset, tree.end(0)) if _is_open(tree, 0) else tree.end(0)
    while node is not None:
        child, limit = _child_holding(tree, node, offset, limit)
        way.append((node, child))
        node = child
    return way


def _child_holding(tree: TreeView, node: int, offset: int, limit: int) -> tuple[int | None, int]:
    """The last child that `offset` is in, and how far it reaches: at most to the next one, and `limit` for the last."""
    children = tree.children(node)
    place = bisect_right(children, offset, key=tree.start) - 1
    while place >= 0:
        child = children[place]
        reach = tree.start(children[place + 1]) if place + 1 < len(children) else limit
        if reach < offset and tree.end(child) < offset:
            break
        if not tree.is_token(child) and offset < tree.end(child):
            return child, tree.end(child)
        if not tree.is_token(child) and _reaches(tree, child, offset, reach):
            return child, reach
        place -= 1
    return None, limit


def _reaches(tree: TreeView, child: int, offset: int, reach: int) -> bool:
    """Whether `offset`, which is not before the child's end, still is in it."""
    if tree.kind(child) == K.PARAMETER_LIST:
        # Behind the second `|` of a closure its body begins, even if nothing is there yet.
        return False
    is_touched = offset == tree.end(child) and tree.kind(tree.after(child) - 1) not in _CLOSING_TOKENS
    return is_touched or (offset <= reach and _is_open(tree, child))


def _is_open(tree: TreeView, node: int) -> bool:
    """Whether the node lacks its end: its closing brace, or the body behind its arrow or parameters."""
    while True:
        last = tree.last_child(node)
        if last is None:
            return False
        closing = _CLOSED_BY.get(tree.kind(node))
        if closing is not None:
            return tree.kind(last) != closing
        if tree.is_token(last):
            return tree.kind(last) in _TOKENS_BEFORE_A_BODY
        node = last
