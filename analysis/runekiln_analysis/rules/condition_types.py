"""Conditions that are no `bool`: Rune 0.14.2 takes them for `false`, and in a guard for `true`, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import inside_parentheses, members_known, with_article
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, ObjectOf, Type

_HEADS = (K.IF_EXPRESSION, K.ELSE_BRANCH, K.WHILE_EXPRESSION, K.MATCH_GUARD)
# What these are is said by their operands, or is known to be `bool`.
_SPLITTING = (K.UNARY_EXPRESSION, K.BINARY_EXPRESSION, K.IS_EXPRESSION, K.LET_EXPRESSION)
_POSTFIX = (K.PATH_EXPRESSION, K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.CALL_EXPRESSION, K.INDEX_EXPRESSION)
_TESTS = {"Option": ".is_some()", "Result": ".is_ok()", "i64": " != 0", "u64": " != 0"}
_HOLDING = ("String", "Vec", "Object", "HashMap", "HashSet")


def wrong_conditions(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The conditions of which it is sure that they are something else than a `bool`."""
    for kind in _HEADS:
        if kind not in item.kinds:
            continue
        for head in item.nodes(kind):
            node = _condition(item, head)
            found = None if node is None or item.kinds[node] in _SPLITTING else inferred.types.get(node)
            members = members_known(found)
            if node is None or found is None or not members or not all(map(_is_no_bool, members)):
                continue
            taken_for = "true" if kind == K.MATCH_GUARD else "false"
            message = f"this is {with_article(found)}, and Rune takes what is no `bool` for `{taken_for}` here"
            fixes = _test(item, node, found)
            yield Finding(problem("type-mismatch", message, item.tree.span(node), *fixes))


def _condition(item: ResolvedItem, head: int) -> int | None:
    tree = item.tree
    if item.kinds[head] == K.ELSE_BRANCH and tree.first(head, K.IF_KEYWORD) is None:
        return None
    outside = (K.BLOCK, K.ELSE_BRANCH, K.LABEL_DECLARATION, K.ERROR)
    operands = (each for each in tree.children(head) if not tree.is_token(each) and item.kinds[each] not in outside)
    first = next(operands, None)
    return None if first is None else inside_parentheses(item, first)


def _is_no_bool(kind: Type) -> bool:
    match kind:
        case Named("bool", _, None):
            return False
    return True


def _test(item: ResolvedItem, node: int, kind: Type) -> tuple[Fix, ...]:
    name = "Object" if isinstance(kind, ObjectOf) else kind.name if isinstance(kind, Named) else ""
    is_own = isinstance(kind, Named) and kind.item is not None
    if is_own or item.kinds[node] not in _POSTFIX:
        return ()
    start, end = item.tree.span(node)
    if name in _HOLDING:
        edits = (Edit((start, start), "!"), Edit((end, end), ".is_empty()"))
        return (Fix("Ask whether anything is in it", edits),)
    test = _TESTS.get(name)
    return () if test is None else (Fix(f"Ask with `{test.strip()}`", (Edit((end, end), test),)),)
