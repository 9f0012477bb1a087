"""Operators on values that they surely do not work on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from runekiln_analysis import operators
from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.resolve.host import SameBindings
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.member_sites import is_written_inside
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import (
    WITH_BLOCKS,
    is_future,
    lacks_protocol,
    members_known,
    type_of_operand,
    with_article,
)
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, Named, ObjectOf, Type, Unknown

_PLAIN = frozenset(("i64", "u64", "f64", "String", "bool", "char"))
_NUMBERS = ("i64", "u64", "f64")
_LITERALS = (K.PATH_EXPRESSION, K.FIELD_EXPRESSION, K.LITERAL_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.CALL_EXPRESSION)


def wrong_operands(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The operators whose values have no protocol for them."""
    kinds, types = item.kinds, inferred.types
    for node in item.nodes(K.BINARY_EXPRESSION):
        left = types.get(node + 1)
        if left is not None and not isinstance(left, Unknown):
            yield from _binary(item, inferred, node)
    if K.ASSIGNMENT_EXPRESSION in kinds:
        for node in item.nodes(K.ASSIGNMENT_EXPRESSION):
            if kinds[node + 1] == K.PATH_EXPRESSION and kinds[item.tree.after(node + 1)] != K.EQUAL:
                yield from _binary(item, inferred, node)
    for node in item.nodes(K.UNARY_EXPRESSION):
        yield from _unary(item, inferred, node)
    for kind, protocol, given, says in _BEHIND:
        for node in item.nodes(kind):
            yield from _behind(item, inferred, node, protocol, given, says)


_BEHIND = ((K.TRY_EXPRESSION, "TRY", frozenset(("Option", "Result")), "`?` works on `Option` and `Result`, this is"),)


def _binary(item: ResolvedItem, inferred: Inferred, node: int) -> Iterator[Finding]:
    tree = item.tree
    token = tree.after(node + 1)
    if token + 1 >= tree.after(node):
        return
    operator = tree.content(token)
    is_assigned = item.kinds[node] == K.ASSIGNMENT_EXPRESSION
    left = inferred.receivers.get(node) if is_assigned else type_of_operand(item, inferred, node + 1)
    right = type_of_operand(item, inferred, token + 1)
    if left is None or right is None or (not is_assigned and is_written_inside(item, node + 1, node)):
        return
    if left == right and operator in operators.COMPARISONS and isinstance(left, Named) and left.name in _PLAIN:
        return
    if not _fails(item, operator, left, right):
        return
    fixes = tuple(_mended(item, node, token, operator, left, right))
    message = f"`{operator}` does not work on {with_article(left)} and {_right(right)}"
    yield Finding(problem("type-mismatch", message, tree.span(node), *fixes, severity="error"))


def _right(kind: Type) -> str:
    return "what is right of it" if isinstance(kind, Unknown) else with_article(kind)


def _fails(item: ResolvedItem, operator: str, left: Type, right: Type) -> bool:
    """Whether the operator works for none of the types that the values may have."""
    key = SameBindings(item.script.bindings)
    if any(map(is_future, members_of(right))):
        return False
    rights = members_known(right) or (right,)
    return bool(members_known(left)) and all(
        _fails_on(key, operator, one, other) for one in members_known(left) for other in rights
    )


@lru_cache(maxsize=1024)
def _fails_on(key: SameBindings, operator: str, left: Type, right: Type) -> bool:
    is_own = isinstance(left, Named) and left.item is not None
    if is_own:
        # Types of scripts have no operators; Rune compares their values by what they hold.
        return operator.removesuffix("=") in operators.PROTOCOLS and operator not in operators.COMPARISONS
    answer = (
        operators.assigned if operator.endswith("=") and operator not in operators.COMPARISONS else operators.binary
    )
    return answer(key.bindings, operator, _as_host(left), _as_host(right)) == NEVER


def _as_host(kind: Type) -> Type:
    return Named("Object") if isinstance(kind, ObjectOf) else kind


def _mended(item: ResolvedItem, node: int, token: int, operator: str, left: Type, right: Type) -> Iterator[Fix]:
    """`1 + 2.0` as `1 as f64 + 2.0`, and `"a" + 1` with the number in a template."""
    tree = item.tree
    if not isinstance(left, Named) or not isinstance(right, Named) or item.kinds[token + 1] not in _LITERALS:
        return
    if left.name == "String" and operator == "+" and right.item is None and right.name in (*_NUMBERS, "char", "bool"):
        text = tree.content(token + 1)
        if not set(text) & set("`{}\\"):
            yield Fix("Put it in a template", (Edit(tree.span(token + 1), f"`${{{text}}}`"),))
    elif "f64" in (left.name, right.name) and left.name in _NUMBERS and right.name in _NUMBERS:
        whole = node + 1 if right.name == "f64" else token + 1
        start, end = tree.span(whole)
        if item.kinds[whole] in _LITERALS:
            text = f"({tree.content(whole)} as f64)"
            yield Fix("Make both of them `f64`", (Edit((start, end), text),))


def _unary(item: ResolvedItem, inferred: Inferred, node: int) -> Iterator[Finding]:
    tree = item.tree
    operand = node + 2
    if operand >= tree.after(node) or item.kinds[operand] in WITH_BLOCKS:
        return
    kind = type_of_operand(item, inferred, operand)
    operator = tree.content(node + 1)
    if kind is None or isinstance(kind, Unknown) or operator not in operators.UNARY:
        return
    if item.kinds[operand] == K.LITERAL_EXPRESSION and operator == "-":
        is_number = isinstance(kind, Named) and kind.name in _NUMBERS
        if is_number:
            # The compiler looks at these itself.
            return
    if members_known(kind) and operators.unary(operator, kind) == NEVER:
        message = f"`{operator}` does not work on {with_article(kind)}"
        yield Finding(problem("type-mismatch", message, tree.span(node), severity="error"))


def _behind(
    item: ResolvedItem, inferred: Inferred, node: int, protocol: str, given: frozenset[str], says: str
) -> Iterator[Finding]:
    kind = type_of_operand(item, inferred, node + 1)
    members = members_known(kind)
    if kind is None or not members:
        return
    if not all(lacks_protocol(item, each, protocol, given.__contains__) for each in members):
        return
    message = f"{says} {with_article(kind)}"
    yield Finding(problem("type-mismatch", message, item.tree.span(node), severity="error"))
