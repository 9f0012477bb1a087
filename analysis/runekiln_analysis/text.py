"""Byte offsets inside, lines and columns outside: the one place that turns one into the other."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import Literal

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""The unit in which an editor counts columns: bytes, UTF-16 code units, or code points."""

_CONTINUATION_BYTES = range(0x80, 0xC0)
_LONGEST_CHARACTER = 4


class LineIndex:
    r"""Where the lines of a text begin, and so where an offset lies and what lies at a position.

    Lines end at `\n`, `\r\n` and `\r`, and nowhere else. Offsets are bytes of UTF-8. Each byte that is not
    part of valid UTF-8 counts as one character of one unit. Every offset and position is accepted: what lies
    outside the text, behind the end of a line or inside a character is moved to the nearest place before it.
    """

    __slots__ = ("_is_ascii", "_starts", "_text")

    def __init__(self, text: bytes) -> None:
        # `bytes.splitlines` knows the three line ends above and no other, unlike `str.splitlines`.
        lines = text.splitlines(keepends=True)
        # A tenth of the memory of a list of numbers: an edit after a pause finds none of it in the processor's caches.
        starts = array("I", accumulate(map(len, lines), initial=0))
        if lines and not lines[-1].endswith((b"\n", b"\r")):
            starts.pop()
        self._text = text
        self._starts = starts
        self._is_ascii = text.isascii()

    def edited(self, text: bytes, start: int, end: int, length: int) -> LineIndex:
        """The index of `text`, which has `length` other bytes where this one's has those from `start` to `end`."""
        grown = length - (end - start)
        # A line end may be put together, or taken apart, at either side of what is new.
        first = max(bisect_right(self._starts, start) - 2, 0)
        behind = bisect_right(self._starts, end + 1)
        tail = _moved(self._starts[behind:], grown)
        here = self._starts[first]
        around = LineIndex(text[here : tail[0] if tail else len(text)])
        # What is behind begins a line, so that the empty one before it is not another.
        lines = around._starts[:-1] if tail else around._starts
        index = LineIndex.__new__(LineIndex)
        index._text = text
        index._starts = self._starts[:first] + _moved(lines, here) + tail
        index._is_ascii = text.isascii() if not self._is_ascii else text[start : start + length].isascii()
        return index

    @property
    def line_count(self) -> int:
        """The number of lines, one for an empty text; a text that ends with a line end has an empty last line."""
        return len(self._starts)

    def line_span(self, line: int) -> tuple[int, int]:
        """Start and end of that line (from 0) without its line end; `IndexError` if there is no such line."""
        start = self._starts[line]
        if line + 1 == len(self._starts):
            return (start, len(self._text))
        end = self._starts[line + 1] - 1
        if end > start and self._text[end - 1 : end + 1] == b"\r\n":
            end -= 1
        return (start, end)

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Line and column, both from 0, of that byte offset."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        start, end = self.line_span(line)
        column = min(offset, end) - start
        if self._is_ascii:
            return (line, column)
        content = self._text[start:end]
        if content.isascii():
            return (line, column)
        return (line, _units_before(content, column, encoding))

    def offset(self, line: int, column: int, encoding: Encoding) -> int:
        """The byte offset of that line and column, both from 0."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._text)
        start, end = self.line_span(line)
        column = max(column, 0)
        if self._is_ascii:
            return min(start + column, end)
        content = self._text[start:end]
        if content.isascii():
            return min(start + column, end)
        return start + _bytes_before(content, column, encoding)


def _moved(offsets: array[int], by: int) -> array[int]:
    """Every offset so many bytes further on, none below 0: added up as the digits of one number, without a loop."""
    ones = int.from_bytes(array("I", [1]).tobytes() * len(offsets), sys.byteorder)
    total = int.from_bytes(offsets.tobytes(), sys.byteorder) + by * ones
    moved: array[int] = array("I")
    moved.frombytes(total.to_bytes(len(offsets) * offsets.itemsize, sys.byteorder))
    return moved


def _units_before(content: bytes, end: int, encoding: Encoding) -> int:
    """The number of units in the whole characters of `content[:end]`."""
    end = _round_down(content, end)
    if encoding == "utf-8":
        return end
    characters = _decode(content[:end])
    return len(characters) if encoding == "utf-32" else len(_to_utf_16(characters)) // 2


def _bytes_before(content: bytes, column: int, encoding: Encoding) -> int:
    """The number of bytes in the whole characters that fit into the first `column` units of `content`."""
    if encoding == "utf-8":
        return _round_down(content, min(column, len(content)))
    characters = _decode(content)
    if encoding == "utf-16":
        units = _to_utf_16(characters)[: 2 * column]
        # The high half of a pair comes first; bad bytes are low halves, so a high one at the end was cut in two.
        if units and 0xD8 <= units[-1] <= 0xDB:
            units = units[:-2]
        return len(_encode(units.decode("utf-16-le", "surrogatepass")))
    return len(_encode(characters[:column]))


def _round_down(content: bytes, offset: int) -> int:
    """The start of the character that `offset` is inside of, or `offset` itself."""
    if offset >= len(content) or content[offset] not in _CONTINUATION_BYTES:
        return offset
    for start in range(offset - 1, max(offset - _LONGEST_CHARACTER, -1), -1):
        if content[start] in _CONTINUATION_BYTES:
            continue
        for end in range(offset + 1, start + _LONGEST_CHARACTER + 1):
            if _is_one_character(content[start:end]):
                return start
        break
    return offset


def _is_one_character(content: bytes) -> bool:
    try:
        return len(content.decode("utf-8")) == 1
    except UnicodeDecodeError:
        return False


def _decode(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


def _encode(characters: str) -> bytes:
    return characters.encode("utf-8", "surrogateescape")


def _to_utf_16(characters: str) -> bytes:
    return characters.encode("utf-16-le", "surrogatepass")
