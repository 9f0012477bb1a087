"""Literals of structs and variants that name their fields in another order than these are declared in."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.resolve.meaning import InnerItem, Meaning, OwnItem, OwnVariant
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

# What may do something that is seen by what comes after it.
_ACTING = (
    K.CALL_EXPRESSION,
    K.METHOD_CALL_EXPRESSION,
    K.MACRO_CALL,
    K.AWAIT_EXPRESSION,
    K.TRY_EXPRESSION,
    K.ASSIGNMENT_EXPRESSION,
    K.YIELD_EXPRESSION,
    K.BLOCK_EXPRESSION,
)


def reordered_fields(item: ResolvedItem) -> Iterator[Finding]:
    """The literals of which 0.14.2 gives the values to the fields in the order of the declaration."""
    tree = item.tree
    for literal in item.nodes(K.STRUCT_EXPRESSION):
        path = tree.first(literal, K.PATH)
        token = None if path is None else tree.last_word(path)
        declared = None if token is None else _fields(item, item.resolution.names.get(token))
        given = [child for child in tree.children(literal) if tree.kind(child) == K.FIELD_INITIALIZER]
        names = [tree.content(tree.first_child(child)) for child in given]
        if path is None or declared is None or names == declared or sorted(names) != sorted(declared):
            continue
        order = ", ".join(declared)
        message = f"Rune 0.14.2 gives these values to `{order}` in this order, whatever names stand before them"
        fixes = () if any(_acts(tree, child) for child in given) else (_in_order(tree, given, names, declared),)
        yield Finding(problem("reordered-fields", message, (tree.start(given[0]), tree.end(given[-1])), *fixes))


def _in_order(tree: TreeView, given: list[int], names: list[str], declared: list[str]) -> Fix:
    texts = {name: tree.content(child) for name, child in zip(names, given, strict=True)}
    edits = (Edit(tree.span(child), texts[name]) for child, name in zip(given, declared, strict=True))
    return Fix("Put the fields in the order of the declaration", tuple(edits), is_safe=True)


def _acts(tree: TreeView, initializer: int) -> bool:
    return any(True for _ in tree.descendants(initializer, *_ACTING))


def _fields(item: ResolvedItem, meaning: Meaning | None) -> list[str] | None:
    """The names of the fields of a struct or variant of the script, in their order."""
    match meaning:
        case OwnItem(place):
            tree = _tree_of(item.script, place)
            return None if tree is None else _listed(tree, 0)
        case OwnVariant(place, name):
            tree = _tree_of(item.script, place)
            return None if tree is None else _of_variant(tree, name)
        case InnerItem(node):
            return _listed(item.tree, item.tree.parent(node - 1))
    return None


def _tree_of(script: Script, place: ItemPlace) -> TreeView | None:
    """The tree of an item, if the text of its file is known."""
    text, own = script.text_of(place.file), script.item(place)
    return None if text is None else TreeView(own.tree, text, own.span[0])


def _of_variant(tree: TreeView, name: str) -> list[str] | None:
    for variant in tree.descendants(0, K.VARIANT):
        named = tree.first(variant, K.NAME)
        if named is not None and tree.content(named) == name:
            return _listed(tree, variant)
    return None


def _listed(tree: TreeView, owner: int) -> list[str] | None:
    listed = tree.first(owner, K.FIELD_LIST)
    fields = [] if listed is None else [child for child in tree.children(listed) if tree.kind(child) == K.FIELD]
    names = [tree.first(field, K.NAME) for field in fields]
    return [tree.content(name) for name in names if name is not None]
