"""The rules over what names mean and values are, remembered from edit to edit: only what is new is looked at again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import FileFacts, Item, Problem
from runekiln_analysis.flow.flows import Flows, flows_of
from runekiln_analysis.flow.inferred import NOTHING_INFERRED, Inferred
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.resolve.table import Table, table_of
from runekiln_analysis.rules.absent_keys import absent_keys
from runekiln_analysis.rules.all_declared import inner_methods, is_all_declared
from runekiln_analysis.rules.argument_types import wrong_arguments
from runekiln_analysis.rules.arity import wrong_arity
from runekiln_analysis.rules.call_arity import wrong_arity_of_values
from runekiln_analysis.rules.condition_types import wrong_conditions
from runekiln_analysis.rules.contradicted_annotations import contradicted_annotations
from runekiln_analysis.rules.endless_values import endless_values
from runekiln_analysis.rules.index_types import wrong_indexes
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem, Rule, TypedRule, broken_items, placed
from runekiln_analysis.rules.label_breaks import label_breaks
from runekiln_analysis.rules.lost_tail_values import lost_tail_values
from runekiln_analysis.rules.native_recursion import native_recursion
from runekiln_analysis.rules.not_callable import not_callable
from runekiln_analysis.rules.not_iterable import not_iterable
from runekiln_analysis.rules.operand_types import wrong_operands
from runekiln_analysis.rules.read_only_fields import read_only_fields
from runekiln_analysis.rules.reordered_fields import reordered_fields
from runekiln_analysis.rules.statement_calls import statement_calls
from runekiln_analysis.rules.unknown_fields import unknown_fields
from runekiln_analysis.rules.unknown_methods import unknown_methods
from runekiln_analysis.rules.unused_variables import unused_variables
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.syntax import SyntaxKind as K

ITEM_RULES: tuple[Rule, ...] = (
    unused_variables,
    wrong_arity,
    statement_calls,
    lost_tail_values,
    reordered_fields,
    label_breaks,
    endless_values,
    native_recursion,
)
"""Each rule looks at one function or constant."""

TYPED_RULES: tuple[TypedRule, ...] = (
    unknown_methods,
    unknown_fields,
    absent_keys,
    read_only_fields,
    wrong_arity_of_values,
    wrong_arguments,
    wrong_operands,
    wrong_indexes,
    wrong_conditions,
    contradicted_annotations,
    not_callable,
    not_iterable,
)
"""Each rule looks at one function or constant with its types."""

_LOOKED_AT = ("function", "const")
_INSIDE: dict[str, int] = {"function": K.BLOCK, "const": K.EQUAL}
_AROUND_OTHERS = ("module", "impl")
_REMEMBERED_FILES = 64


def name_problems(script: Script) -> Iterator[Problem]:
    """What the rules say of the functions and constants of the script."""
    path = script.main.path
    seen = _files.pop(path, None) or _Seen()
    seen.look(script)
    _files[path] = seen
    if len(_files) > _REMEMBERED_FILES:
        _files.popitem(last=False)
    yield from seen.problems(script)


class _Look(msgspec.Struct, frozen=True, gc=False):
    """What was found in an item of that hash.

    `values` are the functions, by number, that it hands on as values, and `methods` those that `impl` blocks inside of
    it declare, by name.
    """

    hash: int
    is_broken: bool
    inferred: Inferred = NOTHING_INFERRED
    findings: tuple[Finding, ...] = ()
    values: frozenset[int] = frozenset()
    methods: frozenset[str] = frozenset()


class _Seen:
    """What was looked at in a file the last time.

    What the rules say of an item depends on its text and on the headers of all others. While these stay the same, so
    do the findings of items that have not changed.
    """

    def __init__(self) -> None:
        self.bindings: Bindings | None = None
        self.table: Table | None = None
        self.others: list[tuple[FileFacts, bytes | None]] = []
        self.headers: list[tuple[int | None, bytes]] = []
        self.is_all_declared = True
        self.looks: list[_Look] = []

    def look(self, script: Script) -> None:
        """Look at what is new."""
        items = script.main.items
        others = [(file, script.text_of(number)) for number, file in enumerate(script.facts.files) if number > 0]
        headers = self._headers_of(script)
        is_whole = is_all_declared(script)
        is_same = self.bindings is script.bindings and _same_files(self.others, others)
        is_same = is_same and self.is_all_declared == is_whole
        before: list[_Look] | list[None] = self.looks
        if self.table is None or not is_same or headers != self.headers:
            before, self.table = [None] * len(items), table_of(script)
        table = self.table
        self.bindings, self.others, self.headers, self.is_all_declared = script.bindings, others, headers, is_whole
        broken = broken_items(script)
        flows = flows_of(script)
        self.looks = [
            _look_at(script, number, table, flows, known, is_broken=number in broken, is_all_declared=is_whole)
            for number, known in enumerate(before)
        ]

    def problems(self, script: Script) -> Iterator[Problem]:
        """What was found, where it is now."""
        values = frozenset[int]().union(*(look.values for look in self.looks))
        methods = frozenset[str]().union(*(look.methods for look in self.looks))
        for number, look in enumerate(self.looks):
            for finding in look.findings:
                if finding.only_if_called not in values and finding.without_method not in methods:
                    yield placed(script, number, finding)

    def _headers_of(self, script: Script) -> list[tuple[int | None, bytes]]:
        texts = {look.hash: text for look, (_, text) in zip(self.looks, self.headers, strict=True)}
        return [(item.parent, texts.get(item.hash) or _header(script, item)) for item in script.main.items]


def _same_files(one: list[tuple[FileFacts, bytes | None]], other: list[tuple[FileFacts, bytes | None]]) -> bool:
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(a.items is b.items and old is new for (a, old), (b, new) in pairs)


def _header(script: Script, item: Item) -> bytes:
    """What others may depend on: all of an item but what is inside it, which is of no concern or an item of its own."""
    start, end = item.span
    tree = item.tree
    if item.kind in _AROUND_OTHERS:
        # Their trees end where the items in them begin.
        return script.text[start : start + int.from_bytes(tree[-8:-4], "little")]
    inside = _INSIDE.get(item.kind)
    body = -1 if inside is None else tree[::16].find(inside)
    length = end - start if body < 0 else int.from_bytes(tree[16 * body + 4 : 16 * body + 8], "little")
    return script.text[start : start + length]


def _look_at(
    script: Script,
    number: int,
    table: Table,
    flows: Flows,
    known: _Look | None,
    *,
    is_broken: bool,
    is_all_declared: bool,
) -> _Look:
    """What there is to find in an item; what is `known` of it stays if nothing that it depends on has changed."""
    item = script.main.items[number]
    if item.kind not in _LOOKED_AT:
        return _Look(item.hash, is_broken)
    inferred = flows.inferred(ItemPlace(0, number))
    if known is not None and (known.hash, known.is_broken) == (item.hash, is_broken) and known.inferred is inferred:
        return known
    resolved = ResolvedItem(script, number, table, is_broken=is_broken, is_all_declared=is_all_declared)
    findings = [finding for rule in ITEM_RULES for finding in rule(resolved)]
    findings += [finding for typed in TYPED_RULES for finding in typed(resolved, inferred)]
    methods = frozenset(inner_methods(resolved)) if K.IMPL_ITEM in resolved.kinds else frozenset[str]()
    return _Look(item.hash, is_broken, inferred, tuple(findings), frozenset(_handed_on(resolved)), methods)


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
