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

_BY_CODE: dict[str, list[Habit]] = {}
for _each in HABITS:
    for _code in _each.codes:
        _BY_CODE.setdefault(_code, []).append(_each)


def habits(script: Script) -> Iterator[Problem]:
    """The same problems, at the same places, with the Rune way behind what was said; a fix of the guest's stays."""
    for told in script.main.problems:
        rows = _BY_CODE.get(told.code)
        if rows is None or told.fixes:
            continue
        span = script.main.span_of(told)
        found = next(filter(None, (_at(script.text, span, row) for row in rows)), None)
        if found is not None:
            yield _told(told, span, *found)


def _told(told: Problem, span: Offsets, habit: Habit, written: re.Match[bytes]) -> Problem:
    fixes: tuple[Fix, ...] = ()
    if habit.new is not None:
        new = written.expand(habit.new).decode("utf-8", "replace")
        title = (
            f"Write `{new.strip()}`" if new.strip() else f"Remove `{written['old'].decode('utf-8', 'replace').strip()}`"
        )
        fixes = (Fix(title, (Edit(written.span("old"), new),), habit.is_safe),)
    message = f"{told.message}; {habit.says}" if habit.says else told.message
    return problem(told.code, message, span, *fixes, severity=told.severity, tags=told.tags, related=told.related)


def _at(text: bytes, span: Offsets, habit: Habit) -> tuple[Habit, re.Match[bytes]] | None:
    """What is written there, if it is that."""
    line, line_end = text.rfind(b"\n", 0, span[0]) + 1, text.find(b"\n", span[0])
    start = max(line, span[0] - _FAR)
    end = min(len(text) if line_end < 0 else line_end, span[1] + _FAR)
    for match in _each_in(habit.written, text, start, end):
        if match.start("at") == span[0]:
            return habit, match
    return None


def _each_in(pattern: re.Pattern[bytes], text: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """All matches of a line, also those that begin inside others."""
    while (match := pattern.search(text, start, end)) is not None:
        yield match
        start = match.start() + 1
