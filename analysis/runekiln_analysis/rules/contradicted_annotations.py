"""Annotations that a value contradicts: Rune does not look at them, but whoever reads them does."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import refuses, with_article
from runekiln_analysis.syntax import SyntaxKind as K


def contradicted_annotations(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The values that are something else than an annotation says."""
    for each in inferred.mismatches:
        # A number is of the one or the other kind without anybody minding.
        if not refuses(each.stated, each.found):
            continue
        stated, found = with_article(each.stated), with_article(each.found)
        match item.kinds[each.node]:
            case K.RETURN_TYPE:
                message = f"this says that {stated} is given, it is {found}"
            case K.TYPE_ANNOTATION:
                message = f"this says {stated}, the value is {found}"
            case _:
                message = f"this is said to be {stated}, it is {found}"
        yield Finding(problem("type-mismatch", message, item.tree.span(each.node)))
