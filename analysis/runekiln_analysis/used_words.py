"""Which words a script uses already, and how often: who has written one is likely to write it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import msgspec

from .facts import Item, Offsets
from .script import Script
from .syntax import SyntaxKind as K

# Comments and texts are passed over as a whole. The second dot of `0..end` is none of a member.
_WORD = re.compile(r'//[^\n]*|"(?:[^"\\]|\\.)*"|((?<!\.)\.)?([^\W\d]\w*)')


_KEY = re.compile(re.escape(bytes((K.FIELD_INITIALIZER, K.IDENTIFIER))))
_NEARBY = 200


class UsedWords(msgspec.Struct, frozen=True):
    """How often words stand in a script: `names` anywhere but behind a dot, `members` behind one.

    `behind` counts members together with the word before their dot: `phase` and `name` for `phase.name`. `keys` are
    those that objects are written with.
    """

    names: dict[str, int]
    members: dict[str, int]
    behind: dict[tuple[str, str], int]
    keys: tuple[str, ...] = ()

    def members_behind(self, before: str) -> list[str]:
        """The members that stand behind such a word, the most used first."""
        found = [(count, name) for (word, name), count in self.behind.items() if word == before]
        return [name for _, name in sorted(found, key=lambda each: -each[0])]


def used_words(script: Script, besides: Offsets) -> tuple[UsedWords, UsedWords]:
    """The words of the item around the span `besides`, of which that one does not count, and those of all others."""
    items = script.main.items
    number = script.item_at(besides[0])
    others = tuple(each.hash for place, each in enumerate(items) if place != number)
    start, end = (besides[0], besides[0]) if number is None else items[number].span
    # Two dots with a hole between them are none that something stands behind.
    here = script.text[start : besides[0]] + b" 0 " + script.text[besides[1] : max(end, besides[1])]
    keys = () if number is None else _keys_in(script, number)
    return _counted(_words_in(here), keys), _others(_Others(script, number, others))


def word_before(text: bytes, offset: int) -> str:
    """The last word before a place, in which `UsedWords.behind` counts."""
    words = _words_in(text[max(0, offset - _NEARBY) : offset])
    return words[-1][1] if words else ""


class _Others:
    """All items of a script but one as a key: their texts are compared by their hashes."""

    def __init__(self, script: Script, number: int | None, hashes: tuple[int, ...]) -> None:
        self.script = script
        self.number = number
        self._hashes = hashes

    def __hash__(self) -> int:
        return hash(self._hashes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Others) and self._hashes == other._hashes


@lru_cache(maxsize=2)
def _others(key: _Others) -> UsedWords:
    items = key.script.main.items
    others = [(place, each) for place, each in enumerate(items) if place != key.number and _has_body(each)]
    words = (word for _, each in others for word in _words_in(key.script.text[slice(*each.span)]))
    return _counted(words, (name for place, _ in others for name in _keys_in(key.script, place)))


def _has_body(item: Item) -> bool:
    """Whether the words of an item are its own: modules and `impl` blocks consist of other items."""
    return item.kind not in ("module", "impl")


def _keys_in(script: Script, number: int) -> Iterator[str]:
    """The keys and fields that are written in literals; the kinds of the tree are looked through at once."""
    item = script.main.items[number]
    kinds, tree = item.tree[::16], None
    for found in _KEY.finditer(kinds):
        tree = tree or script.tree(number)
        yield tree.content(found.start() + 1)


def _words_in(text: bytes) -> list[tuple[str, str]]:
    """The words of a text, each with the dot before it."""
    return [found for found in _WORD.findall(text.decode("utf-8", "replace")) if found[1]]


def _counted(words: Iterable[tuple[str, str]], keys: Iterable[str]) -> UsedWords:
    listed = list(words)
    behind = [(before, word) for (_, before), (dot, word) in pairwise(listed) if dot]
    return UsedWords(
        Counter(word for dot, word in listed if not dot),
        Counter(word for dot, word in listed if dot),
        Counter(behind),
        tuple(dict.fromkeys(keys)),
    )
