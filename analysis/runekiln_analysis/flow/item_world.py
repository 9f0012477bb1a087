"""What the pass over one item asks of others."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.script import ItemPlace
from runekiln_analysis.types import UNKNOWN, Named, Type

from .hosts import Hosts
from .inferred import Asked
from .own import Declared
from .world import OwnMember


class ItemWorld:
    """Asks for one item, and keeps what it was told: after an edit the same questions can be asked again.

    `guessed` are types of the item's parameters that somebody has made a guess at; nothing of that is to be kept.
    """

    __slots__ = ("_call", "_declared", "_guessed", "_place", "asked", "hosts")

    def __init__(
        self,
        declared: Declared,
        call: Callable[[ItemPlace], Type],
        place: ItemPlace,
        guessed: tuple[Type, ...] | None = None,
    ) -> None:
        self._guessed = guessed
        self._declared = declared
        self._call = call
        self._place = place
        self.hosts: Hosts = declared.hosts
        self.asked: Asked = {}

    def parameters(self) -> tuple[Type, ...]:
        """The types of the item's own parameters, `self` among them."""
        if self._guessed is not None:
            return self._guessed
        answer = self._declared.parameters(self._place)
        # What a header says nothing of, the same header will say nothing of.
        if any(kind != UNKNOWN for kind in answer):
            self.asked[("parameters",)] = answer
        return answer

    def call(self, place: ItemPlace) -> Type:
        """What a call of the script's own function gives."""
        answer = self._call(place)
        self.asked["call", place] = answer
        return answer

    def constant(self, place: ItemPlace) -> Type:
        """The type of the script's own constant."""
        return self.call(place)

    def takes(self, place: ItemPlace) -> tuple[Type, ...]:
        """The types of the parameters of a function of the script, `self` among them."""
        answer = self._declared.parameters(place)
        self.asked["takes", place] = answer
        return answer

    def arity(self, place: ItemPlace, variant: str | None = None) -> int | None:
        """How many values a function takes, or a struct or variant has, `None` if those have names."""
        answer = self._declared.arity(place, variant)
        self.asked["arity", place, variant] = answer
        return answer

    def own_type(self, place: ItemPlace) -> Named | None:
        """The type that an own struct or enum is."""
        answer = self._declared.own_type(place)
        self.asked["own-type", place] = answer
        return answer

    def member(self, number: int, name: str) -> OwnMember | None:
        """The member of that name of the own struct or enum of that number."""
        answer = self._declared.member(number, name)
        self.asked["member", number, name] = answer
        return answer

    def variants(self, number: int) -> frozenset[str]:
        """The names of the variants of the own enum of that number."""
        answer = self._declared.variants(number)
        self.asked["variants", number] = answer
        return answer

    def kind(self, place: ItemPlace) -> str:
        """What sort of item is at that place."""
        answer = self._declared.kind(place)
        self.asked["kind", place] = answer
        return answer

    def stated(self, text: str) -> Type:
        """The type that an annotation in this item states."""
        answer = self._declared.stated(self._declared.module(self._place), text)
        self.asked["stated", text] = answer
        return answer

    def says_the_same(self, asked: Asked) -> bool:
        """Whether the questions of an earlier pass still have the same answers."""
        return all(self._answer(question) == answer for question, answer in asked.items())

    def _answer(self, question: tuple[object, ...]) -> object:
        match question:
            case ("parameters",):
                return self.parameters()
            case ("call", ItemPlace() as place):
                return self.call(place)
            case ("takes", ItemPlace() as place):
                return self.takes(place)
            case ("arity", ItemPlace() as place, str() | None as variant):
                return self.arity(place, variant)
            case ("own-type", ItemPlace() as place):
                return self.own_type(place)
            case ("member", int() as number, str() as name):
                return self.member(number, name)
            case ("variants", int() as number):
                return self.variants(number)
            case ("kind", ItemPlace() as place):
                return self.kind(place)
            case ("stated", str() as text):
                return self.stated(text)
        raise AssertionError(question)
