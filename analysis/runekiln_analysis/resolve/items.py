"""What the names in an item of a script mean, and whether that still holds after something else has changed."""

from __future__ import annotations

from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.tree import TreeView

from .body import has_inner_items, resolve_tree
from .imports import imports_in
from .inner import NO_INNER, inner_items
from .resolution import Resolution
from .scope import find, names_of_import
from .table import Table, scope_of


def resolve_item(script: Script, table: Table, place: ItemPlace) -> Resolution | None:
    """What the names mean in an item; `None` if the text of its file is not known.

    It depends on nothing but the item's tree and text and what it has `asked` of the table.
    """
    text = script.text_of(place.file)
    if text is None:
        return None
    item = script.item(place)
    scope = scope_of(table, place)
    start, end = item.span
    if item.kind == "use":
        return _of_import(TreeView(item.tree, text, start), table, place)
    inner = NO_INNER
    if has_inner_items(item.tree):
        path = table.paths.get(place, (*scope.module, item.name))
        inner = inner_items(TreeView(item.tree, text, start), scope, path)
    return resolve_tree(item.tree, text[start:end], scope, inner)


def still_holds(table: Table, place: ItemPlace, resolution: Resolution) -> bool:
    """Whether the resolution of an item whose text has not changed is the same with this table."""
    if resolution.asked is None:
        return False
    scope = scope_of(table, place)
    return all(find(scope, path) == found for path, found in resolution.asked.items())


def _of_import(tree: TreeView, table: Table, place: ItemPlace) -> Resolution:
    names = names_of_import(scope_of(table, place), imports_in(tree, 0))
    return Resolution((), {}, names, {}, (), (), None)
