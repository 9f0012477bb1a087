"""Globs over paths with `/`: `*`, `?` and `[…]` stay within one name, `**` is any number of folders."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath, PurePosixPath


def fits(path: PurePath, glob: str) -> bool:
    """Whether the glob is one of that path, all of it."""
    return pattern(glob).fullmatch(path.as_posix()) is not None


@cache
def pattern(glob: str) -> re.Pattern[str]:
    """What paths the glob fits, as a pattern."""
    parts = PurePosixPath(glob.lstrip("/")).parts
    expression = "/".join("\0" if part == "**" else _segment(part) for part in parts)
    return re.compile(expression.replace("\0/", "(?:.*/)?").replace("/\0", "/.*").replace("\0", ".*"))


def _segment(glob: str) -> str:
    """One segment of a glob."""
    pieces = re.findall(r"\[!?[^\]]+\]|\\.|.", glob)
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    if piece == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) > 1 and piece.startswith("["):
        return piece.replace("[!", "[^", 1)
    return re.escape(piece[-1])
