"""From one text to another by whole lines, so that what did not change keeps its place, its cursors and its folds."""

from __future__ import annotations

from difflib import SequenceMatcher

from .facts import Edit


def line_edits(before: bytes, after: bytes) -> tuple[Edit, ...]:
    """The edits that make `after` of `before`: in order, apart from each other, each of whole lines."""
    # Like `LineIndex`, `bytes.splitlines` knows the line ends that editors know, and no other.
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    offsets = [0]
    for line in old:
        offsets.append(offsets[-1] + len(line))
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    changed = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end])
    return tuple(
        Edit((offsets[start + first], offsets[start + last]), b"".join(new[start + low : start + high]).decode())
        for kind, first, last, low, high in changed.get_opcodes()
        if kind != "equal"
    )


def _common(left: list[bytes], right: list[bytes]) -> int:
    """How many lines both begin with."""
    pairs = zip(left, right, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))
