"""Values that are called and surely are no functions."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.member_sites import is_written_inside
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import members_known, type_of_operand, with_article
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, ObjectOf, TupleOf, Type

_CALLED_BY_RUNE = frozenset(("Function", "Type"))


def not_callable(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The calls of values that are numbers, texts, lists and so on."""
    for call in item.nodes(K.CALL_EXPRESSION):
        if call + 1 in inferred.calls or call + 1 not in inferred.types:
            continue
        kind = type_of_operand(item, inferred, call + 1)
        members = members_known(kind)
        if kind is None or not members or not all(map(_is_no_function, members)):
            continue
        if not is_written_inside(item, call + 1, call):
            message = f"this is {with_article(kind)}, and only functions and closures can be called"
            yield Finding(problem("not-callable", message, item.tree.span(call + 1), severity="error"))


def _is_no_function(kind: Type) -> bool:
    match kind:
        case Named(name, _, number):
            return number is not None or name.rpartition("::")[2] not in _CALLED_BY_RUNE
        case TupleOf() | ObjectOf():
            return True
    return False
