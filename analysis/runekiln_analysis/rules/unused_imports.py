"""Imports that nothing uses, as the compiler tells of them, with the edit that takes them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Offsets, Problem
from runekiln_analysis.resolve.imports import Import, imports_in
from runekiln_analysis.rules.problems import problem, with_line
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

_TOLD_BY_RUNE = "not-used"
_TAG = re.compile(rb"^\s*///.*@(?:param|returns?)\b(.*)$", re.MULTILINE)


def unused_imports(script: Script) -> Iterator[Problem]:
    """What the compiler calls unused and is an import that no tag of a doc comment names either."""
    told = [each for each in script.main.problems if each.code == _TOLD_BY_RUNE and each.item is not None]
    tags = b" ".join(_TAG.findall(script.text)) if told else b""
    for each in told:
        assert each.item is not None
        tree = script.tree(each.item)
        found = _import_at(tree, script.main.span_of(each))
        if found is not None and not re.search(rb"\b%s\b" % re.escape(found[1].name.encode()), tags):
            yield _told(script, tree, *found)


def _import_at(tree: TreeView, span: Offsets) -> tuple[int, Import] | None:
    """The `USE_TREE` of exactly those bytes, with what it brings in."""
    for node in tree.descendants(0, K.USE_TREE):
        if tree.span(node) == span:
            return next(((node, each) for each in imports_in(tree, node)), None)
    return None


def _told(script: Script, tree: TreeView, node: int, brought: Import) -> Problem:
    return problem(
        "unused-import",
        f"`{brought.name}` is imported and never used",
        tree.span(node),
        Fix(f"Remove the import of `{brought.name}`", (Edit(_removed(script.text, tree, node), ""),), is_safe=True),
        severity="hint",
        tags=("unused",),
    )


def _removed(text: bytes, tree: TreeView, node: int) -> Offsets:
    """What goes with the import: its comma, a group that would be empty, or the whole `use` with its line."""
    *around, _ = tree.path_to(node)
    if tree.kind(around[-1]) == K.USE_ITEM:
        return with_line(text, tree.span(around[-1]))
    listed = around[-1]
    others = [child for child in tree.children(listed) if tree.kind(child) == K.USE_TREE and child != node]
    if not others:
        return _removed(text, tree, around[-2])
    following = next((other for other in others if other > node), None)
    if following is not None:
        return (tree.start(node), tree.start(following))
    return (tree.end(others[-1]), tree.end(node))
