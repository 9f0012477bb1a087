"""What there is below a type or module of the script, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Item
from runekiln_analysis.script import ItemPlace, ModulePlace, Script

from .meaning import OwnItem, OwnVariant, Path
from .table import table_of


def functions_of(script: Script, place: ItemPlace) -> Iterator[tuple[ItemPlace, Item]]:
    """The functions in the `impl` blocks of a struct or enum of the script, wherever those stand."""
    table = table_of(script)
    path = table.paths.get(place, ())
    for name in table.below.get(path, ()):
        meaning = table.entries[(*path, name)].found.meaning
        if isinstance(meaning, OwnItem) and script.item(meaning.place).kind == "function":
            yield meaning.place, script.item(meaning.place)


def variant_names(script: Script, place: ItemPlace) -> tuple[str, ...]:
    """The names of an enum's variants, none if the text of its file is not known."""
    table = table_of(script)
    path = table.paths.get(place, ())
    below = table.below.get(path, ())
    return tuple(name for name in below if isinstance(table.entries[(*path, name)].found.meaning, OwnVariant))


def module_at(script: Script, path: Path) -> ModulePlace | None:
    """The module at a path from the root of the script: the item, where it is one."""
    if not path:
        root = script.root or script.main.path
        return next(
            (ModulePlace(number, None) for number, file in enumerate(script.facts.files) if file.path == root), None
        )
    entry = table_of(script).entries.get(path)
    meaning = None if entry is None else entry.found.meaning
    is_module = isinstance(meaning, OwnItem) and script.item(meaning.place).kind == "module"
    return ModulePlace(meaning.place.file, meaning.place.number) if isinstance(meaning, OwnItem) and is_module else None


def imported_names(script: Script, module: ModulePlace) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names that `use` brings into a module one by one, each with the path of what it stands for."""
    table = table_of(script)
    path = script.path_of(module)
    for name in table.below.get(path, ()):
        entry = table.entries[(*path, name)]
        if entry.target is not None and not entry.is_glob:
            yield name, tuple(str(part) for part in entry.target if part != "")
