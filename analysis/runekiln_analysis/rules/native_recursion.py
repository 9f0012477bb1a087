"""Functions that call themselves through a function of Rune itself, which takes the native stack at each level."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.members import member_name
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.syntax import SyntaxKind as K

CALLING = ("all", "any", "filter", "filter_map", "find", "flat_map", "fold", "map", "reduce")
"""The functions of Rune's iterators that call what they are given."""


def native_recursion(item: ResolvedItem) -> Iterator[Finding]:
    """The calls in closures for iterators that lead back into the function around."""
    own = OwnItem(ItemPlace(0, item.number))
    if K.METHOD_CALL_EXPRESSION not in item.kinds or item.item.name.encode() not in _body(item):
        return
    others = {each.name for each in item.script.main.items if each.kind == "function"}
    for token, meaning in item.resolution.names.items():
        method = _handed_to(item, token) if meaning == own else None
        if method is not None and method not in others:
            name = item.item.name
            message = (
                f"`{name}` calls itself through `{method}`: some hundred levels take the native stack, and the host's "
                "process along; a `for` in place of it may go as deep as it likes"
            )
            yield Finding(problem("native-recursion", message, item.tree.span(token), severity="info"))


def _body(item: ResolvedItem) -> bytes:
    start, end = item.item.span
    return item.script.text[start + item.item.name_span[1] : end]


def _handed_to(item: ResolvedItem, token: int) -> str | None:
    """The function of an iterator that calls the name, as it is or in a closure."""
    tree, kinds = item.tree, item.kinds
    path = tree.path_to(token)[:-1]
    is_called = kinds[path[-2]] == K.CALL_EXPRESSION and path[-2] + 1 == path[-1]
    for place in range(len(path) - 1, 1, -1):
        is_argument = kinds[path[place - 1]] == K.ARGUMENT_LIST and kinds[path[place - 2]] == K.METHOD_CALL_EXPRESSION
        is_function = kinds[path[place]] == K.CLOSURE_EXPRESSION if is_called else place == len(path) - 1
        if is_argument and is_function:
            method = member_name(tree, path[place - 2])
            if method in CALLING:
                return method
    return None
