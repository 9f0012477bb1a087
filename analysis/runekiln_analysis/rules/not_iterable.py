"""Values that a `for` surely cannot go through."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import (
    WHOLE,
    inside_parentheses,
    lacks_protocol,
    members_known,
    type_of_operand,
    with_article,
)
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, Type

_CLOSED = (K.BLOCK, K.LABEL_DECLARATION)
_POSTFIX = (K.PATH_EXPRESSION, K.FIELD_EXPRESSION, K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.LITERAL_EXPRESSION)
_STEPPED = (*WHOLE, "char")


def not_iterable(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """What stands behind `in` and gives no values one after the other."""
    for loop in item.nodes(K.FOR_EXPRESSION):
        walked = _walked(item, loop)
        if walked is None:
            continue
        kind = type_of_operand(item, inferred, walked)
        members = members_known(kind)
        inner = inside_parentheses(item, walked)
        if item.is_broken and item.kinds[inner] == K.CLOSURE_EXPRESSION:
            # Its body may be the block that is meant to be that of the loop.
            continue
        if item.kinds[inner] == K.RANGE_EXPRESSION:
            yield from _range(item, inferred, inner)
        if kind is not None and members and all(lacks_protocol(item, each, "INTO_ITER") for each in members):
            says, fixes = _advice(item, walked, members[0] if len(members) == 1 else None)
            message = f"a `for` cannot go through {with_article(kind)}{says}"
            found = problem("not-iterable", message, item.tree.span(walked), *fixes, severity="error")
            yield Finding(found)


def _walked(item: ResolvedItem, loop: int) -> int | None:
    """The expression behind `in`."""
    tree, kinds = item.tree, item.kinds
    token = tree.first(loop, K.IN_KEYWORD)
    if token is None:
        return None
    following = token + 1
    is_there = following < tree.after(loop) and kinds[following] not in (*_CLOSED, K.ERROR, *PATTERNS)
    return following if is_there and not tree.is_token(following) else None


def _advice(item: ResolvedItem, walked: int, kind: Type | None) -> tuple[str, tuple[Fix, ...]]:
    start, end = item.tree.span(walked)
    is_postfix = item.kinds[walked] in _POSTFIX
    match kind:
        case Named(name, _, None) if name in WHOLE:
            fix = Fix("Count up to it", (Edit((start, start), "0.."),))
            return "; to count, write a range: `0..n`", (fix,) if is_postfix else ()
        case Named("String", _, None):
            fix = Fix("Go through its characters", (Edit((end, end), ".chars()"),))
            return "; `chars()` gives its characters", (fix,) if is_postfix else ()
        case Named("Bytes", _, None):
            fix = Fix("Go through its bytes", (Edit((end, end), ".as_vec()"),))
            return "; `as_vec()` gives its bytes", (fix,) if is_postfix else ()
        case Named("Result", _, None):
            return "; `?` takes out what it holds", ()
        case Named("RangeTo" | "RangeToInclusive" | "RangeFull", _, None):
            return ": it has no start", ()
    return "", ()


def _range(item: ResolvedItem, inferred: Inferred, node: int) -> Iterator[Finding]:
    """`1.0..2.0`: a range goes through whole numbers and characters alone."""
    operands = [each for each in item.tree.children(node) if not item.tree.is_token(each)]
    if not operands or item.tree.is_token(node + 1):
        return
    kinds = [type_of_operand(item, inferred, each) for each in operands]
    names = [kind.name if isinstance(kind, Named) and kind.item is None else None for kind in kinds]
    if None in names or all(name in WHOLE for name in names) or set(names) == {"char"}:
        return
    is_mixed = all(name in _STEPPED for name in names)
    says = "this one mixes them" if is_mixed else f"this one is of `{names[0]}`"
    if not is_mixed and names[0] in _STEPPED:
        says = f"this one ends with {with_article(kinds[-1] or Named('?'))}"
    message = f"a `for` goes through ranges of whole numbers or of characters; {says}"
    yield Finding(problem("not-iterable", message, item.tree.span(node), severity="error"))
