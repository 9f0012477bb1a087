"""The types in a script, item by item as they are asked for; after an edit, only what the edit can have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from runekiln_analysis.edited_bodies import edited_bodies
from runekiln_analysis.resolve.items import resolve_item, still_holds
from runekiln_analysis.resolve.meaning import OwnItem, Path
from runekiln_analysis.resolve.resolution import Resolution
from runekiln_analysis.script import ItemPlace, SameScript, Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import cells_of
from runekiln_analysis.types import NEVER, UNKNOWN, Named, Type

from .by_use import guessed_parameters
from .graph import in_order
from .inferred import NOTHING_INFERRED, Inferred
from .item import infer_tree, state_behind
from .item_world import ItemWorld
from .lattice import excludes
from .own import Declared
from .walk import State

_WITH_BODIES = ("function", "const")
_BEHIND_DOT = re.compile(re.escape(bytes([K.DOT, K.IDENTIFIER])))
_MOST_IN_A_CIRCLE = 8
_ROUNDS = 4

Home = tuple[Path, Path | None]
"""The module that an item stands in, and the type whose function it is."""


class Kept(msgspec.Struct, frozen=True):
    """What was found out about an item of some text, and where that stood."""

    home: Home
    resolution: Resolution
    inferred: Inferred


Memory = dict[int, Kept]
"""What is kept of the last text of a file, by the hashes of its items."""


class Flows:
    """The types in one script. `earlier` are those of the text before an edit.

    `declared` is what the items declare, if that is known of an older text in which they declare the same.
    """

    def __init__(self, script: Script, earlier: Memory | None = None, declared: Declared | None = None) -> None:
        self.script = script
        self.declared = Declared(script) if declared is None else declared
        self._earlier = {} if earlier is None else earlier
        self._resolutions: dict[ItemPlace, Resolution] = {}
        self._inferred: dict[ItemPlace, Inferred] = {}
        self._assumed: dict[ItemPlace, Type] = {}
        self._followers: dict[ItemPlace, tuple[ItemPlace, ...]] = {}
        self._methods: dict[str, list[ItemPlace]] | None = None
        # The first text since which edits have changed no more than the bodies that they are in.
        self._since: object = self

    def inferred(self, place: ItemPlace) -> Inferred:
        """What is inferred of an item; nothing if it has no body, or none that is known."""
        if place not in self._inferred:
            for circle in in_order(place, self._named_by, self._inferred):
                self._infer_circle(circle)
        return self._inferred[place]

    def resolution(self, place: ItemPlace) -> Resolution | None:
        """What the names in an item mean; `None` if the text of its file is not known."""
        if place not in self._resolutions:
            kept = self._kept(place)
            if kept is not None and still_holds(self.declared.table, place, kept.resolution):
                self._resolutions[place] = kept.resolution
            elif (found := resolve_item(self.script, self.declared.table, place)) is not None:
                self._resolutions[place] = found
        return self._resolutions.get(place)

    def state_behind(self, place: ItemPlace, token: int) -> State:
        """The types of an item's local names, by number, behind one of its tokens."""
        self.inferred(place)
        resolution, item = self.resolution(place), self.script.item(place)
        text = self.script.text_of(place.file)
        if resolution is None or text is None:
            return []
        world = ItemWorld(self.declared, self.call, place)
        return state_behind(item.tree, text[slice(*item.span)], resolution, world, token)

    def after(self, script: Script) -> Flows:
        """The types after an edit. What is still right of these is not inferred again."""
        edited = edited_bodies(self.script, script)
        flows = None if edited is None else self._after(script, edited)
        return Flows(script, self.memory()) if flows is None else flows

    def continues(self, before: Flows) -> bool:
        """Whether nothing has become another since those types but in the bodies that were edited."""
        return self._since is before._since

    def _after(self, script: Script, edited: list[int]) -> Flows | None:
        """The types after an edit of these bodies alone; `None` if it may have changed what others are.

        That is so if another type is given than before, or if a function calls itself, be it by way of others.
        """
        flows = Flows(script, self._earlier, self.declared)
        flows._resolutions, flows._inferred = dict(self._resolutions), dict(self._inferred)
        flows._followers, flows._methods, flows._since = dict(self._followers), self._methods, self._since
        places = [ItemPlace(0, number) for number in edited]
        for place in places:
            flows._resolutions.pop(place, None)
            flows._followers.pop(place, None)
            flows._inferred.pop(place, None)
        for place in places:
            if place in self._inferred and script.item(place).kind in _WITH_BODIES:
                if flows._leads_to_itself(place):
                    return None
                flows.inferred(place)
                if flows.call(place) != self.call(place):
                    return None
        return flows

    def _leads_to_itself(self, place: ItemPlace) -> bool:
        seen: set[ItemPlace] = set()
        waiting = [place]
        while waiting:
            for other in self._named_by(waiting.pop()):
                if other == place:
                    return True
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return False

    def inferred_by_use(self, place: ItemPlace, left_out: int = -1) -> Inferred:
        """What would be inferred of a function if unknown parameters were what their uses look like: a guess.

        Nothing where nothing is guessed. `left_out` is the token of a use that does not count.
        """
        self.inferred(place)
        resolution, item = self.resolution(place), self.script.item(place)
        if resolution is None or place.file > 0 or item.kind != "function":
            return NOTHING_INFERRED
        stated = self.declared.parameters(place)
        guessed = guessed_parameters(self.script, place.number, resolution, stated, left_out)
        if guessed == stated:
            return NOTHING_INFERRED
        world = ItemWorld(self.declared, self.call, place, guessed)
        return infer_tree(item.tree, self.script.text[slice(*item.span)], resolution, world, world.asked)

    def memory(self) -> Memory:
        """What can be of use after an edit."""
        kept = dict(self._earlier)
        for place, inferred in self._inferred.items():
            if place in self._resolutions:
                kept[self.script.item(place).hash] = Kept(self._home(place), self._resolutions[place], inferred)
        hashes = {item.hash for file in self.script.facts.files for item in file.items}
        return {number: each for number, each in kept.items() if number in hashes}

    def call(self, place: ItemPlace) -> Type:
        """What a call of a function gives."""
        if place in self._assumed:
            found = self._assumed[place]
        elif place in self._inferred:
            found = self._inferred[place].returns
        else:
            return UNKNOWN
        stated = self.declared.stated_return(place)
        if stated == UNKNOWN:
            return found
        header = self.declared.header(place)
        if header is not None and header.is_async:
            stated = Named("Future", (stated,))
        is_wrong = excludes(stated, found) and found != NEVER
        return found if is_wrong else stated

    def _home(self, place: ItemPlace) -> Home:
        return self.declared.table.homes.get(place, ((), None))

    def _kept(self, place: ItemPlace) -> Kept | None:
        kept = self._earlier.get(self.script.item(place).hash)
        return kept if kept is not None and kept.home == self._home(place) else None

    def _named_by(self, place: ItemPlace) -> tuple[ItemPlace, ...]:
        if place not in self._followers:
            self._followers[place] = tuple(dict.fromkeys(self._named_in(place)))
        return self._followers[place]

    def _named_in(self, place: ItemPlace) -> Iterator[ItemPlace]:
        """The functions and constants that an item may ask about."""
        resolution = self.resolution(place)
        if resolution is None or self.script.item(place).kind not in _WITH_BODIES:
            return
        for meaning in resolution.names.values():
            if isinstance(meaning, OwnItem) and self.script.item(meaning.place).kind in _WITH_BODIES:
                yield meaning.place
        methods = self._all_methods()
        if methods:
            for name in self._words_behind_dots(place):
                yield from methods.get(name, ())

    def _all_methods(self) -> dict[str, list[ItemPlace]]:
        if self._methods is None:
            self._methods = {}
            for place, (_, owner) in self.declared.table.homes.items():
                if owner is not None:
                    self._methods.setdefault(self.script.item(place).name, []).append(place)
        return self._methods

    def _words_behind_dots(self, place: ItemPlace) -> set[str]:
        item = self.script.item(place)
        text = self.script.text_of(place.file) or b""
        cells, base = cells_of(item.tree), item.span[0]
        tokens = [4 * (found.start() + 1) for found in _BEHIND_DOT.finditer(item.tree[::16])]
        return {text[cells[at + 1] + base : cells[at + 2] + base].decode("utf-8", "replace") for at in tokens}

    def _infer_circle(self, circle: tuple[ItemPlace, ...]) -> None:
        """Infer functions that need each other's types; of one alone nobody but itself is asked."""
        kept = {place: each for place in circle if (each := self._kept(place)) is not None}
        self._assumed = {place: each.inferred.returns for place, each in kept.items()}
        if all(place in kept and self._is_right(place, kept[place]) for place in circle):
            self._inferred.update({place: each.inferred for place, each in kept.items()})
            self._assumed = {}
            return
        self._assumed = {}
        if len(circle) == 1 and circle[0] not in self._named_by(circle[0]):
            self._inferred[circle[0]] = self._infer(circle[0])
        else:
            self._settle(circle)

    def _settle(self, circle: tuple[ItemPlace, ...]) -> None:
        """Take a call in a circle for one that never returns, and then for what it was seen to give, until that is so.

        What is said of a call at some depth is right if it is for those below, and at the bottom nothing is given.
        """
        self._assumed = dict.fromkeys(circle, NEVER)
        found: dict[ItemPlace, Inferred] = {}
        for _ in range(_ROUNDS if len(circle) <= _MOST_IN_A_CIRCLE else 0):
            found = {place: self._infer(place) for place in circle}
            gives = {place: each.returns for place, each in found.items()}
            if gives == self._assumed:
                break
            self._assumed = gives
        else:
            found = {}
        if not found or any(each.returns == NEVER for each in found.values()):
            self._assumed = dict.fromkeys(circle, UNKNOWN)
            found = {place: self._infer(place) for place in circle}
            found = {place: msgspec.structs.replace(each, returns=UNKNOWN) for place, each in found.items()}
        self._assumed = {}
        self._inferred.update(found)

    def _is_right(self, place: ItemPlace, kept: Kept) -> bool:
        """Whether what was found out before an edit still holds."""
        if self.resolution(place) is not kept.resolution:
            return False
        return ItemWorld(self.declared, self.call, place).says_the_same(kept.inferred.asked)

    def _infer(self, place: ItemPlace) -> Inferred:
        item, text = self.script.item(place), self.script.text_of(place.file)
        resolution = self.resolution(place)
        if text is None or resolution is None or item.kind not in _WITH_BODIES:
            return NOTHING_INFERRED
        world = ItemWorld(self.declared, self.call, place)
        return infer_tree(item.tree, text[slice(*item.span)], resolution, world, world.asked)


def flows_of(script: Script) -> Flows:
    """The types in a script; what is still right of those of the text before is not inferred again."""
    return _flows(SameScript(script))


@lru_cache(maxsize=8)
def _flows(key: SameScript) -> Flows:
    last = _last_of(key.script.main.path)
    before = last.flows
    is_same_host = before is not None and before.script.bindings is key.script.bindings
    last.flows = before.after(key.script) if before is not None and is_same_host else Flows(key.script)
    return last.flows


class _Last:
    """What a file was inferred with the last time."""

    flows: Flows | None = None


@lru_cache(maxsize=256)
def _last_of(path: str) -> _Last:
    """The one for each of the files that were asked about last."""
    return _Last()
