"""When an expression is evaluated, and what it may do meanwhile: whether it can be moved in front of its statement."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .selected import EXPRESSIONS, Selected, parts

COPIED = ("i64", "u64", "f64", "bool", "char")
"""The types of which a variable has a value of its own, instead of sharing it."""

# What may do something, or end differently another time.
_ACTING = bytes(
    (
        K.CALL_EXPRESSION,
        K.METHOD_CALL_EXPRESSION,
        K.MACRO_CALL,
        K.AWAIT_EXPRESSION,
        K.TRY_EXPRESSION,
        K.ASSIGNMENT_EXPRESSION,
        K.YIELD_EXPRESSION,
        K.RETURN_EXPRESSION,
        K.BREAK_EXPRESSION,
        K.CONTINUE_EXPRESSION,
        K.BLOCK_EXPRESSION,
        K.LOOP_EXPRESSION,
        K.WHILE_EXPRESSION,
        K.FOR_EXPRESSION,
        K.SELECT_EXPRESSION,
        K.ERROR,
    )
)
# What gives the same at whatever time, as long as no variable in it is written.
_STEADY = frozenset((K.LITERAL_EXPRESSION, K.PATH_EXPRESSION, K.CLOSURE_EXPRESSION))
_STEADY_AROUND = frozenset((K.PARENTHESIZED_EXPRESSION,))
LEAVING = bytes((K.RETURN_EXPRESSION, K.BREAK_EXPRESSION, K.CONTINUE_EXPRESSION, K.YIELD_EXPRESSION))
_FIRST_ONLY = frozenset((K.IF_EXPRESSION, K.MATCH_EXPRESSION))
_ALWAYS = EXPRESSIONS - {
    K.WHILE_EXPRESSION,
    K.LOOP_EXPRESSION,
    K.SELECT_EXPRESSION,
    K.IF_EXPRESSION,
    K.MATCH_EXPRESSION,
    K.CLOSURE_EXPRESSION,
    K.BLOCK_EXPRESSION,
    K.FOR_EXPRESSION,
}
_LISTS = frozenset(
    (K.ARGUMENT_LIST, K.FIELD_INITIALIZER, K.TEMPLATE_EXPRESSION, K.MACRO_ARGUMENTS, K.NAMED_ARGUMENT, K.LET_EXPRESSION)
)

# Macros that evaluate what they are given, and how much of it always: the message of an assertion is made if it fails.
_MACROS = {"assert": 1, "assert_eq": 2, "assert_ne": 2, "format": 99, "panic": 99, "print": 99, "println": 99}


class Slot(msgspec.Struct, frozen=True):
    """Where a statement can stand in front of an expression.

    `block` is the block and `statement` the one of its statements that has the expression in it; or `block` is `None`,
    and `statement` is the body of a closure or arm that has no block.
    """

    block: int | None
    statement: int


def is_steady(selected: Selected, node: int) -> bool:
    """Whether it does nothing, cannot fail, and gives the same a little sooner or later."""
    tree, kind = selected.tree, selected.kinds[node]
    if kind in _STEADY:
        return K.MOVE_KEYWORD not in selected.kinds[node : tree.after(node)]
    return kind in _STEADY_AROUND and all(is_steady(selected, child) for child in parts(tree, node))


def acts(selected: Selected, node: int) -> bool:
    """Whether it may do something besides giving a value; what a closure in it does is done later."""
    return any(kind in _ACTING for kind in selected.kinds[node : selected.tree.after(node)])


def leaves(selected: Selected, node: int) -> bool:
    """Whether it may leave what is around it."""
    return any(kind in LEAVING for kind in selected.kinds[node : selected.tree.after(node)])


def slot_of(selected: Selected, node: int) -> Slot | None:
    """The place right before which the expression could be evaluated as well; `None` where that is another time.

    It is evaluated there exactly once for each time that the statement is, and nothing happens in between that could
    make a difference.
    """
    tree, path = selected.tree, selected.tree.path_to(node)
    is_quiet = not acts(selected, node)
    for place in range(len(path) - 1, 0, -1):
        child, around = path[place], path[place - 1]
        kind = selected.kinds[around]
        if kind in (K.EXPRESSION_STATEMENT, K.LET_STATEMENT):
            is_in_block = place >= 2 and selected.kinds[path[place - 2]] == K.BLOCK
            return Slot(path[place - 2], around) if is_in_block and _goes_on(selected, around) else None
        if kind in (K.CLOSURE_EXPRESSION, K.MATCH_ARM):
            is_body = child == parts(tree, around)[-1] and selected.kinds[child] != K.MATCH_GUARD
            return Slot(None, child) if is_body and selected.kinds[child] in EXPRESSIONS else None
        if not _is_evaluated_once(selected, around, child):
            return None
        if not all(
            is_steady(selected, each) or (is_quiet and not acts(selected, each))
            for each in _before(selected, around, child)
        ):
            return None
    return None


def _goes_on(selected: Selected, statement: int) -> bool:
    """Whether a statement has no attribute, which would come to stand before another one."""
    return selected.tree.first(statement, K.ATTRIBUTE) is None


def _is_evaluated_once(selected: Selected, around: int, child: int) -> bool:
    tree, kind = selected.tree, selected.kinds[around]
    if kind in _FIRST_ONLY or kind == K.FOR_EXPRESSION:
        values = [each for each in parts(tree, around) if selected.kinds[each] in EXPRESSIONS | {K.LET_EXPRESSION}]
        return bool(values) and values[0] == child
    if kind == K.BINARY_EXPRESSION:
        is_short = any(
            selected.kinds[each] in (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE)
            for each in tree.children(around)
            if tree.is_token(each)
        )
        return not is_short or parts(tree, around)[0] == child
    if kind == K.ASSIGNMENT_EXPRESSION:
        return parts(tree, around)[0] != child
    if kind == K.MACRO_ARGUMENTS:
        name = selected.written(parts(tree, tree.parent(around))[0])
        return name in _MACROS and child in parts(tree, around)[: _MACROS[name]]
    return kind in _ALWAYS or kind in _LISTS


def _before(selected: Selected, around: int, child: int) -> Iterator[int]:
    """What is evaluated before the child of a node, without what is known at once."""
    for each in parts(selected.tree, around):
        if each == child:
            return
        kind = selected.kinds[each]
        if kind in EXPRESSIONS:
            yield each
        elif kind in _LISTS:
            yield from (part for part in parts(selected.tree, each) if selected.kinds[part] in EXPRESSIONS)


def variables_in(selected: Selected, node: int) -> set[int]:
    """The numbers of the variables that are used in a node and declared outside of it."""
    after, found = selected.tree.after(node), set()
    for token, number in selected.resolution.variables.items():
        binding = selected.resolution.bindings[number]
        if (
            node <= token < after
            and not node <= binding.node < after
            and binding.kind not in ("label", "format-argument")
        ):
            found.add(number)
    return found


def same_text(tree: TreeView, one: int, other: int) -> bool:
    """Whether two nodes have the same words in them, whatever the blanks in between."""
    size = tree.after(one) - one
    return size == tree.after(other) - other and all(
        tree.kind(one + place) == tree.kind(other + place)
        and (not tree.is_token(one + place) or tree.content(one + place) == tree.content(other + place))
        for place in range(size)
    )
