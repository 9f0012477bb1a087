"""Marks below a script, `//^^^ what is found there`: the row as it should be, so that a test shows both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_MARK = re.compile(r"^\s*//(?P<carets>\^+) .*$")


def has_marks(rows: Sequence[str]) -> bool:
    """Whether something is asked."""
    return any(_MARK.match(row) for row in rows)


def drawn(rows: Sequence[str], number: int, found_at: Callable[[tuple[int, int]], str]) -> str:
    """A mark with what is found at the bytes above its carets; any other row as it is."""
    mark = _MARK.match(rows[number])
    if mark is None:
        return rows[number]
    above = number - 1
    while _MARK.match(rows[above]):
        above -= 1
    before = sum(len(row.encode()) + 1 for row in rows[:above])
    start = before + len(rows[above][: mark.start("carets")].encode())
    end = before + len(rows[above][: mark.end("carets")].encode())
    return f"{rows[number][: mark.end('carets')]} {found_at((start, end))}"
