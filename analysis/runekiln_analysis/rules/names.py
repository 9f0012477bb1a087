"""The rules over what names mean and values are, remembered from edit to edit: only what is new is looked at again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

import msgspec

from runekiln_analysis.edited_bodies import edited_bodies
from runekiln_analysis.facts import Problem
from runekiln_analysis.flow.flows import Flows, flows_of
from runekiln_analysis.flow.inferred import NOTHING_INFERRED, Inferred
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.resolve.table import Table, table_of
from runekiln_analysis.rules.all_declared import inner_methods, is_all_declared
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem, broken_items, placed
from runekiln_analysis.rules.of_items import ITEM_RULES, TYPED_RULES
from runekiln_analysis.rules.state_graphs import adds_to_machines, is_for_itself
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.syntax import SyntaxKind as K

_LOOKED_AT = ("function", "const")
_REMEMBERED_FILES = 256


def name_problems(script: Script) -> list[Problem]:
    """What the rules say of the functions and constants of the script."""
    return list(_seen(script).problems(script))


def look_at(script: Script) -> None:
    """Find out what they say, and remember it: the compiler's problems are not looked at."""
    _seen(script)


def _seen(script: Script) -> _Seen:
    path = script.main.path
    seen = _files.pop(path, None) or _Seen()
    seen.look(script)
    _files[path] = seen
    if len(_files) > _REMEMBERED_FILES:
        _files.popitem(last=False)
    return seen


class _Look(msgspec.Struct, frozen=True, gc=False):
    """What was found in an item of that hash.

    `values` are the functions, by number, that it hands on as values, and `methods` those that `impl` blocks inside of
    it declare, by name. `adds` says whether it adds to state machines that it has not begun.
    """

    hash: int
    inferred: Inferred = NOTHING_INFERRED
    findings: tuple[Finding, ...] = ()
    values: frozenset[int] = frozenset()
    methods: frozenset[str] = frozenset()
    adds: bool = False


_UNSEEN = _Look(0)


class _Seen:
    """What was looked at in a file the last time.

    What the rules say of an item depends on its text, on the headers of all others and on what is inferred of it.
    """

    def __init__(self) -> None:
        self.script: Script | None = None
        self.flows: Flows | None = None
        self.table: Table | None = None
        self.is_all_declared = True
        self.looks: list[_Look] = []
        # The numbers of those that have something to say: most have not.
        self.telling: set[int] = set()

    def look(self, script: Script) -> None:
        """Look at what is new."""
        flows = flows_of(script)
        edited = None if self.script is None else edited_bodies(self.script, script)
        is_whole = self._is_all_declared(script) if edited is not None else is_all_declared(script)
        again: Iterable[int] = range(len(script.main.items))
        if edited is None or self.table is None or is_whole != self.is_all_declared:
            self.table, self.looks = table_of(script), [_UNSEEN] * len(script.main.items)
            self.telling.clear()
        elif self.flows is not None and flows.continues(self.flows):
            again = edited
        self.script, self.flows, self.is_all_declared = script, flows, is_whole
        for number in again:
            look = self.looks[number] = self._look_at(script, number, flows, self.table)
            is_telling = look.findings or look.values or look.methods or look.adds
            (self.telling.add if is_telling else self.telling.discard)(number)

    def _is_all_declared(self, script: Script) -> bool:
        """The same as `is_all_declared` after an edit of bodies, which changes nothing as long as the problems stay."""
        assert self.script is not None, "there was an edit"
        files = zip(self.script.facts.files, script.facts.files, strict=True)
        is_same = all(before.problems is after.problems for before, after in files)
        return self.is_all_declared if is_same else is_all_declared(script)

    def problems(self, script: Script) -> Iterator[Problem]:
        """What was found, where it is now."""
        looks = [(number, self.looks[number]) for number in sorted(self.telling)]
        values = frozenset[int]().union(*(look.values for _, look in looks))
        methods = frozenset[str]().union(*(look.methods for _, look in looks))
        broken = broken_items(script) if looks else frozenset[int]()
        for number, look in looks:
            for finding in look.findings:
                is_whole = not (finding.only_if_whole and number in broken)
                is_complete = not finding.only_if_complete or self._is_complete(script, number)
                is_unknown = finding.only_if_called not in values and finding.without_method not in methods
                if is_whole and is_complete and is_unknown:
                    yield placed(script, number, finding)

    def _is_complete(self, script: Script, number: int) -> bool:
        """Whether nobody goes on with the state machines that a function returns."""
        return is_for_itself(script, number) and not any(self.looks[each].adds for each in self.telling)

    def _look_at(self, script: Script, number: int, flows: Flows, table: Table) -> _Look:
        """What there is to find in an item; what is `known` of it stays if nothing that it depends on has changed."""
        item = script.main.items[number]
        if item.kind not in _LOOKED_AT:
            return _Look(item.hash)
        place = ItemPlace(0, number)
        inferred, resolution = flows.inferred(place), flows.resolution(place)
        assert resolution is not None, "the text of the script itself is known"
        if self.looks[number].hash == item.hash and self.looks[number].inferred is inferred:
            return self.looks[number]
        resolved = ResolvedItem(script, number, table, resolution, is_all_declared=self.is_all_declared)
        findings: list[Finding] = []
        present = frozenset(resolved.kinds)
        for rule, needs in ITEM_RULES:
            if not needs or not needs.isdisjoint(present):
                findings += rule(resolved)
        for typed, needs in TYPED_RULES:
            if not needs or not needs.isdisjoint(present):
                findings += typed(resolved, inferred)
        values, adds = frozenset(_handed_on(resolved)), adds_to_machines(resolved)
        methods = frozenset(inner_methods(resolved)) if K.IMPL_ITEM in resolved.kinds else frozenset[str]()
        return _Look(item.hash, inferred, tuple(findings), values, methods, adds)


def _handed_on(item: ResolvedItem) -> Iterator[int]:
    """The functions of the script that are named in the item without being called there."""
    for token, meaning in item.resolution.names.items():
        if isinstance(meaning, OwnItem) and meaning.place.file == 0 and not _is_called(item, token):
            yield meaning.place.number
    if item.resolution.opaque:
        words = {item.tree.content(token) for token in item.resolution.opaque}
        yield from (number for number, other in enumerate(item.script.main.items) if other.name in words)


def _is_called(item: ResolvedItem, token: int) -> bool:
    path = item.kinds.rfind(K.PATH_EXPRESSION, 0, token)
    return path > 0 and item.kinds[path - 1] == K.CALL_EXPRESSION and token < item.tree.after(path)


_files: OrderedDict[str, _Seen] = OrderedDict()
