"""Which items of a file mention which of some words. After an edit only those items are read that are new."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from .edited_bodies import edited_bodies
from .facts import Item
from .resolve.host import SameBindings
from .script import Script
from .stubs import Bindings

ATTRIBUTE = b"#["
"""Counts as a word: where it stands, there may be an attribute."""

_AROUND_OTHERS = ("module", "impl")  # kinds of items that consist of others
_WORDS_APART = bytes(byte if re.match(rb"\w", bytes([byte])) else ord(" ") for byte in range(256))
"""Makes blanks of whatever is not part of a word: to split at those is quicker than to look for words."""
_REMEMBERED_FILES = 256


class Vocabulary(msgspec.Struct, frozen=True):
    """What is looked for in scripts of some bindings.

    `permissions` are the names whose use may need a permission, each with the permissions; `deprecated` are those of
    functions that are deprecated. `words` are both, the names of entries, and `ATTRIBUTE`.
    """

    permissions: Mapping[str, frozenset[str]]
    deprecated: frozenset[str]
    words: frozenset[bytes]

    @property
    def calls(self) -> frozenset[str]:
        """The names of functions about whose calls something is to be said."""
        return self.deprecated | self.permissions.keys()


def vocabulary_of(bindings: Bindings) -> Vocabulary:
    """What to look for in scripts of these bindings."""
    return _vocabulary(SameBindings(bindings))


def words_by_item(script: Script) -> Mapping[int, frozenset[bytes]]:
    """The words of the vocabulary that stand in each item of the script, by its number, for those that have some."""
    wanted = vocabulary_of(script.bindings).words
    file = script.main
    seen = _files.pop(file.path, None)
    if seen is None or seen.wanted is not wanted:
        seen = _Seen(wanted)
    seen.look(script)
    _files[file.path] = seen
    if len(_files) > _REMEMBERED_FILES:
        _files.popitem(last=False)
    return seen.by_item


class _Seen:
    """What was looked for in a file the last time, and what of it was found, by the hash of the item."""

    def __init__(self, wanted: frozenset[bytes]) -> None:
        self.wanted = wanted
        self.script: Script | None = None
        self.by_item: dict[int, frozenset[bytes]] = {}
        self._by_hash: dict[int, Item] = {}
        self._found: dict[int, frozenset[bytes]] = {}

    def look(self, script: Script) -> None:
        """Read what is new, and forget what is gone. A script may have hundreds of items, of which one is new."""
        before, self.script = self.script, script
        if before is not None and before.main.items is script.main.items:
            return
        edited = None if before is None else edited_bodies(before, script)
        if edited is None:
            self._look_at_all(script)
            return
        self.by_item = dict(self.by_item)
        for number in edited:
            self.by_item.pop(number, None)
            if words := self._words_in(script, script.main.items[number]):
                self.by_item[number] = words

    def _look_at_all(self, script: Script) -> None:
        items = script.main.items
        hashes = [item.hash for item in items]
        before, self._by_hash = self._by_hash, dict(zip(hashes, items, strict=True))
        for gone in before.keys() - self._by_hash.keys():
            self._found.pop(gone, None)
        for new in self._by_hash.keys() - before.keys():
            if words := self._words_in(script, self._by_hash[new]):
                self._found[new] = words
        found = self._found
        self.by_item = {number: found[hash_] for number, hash_ in enumerate(hashes) if hash_ in found}

    def _words_in(self, script: Script, item: Item) -> frozenset[bytes]:
        if item.kind in _AROUND_OTHERS:
            return frozenset()
        text = script.text[slice(*item.span)]
        words = self.wanted.intersection(text.translate(_WORDS_APART).split())
        return words | {ATTRIBUTE} if ATTRIBUTE in text else words


_files: OrderedDict[str, _Seen] = OrderedDict()


@lru_cache(maxsize=4)
def _vocabulary(key: SameBindings) -> Vocabulary:
    found: dict[str, set[str]] = {}
    functions = [function for module in key.bindings.modules for function in module.functions]
    functions += (function for kind in key.bindings.types for function in kind.functions)
    for function in functions:
        if function.about.permission is not None:
            found.setdefault(function.name, set()).add(function.about.permission.name)
    permissions = {name: frozenset(each) for name, each in found.items()}
    deprecated = frozenset(function.name for function in functions if function.about.deprecated is not None)
    names = {*found, *deprecated, *(entry.name for entry in key.bindings.entries)}
    return Vocabulary(permissions, deprecated, _same(frozenset((ATTRIBUTE, *(name.encode() for name in names)))))


@lru_cache(maxsize=4)
def _same(words: frozenset[bytes]) -> frozenset[bytes]:
    """The first set that was equal to this one: the same object is quick to compare, and keeps no bindings alive."""
    return words
