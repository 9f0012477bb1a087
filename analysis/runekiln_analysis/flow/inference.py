"""The types in one item, as the features of an editor ask for them."""

from __future__ import annotations

from functools import cached_property

from runekiln_analysis.members import Member, member_named
from runekiln_analysis.resolve.items import scope_at_offset
from runekiln_analysis.resolve.meaning import InnerItem, Meaning
from runekiln_analysis.resolve.resolution import InnerDeclaration, Local, Resolution
from runekiln_analysis.resolve.scope import find
from runekiln_analysis.resolve.table import scope_of, table_of
from runekiln_analysis.resolve.visible import visible
from runekiln_analysis.script import ItemPlace, ModulePlace, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import Named, Never, Type, Unknown

from .flows import Flows, flows_of
from .inferred import Inferred
from .lattice import settled
from .walk import State


class Inference:
    """Answers about one item of a script."""

    def __init__(self, script: Script, number: int) -> None:
        self.script = script
        self.number = number
        self.tree: TreeView = script.tree(number)
        self.module: ModulePlace = script.module_of(number)
        self._place = ItemPlace(0, number)
        self._states: dict[int, State] = {}
        self._by_use: dict[int, Inferred] = {}

    @property
    def self_type(self) -> str | None:
        """The path that the `impl` around the item names, which is what `Self` means in it."""
        block = self.script.impl_of(self.number)
        return None if block is None else block.name

    @cached_property
    def resolution(self) -> Resolution:
        """What the names in the item mean."""
        resolution = self._flows.resolution(self._place)
        assert resolution is not None, "the text of the script itself is known"
        return resolution

    @property
    def _flows(self) -> Flows:
        return flows_of(self.script)

    @cached_property
    def inferred(self) -> Inferred:
        """All that is inferred of the item."""
        return self._flows.inferred(self._place)

    def locals_at(self, offset: int) -> dict[str, Local]:
        """The local names that `offset` sees, the innermost last."""
        return visible(self.resolution, self.tree, offset)

    def local(self, node: int) -> Local | None:
        """The local name that the path at `node` means, or that the token there declares or means."""
        token = node if self.tree.is_token(node) else self.tree.last_word(node)
        if token is None:
            return None
        binding = self.resolution.binding_at(token)
        if binding is not None:
            return binding
        meaning = self.resolution.names.get(token)
        declared = meaning.node if isinstance(meaning, InnerItem) else token
        return next((each for each in self.resolution.inner if each.node == declared), None)

    def meaning(self, node: int) -> Meaning | None:
        """What the path at `node`, or the token there, means besides local names."""
        token = node if self.tree.is_token(node) else self.tree.last_word(node)
        return None if token is None else self.resolution.names.get(token)

    def resolve_at(self, path: tuple[str, ...], offset: int) -> Meaning | None:
        """What a path would mean at `offset`, local names aside."""
        return find(scope_at_offset(self.script, self.number, offset), path).meaning

    @property
    def self_meaning(self) -> Meaning | None:
        """What `Self` means in the item."""
        return find(scope_of(table_of(self.script), self._place), ("Self",)).meaning

    def type_of(self, node: int) -> Type | None:
        """The type of the expression at `node`, or of the local name that the token there declares or uses."""
        found = self.inferred.types.get(node)
        if found is None and self.tree.is_token(node):
            found = self.inferred.types.get(self.tree.parent(node))
        return _told(found)

    def likely_type_of(self, node: int, *, behind_dot: bool = False) -> Type | None:
        """The same, or else what its uses look like: for those who show it, and never for rules.

        `behind_dot`: what stands behind the dot of `node` is still being written, and does not count.
        """
        known = self.type_of(node)
        if known is not None:
            return known
        left_out = node + 1 if behind_dot else -1
        if left_out not in self._by_use:
            self._by_use[left_out] = self._flows.inferred_by_use(self._place, left_out)
        types = self._by_use[left_out].types
        found = types.get(node)
        if found is None and self.tree.is_token(node):
            found = types.get(self.tree.parent(node))
        return _told(found)

    def type_at(self, local: Local, offset: int) -> Type | None:
        """The type that a local name has at `offset`, whether it is used there or not."""
        if isinstance(local, InnerDeclaration):
            return Named("Function") if self.tree.kind(local.item) == K.FUNCTION_ITEM else None
        token = self.tree.token_before(offset)
        behind = 0 if token is None else token
        if behind not in self._states:
            self._states[behind] = self._flows.state_behind(self._place, behind)
        numbers = (number for number, binding in enumerate(self.resolution.bindings) if binding.node == local.node)
        return _told(self._states[behind][next(numbers)])

    def member(self, receiver: int, name: str) -> Member | None:
        """The member of that name that the value of the expression `receiver` has."""
        kind = self.type_of(receiver)
        return None if kind is None else self.member_of_type(kind, name)

    def member_of_type(self, kind: Type, name: str) -> Member | None:
        """The member of that name that values of the type have."""
        return member_named(self.script, kind, name)


def return_type(script: Script, number: int) -> Type | None:
    """What a call of the script's function gives, `None` if that is not known."""
    flows, place = flows_of(script), ItemPlace(0, number)
    flows.inferred(place)
    return _told(flows.call(place))


def _told(kind: Type | None) -> Type | None:
    """The type as others are told it: none where nothing is known, and none of what is never there."""
    if kind is None:
        return None
    told = settled(kind)
    return None if isinstance(told, Unknown | Never) else told
