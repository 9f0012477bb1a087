"""Source lines drawn with carets below the place that is meant, for terminals."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from runekiln_analysis.facts import Offsets
from runekiln_analysis.text import LineIndex

from runekiln_server.reports.report import place

TAB = "    "
WIDEST = 114
NARROWEST = 20
_LONGEST_CELL = 16
"""How many bytes a column may take: a character and a few marks on it."""

TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

COLOURS = {"error": "31", "warning": "33", "info": "36", "hint": "32", "note": "36", "frame": "34", "bold": "1"}


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours, if there is a terminal that shows them, and how wide a drawn line may be, in columns."""

    enabled: bool
    width: int = WIDEST

    def __call__(self, style: str, text: str) -> str:
        """The text in the colour of a severity, or of `note`, `frame` and `bold`."""
        if not self.enabled:
            return text
        code = COLOURS[style]
        return f"\x1b[{code}m{text}\x1b[0m" if style in ("bold", "frame") else f"\x1b[1;{code}m{text}\x1b[0m"


def headline(paint: Paint, severity: str, code: str, message: str) -> str:
    """The first line of a problem: `error[missing-item]: …`."""
    first, *rest = [visible(line) for line in message.splitlines()] or [""]
    below = "".join(f"\n    {line}" for line in rest)
    return f"{paint(severity, f'{severity}[{code}]')}{paint('bold', f': {first}')}{below}"


def excerpt(paint: Paint, severity: str, path: str, text: bytes, index: LineIndex, span: Offsets) -> list[str]:
    """The place of a span: path, line and column, and the line itself with carets below."""
    line, column = place(index, span[0])
    last_line, _ = place(index, max(span[0], span[1]))
    start, end = index.line_span(line - 1)
    gutter = " " * len(str(line))
    room = max(NARROWEST, paint.width - len(gutter) - 3)
    near, far = _around(text, (start, end), span, room)
    drawn, caret, width = _window(text[near:far], span[0] - near, min(span[1], end) - near, room)
    rule = paint("frame", f"{gutter} |")
    lines = [
        f"{gutter}{paint('frame', '-->')} {visible(path)}:{line}:{column}",
        rule,
        f"{paint('frame', f'{line} |')} {drawn}".rstrip(),
        f"{rule} {' ' * caret}{paint(severity, '^' * width)}",
    ]
    if last_line > line:
        lines.append(f"{rule} … down to line {last_line}")
    return lines


def note(paint: Paint, line: int, label: str, text: str) -> str:
    """A line of explanation below an excerpt whose line number is `line`."""
    return f"{' ' * len(str(line))} {paint('frame', '=')} {paint('bold', label)}: {text}"


def _around(text: bytes, line: Offsets, span: Offsets, room: int) -> Offsets:
    """As much of the line around the span as could be drawn: a long line may have thousands of problems."""
    start, end = max(line[0], span[0] - room * _LONGEST_CELL), min(line[1], max(span) + room * _LONGEST_CELL)
    # Not from within a character on.
    while line[0] < start < span[0] and text[start] & 0xC0 == 0x80:
        start -= 1
    return (start, end)


def _window(line: bytes, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of a line that fits into `room` columns, the column of the first caret and the number of carets."""
    before, marked, after = _cells(line[:start]), _cells(line[start:end]), _cells(line[end:])
    caret, width = _width(before), max(1, _width(marked))
    if caret + width + _width(after) <= room:
        return ("".join([*before, *marked, *after]), caret, width)
    kept = _last(before, room // 3)
    lead = "…" if len(kept) < len(before) else ""
    caret = len(lead) + _width(kept)
    visible = _first([*kept, *marked, *after], room - 2)
    return (f"{lead}{''.join(visible)}…", caret, min(width, room - 1 - caret))


def visible(text: str) -> str:
    """The text without what would command the terminal, or turn the direction of writing."""
    return "".join("\ufffd" if _commands(character) else character for character in text)


def shortened(text: str, room: int) -> str:
    """The text on one line of `room` columns, cut with "…" if it is longer."""
    cells = _cells(text.encode())
    return "".join(cells) if _width(cells) <= room else "".join(_first(cells, room - 1)).rstrip() + "…"


def _commands(character: str) -> bool:
    return character in TURNS or (character != "\t" and unicodedata.category(character) == "Cc")


def _cells(line: bytes) -> list[str]:
    """Each character as it is shown: tabs as spaces, what would disturb the terminal as U+FFFD."""
    return [_cell(character) for character in line.decode("utf-8", "replace")]


def _cell(character: str) -> str:
    if character == "\t":
        return TAB
    # Control characters and those that turn the direction of writing would make the carets lie.
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") else character


def _width(cells: Sequence[str]) -> int:
    return sum(len(cell) if cell.isascii() else _wide(cell) for cell in cells)


def _wide(character: str) -> int:
    # Marks without a combining class too: vowel signs, selectors of a variant.
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _last(cells: Sequence[str], width: int) -> list[str]:
    return list(reversed(_first(list(reversed(cells)), width)))


def _first(cells: Sequence[str], width: int) -> list[str]:
    taken: list[str] = []
    for cell in cells:
        width -= _width((cell,))
        if width < 0:
            break
        taken.append(cell)
    return taken
