"""Markdown as plain text of a given width: paragraphs are wrapped, all else stays as it is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

# Headings, lists, quotes, tables and indented code, whose line ends say something.
_OWN_LINE = re.compile(r"#|[-*+] |\d+[.)] |>|\|| {4}|\t")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_INDENT = "    "


def wrapped(markdown: str, width: int) -> str:
    """The text with lines of at most `width` columns; fenced code is indented, without its fences."""
    return "\n".join(_lines(markdown, width)).rstrip("\n")


def _lines(markdown: str, width: int) -> Iterator[str]:
    paragraph: list[str] = []
    fence = None
    for line in (*markdown.splitlines(), ""):
        mark = _FENCE.match(line)
        if fence is not None:
            fence = None if mark is not None and mark[1] == fence else fence
            if fence is not None:
                yield f"{_INDENT}{line}".rstrip()
            continue
        if line.strip() and mark is None and not _OWN_LINE.match(line):
            paragraph.append(line.strip())
            continue
        yield from textwrap.wrap(" ".join(paragraph), width, break_long_words=False, break_on_hyphens=False)
        paragraph = []
        fence = mark[1] if mark is not None else None
        if mark is None:
            yield line.rstrip()
