"""Fixes put into a text: which of them are made without a look at each, and as many at once as go together."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

from .diagnostics import Diagnostic
from .facts import Edit, Fix

Choose = Callable[[Diagnostic], Fix | None]
"""Which fix of a problem is to be made, if any."""


def safe_fix(diagnostic: Diagnostic) -> Fix | None:
    """The only safe fix; of several nobody knows which is meant."""
    return _only(fix for fix in diagnostic.fixes if fix.is_safe)


def any_fix(diagnostic: Diagnostic) -> Fix | None:
    """The only safe fix, or else the only one."""
    return safe_fix(diagnostic) or _only(diagnostic.fixes)


def together(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """As many of them as touch no place twice, those first that begin first."""
    taken: list[tuple[int, int]] = []
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: min((edit.span for edit in fix.edits), default=(0, 0))):
        if fix.edits and not any(_touches(taken, edit) for edit in fix.edits):
            chosen.append(fix)
            for edit in fix.edits:
                insort(taken, edit.span)
    return tuple(chosen)


def applied(text: bytes, fixes: Iterable[Fix]) -> bytes:
    """The text after fixes that go together."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span):
        parts += (text[at : edit.span[0]], edit.text.encode())
        at = edit.span[1]
    return b"".join((*parts, text[at:]))


def _only(fixes: Iterable[Fix]) -> Fix | None:
    found = tuple(fixes)
    return found[0] if len(found) == 1 else None


def _touches(taken: list[tuple[int, int]], edit: Edit) -> bool:
    """Whether one of the spans, which are in order and apart from each other, overlaps or meets that of the edit."""
    start, end = edit.span
    place = bisect_left(taken, (start, end))
    return (place < len(taken) and taken[place][0] <= end) or (place > 0 and taken[place - 1][1] >= start)
