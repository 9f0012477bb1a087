"""`...x`, which Rune reads as a field of the range `..`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K

_FIELD_OF_RANGE = re.compile(re.escape(bytes([K.FIELD_EXPRESSION, K.RANGE_EXPRESSION, K.DOT_DOT, K.DOT])))


def spread_operators(item: ResolvedItem) -> Iterator[Finding]:
    """The places where what is in a value is meant to be put into another."""
    for found in _FIELD_OF_RANGE.finditer(item.kinds):
        message = "Rune has no `...`: this is a field of the range `..`, which has none; a list is added with `extend`"
        yield Finding(problem("spread-operator", message, item.tree.span(found.start()), severity="error"))
