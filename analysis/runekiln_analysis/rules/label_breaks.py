"""Blocks with a label that are left by `break` on every way."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.rules.blocks import is_left
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K

_LOOPS = (K.LOOP_EXPRESSION, K.WHILE_EXPRESSION, K.FOR_EXPRESSION, K.CLOSURE_EXPRESSION)
_STRAIGHT = (K.EXPRESSION_STATEMENT, K.LET_STATEMENT, K.BLOCK, K.PARENTHESIZED_EXPRESSION, K.BLOCK_EXPRESSION)


def label_breaks(item: ResolvedItem) -> Iterator[Finding]:
    """Labelled blocks behind which 0.14.2 leaves out the rest of the function, since nobody comes to their end."""
    tree = item.tree
    for label in item.nodes(K.LABEL_DECLARATION):
        expression = label - 1
        block = tree.first(expression, K.BLOCK)
        if item.kinds[expression] != K.BLOCK_EXPRESSION or block is None or not is_left(tree, block):
            continue
        written = tree.content(label + 1)
        if not _is_left_by(item, block, written) or not _is_straight(item, expression):
            continue
        start = tree.start(block)
        fixes = (
            ()
            if _has_loose_break(item, block)
            else (Fix("Make it a `loop`", (Edit((start, start), "loop "),), is_safe=True),)
        )
        message = (
            f"Rune 0.14.2 leaves out all that follows a block which `break {written}` always ends; make it a `loop`"
        )
        yield Finding(problem("label-break-value", message, tree.span(label), *fixes))


def _is_left_by(item: ResolvedItem, block: int, label: str) -> bool:
    breaks = item.tree.descendants(block, K.BREAK_EXPRESSION)
    labels = (item.tree.first(each, K.LABEL) for each in breaks)
    return any(each is not None and item.tree.content(each) == label for each in labels)


def _is_straight(item: ResolvedItem, expression: int) -> bool:
    """Whether the block is on the way through its function: behind the end of a branch, the rest is there again."""
    for node in reversed(item.tree.path_to(expression)[:-1]):
        if item.kinds[node] in (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION):
            return True
        if item.kinds[node] not in _STRAIGHT:
            return False
    return False


def _has_loose_break(item: ResolvedItem, block: int) -> bool:
    """Whether a `break` or `continue` without a label is about a loop around the block."""
    tree = item.tree
    for leaving in tree.descendants(block, K.BREAK_EXPRESSION, K.CONTINUE_EXPRESSION):
        inside = [node for node in tree.path_to(leaving) if node > block]
        if tree.first(leaving, K.LABEL) is None and not any(item.kinds[node] in _LOOPS for node in inside):
            return True
    return False
