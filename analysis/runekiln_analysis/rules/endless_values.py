"""Values that hold themselves and are written with `{:?}`, which never comes to an end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.members import member_name
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K

_HOLDING = (K.FIELD_EXPRESSION, K.INDEX_EXPRESSION)
_DEBUG = re.compile(rb"\?\}|\bdbg!")
_ADDING = ("push", "push_back", "push_front", "insert")


def endless_values(item: ResolvedItem) -> Iterator[Finding]:
    """Where a variable is written for debugging that was put into itself before, on every way to there."""
    start, end = item.item.span
    if K.MACRO_CALL not in item.kinds or not _DEBUG.search(item.script.text, start, end):
        return
    cycles = [*_assigned(item), *_added(item)]
    for node, variable in cycles:
        for token in _written(item, variable):
            if _comes_behind(item, node, token, variable):
                name = item.resolution.bindings[variable].name
                message = (
                    f"`{name}` holds itself: to write it with `{{:?}}` never ends, and takes the host's process along"
                )
                yield Finding(problem("cyclic-debug", message, item.tree.span(token)))


def _variable(item: ResolvedItem, node: int) -> int | None:
    """The number of the variable that the expression is."""
    is_name = item.kinds[node] == K.PATH_EXPRESSION and item.tree.after(node) == node + 2
    return item.resolution.variables.get(node + 1) if is_name else None


def _assigned(item: ResolvedItem) -> Iterator[tuple[int, int]]:
    """`x.field = x` and `x[key] = x`, each with the number of the variable."""
    tree = item.tree
    for node in item.nodes(K.ASSIGNMENT_EXPRESSION):
        target, operator, value = tree.children(node)
        if item.kinds[target] in _HOLDING and item.kinds[operator] == K.EQUAL:
            variable = _variable(item, value)
            if variable is not None and variable == _variable(item, tree.first_child(target)):
                yield node, variable


def _added(item: ResolvedItem) -> Iterator[tuple[int, int]]:
    """`x.push(x)` and its like."""
    tree = item.tree
    for node in item.nodes(K.METHOD_CALL_EXPRESSION):
        if member_name(tree, node) not in _ADDING:
            continue
        listed = tree.last_child(node)
        given = [] if listed is None else [part for part in tree.children(listed) if not tree.is_token(part)]
        variable = _variable(item, given[-1]) if given else None
        if variable is not None and variable == _variable(item, tree.first_child(node)):
            yield node, variable


def _written(item: ResolvedItem, variable: int) -> Iterator[int]:
    """The tokens of a variable that a macro writes for debugging."""
    tree, kinds = item.tree, item.kinds
    for token in item.resolution.bindings[variable].reads:
        if kinds[token - 2] == K.FORMAT_CAPTURE:
            parts = tree.children(token - 2)
            if any(kinds[part] == K.FORMAT_SPECIFICATION and "?" in tree.content(part) for part in parts):
                yield token
        elif kinds[tree.parent(token - 1)] == K.MACRO_ARGUMENTS and _is_debugged(item, token - 1):
            yield token


def _is_debugged(item: ResolvedItem, argument: int) -> bool:
    """Whether the argument of a macro is what a `{:?}` in it is for."""
    tree, kinds = item.tree, item.kinds
    listed = tree.parent(argument)
    name = tree.first_child(tree.parent(listed))
    if tree.content(name) == "dbg":
        return True
    text = tree.first(listed, K.FORMAT_STRING)
    if text is None or any(True for _ in tree.descendants(text, K.FORMAT_POSITION)):
        return False
    given = [part for part in tree.children(listed) if part > text and not tree.is_token(part)]
    holders = [part for part in tree.children(text) if kinds[part] == K.FORMAT_PLACEHOLDER]
    place = given.index(argument)
    return place < len(holders) and any(
        kinds[part] == K.FORMAT_SPECIFICATION and "?" in tree.content(part) for part in tree.children(holders[place])
    )


def _comes_behind(item: ResolvedItem, cycle: int, token: int, variable: int) -> bool:
    """Whether each way to the token comes by the cycle, and nothing between touches what the variable holds."""
    tree, kinds = item.tree, item.kinds
    path = tree.path_to(cycle)
    if kinds[path[-2]] != K.EXPRESSION_STATEMENT or not cycle < token < tree.after(path[-3]):
        return False
    binding = item.resolution.bindings[variable]
    between = [use for use in binding.uses if tree.after(cycle) <= use < token]
    return not any(kinds[use - 1] == K.PATH_EXPRESSION and _is_touched(item, use) for use in between)


def _is_touched(item: ResolvedItem, use: int) -> bool:
    """Whether the variable, or what it holds, may be another one behind this use: unless it is only written out."""
    return item.kinds[item.tree.parent(use - 1)] != K.MACRO_ARGUMENTS
