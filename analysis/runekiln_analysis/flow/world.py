"""What the pass over one item asks of others, and what it tells of them."""

from __future__ import annotations

from typing import Protocol

import msgspec

from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction, OwnItem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.types import Named, Type

from .hosts import Hosts

Target = OwnItem | HostFunctionMeaning | ModuleFunction
"""What a call calls."""


class OwnMember(msgspec.Struct, frozen=True):
    """A field or method of a struct or enum of the script; `place` is the method."""

    type: Type
    place: ItemPlace | None = None


class Mismatch(msgspec.Struct, frozen=True):
    """The value at `node` has the type `found`, and the annotation there says `stated`."""

    node: int
    stated: Type
    found: Type


class World(Protocol):
    """What can be asked about other items while one is looked at."""

    hosts: Hosts

    def parameters(self) -> tuple[Type, ...]:
        """The types of the item's own parameters, `self` among them."""

    def call(self, place: ItemPlace) -> Type:
        """What a call of the script's own function gives."""

    def takes(self, place: ItemPlace) -> tuple[Type, ...]:
        """The types of the parameters of a function of the script, `self` among them."""

    def arity(self, place: ItemPlace, variant: str | None = None) -> int | None:
        """How many values a function takes, or a struct or variant has, `None` if those have names."""

    def constant(self, place: ItemPlace) -> Type:
        """The type of the script's own constant."""

    def own_type(self, place: ItemPlace) -> Named | None:
        """The type that an own struct or enum is."""

    def member(self, number: int, name: str) -> OwnMember | None:
        """The member of that name of the own struct or enum of that number."""

    def variants(self, number: int) -> frozenset[str]:
        """The names of the variants of the own enum of that number."""

    def kind(self, place: ItemPlace) -> str:
        """What sort of item is at that place."""

    def stated(self, text: str) -> Type:
        """The type that an annotation in this item states."""
