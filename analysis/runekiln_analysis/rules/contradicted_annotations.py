"""Annotations that a value contradicts: Rune does not look at them, but whoever reads them does."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.flows import flows_of
from runekiln_analysis.flow.hosts import hosts_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.rules.sure_types import refuses, with_article
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, Type


def contradicted_annotations(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The values that are something else than an annotation says."""
    for each in inferred.mismatches:
        # A number is of the one or the other kind without anybody minding.
        if not refuses(each.stated, each.found) or not _is_annotated(item, inferred, each.node):
            continue
        if not all(_exists(item, part) for part in members_of(each.stated)):
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


def _exists(item: ResolvedItem, kind: Type) -> bool:
    """Whether the script or its host has the type. Nobody knows what is of one that is yet to be written."""
    return (
        not isinstance(kind, Named)
        or kind.item is not None
        or hosts_of(item.script.bindings).host(kind.name) is not None
    )


def _is_annotated(item: ResolvedItem, inferred: Inferred, node: int) -> bool:
    """Whether somebody has written down what the value at `node` is said to be: of arguments a host may say it, too."""
    tree = item.tree
    listed = tree.parent(node)
    if item.kinds[listed] != K.ARGUMENT_LIST:
        return True
    target = inferred.calls.get(tree.parent(listed) + 1)
    header = flows_of(item.script).declared.header(target.place) if isinstance(target, OwnItem) else None
    if header is None:
        return False
    place = [each for each in tree.children(listed) if not tree.is_token(each)].index(node) - header.has_self
    return 0 <= place < len(header.parameters) and header.parameters[place].type is not None
