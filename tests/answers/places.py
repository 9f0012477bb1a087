"""The tokens of a text, as one sees them who knows nothing of Rune, and where they are in lines and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.text import Encoding

from tests.lsp.client_text import units

from .direct import Json
from .requests import Spot

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def spots(uri: str, text: str, encoding: Encoding = "utf-16") -> Iterator[Spot]:
    """Each token, and the end of the text."""
    for number, line in enumerate(_LINE.findall(text)):
        for token in _TOKEN.finditer(line):
            start, end = (_position(number, line[:place], encoding) for place in token.span())
            yield Spot(uri, start, end, line[max(0, token.start() - 1) : token.start()] or "\n")
    end = end_of(text, encoding)
    yield Spot(uri, end, end, text[-1:] or "\n")


def end_of(text: str, encoding: Encoding = "utf-16") -> Json:
    """The position behind the last character."""
    lines = re.split(r"\r\n|\r|\n", text)
    return _position(len(lines) - 1, lines[-1], encoding)


def _position(line: int, before: str, encoding: Encoding) -> Json:
    return {"line": line, "character": units(before, encoding)}
