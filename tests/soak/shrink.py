"""Makes a failure small: fewer edits, then fewer lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from .edits import difference
from .story import Edit, Files, told

Part = TypeVar("Part")
Fails: TypeAlias = Callable[[Files, Sequence[Edit]], bool]
"""Whether those edits of that start still show the failure."""

SECONDS = 60.0
"""How long to try at most."""


def smallest(start: Files, edits: Sequence[Edit], fails: Fails) -> tuple[Files, list[Edit]]:
    """A start and edits that fail as well, and are no more than these."""
    end = time.monotonic() + SECONDS

    def still(start: Files, edits: Sequence[Edit]) -> bool:
        return time.monotonic() < end and fails(start, edits)

    before = told(start, edits[:-1])
    if still(before, edits[-1:]):
        return _smallest_pair(before, told(before, edits[-1:]), still)
    return start, _fewer(edits, lambda kept: still(start, kept))


def _smallest_pair(before: Files, after: Files, still: Fails) -> tuple[Files, list[Edit]]:
    """Files before and after one edit, without the lines that both have and that are not needed."""
    for path in sorted(before.keys() & after.keys()):
        before, after = _fewer_lines(before, after, path, still)
    return before, edits_between(before, after)


def _fewer_lines(before: Files, after: Files, path: str, still: Fails) -> tuple[Files, Files]:
    [splice] = difference(before[path], after[path])
    head, tail = _lines(before[path][: splice.start]), _lines(before[path][splice.end :])
    old = before[path][splice.start : splice.end]

    def with_lines(head: Sequence[str], tail: Sequence[str]) -> tuple[Files, Files]:
        return {**before, path: "".join((*head, old, *tail))}, {**after, path: "".join((*head, splice.text, *tail))}

    def fails(head: Sequence[str], tail: Sequence[str]) -> bool:
        start, end = with_lines(head, tail)
        return still(start, edits_between(start, end))

    fewer_behind = _fewer(tail, lambda kept: fails(head, kept))
    fewer_before = _fewer(head, lambda kept: fails(kept, fewer_behind))
    return with_lines(fewer_before, fewer_behind)


def edits_between(before: Files, after: Files) -> list[Edit]:
    """One edit for each file that is not the same."""
    edits = [Edit("shrunk", path, is_whole=True) for path in sorted(before.keys() - after.keys())]
    for path, text in sorted(after.items()):
        if path not in before:
            edits.append(Edit("shrunk", path, content=text, is_whole=True))
        elif before[path] != text:
            edits.append(Edit("shrunk", path, difference(before[path], text)))
    return edits


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _fewer(parts: Sequence[Part], still: Callable[[list[Part]], bool]) -> list[Part]:
    """Leave out runs of parts, long ones first, as long as it still fails."""
    parts = list(parts)
    length = len(parts)
    while length:
        at = 0
        while at < len(parts):
            rest = parts[:at] + parts[at + length :]
            if still(rest):
                parts = rest
            else:
                at += length
        length //= 2
    return parts
