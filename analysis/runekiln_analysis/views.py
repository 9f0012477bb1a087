"""A script seen from each of its files: types are known of the file that comes first."""

from __future__ import annotations

from .flow.flows import Flows, flows_of
from .flow.inferred import Inferred
from .resolve.resolution import Resolution
from .script import ItemPlace, Script, module_in
from .tree import TreeView
from .types import Named, Never, Type, UnionOf, Unknown


class Views:
    """Answers about any item of a script and its `mod` files. Made for one request and dropped."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._seen: dict[int, Script] = {0: script}
        self._trees: dict[ItemPlace, TreeView] = {}

    @property
    def flows(self) -> Flows:
        """The types in the script as it was given."""
        return flows_of(self.script)

    def path(self, file: int) -> str:
        """The path of the file of that number."""
        return self.script.facts.files[file].path

    def places(self) -> tuple[ItemPlace, ...]:
        """Every item of every file whose text is known."""
        return tuple(
            ItemPlace(number, item)
            for number, file in enumerate(self.script.facts.files)
            if self.script.text_of(number) is not None
            for item in range(len(file.items))
        )

    def tree(self, place: ItemPlace) -> TreeView:
        """The tree of an item of a file whose text is known."""
        if place not in self._trees:
            item = self.script.item(place)
            self._trees[place] = TreeView(item.tree, self.script.text_of(place.file) or b"", item.span[0])
        return self._trees[place]

    def resolution(self, place: ItemPlace) -> Resolution | None:
        """What the names in an item mean."""
        return self.flows.resolution(place)

    def inferred(self, place: ItemPlace, file: int = 0) -> Inferred:
        """What is inferred of an item by one who knows the types of the file of that number."""
        return flows_of(self.seen_from(file)).inferred(_moved(place, file))

    def owners(self, place: ItemPlace, member: int, name: str) -> tuple[Type | ItemPlace, ...] | None:
        """The types that have the member that the node names, a struct or enum of the script by its place.

        `None` if what stands before the dot may be anything.
        """
        seen = self._owners_in(place, member, 0)
        if seen is not None:
            return seen
        for file in range(1, len(self.script.facts.files)):
            # Only who declares something of the name can say more.
            if name.encode() in (self.script.text_of(file) or b""):
                seen = self._owners_in(place, member, file)
                if seen is not None:
                    return seen
        return None

    def _owners_in(self, place: ItemPlace, member: int, file: int) -> tuple[Type | ItemPlace, ...] | None:
        inferred = self.inferred(place, file)
        # Where a field is assigned to, its value is looked at as any other expression.
        kind = inferred.receivers.get(member) or inferred.types.get(self.tree(place).first_child(member))
        if kind is None or isinstance(kind, Unknown | Never):
            return None
        found: list[Type | ItemPlace] = []
        for each in kind.members if isinstance(kind, UnionOf) else (kind,):
            if not isinstance(each, Named) or each.item is None:
                found.append(each)
            elif each.item < 0:
                return None
            else:
                found.append(ItemPlace(file, each.item))
        return tuple(found)

    def seen_from(self, file: int) -> Script:
        """The script with the file of that number first, whose text must be known."""
        if file not in self._seen:
            self._seen[file] = module_in(self.script, self.path(file))
        return self._seen[file]


def _moved(place: ItemPlace, first: int) -> ItemPlace:
    """The place of an item where the file of the number `first` comes before all others."""
    if place.file == first:
        return ItemPlace(0, place.number)
    return ItemPlace(place.file + (place.file < first), place.number)
