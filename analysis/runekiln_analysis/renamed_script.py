"""A script in which some names are other ones, put together without the guest: only the lengths of tokens change.

So that the resolver can be asked whether each name of the new text means what it meant before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Literal

import msgspec
from msgspec.structs import replace

from .facts import Edit, Facts, FileFacts, Item, Offsets
from .script import ItemPlace, Script
from .syntax import SyntaxKind as K
from .tree import TreeView, cells_of, packed

Form = Literal["plain", "key", "value"]
"""A name alone, or the short form of a field and a variable, of which one or the other is renamed."""

_INSERTED = 3


class Replacement(msgspec.Struct, frozen=True):
    """The token `node` of an item is replaced by `name`; where it was a short form, the long one comes of it."""

    place: ItemPlace
    node: int
    span: Offsets
    before: str
    name: str
    form: Form

    @property
    def text(self) -> str:
        """What stands there afterwards."""
        if self.form == "plain":
            return self.name
        return f"{self.key}: {self.name if self.form == 'value' else self.before}"

    @property
    def key(self) -> str:
        """The name of the field in the long form."""
        return self.name if self.form == "key" else self.before


class RenamedScript(msgspec.Struct, frozen=True):
    """The script with the new names, and the nodes of each item whose numbers are others now.

    `keys` has the number of each node that is another, and `values` the same for the variable of what was a short form.
    """

    script: Script
    keys: Mapping[ItemPlace, list[int]]
    values: Mapping[ItemPlace, Mapping[int, int]]

    def key(self, place: ItemPlace, node: int) -> int:
        """The number that a node has now: of a short form, that of the field's name."""
        return self.keys[place][node] if place in self.keys else node

    def value(self, place: ItemPlace, node: int) -> int:
        """The same, of a short form that of the variable."""
        return self.values.get(place, {}).get(node) or self.key(place, node)


def renamed_script(
    script: Script, replacements: Iterable[Replacement], paths: Mapping[str, str] = MappingProxyType({})
) -> RenamedScript:
    """The script with those names replaced, of files whose text is known; `paths` are those of moved files."""
    by_file: dict[int, list[Replacement]] = {}
    for each in sorted(replacements, key=lambda each: each.span):
        by_file.setdefault(each.place.file, []).append(each)
    keys: dict[ItemPlace, list[int]] = {}
    values: dict[ItemPlace, dict[int, int]] = {}
    files, texts = list(script.facts.files), dict(script.modules)
    text = script.text
    for number, found in by_file.items():
        renamed = _File(script, number, found)
        files[number] = renamed.facts()
        keys |= renamed.keys
        values |= renamed.values
        if number == 0:
            text = renamed.text
        texts[files[number].path] = renamed.text
    moved = tuple(replace(file, path=paths.get(file.path, file.path)) for file in files)
    texts = {paths.get(path, path): content for path, content in texts.items()}
    return RenamedScript(Script(Facts(moved), text, script.bindings, texts, script.root), keys, values)


def edited(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The text after edits that do not overlap."""
    end, parts = 0, []
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += [text[end : edit.span[0]], edit.text.encode()]
        end = edit.span[1]
    return b"".join((*parts, text[end:]))


class _File:
    """One file while its names are replaced."""

    def __init__(self, script: Script, number: int, replacements: list[Replacement]) -> None:
        self.before = script.facts.files[number]
        self.number = number
        self.old_text = script.text_of(number) or b""
        self.text = edited(self.old_text, (Edit(each.span, each.text) for each in replacements))
        self.keys: dict[ItemPlace, list[int]] = {}
        self.values: dict[ItemPlace, dict[int, int]] = {}
        self._starts = [each.span[0] for each in replacements]
        grown = (len(each.text.encode()) - (each.span[1] - each.span[0]) for each in replacements)
        self._grown = list(accumulate(grown, initial=0))
        self._by_item: dict[int, list[Replacement]] = {}
        for each in replacements:
            self._by_item.setdefault(each.place.number, []).append(each)

    def facts(self) -> FileFacts:
        """What is known of the file afterwards."""
        items = tuple(self._item(number, item) for number, item in enumerate(self.before.items))
        return FileFacts(self.before.path, items, self.before.problems)

    def _now(self, offset: int) -> int:
        """Where an offset is now; that of a token that is replaced is its start or end."""
        return offset + self._grown[bisect_left(self._starts, offset)]

    def _item(self, number: int, item: Item) -> Item:
        start, end = item.span
        name = (item.name_span[0] + start, item.name_span[1] + start)
        now, name_now = (self._now(start), self._now(end)), (self._now(name[0]), self._now(name[1]))
        is_spelt = self.old_text[slice(*name)] == item.name.encode()
        new_name = self.text[slice(*name_now)].decode("utf-8", "replace") if is_spelt else item.name
        replaced = self._by_item.get(number, [])
        tree = self._tree(number, item, now[0], replaced)
        # Whoever remembers things by the hash of a text has not seen this one.
        changed = hash((item.hash, self.text[slice(*now)])) & ((1 << 64) - 1)
        return replace(
            item,
            name=new_name,
            span=now,
            name_span=(name_now[0] - now[0], name_now[1] - now[0]),
            hash=changed if self.text[slice(*now)] != self.old_text[start:end] else item.hash,
            tree=tree,
        )

    def _tree(self, number: int, item: Item, start: int, replaced: list[Replacement]) -> bytes:
        cells = cells_of(item.tree)
        short = {each.node: each for each in replaced if each.form != "plain"}
        tree = TreeView(item.tree, self.old_text, item.span[0])
        grown: dict[int, int] = {}
        kinds: dict[int, int] = {}
        for node in short:
            for around in tree.path_to(node)[:-1]:
                grown[around] = grown.get(around, 0) + _INSERTED
            if tree.kind(tree.parent(node)) == K.IDENTIFIER_PATTERN:
                kinds[tree.parent(node)] = K.FIELD_PATTERN
        rows: list[int] = []
        place = ItemPlace(self.number, number)
        numbers: list[int] = []
        for node in range(len(tree)):
            numbers.append(len(rows) // 4)
            kind, first, behind, size = cells[4 * node : 4 * node + 4]
            first, behind = self._now(first + item.span[0]) - start, self._now(behind + item.span[0]) - start
            if node in short:
                self.values.setdefault(place, {})[node] = len(rows) // 4 + _INSERTED
                rows += _long_form(short[node], first, behind, tree.kind(tree.parent(node)))
            else:
                rows += (kinds.get(node, kind), first, behind, size + grown.get(node, 0))
        if short:
            self.keys[place] = numbers
        return packed(rows)


def _long_form(short: Replacement, start: int, end: int, around: int) -> Iterable[int]:
    """The nodes of `key: value`, where `around` was what was around the one word before."""
    colon = start + len(short.key.encode())
    wrapper = K.IDENTIFIER_PATTERN if around == K.IDENTIFIER_PATTERN else K.PATH_EXPRESSION
    yield from (K.IDENTIFIER, start, colon, 1)
    yield from (K.COLON, colon, colon + 1, 1)
    yield from (wrapper, colon + 2, end, 2)
    yield from (K.IDENTIFIER, colon + 2, end, 1)
