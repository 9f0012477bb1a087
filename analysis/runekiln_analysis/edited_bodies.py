"""Which items an edit has changed only inside: whatever others may depend on is as it was."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

from .facts import Item
from .script import SameScript, Script
from .syntax import SyntaxKind as K

_INSIDE: dict[str, int] = {"function": K.BLOCK, "const": K.EQUAL}
_AROUND_OTHERS = ("module", "impl")
_HASH, _PARENT = attrgetter("hash"), attrgetter("parent")


def edited_bodies(before: Script, after: Script) -> list[int] | None:
    """The numbers of the items that differ, if none differs but in its body; `None` if anything else does.

    The bindings and the other files must be the very same objects.
    """
    return _edited(SameScript(before), SameScript(after))


@lru_cache(maxsize=4)
def _edited(one: SameScript, other: SameScript) -> list[int] | None:
    """Several ask for the same two scripts."""
    before, after = one.script, other.script
    items, others = after.main.items, after.facts.files
    if (
        before.bindings is not after.bindings
        or before.root != after.root
        or len(before.main.items) != len(items)
        or len(before.facts.files) != len(others)
    ):
        return None
    for number in range(1, len(others)):
        was, is_ = before.facts.files[number], others[number]
        if was.path != is_.path or was.items is not is_.items:
            return None
        if before.text_of(number) is not after.text_of(number):
            return None
    was_items = before.main.items
    if was_items is items:
        return []
    hashes = zip(map(_HASH, was_items), map(_HASH, items), strict=True)
    edited = [number for number, (one_hash, other_hash) in enumerate(hashes) if one_hash != other_hash]
    if any(header(before.text, was_items[number]) != header(after.text, items[number]) for number in edited):
        return None
    # Only with what is around others can these have come to stand elsewhere.
    is_around = any(items[number].kind in _AROUND_OTHERS for number in edited)
    if is_around and list(map(_PARENT, was_items)) != list(map(_PARENT, items)):
        return None
    return edited


def header(text: bytes, item: Item) -> bytes:
    """What others may depend on: all of an item but what is inside it, which is of no concern or an item of its own."""
    start, end = item.span
    tree = item.tree
    if item.kind in _AROUND_OTHERS:
        # Their trees end where the items in them begin.
        return text[start : start + int.from_bytes(tree[-8:-4], "little")]
    body = body_start(item)
    return text[start : end if body is None else start + body]


def body_start(item: Item) -> int | None:
    """Where the body of a function or constant begins, from the start of the item; `None` for what has none."""
    inside = _INSIDE.get(item.kind)
    node = -1 if inside is None else item.tree[::16].find(inside)
    return None if node < 0 else int.from_bytes(item.tree[16 * node + 4 : 16 * node + 8], "little")
