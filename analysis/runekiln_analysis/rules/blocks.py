"""How blocks end and where they stand, as the compiler of 0.14.2 goes through them."""

from __future__ import annotations

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

LEAVING = (K.RETURN_EXPRESSION, K.BREAK_EXPRESSION, K.CONTINUE_EXPRESSION)


def statements(tree: TreeView, block: int) -> tuple[int, ...]:
    """The statements of a `BLOCK`, with the one that gives its value."""
    return tuple(child for child in tree.children(block) if not tree.is_token(child))


def tail_of(tree: TreeView, block: int) -> int | None:
    """The expression that a `BLOCK` gives."""
    inside = statements(tree, block)
    if not inside or tree.kind(inside[-1]) != K.EXPRESSION_STATEMENT:
        return None
    parts = tree.children(inside[-1])
    return None if tree.kind(parts[-1]) == K.SEMICOLON else parts[0]


def body_of(tree: TreeView, expression: int) -> int | None:
    """The `BLOCK` of a `BLOCK_EXPRESSION` that is no more than that: no label, and neither `async` nor `const`."""
    parts = tree.children(expression)
    return parts[0] if len(parts) == 1 and tree.kind(parts[0]) == K.BLOCK else None


def branches_of(tree: TreeView, conditional: int) -> tuple[tuple[int, ...], int | None]:
    """The blocks behind the conditions of an `IF_EXPRESSION`, and the one behind the last `else`."""
    blocks = [child for child in tree.children(conditional) if tree.kind(child) == K.BLOCK]
    last: int | None = None
    for branch in tree.children(conditional):
        if tree.kind(branch) != K.ELSE_BRANCH:
            continue
        block = tree.first(branch, K.BLOCK)
        if tree.first(branch, K.IF_KEYWORD) is None:
            last = block
        elif block is not None:
            blocks.append(block)
    return tuple(blocks), last


def is_left(tree: TreeView, block: int) -> bool:
    """Whether nobody comes to the end of the `BLOCK`, plain to see."""
    return any(_leaves(tree, tree.first_child(each)) for each in statements(tree, block))


def _leaves(tree: TreeView, expression: int) -> bool:
    kind = tree.kind(expression)
    if kind == K.IF_EXPRESSION:
        blocks, last = branches_of(tree, expression)
        return last is not None and all(is_left(tree, block) for block in (*blocks, last))
    if kind == K.BLOCK_EXPRESSION:
        body = body_of(tree, expression)
        return body is not None and is_left(tree, body)
    return kind in LEAVING
