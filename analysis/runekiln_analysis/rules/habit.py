"""What a habit from another language is: how it is written, and how Rune has it."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Reach = Literal["match", "line", "blocks"]
"""How far the parser is astray behind a habit: to the end of the match, of its statement or line, or of its blocks."""


class Habit(msgspec.Struct, frozen=True):
    """Something foreign, told of by problems of these `codes`.

    `written` is looked for in the line of the problem; its group `at` begins where the problem begins. `says` is the
    Rune way, and is empty where the problem does so itself. The fix puts `new` in the place of the group `old`; without
    it there is no fix, and it is safe if nothing else can have been meant. `code` takes the place of the problem's, and
    `says` that of its words then. Names in the group `declared` would be known if it were written as Rune has it.
    """

    codes: tuple[str, ...]
    written: re.Pattern[bytes]
    says: str
    new: bytes | None = None
    reach: Reach = "match"
    code: str | None = None
    is_safe: bool = False


def habit(
    codes: str, written: bytes, says: str, new: bytes | None = None, reach: Reach = "match", code: str | None = None
) -> Habit:
    """A habit whose codes stand in one text."""
    return Habit(tuple(codes.split()), re.compile(written), says, new, reach, code)


def surely(
    codes: str, written: bytes, says: str, new: bytes | None = None, reach: Reach = "match", code: str | None = None
) -> Habit:
    """The same, where nothing else can have been meant."""
    return msgspec.structs.replace(habit(codes, written, says, new, reach, code), is_safe=True)
