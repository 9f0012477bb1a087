"""Items inside a function: a table of their own above that of the script."""

from __future__ import annotations

from collections import ChainMap

import msgspec

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

from .entries import add_entry, brought_by_glob, has_no_fields, takes_self, variant_entries
from .host import NO_HOST
from .imports import GLOB, Import, imports_in
from .meaning import Found, InnerItem, Meaning, Path
from .resolution import InnerDeclaration
from .scope import Entry, Scope, find, import_target, names_of_import, place_of, scope_at


class Inner(msgspec.Struct, frozen=True):
    """The items inside an item.

    `scopes` are those of its blocks and of the items in it, by node, `outside` the one around. `imported` is what the
    tokens of each `use` in it mean, by the node of the `use`. `asked` is what that depends on outside, which with
    `has_globs` may be anything.
    """

    declared: tuple[InnerDeclaration, ...]
    scopes: dict[int, Scope]
    imported: dict[int, dict[int, Meaning | None]]
    outside: Scope
    asked: dict[tuple[str, ...], Found]
    has_globs: bool


NO_INNER = Inner((), {}, {}, Scope({}, NO_HOST, (), ()), {}, has_globs=False)


def inner_items(tree: TreeView, outside: Scope, path: Path) -> Inner:
    """What the item at that path, which stands in the scope `outside`, has inside it."""
    collector = _Collector(tree, outside)
    collector.collect(_Region(0, path, outside.module, outside.self_path))
    return collector.finished()


class _Region(msgspec.Struct, frozen=True):
    """A part of the tree whose items have paths below `path`; `block` is the node that knows them."""

    block: int
    path: Path
    module: Path
    self_path: Path | None


class _Collector:
    """Collects in the order in which Rune does: items, imports, what `*` brings in, the functions of types."""

    def __init__(self, tree: TreeView, outside: Scope) -> None:
        self.tree = tree
        self.outside = outside
        self.own: dict[Path, Entry] = {}
        self.entries = ChainMap(self.own, dict(outside.entries))
        self.below: dict[Path, list[str]] = {}
        self.declared: list[InnerDeclaration] = []
        self.regions: dict[int, _Region] = {}
        self.imports: list[tuple[int, _Region, Import]] = []
        self.impls: list[tuple[int, _Region]] = []

    def collect(self, region: _Region) -> None:
        """All that is in a region, from the node behind its own on."""
        first_import, first_impl = len(self.imports), len(self.impls)
        self._items_in(region.block, region)
        self._bring_in(first_import)
        for node, around in self.impls[first_impl:]:
            self._functions_of_type(node, around)

    def finished(self) -> Inner:
        scopes = {node: self._scope(region) for node, region in self.regions.items()}
        asked: dict[tuple[str, ...], Found] = {}
        imported: dict[int, dict[int, Meaning | None]] = {}
        for node, region, brought in self.imports:
            imported.setdefault(node, {}).update(names_of_import(self._scope(region), (brought,)))
            target = import_target(self._scope(region), brought.path)
            names = tuple(name for name in target or () if isinstance(name, str))
            is_outside = target is not None and target[:1] != ("",) and len(names) == len(target)
            if is_outside and names:
                asked["crate", *names] = find(self.outside, ("crate", *names))
        return Inner(
            tuple(self.declared),
            scopes,
            imported,
            self.outside,
            asked,
            has_globs=any(brought.name == GLOB for _, _, brought in self.imports),
        )

    def _items_in(self, node: int, region: _Region) -> None:
        inner, end = node + 1, self.tree.after(node)
        around = [(end, region)]
        while inner < end:
            while around[-1][0] <= inner:
                around.pop()
            kind, region = self.tree.kind(inner), around[-1][1]
            if kind in _ITEMS:
                self._add(inner, kind, region)
                inner = self.tree.after(inner)
                continue
            if kind == K.BLOCK:
                block = _Region(inner, (*region.path, inner), region.module, region.self_path)
                self.regions[inner] = block
                around.append((self.tree.after(inner), block))
            inner += 1

    def _add(self, node: int, kind: int, region: _Region) -> None:
        if kind == K.USE_ITEM:
            self.imports += ((node, region, each) for each in imports_in(self.tree, node))
        elif kind == K.IMPL_ITEM:
            self.regions[node] = region
            self.impls.append((node, region))
        elif (name := self.tree.first(node, K.NAME)) is not None:
            self._add_named(node, kind, name + 1, region)

    def _add_named(self, node: int, kind: int, name: int, region: _Region) -> None:
        written = self.tree.content(name)
        path = (*region.path, written)
        is_constant = kind == K.CONST_ITEM or (kind == K.STRUCT_ITEM and has_no_fields(self.tree, node))
        add_entry(self.own, self.below, path, Entry(Found(InnerItem(name), is_constant)))
        if region.module == self.outside.module:
            self.declared.append(InnerDeclaration(written, node, name, region.block))
        if kind == K.ENUM_ITEM:
            for variant, entry in variant_entries(self.tree, node, None):
                add_entry(self.own, self.below, (*path, variant), entry)
        is_module = kind == K.MODULE_ITEM
        inside = _Region(node, path, path if is_module else region.module, None if is_module else region.self_path)
        self.regions[node] = inside
        self._items_in(node, inside)

    def _bring_in(self, first: int) -> None:
        brought = self.imports[first:]
        for _, region, each in brought:
            if each.name != GLOB:
                target = import_target(self._scope(region), each.path)
                if target is not None:
                    add_entry(self.own, self.below, (*region.path, each.name), Entry(Found(), target=target))
        for _, region, each in brought:
            if each.name == GLOB:
                self._bring_all(region, each)

    def _bring_all(self, region: _Region, glob: Import) -> None:
        scope = self._scope(region)
        target = import_target(scope, glob.path)
        below = {**self.below}
        if target is not None and target not in below:
            below[target] = [str(path[-1]) for path in self.outside.entries if path[:-1] == target and path]
        for name, place in brought_by_glob(scope, below, glob):
            add_entry(self.own, self.below, (*region.path, name), Entry(Found(), target=place, is_glob=True))

    def _functions_of_type(self, node: int, region: _Region) -> None:
        path = self.tree.first(node, K.PATH)
        target = None if path is None else place_of(self._scope(region), tuple(self.tree.content(path).split("::")))
        listed = self.tree.first(node, K.ITEM_LIST)
        for function in () if listed is None else self.tree.children(listed):
            name = self.tree.first(function, K.NAME)
            if target is None or name is None or self.tree.kind(function) != K.FUNCTION_ITEM:
                continue
            inside = _Region(function, (*target, self.tree.content(name + 1)), region.module, target)
            entry = Entry(Found(InnerItem(name + 1)), is_method=takes_self(self.tree, function))
            add_entry(self.own, self.below, inside.path, entry)
            self.regions[function] = inside
            self.collect(inside)

    def _scope(self, region: _Region) -> Scope:
        return scope_at(self.entries, self.outside.host, region.module, region.path, region.self_path)


_ITEMS = frozenset(
    (
        K.FUNCTION_ITEM,
        K.STRUCT_ITEM,
        K.ENUM_ITEM,
        K.CONST_ITEM,
        K.MODULE_ITEM,
        K.IMPL_ITEM,
        K.USE_ITEM,
    )
)
