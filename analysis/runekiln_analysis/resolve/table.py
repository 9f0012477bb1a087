"""The items of a script and of its `mod` files by their paths, with all that imports and `impl` blocks bring in."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache

import msgspec

from runekiln_analysis.edited_bodies import edited_bodies
from runekiln_analysis.facts import FileFacts, Item
from runekiln_analysis.script import ItemPlace, ModulePlace, SameScript, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .entries import add_entry, brought_by_glob, has_no_fields, takes_self, variant_entries
from .host import HostNames, host_names
from .imports import GLOB, Import, imports_in
from .meaning import Found, OwnItem, Path
from .scope import Entry, Scope, import_target, place_of, scope_at


class Table(msgspec.Struct, frozen=True):
    """What can be named from anywhere in a script.

    `entries` are by path, `paths` the paths of the items, and `below` the names below each path, in the order of the
    text. `homes` are the modules that the items stand in, with the type whose functions they are. `scopes` are those
    that were asked for already.
    """

    entries: dict[Path, Entry]
    paths: dict[ItemPlace, Path]
    below: dict[Path, list[str]]
    host: HostNames
    homes: dict[ItemPlace, tuple[Path, Path | None]]
    scopes: dict[tuple[Path, Path | None], Scope]


def table_of(script: Script) -> Table:
    """The table of a script, made once for all that declare the same."""
    return _table(SameScript(script))


def scope_of(table: Table, place: ItemPlace) -> Scope:
    """The scope that the paths in an item are looked up in."""
    home = table.homes.get(place, ((), None))
    scope = table.scopes.get(home)
    if scope is None:
        module, self_path = home
        innermost = module if self_path is None else self_path
        scope = table.scopes[home] = scope_at(table.entries, table.host, module, innermost, self_path)
    return scope


def scope_of_module(table: Table, script: Script, module: ModulePlace) -> Scope:
    """The scope of what stands directly in a module."""
    path = script.path_of(module)
    return table.scopes.setdefault((path, None), scope_at(table.entries, table.host, path, path))


@lru_cache(maxsize=8)
def _table(key: SameScript) -> Table:
    path = key.script.main.path
    before = _tables.pop(path, None)
    is_alike = before is not None and _are_alike(before[0], key.script)
    table = before[1] if before is not None and is_alike else _made(key.script)
    _tables[path] = (key.script, table)
    if len(_tables) > _REMEMBERED_FILES:
        _tables.popitem(last=False)
    return table


def _made(script: Script) -> Table:
    builder = _Builder(script)
    builder.add_items()
    builder.add_imports()
    builder.add_globs()
    builder.add_functions_of_types()
    return Table(builder.entries, builder.paths, builder.below, builder.host, builder.homes, {})


def _are_alike(before: Script, after: Script) -> bool:
    """Whether two scripts have the same table: most edits are in the body of a function."""
    if edited_bodies(before, after) is not None:
        return True
    items, others = after.main.items, after.facts.files[1:]
    return (
        before.bindings is after.bindings
        and before.root == after.root
        and len(before.main.items) == len(items)
        and len(before.facts.files) == len(after.facts.files)
        and all(map(_are_same_files, before.facts.files[1:], others))
        and all(before.text_of(file) is after.text_of(file) for file in range(1, len(after.facts.files)))
        and all(map(_declare_the_same, before.main.items, items))
    )


def _are_same_files(one: FileFacts, other: FileFacts) -> bool:
    return one.path == other.path and one.items is other.items


def _declare_the_same(one: Item, other: Item) -> bool:
    if one is other or (one.hash == other.hash and one.parent == other.parent):
        return True
    is_same = one.kind == other.kind and one.name == other.name and one.parent == other.parent
    return is_same and one.kind in _WITH_BODIES and (one.kind != "function" or _has_self(one) == _has_self(other))


_WITH_BODIES = ("function", "const", "impl", "module")
_REMEMBERED_FILES = 256
_tables: OrderedDict[str, tuple[Script, Table]] = OrderedDict()


class _Builder:
    """Puts a table together, in the order in which Rune does."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.host = host_names(script.bindings)
        self.entries: dict[Path, Entry] = {}
        self.below: dict[Path, list[str]] = {}
        self.paths: dict[ItemPlace, Path] = {}
        self.homes: dict[ItemPlace, tuple[Path, Path | None]] = {}
        self.imports: list[tuple[Path, Import]] = []
        # The `impl` blocks, each with the module that it stands in and the items in it.
        self.impls: dict[ItemPlace, tuple[Path, list[ItemPlace]]] = {}

    def add_items(self) -> None:
        for number in range(len(self.script.facts.files)):
            self._add_file(number)

    def _add_file(self, file: int) -> None:
        root: Path = self.script.path_of(ModulePlace(file, None))
        items = self.script.facts.files[file].items
        inside: list[Path] = []
        for number, item in enumerate(items):
            home = root if item.parent is None else inside[item.parent]
            inside.append((*home, item.name) if item.kind == "module" else home)
            place = ItemPlace(file, number)
            self.homes[place] = (home, None)
            around = "module" if item.parent is None else items[item.parent].kind
            if item.kind == "use":
                # The name of an import is its text, so that those of other files can be read, too.
                tree = TreeView(item.tree, item.name.encode(), -item.name_span[0])
                self.imports += ((home, each) for each in imports_in(tree, 0))
            elif item.kind == "impl":
                self.impls[place] = (home, [])
            elif around == "impl" and item.parent is not None:
                self.impls[ItemPlace(file, item.parent)][1].append(place)
            elif item.name and around == "module":
                self._add_item(place, item, home)

    def _add_item(self, place: ItemPlace, item: Item, home: Path) -> None:
        path = (*home, item.name)
        self.paths[place] = path
        match item.kind:
            case "function" | "module":
                self._add(path, Entry(Found(OwnItem(place))))
            case "const":
                self._add(path, Entry(Found(OwnItem(place), True)))
            case "struct":
                tree = TreeView(item.tree, b"", 0)
                self._add(path, Entry(Found(OwnItem(place), has_no_fields(tree, 0))))
            case "enum":
                self._add(path, Entry(Found(OwnItem(place))))
                self._add_variants(place, item, path)

    def _add_variants(self, place: ItemPlace, item: Item, path: Path) -> None:
        text = self.script.text_of(place.file)
        if text is not None:
            tree = TreeView(item.tree, text, item.span[0])
            for name, entry in variant_entries(tree, 0, place):
                self._add((*path, name), entry)

    def add_imports(self) -> None:
        for home, each in self.imports:
            if each.name != GLOB:
                target = import_target(self._scope(home), each.path)
                if target is not None:
                    self._add((*home, each.name), Entry(Found(), target=target))

    def add_globs(self) -> None:
        for home, each in self.imports:
            if each.name == GLOB and each.path:
                for name, target in brought_by_glob(self._scope(home), self.below, each):
                    self._add((*home, name), Entry(Found(), target=target, is_glob=True))

    def add_functions_of_types(self) -> None:
        """The functions of `impl` blocks: they are of the type that the block names, wherever the block stands."""
        for block, (home, functions) in self.impls.items():
            target = place_of(self._scope(home), tuple(self.script.item(block).name.split("::")))
            for place in functions:
                item = self.script.item(place)
                self.homes[place] = (home, target)
                if target is not None and item.name:
                    path = self.paths[place] = (*target, item.name)
                    self._add(path, Entry(Found(OwnItem(place)), is_method=_has_self(item)))

    def _scope(self, home: Path) -> Scope:
        return scope_at(self.entries, self.host, home, home)

    def _add(self, path: Path, entry: Entry) -> None:
        add_entry(self.entries, self.below, path, entry)


def _has_self(item: Item) -> bool:
    # Most functions have none: their kinds are looked through at once.
    return K.SELF_PARAMETER in item.tree[::16] and takes_self(TreeView(item.tree, b"", 0), 0)
