"""What the names in an item of a script mean, and whether that still holds after something else has changed."""

from __future__ import annotations

from collections.abc import Sequence

from runekiln_analysis.script import ItemPlace, ModulePlace, Script
from runekiln_analysis.tree import TreeView

from .body import has_inner_items, resolve_tree
from .imports import imports_in
from .inner import NO_INNER, Inner, inner_items
from .meaning import Found, Meaning
from .resolution import Resolution
from .scope import Scope, find, follow, found_at, import_target, names_of_import
from .table import Table, scope_of, scope_of_module, table_of
from .way import way_down


def resolve_item(script: Script, table: Table, place: ItemPlace) -> Resolution | None:
    """What the names mean in an item; `None` if the text of its file is not known.

    It depends on nothing but the item's tree and text and what it has `asked` of the table.
    """
    text = script.text_of(place.file)
    if text is None:
        return None
    item = script.item(place)
    start, end = item.span
    tree = TreeView(item.tree, text, start)
    if item.kind == "use":
        names = names_of_import(scope_of(table, place), imports_in(tree, 0))
        return Resolution((), {}, names, {}, (), (), None)
    inner = _inner(script, table, place, tree)
    return resolve_tree(item.tree, text[start:end], scope_of(table, place), inner)


def still_holds(table: Table, place: ItemPlace, resolution: Resolution) -> bool:
    """Whether the resolution of an item whose text has not changed is the same with this table."""
    if resolution.asked is None:
        return False
    scope = scope_of(table, place)
    return all(find(scope, path) == found for path, found in resolution.asked.items())


def found_in_module(script: Script, module: ModulePlace, path: Sequence[str]) -> Found:
    """What a path means that stands in a module."""
    return find(scope_of_module(table_of(script), script, module), tuple(path))


def meaning_of_import(script: Script, module: ModulePlace, path: Sequence[str]) -> Meaning | None:
    """What the path of a `use` in a module means."""
    scope = scope_of_module(table_of(script), script, module)
    target = import_target(scope, tuple(path)) if path else None
    return None if target is None else found_at(scope, follow(scope, target)).meaning


def scope_at_offset(script: Script, number: int, offset: int) -> Scope:
    """The scope of a path at a place in the script's item of that number."""
    table, place = table_of(script), ItemPlace(0, number)
    tree = script.tree(number)
    inner = _inner(script, table, place, tree)
    if inner is NO_INNER:
        return scope_of(table, place)
    around = [inner.scopes[node] for node, _ in way_down(tree, offset) if node in inner.scopes]
    return around[-1] if around else inner.outside


def _inner(script: Script, table: Table, place: ItemPlace, tree: TreeView) -> Inner:
    item = script.item(place)
    if not has_inner_items(item.tree):
        return NO_INNER
    scope = scope_of(table, place)
    return inner_items(tree, scope, table.paths.get(place, (*scope.module, item.name)))
