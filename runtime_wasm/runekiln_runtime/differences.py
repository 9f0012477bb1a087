"""What the sources of a script differ in from those of before."""

from __future__ import annotations

from dataclasses import dataclass

from runekiln_analysis.facts import Offsets

from runekiln_runtime.protocol import Source


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """`text` has come into the place of the bytes `span` of the file at `path`."""

    path: str
    span: Offsets
    text: bytes


def edit_between(before: tuple[Source, ...], after: tuple[Source, ...]) -> SourceEdit | None:
    """What makes the sources of now out of those of before, if it is one edit of one file that is there both times."""
    if len(before) != len(after):
        return None
    edited: tuple[Source, Source] | None = None
    for old, new in zip(before, after, strict=True):
        # What has not changed mostly is the same object.
        if old.path == new.path and (old.text is new.text or old.text == new.text):
            continue
        if edited is not None or old.path != new.path:
            return None
        edited = old, new
    if edited is None or edited[0].text is None or edited[1].text is None:
        return None
    span, text = _difference(edited[0].text, edited[1].text)
    return SourceEdit(edited[0].path, span, text)


def _difference(before: bytes, after: bytes) -> tuple[Offsets, bytes]:
    """The one part in which two texts differ, as small as that can be said of one part."""
    start = _common_start(before, after)
    end = _common_end(before, after, min(len(before), len(after)) - start)
    return (start, len(before) - end), after[start : len(after) - end]


# Halving costs two copies of the text, which is less than a look at each byte by Python.


def _common_start(left: bytes, right: bytes) -> int:
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(left: bytes, right: bytes, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if left[len(left) - middle : len(left) - low] == right[len(right) - middle : len(right) - low]:
            low = middle
        else:
            high = middle - 1
    return low
