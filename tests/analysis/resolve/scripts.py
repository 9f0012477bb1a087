"""Scripts as these tests ask about them: all that is known of their names, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runekiln_analysis.facts import Offsets
from runekiln_analysis.resolve.items import resolve_item
from runekiln_analysis.resolve.meaning import (
    HostConstant,
    HostFunctionMeaning,
    HostModule,
    HostTypeMeaning,
    HostVariant,
    InnerItem,
    Meaning,
    ModuleFunction,
    ModuleMember,
    OwnItem,
    OwnVariant,
)
from runekiln_analysis.resolve.resolution import Resolution
from runekiln_analysis.resolve.table import Table, table_of
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.tree import TreeView
from runekiln_runtime.checker import Checker

from tests.analysis.fixtures import checker


@dataclass(frozen=True)
class Resolved:
    """A script with the resolution of each of its items, by their places."""

    script: Script
    table: Table
    resolutions: Mapping[ItemPlace, Resolution]

    def of_file(self, number: int) -> Resolved:
        """The same with the items of one file alone."""
        own = {place: known for place, known in self.resolutions.items() if place.file == number}
        return Resolved(self.script, self.table, own)

    def content(self, span: Offsets) -> str:
        """What stands there in the file of the items, which must be of one file."""
        text = self.script.text_of(next(iter(self.resolutions)).file)
        assert text is not None
        return text[slice(*span)].decode()

    def tree(self, place: ItemPlace) -> TreeView:
        """The tree of an item."""
        text = self.script.text_of(place.file)
        assert text is not None
        item = self.script.item(place)
        return TreeView(item.tree, text, item.span[0])

    def tokens(self) -> Iterator[tuple[ItemPlace, TreeView, int]]:
        """Every token of every item, once: an item inside another one has a tree of its own."""
        for place in self.resolutions:
            tree = self.tree(place)
            yield from ((place, tree, node) for node in range(len(tree)) if tree.is_token(node))


def resolved(files: Mapping[str, bytes], bindings: Bindings, asked: Checker | None = None) -> Resolved:
    """The script that comes first among the files, with its `mod` files, as the guest `asked` sees it."""
    path, text = next(iter(files.items()))
    facts = (asked or checker()).check(path, text, files.get)
    script = Script(facts, text, bindings, {path: files[path] for path in files})
    table = table_of(script)
    found: dict[ItemPlace, Resolution] = {}
    for number, file in enumerate(facts.files):
        for item in range(len(file.items)):
            resolution = resolve_item(script, table, ItemPlace(number, item))
            assert resolution is not None
            found[ItemPlace(number, item)] = resolution
    return Resolved(script, table, found)


def path_of(resolved: Resolved, place: ItemPlace, meaning: Meaning) -> str:
    """The path of what is meant as Rune writes it: `a::b` of the script, `::a::b` of the host."""
    match meaning:
        case OwnItem(item):
            return "::".join(str(name) for name in resolved.table.paths[item])
        case OwnVariant(enum, name):
            return "::".join((*map(str, resolved.table.paths[enum]), name))
        case InnerItem(node):
            return f"inner {resolved.tree(place).content(node)}"
        case HostTypeMeaning(kind):
            return f"::{kind.path}"
        case HostFunctionMeaning(kind, function):
            return f"::{kind.path}::{function.name}"
        case HostConstant(kind, constant):
            return f"::{kind.path}::{constant.name}"
        case HostVariant(kind, variant):
            return f"::{kind.path}::{variant.name}"
        case HostModule(path):
            return f"::{path}"
        case ModuleFunction(module, function):
            return f"::{module.path}::{function.name}"
        case ModuleMember(module, member):
            return f"::{module.path}::{member.name}"
