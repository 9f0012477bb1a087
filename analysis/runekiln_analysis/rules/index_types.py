"""Values that have nothing at an index, or not at one of that type."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.member_sites import is_written_inside
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import WHOLE, lacks_protocol, members_known, type_of_operand, with_article
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import FunctionOf, Named, ObjectOf, TupleOf, Type

_RANGES = frozenset(("Range", "RangeInclusive", "RangeFrom", "RangeTo", "RangeToInclusive", "RangeFull"))
_TAKEN = {
    "Vec": WHOLE | _RANGES,
    "Bytes": WHOLE | _RANGES,
    "String": _RANGES,
    "Object": frozenset(("String",)),
    "Tuple": WHOLE,
    "Option": WHOLE,
    "Result": WHOLE,
}
"""What these of Rune's own types are indexed by."""

_SET = {**_TAKEN, "Vec": WHOLE, "Bytes": WHOLE, "String": frozenset[str](), "Tuple": frozenset[str]()}
"""The same where something is assigned to the place."""

_BY = {"Object": "a key, which is a `String`", "String": "a range"}

_JUDGED = WHOLE | _RANGES | {"String", "f64", "bool", "char", "Vec", "Option", "Result", "Object", "Tuple", "Function"}
"""The types of indexes that Rune itself knows."""


def wrong_indexes(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """`a[b]` where that surely fails, whatever is in `a`."""
    for node in item.nodes(K.INDEX_EXPRESSION):
        operands = [each for each in item.tree.children(node) if not item.tree.is_token(each)]
        if len(operands) != 2:
            continue
        kind = type_of_operand(item, inferred, operands[0])
        index = type_of_operand(item, inferred, operands[1])
        members = members_known(kind)
        if kind is None or not members or is_written_inside(item, operands[0], node):
            continue
        is_set = _is_set(item, node)
        if all(_fails(item, each, index, is_set=is_set) for each in members):
            yield _told(item, node, operands[1], kind, index, is_set=is_set)


def _is_set(item: ResolvedItem, node: int) -> bool:
    around = item.tree.parent(node)
    is_target = item.kinds[around] == K.ASSIGNMENT_EXPRESSION and around + 1 == node
    return is_target and item.kinds[item.tree.after(node)] == K.EQUAL


def _fails(item: ResolvedItem, kind: Type, index: Type | None, *, is_set: bool) -> bool:
    name = _name(kind)
    taken = (_SET if is_set else _TAKEN).get(name)
    if taken is None:
        is_own = isinstance(kind, Named) and kind.item is not None
        return not is_own and lacks_protocol(item, kind, "INDEX_SET" if is_set else "INDEX_GET")
    if not taken:
        return True
    indexes = members_known(index)
    return bool(indexes) and all(_name(each) in _JUDGED and _name(each) not in taken for each in indexes)


def _name(kind: Type) -> str:
    match kind:
        case Named(name, _, None):
            return name
        case ObjectOf():
            return "Object"
        case TupleOf():
            return "Tuple"
        case FunctionOf():
            return "Function"
    return ""


def _told(item: ResolvedItem, node: int, index: int, kind: Type, found: Type | None, *, is_set: bool) -> Finding:
    taken = (_SET if is_set else _TAKEN).get(_name(kind), frozenset())
    if not taken:
        what = "nothing can be assigned to a place in" if is_set and _name(kind) in _TAKEN else "there is no index into"
        says = "; a part of it is `value[0..1]`" if _name(kind) == "String" and not is_set else ""
        message = f"{what} {with_article(kind)}{says}"
        return Finding(problem("type-mismatch", message, item.tree.span(node), severity="error"))
    assert found is not None, "what takes some indexes is judged by the one that is given"
    by = (
        "a key, which is a `String`" if _name(kind) == "Object" else "a range" if taken == _RANGES else "a whole number"
    )
    message = f"the index into {with_article(kind)} is {by}, this is {with_article(found)}"
    return Finding(problem("type-mismatch", message, item.tree.span(index), severity="error"))
