"""Problems that the guest tells of in Rune's words, with the way in which Rune has what other languages write so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from runekiln_analysis.facts import Edit, Fix, Offsets, Problem
from runekiln_analysis.rules.habit import Habit
from runekiln_analysis.rules.habit_expressions import EXPRESSIONS
from runekiln_analysis.rules.habit_items import ITEMS
from runekiln_analysis.rules.habit_names import BLOCKS, NAMES
from runekiln_analysis.rules.problems import problem, with_line
from runekiln_analysis.script import Script

_FAR = 160
"""How many bytes on either side are looked at, so that a long line costs no more than a short one."""

_GROUP, _GROUP_AGAIN = re.compile(rb"\(\?P<\w+>"), re.compile(rb"\(\?P=\w+\)")
_LONGEST_BLOCKS = 4000
_NEXT_TOKEN = re.compile(rb"\s*")
_NEXT_BLOCK = re.compile(rb"\s*(?:(?:catch|finally|else|elif|elsif|while|until)\b[^{};\n]*)?\{")
_TAIL = re.compile(rb"\s*(?:while|until)\b[^{};\n]*;?")
_MISSING = ("missing-local", "missing-item")

_BY_CODE: dict[str, list[Habit]] = {}
for _each in (*NAMES, *EXPRESSIONS, *ITEMS):
    for _code in _each.codes:
        _BY_CODE.setdefault(_code, []).append(_each)

_ANY_OF: dict[str, re.Pattern[bytes]] = {
    code: re.compile(b"|".join(_GROUP.sub(b"(?:", _GROUP_AGAIN.sub(rb"\\w+", row.written.pattern)) for row in rows))
    for code, rows in _BY_CODE.items()
}
"""Most names that are missing are no habit: one search says so for all rows of a code."""


def habits(script: Script) -> Iterator[Problem]:
    """The same problems, at the same places, with the Rune way behind what was said; a fix of the guest's stays.

    Each says which other problems of the guest come of it.
    """
    if not any(_may_be_habit(script, each) for each in script.main.problems):
        return
    told = [(script.main.span_of(each), each) for each in script.main.problems]
    told.sort(key=lambda pair: pair[0])
    covered: set[Offsets] = set()
    for better in _of_blocks(script.text, told):
        covered.update(better.covers)
        yield better
    for span, each in told:
        rows = () if span in covered else _BY_CODE.get(each.code, ())
        line = _line_around(script.text, span) if rows else span
        if not rows or _is_none(each.code, script.text[slice(*line)]):
            continue
        found = next(filter(None, (_at(script.text, span, line, row) for row in rows)), None)
        if found is not None and (found[0].code or not each.fixes):
            covers = tuple(_covered(script.text, told, span, *found))
            if found[0].code:
                covers = (span, *covers)
            covered.update(covers)
            yield msgspec.structs.replace(_told(script.text, each, span, *found), covers=covers)


def _may_be_habit(script: Script, told: Problem) -> bool:
    """Whether there is something to look for: mostly there is not."""
    if told.code not in _BY_CODE:
        return False
    if told.origin == "syntax":
        return True
    start, end = _line_around(script.text, script.main.span_of(told))
    return not _is_none(told.code, script.text[start:end])


@lru_cache(maxsize=128)
def _is_none(code: str, line: bytes) -> bool:
    """Whether no habit that is told of by that code is in the line, which most edits leave as it is."""
    return _ANY_OF[code].search(line) is None


def _of_blocks(text: bytes, told: list[tuple[Offsets, Problem]]) -> Iterator[Problem]:
    """What is told of inside of a block, where the word is foreign that it begins with."""
    syntax = [pair for pair in told if pair[1].origin == "syntax"]
    places = {span[0] for span, _ in told}
    if not syntax:
        return
    start, end = max(syntax[0][0][0] - 2 * _LONGEST_BLOCKS, 0), syntax[-1][0][0]
    for row in BLOCKS:
        for written in row.written.finditer(text, start, end):
            first = next((pair for pair in syntax if pair[0][0] > written.start("at")), None)
            span = written.span("at")
            if first is None or span[0] in places or first[0][0] >= _reached(text, row, written):
                continue
            covers = (first[0], *_covered(text, told, first[0], row, written))
            message = f"There is no `{written['at'].decode()}` here; {row.says}"
            yield msgspec.structs.replace(problem(first[1].code, message, span, severity="error"), covers=covers)


def _told(text: bytes, told: Problem, span: Offsets, row: Habit, written: re.Match[bytes]) -> Problem:
    fixes: tuple[Fix, ...] = ()
    if row.new is not None:
        new = written.expand(row.new).decode("utf-8", "replace")
        title = (
            f"Write `{new.strip()}`" if new.strip() else f"Remove `{written['old'].decode('utf-8', 'replace').strip()}`"
        )
        old = written.span("old")
        fixes = (Fix(title, (Edit(old if new else with_line(text, old), new),), row.is_safe),)
    said = f"{told.message}; {row.says}" if row.says else told.message
    message = row.says if row.code and row.says else said
    return problem(
        row.code or told.code, message, span, *fixes, severity=told.severity, tags=told.tags, related=told.related
    )


def _line_around(text: bytes, span: Offsets) -> Offsets:
    """As much of the line in which the span begins as is looked at."""
    line, line_end = text.rfind(b"\n", 0, span[0]) + 1, text.find(b"\n", span[0])
    return max(line, span[0] - _FAR), min(len(text) if line_end < 0 else line_end, span[1] + _FAR)


def _covered(
    text: bytes, told: list[tuple[Offsets, Problem]], span: Offsets, row: Habit, written: re.Match[bytes]
) -> Iterator[Offsets]:
    """Where the guest tells of what comes of the habit: the parser is astray in it, and one token more."""
    start, end = written.start(), _reached(text, row, written)
    following = _NEXT_TOKEN.match(text, end)
    last = end if following is None else following.end()
    declared = set(re.findall(rb"\w+", written["declared"])) if "declared" in row.written.groupindex else set()
    for other, each in told:
        is_astray = each.origin == "syntax" and (start <= other[0] < end or other[0] == last)
        is_word = start <= other[0] < written.end() and each.code in _MISSING
        would_be_known = each.code in _MISSING and text[slice(*other)] in declared
        if (is_astray or is_word or would_be_known) and other != span:
            yield other


def _reached(text: bytes, row: Habit, written: re.Match[bytes]) -> int:
    """The end of what the parser goes astray in."""
    end = written.end()
    if row.reach == "match":
        return end
    line_end = text.find(b"\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if row.reach == "line":
        ended = text.find(b";", end, line_end)
        return line_end if ended < 0 else ended
    opened = text.find(b"{", written.start("at"), line_end)
    place = opened
    while place >= 0 and (closed := _closed(text, place)) > 0:
        end = closed
        block, tail = _NEXT_BLOCK.match(text, closed), _TAIL.match(text, closed)
        if block is None:
            return end if tail is None else tail.end()
        is_joined = block[0].strip() != b"{"
        place = block.end() - 1 if is_joined else -1
    return end


def _closed(text: bytes, opened: int) -> int:
    """Behind the brace that closes the one at `opened`; 0 if there is none near."""
    depth = 0
    for found in re.finditer(rb"[{}]", text[opened : opened + _LONGEST_BLOCKS]):
        depth += 1 if found[0] == b"{" else -1
        if depth == 0:
            return opened + found.end()
    return 0


def _at(text: bytes, span: Offsets, line: Offsets, row: Habit) -> tuple[Habit, re.Match[bytes]] | None:
    """What is written there, if it is that."""
    for match in _each_in(row.written, text, *line):
        if match.start("at") == span[0]:
            return row, match
    return None


def _each_in(pattern: re.Pattern[bytes], text: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """All matches of a line, also those that begin inside others."""
    while (match := pattern.search(text, start, end)) is not None:
        yield match
        start = match.start() + 1
