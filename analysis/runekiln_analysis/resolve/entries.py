"""What stands at a path: the parts that the table of a script and that of a function are made of."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.script import ItemPlace
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .host import names_below
from .imports import Import
from .meaning import UNKNOWN, Found, InnerItem, OwnVariant, Path
from .scope import Entry, Scope, import_target, names_in

AMBIGUOUS = Entry(UNKNOWN)
"""Several things of one name: Rune refuses the name."""


def add_entry(entries: dict[Path, Entry], below: dict[Path, list[str]], path: Path, entry: Entry) -> None:
    """Add what stands at a path. Of two imports the one that is named goes before what a `*` brings in."""
    before = entries.get(path)
    if before is None:
        entries[path] = entry
        if isinstance(name := path[-1], str):
            below.setdefault(path[:-1], []).append(name)
    elif before.target is None or entry.target is None or before.is_glob == entry.is_glob:
        entries[path] = AMBIGUOUS
    elif before.is_glob:
        entries[path] = entry


def variant_entries(tree: TreeView, enum: int, owner: ItemPlace | None) -> Iterator[tuple[str, Entry]]:
    """The variants of the `ENUM_ITEM` at `enum`, by name; one inside a function has no place as an `owner`."""
    for node in tree.descendants(enum, K.VARIANT):
        name = tree.first(node, K.NAME)
        if name is not None:
            written = tree.content(name)
            meaning = InnerItem(name + 1) if owner is None else OwnVariant(owner, written)
            yield written, Entry(Found(meaning, has_no_fields(tree, node)))


def has_no_fields(tree: TreeView, node: int) -> bool:
    """Whether a struct or variant can stand in a pattern by its name alone."""
    listed = tree.first(node, K.FIELD_LIST, K.TUPLE_FIELD_LIST)
    return listed is None or (tree.kind(listed) == K.TUPLE_FIELD_LIST and tree.first(listed, K.FIELD) is None)


def takes_self(tree: TreeView, function: int) -> bool:
    """Whether a function is called on a value of its type."""
    listed = tree.first(function, K.PARAMETER_LIST)
    return listed is not None and tree.first(listed, K.SELF_PARAMETER) is not None


def brought_by_glob(scope: Scope, below: dict[Path, list[str]], glob: Import) -> Iterator[tuple[str, Path]]:
    """The names that `path::*` brings into the scope's module, each with where it comes from."""
    target = import_target(scope, glob.path)
    if target is None:
        return
    if target[:1] == ("",):
        for name in names_below(scope.host, names_in(target[1:])):
            yield name, (*target, name)
    for name in tuple(below.get(target, ())):
        yield name, (*target, name)
