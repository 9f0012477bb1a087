"""Comments: they are no part of the trees, and stand between the tokens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import msgspec

from .facts import Offsets
from .script import Script
from .tree import TreeView

CommentKind = Literal["line", "block", "documentation"]

_START = re.compile(rb"//|/\*")
_BLANKS = re.compile(rb"\s*")


class Comment(msgspec.Struct, frozen=True):
    """One comment, without the end of its line; `span` is absolute."""

    kind: CommentKind
    span: Offsets


def comments(script: Script) -> Iterator[Comment]:
    """The comments of the script in the order of the text."""
    text, at = script.text, 0
    trees: dict[int, TreeView] = {}
    while (found := _START.search(text, at)) is not None:
        start = found.start()
        token_end = _end_of_token(script, trees, start)
        if token_end is not None:
            # Such as the address of a page in a string.
            at = token_end
            continue
        is_line = text[start + 1 : start + 2] == b"/"
        at = _end_of_comment(text, start)
        kind: CommentKind = "line" if is_line else "block"
        yield Comment("documentation" if _is_documentation(text, start) else kind, (start, at))


def begins_comment(script: Script, offset: int) -> bool:
    """Whether the `//` or `/*` at `offset` begins a comment: it may stand in a text or in another comment."""
    if _end_of_token(script, {}, offset) is not None:
        return False
    at = _end_of_tokens_before(script, offset)
    while at < offset:
        opened = _START.search(script.text, at)
        assert opened is not None, "one is at `offset`"
        if opened.start() >= offset:
            break
        at = _end_of_comment(script.text, opened.start())
    return at <= offset


def end_of_trivia(text: bytes, at: int) -> int:
    """The first byte from `at` on that is neither blank nor part of a comment; `at` is in neither of them."""
    while True:
        blanks = _BLANKS.match(text, at)
        at = at if blanks is None else blanks.end()
        if _START.match(text, at) is None:
            return at
        at = _end_of_comment(text, at)


def _end_of_tokens_before(script: Script, offset: int) -> int:
    """Where to look for comments from: behind the last item or token before `offset`, or at the start of all."""
    items = script.main.items
    last = bisect_right(items, offset, key=lambda item: item.span[0]) - 1
    if last >= 0 and items[last].span[1] <= offset:
        return items[last].span[1]
    number = script.item_at(offset)
    if number is None:
        return 0
    tree = script.tree(number)
    token = tree.token_before(offset)
    return items[number].span[0] if token is None else tree.end(token)


def _end_of_comment(text: bytes, start: int) -> int:
    return _end_of_line(text, start) if text[start + 1 : start + 2] == b"/" else _end_of_block(text, start)


def _end_of_token(script: Script, trees: dict[int, TreeView], offset: int) -> int | None:
    """The end of the token around `offset`; None if none is there."""
    number = script.item_at(offset)
    if number is None:
        return None
    tree = trees.get(number) or trees.setdefault(number, script.tree(number))
    token = tree.token_at(offset)
    return None if token is None else tree.end(token)


def _end_of_line(text: bytes, at: int) -> int:
    found = text.find(b"\n", at)
    line = text[at : len(text) if found < 0 else found]
    return at + len(line.removesuffix(b"\r"))


def _end_of_block(text: bytes, at: int) -> int:
    found = text.find(b"*/", at + 2)
    # One that is never closed ends with its line, as the guest has it.
    return _end_of_line(text, at) if found < 0 else found + 2


def _is_documentation(text: bytes, at: int) -> bool:
    """Whether the comment that begins there documents: `//!`, or `///` that is not `////`; the same for blocks."""
    marker, third, fourth = text[at + 1 : at + 2], text[at + 2 : at + 3], text[at + 3 : at + 4]
    return third == b"!" or (third == marker and fourth != marker)
