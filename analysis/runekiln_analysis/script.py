"""What inference reads: a script's facts and text together with the host's bindings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

import msgspec

from .facts import Facts, FileFacts, Item
from .stubs import Bindings
from .tree import TreeView


class ItemPlace(msgspec.Struct, frozen=True):
    """An item by its number in the file of that number."""

    file: int
    number: int


class ModulePlace(msgspec.Struct, frozen=True):
    """A module: the whole file of that number, or the module that is item `number` of it."""

    file: int
    number: int | None


class Script(msgspec.Struct, frozen=True):
    """A script (file 0) and its `mod` files; or one of these (file 0), and the others with the script among them.

    `modules` are the texts of the other files by their paths, as far as they are known. Where they are not, only names
    and places of their items are. `root` is the path of the script itself, if that is another file.
    """

    facts: Facts
    text: bytes
    bindings: Bindings
    modules: Mapping[str, bytes] = {}
    root: str | None = None

    @property
    def main(self) -> FileFacts:
        """The facts of the script itself."""
        return self.facts.script

    def text_of(self, file: int) -> bytes | None:
        """The text of the file of that number, if it is known."""
        return self.text if file == 0 else self.modules.get(self.facts.files[file].path)

    def item(self, place: ItemPlace) -> Item:
        """The item at that place."""
        return self.facts.files[place.file].items[place.number]

    def tree(self, number: int) -> TreeView:
        """The tree of the script's item of that number."""
        item = self.main.items[number]
        return TreeView(item.tree, self.text, item.span[0])

    def item_at(self, offset: int) -> int | None:
        """The number of the innermost item of the script that touches `offset`, or reaches it for lack of a brace."""
        items = self.main.items
        number: int | None = bisect_right(items, offset, key=lambda item: item.span[0]) - 1
        while number is not None and number >= 0:
            is_open = items[number].kind == "function" and self._is_left_open(number, offset)
            if offset <= items[number].span[1] or is_open:
                return number
            number = items[number].parent
        return None

    def _is_left_open(self, number: int, offset: int) -> bool:
        """Whether a function without its last brace reaches `offset`, with no other item in between."""
        items = self.main.items
        start, end = items[number].span
        next_start = items[number + 1].span[0] if number + 1 < len(items) else len(self.text)
        return offset <= next_start and not self.text[start:end].rstrip().endswith((b"}", b";"))

    def module_of(self, number: int) -> ModulePlace:
        """The module around the script's item of that number."""
        parent = self.main.items[number].parent
        while parent is not None and self.main.items[parent].kind != "module":
            parent = self.main.items[parent].parent
        return ModulePlace(0, parent)

    def impl_of(self, number: int) -> Item | None:
        """The `impl` block around the script's item of that number."""
        parent = self.main.items[number].parent
        return self.main.items[parent] if parent is not None and self.main.items[parent].kind == "impl" else None

    def members_of(self, module: ModulePlace) -> Iterator[tuple[ItemPlace, Item]]:
        """The items directly inside the module, with their places; those of a `mod` file for `mod name;`."""
        for number, item in self.facts.files[module.file].children(module.number):
            yield ItemPlace(module.file, number), item
        if module.number is not None and (file := self.file_of(module)) is not None:
            yield from self.members_of(ModulePlace(file, None))

    def path_of(self, module: ModulePlace) -> tuple[str, ...]:
        """The module's path from the root of the script."""
        file = self.facts.files[module.file]
        names: list[str] = []
        number = module.number
        while number is not None:
            names.append(file.items[number].name)
            number = file.items[number].parent
        return (*self._path_of_file(module.file), *reversed(names))

    def _path_of_file(self, number: int) -> tuple[str, ...]:
        path = self.facts.files[number].path
        if path == (self.root or self.main.path):
            return ()
        relative = path.removeprefix(self._folder())
        return tuple(relative.removesuffix(".rn").removesuffix("/mod").split("/"))

    def file_of(self, module: ModulePlace) -> int | None:
        """The number of the file that `mod name;` pulls in. Rune looks below the script's own folder."""
        stem = self._folder() + "/".join(self.path_of(module))
        candidates = (f"{stem}.rn", f"{stem}/mod.rn")
        files = enumerate(self.facts.files)
        return next((number for number, file in files if file.path in candidates), None)

    def _folder(self) -> str:
        folder, slash, _ = (self.root or self.main.path).rpartition("/")
        return folder + slash


class SameScript:
    """A script as a key: the same facts, texts and bindings, for equal ones are never met as other objects."""

    def __init__(self, script: Script) -> None:
        self.script = script
        files = range(len(script.facts.files))
        self._key = (id(script.facts), id(script.bindings), script.root, *(id(script.text_of(file)) for file in files))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameScript) and self._key == other._key


def module_in(script: Script, path: str) -> Script:
    """One of the script's `mod` files, whose text must be known, with the script and the other files behind it."""
    files = script.facts.files
    first = next(file for file in files if file.path == path)
    texts = {**script.modules, script.main.path: script.text}
    facts = Facts((first, *(file for file in files if file is not first)))
    return Script(facts, texts[path], script.bindings, texts, script.main.path)
