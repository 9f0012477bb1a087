"""`.await` behind what is no future."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import FunctionOf, Named, ObjectOf, TupleOf, Type, show

_NEVER_FUTURES = ("i64", "u64", "f64", "bool", "char", "String", "Bytes", "Vec", "Object", "Tuple", "Option", "Result")
"""Types of Rune itself. What others the host has, it may let be awaited without saying so."""


def await_not_future(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The `.await` of an item that fail when they are reached."""
    if K.AWAIT_EXPRESSION not in item.kinds:
        return
    for node in item.nodes(K.AWAIT_EXPRESSION):
        kind = inferred.type_of(node + 1)
        if all(_is_no_future(each) for each in members_of(kind)):
            yield _told(item, node, kind)


def _told(item: ResolvedItem, node: int, kind: Type) -> Finding:
    tree = item.tree
    span = (tree.end(node + 1), tree.end(node))
    if _is_function(kind):
        message = "This is a function, which cannot be awaited: call it first"
        return Finding(problem("await-not-future", message, span, severity="error"))
    message = f"This is no future but `{show(kind)}`, which cannot be awaited"
    fix = Fix("Remove `.await`", (Edit(span, ""),), is_safe=True)
    return Finding(problem("await-not-future", message, span, fix, severity="error"))


def _is_no_future(kind: Type) -> bool:
    match kind:
        case Named(name, _, item):
            # A script's own types cannot have protocols.
            return item is not None or name == "Function" or name in _NEVER_FUTURES
        case TupleOf() | ObjectOf() | FunctionOf():
            return True
    return False


def _is_function(kind: Type) -> bool:
    return isinstance(kind, FunctionOf) or kind == Named("Function")
