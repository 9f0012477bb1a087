"""Problems that the guest tells of in Rune's words, with the way in which Rune has what other languages write so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Offsets, Problem
from runekiln_analysis.rules.habit_rows import HABITS, Habit
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import Script

_FAR = 160
"""How many bytes on either side are looked at, so that a long line costs no more than a short one."""

_GROUP = re.compile(rb"\(\?P<\w+>")

_BY_CODE: dict[str, list[Habit]] = {}
for _each in HABITS:
    for _code in _each.codes:
        _BY_CODE.setdefault(_code, []).append(_each)

_ANY_OF: dict[str, re.Pattern[bytes]] = {
    code: re.compile(b"|".join(_GROUP.sub(b"(?:", row.written.pattern) for row in rows))
    for code, rows in _BY_CODE.items()
}
"""Most names that are missing are no habit: one search says so for all rows of a code."""


def habits(script: Script) -> Iterator[Problem]:
    """The same problems, at the same places, with the Rune way behind what was said; a fix of the guest's stays."""
    for told in script.main.problems:
        rows = _BY_CODE.get(told.code)
        if rows is None or told.fixes:
            continue
        span = script.main.span_of(told)
        line = _line_around(script.text, span)
        if _ANY_OF[told.code].search(script.text, *line) is None:
            continue
        found = next(filter(None, (_at(script.text, span, line, row) for row in rows)), None)
        if found is not None:
            yield _told(told, span, *found)


def _told(told: Problem, span: Offsets, habit: Habit, written: re.Match[bytes]) -> Problem:
    fixes: tuple[Fix, ...] = ()
    if habit.new is not None:
        new = written.expand(habit.new).decode("utf-8", "replace")
        title = (
            f"Write `{new.strip()}`" if new.strip() else f"Remove `{written['old'].decode('utf-8', 'replace').strip()}`"
        )
        fixes = (Fix(title, (Edit(written.span("old"), new),)),)
    message = f"{told.message}; {habit.says}" if habit.says else told.message
    return problem(told.code, message, span, *fixes, severity=told.severity, tags=told.tags, related=told.related)


def _line_around(text: bytes, span: Offsets) -> Offsets:
    """As much of the line in which the span begins as is looked at."""
    line, line_end = text.rfind(b"\n", 0, span[0]) + 1, text.find(b"\n", span[0])
    return max(line, span[0] - _FAR), min(len(text) if line_end < 0 else line_end, span[1] + _FAR)


def _at(text: bytes, span: Offsets, line: Offsets, habit: Habit) -> tuple[Habit, re.Match[bytes]] | None:
    """What is written there, if it is that."""
    for match in _each_in(habit.written, text, *line):
        if match.start("at") == span[0]:
            return habit, match
    return None


def _each_in(pattern: re.Pattern[bytes], text: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """All matches of a line, also those that begin inside others."""
    while (match := pattern.search(text, start, end)) is not None:
        yield match
        start = match.start() + 1
