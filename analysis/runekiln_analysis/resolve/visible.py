"""Which names of an item a place in it sees, also where its text does not parse."""

from __future__ import annotations

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .resolution import InnerDeclaration, Local, Resolution
from .way import way_down

_NO_VARIABLES = frozenset(("label", "format-argument"))


def visible(resolution: Resolution, tree: TreeView, offset: int) -> dict[str, Local]:
    """The local names that a place sees, each with the one that is not shadowed, the innermost last.

    A block without its brace reaches as far as its parent.
    """
    seen: dict[str, Local] = {}
    by_scope: dict[int, list[Local]] = {}
    all_declared: list[Local] = [*resolution.bindings, *resolution.inner]
    for declared in all_declared:
        by_scope.setdefault(declared.scope, []).append(declared)
    start = tree.start(0)
    for node, child in way_down(tree, offset):
        if tree.kind(node) == K.FUNCTION_ITEM:
            # A function inside a function captures nothing; it sees the items around it.
            seen = {name: each for name, each in seen.items() if isinstance(each, InnerDeclaration)}
        known = [each for each in by_scope.get(node, ()) if _is_known(each, child, offset - start, tree, node)]
        for declared in sorted(known, key=lambda each: each.node):
            seen.pop(declared.name, None)
            seen[declared.name] = declared
    return seen


def _is_known(declared: Local, child: int | None, offset: int, tree: TreeView, scope: int) -> bool:
    """Whether a name of the scope is known at its child, or at `offset` if that is in none."""
    if isinstance(declared, InnerDeclaration):
        return True
    if declared.kind in _NO_VARIABLES:
        return False
    if child is not None:
        return declared.first <= child < declared.until
    start, end = declared.scope_span
    # What lacks its end reaches behind it.
    return start <= offset and (offset <= end or declared.until == tree.after(scope))
