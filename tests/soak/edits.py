"""Edits as people, their editors and their tools make them, drawn from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Splice:
    """Replace the characters from `start` to `end` by `text`."""

    start: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """The text after it; what lies behind the end of the text is at its end."""
        return text[: self.start] + self.text + text[max(self.start, self.end) :]


Splices: TypeAlias = tuple[Splice, ...]
"""One edit: each splice speaks of the text that the one before it left."""

Operation: TypeAlias = Callable[[str, str, Random], Iterable[Splices]]
"""The edits, one after the other, that it makes of a text; the other text is one to take pieces from."""

WORD = re.compile(r"[^\W\d]\w*")
_STATEMENT = re.compile(r"^[ \t]+[^\n]*;$", re.MULTILINE)
_HEAD = re.compile(r"[ \t]*(?:pub |async |const )*(?:fn|struct|enum|impl|mod|use|const)\b")
_ABOVE = re.compile(r"[ \t]*(?:///|#\[)")

PIECES = (
    *("x", "1", "_", "self", "let ", "fn ", "pub ", "mod m;", "mod tools;", "use ", "const ", "async ", "if ", "else "),
    *("{", "}", "(", ")", "[", "]", "<", ">", "|", ";", ",", ".", "::", ":", "=", "=>", "->", "..", "?", "!", "&", "-"),
    *('"', "'", "`", "${", "\\", "#", "#[", "#{", "/*", "*/", "//", "///", "//!", 'r#"', "b'", "$", "@", "~"),
    *("\n", "\r\n", "\r", "\t", " ", "\0", "\u2028", "\u0085", "\ufeff", "é", "ß", "€", "🦀", "e\u0301", "\U0001d7d8"),
    *(": i64", " -> String", "let mut x = 1;", "x.await", "break;", "return", "{{}}", 'println!("{x}");'),
)


def write_piece(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Put something in anywhere."""
    place = random.randint(0, len(text))
    yield (Splice(place, place, random.choice(PIECES)),)


def delete_characters(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Delete a few characters."""
    place = random.randint(0, len(text))
    yield (Splice(place, min(len(text), place + random.randint(1, 4)), ""),)


def delete_range(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Delete from anywhere to anywhere near."""
    place = random.randint(0, len(text))
    yield (Splice(place, min(len(text), place + random.randint(1, 200)), ""),)


def copy_range(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Paste a piece of another script, cut anywhere."""
    place, start = random.randint(0, len(text)), random.randint(0, len(other))
    yield (Splice(place, place, other[start : start + random.randint(1, 200)]),)


def delete_line(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Delete a line."""
    start, end = random.choice(_lines(text))
    yield (Splice(start, end, ""),)


def double_line(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Write a line twice."""
    start, end = random.choice(_lines(text))
    yield (Splice(end, end, text[start:end]),)


def move_line(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Take a line elsewhere."""
    yield _moved(text, _lines(text), random)


def swap_lines(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Swap a line with the one below."""
    lines = _lines(text)
    above = random.randrange(len(lines))
    start, middle = lines[above]
    end = lines[min(above + 1, len(lines) - 1)][1]
    yield (Splice(start, end, text[middle:end] + text[start:middle]),)


def indent_line(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Move a line to the right, which changes where everything is and nothing else."""
    start, _ = random.choice(_lines(text))
    yield (Splice(start, start, "    "),)


def delete_item(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Delete a whole item."""
    start, end = random.choice(_items(text))
    yield (Splice(start, end, ""),)


def double_item(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Copy a whole item."""
    start, end = random.choice(_items(text))
    yield (Splice(end, end, "\n" + text[start:end]),)


def move_item(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Take a whole item elsewhere."""
    yield _moved(text, _items(text), random)


def bring_item(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Copy an item of another script."""
    start, end = random.choice(_items(other))
    _, place = random.choice(_items(text))
    yield (Splice(place, place, "\n" + other[start:end] + "\n"),)


def rename_item(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Give what an item defines another name, and leave its uses as they are."""
    start, end = random.choice(_items(text))
    words = [word for word in WORD.finditer(text, start, end) if word[0] not in KEYWORDS][:1]
    yield tuple(
        Splice(word.start(), word.end(), random.choice((word[0] + "_2", _word(text, random)))) for word in words
    )


def rename_everywhere(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Give a name another one wherever it stands, as one edit."""
    old, new = _word(text, random), random.choice(("renamed", "Ü", _word(text, random), _word(other, random)))
    places = [word.start() for word in WORD.finditer(text) if word[0] == old]
    yield tuple(Splice(place, place + len(old), new) for place in reversed(places))


def swap_words(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Put one of the script's words in the place of another."""
    if words := [word for word in WORD.finditer(text) if word[0] not in KEYWORDS]:
        word = random.choice(words)
        yield (Splice(word.start(), word.end(), _word(text, random)),)


def call_nothing(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Call a function that is not there."""
    ends = [place.end() for place in re.finditer(r"[;{}]", text)] or [len(text)]
    place = random.choice(ends)
    yield (Splice(place, place, f" absent_{random.randrange(9)}();"),)


def change_number(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Write another number, as the smallest edit inside of a function."""
    if numbers := list(re.finditer(r"\b\d+\b", text)):
        number = random.choice(numbers)
        yield (Splice(number.start(), number.end(), str(random.randrange(1000))),)


def type_statement(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Type a statement of another script letter by letter, perhaps with what an editor closes by itself."""
    statements = _STATEMENT.findall(other) or ["    let typed = [1];"]
    statement = random.choice(statements).strip()[:60]
    place = random.choice([line[1] for line in _lines(text)])
    pairs = {"(": ")", "[": "]", "{": "}", '"': '"'} if random.random() < 0.5 else {}
    yield (Splice(place, place, "\n"),)
    for at, letter in enumerate(statement):
        here = place + at
        closed = pairs.get(letter, "")
        yield (Splice(here, here, letter + closed),)
        if closed:
            yield (Splice(here + 1, here + 2, ""),)


def comment_out(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Make a line a comment."""
    start, _ = random.choice(_lines(text))
    yield (Splice(start, start, random.choice(("// ", "// ", "// ", "/// ", "/* "))),)


def replace_all(text: str, other: str, random: Random) -> Iterable[Splices]:
    """Paste another script over everything."""
    yield (Splice(0, len(text), other),)


OPERATIONS: Mapping[Operation, int] = {
    write_piece: 20,
    delete_characters: 12,
    delete_range: 3,
    copy_range: 3,
    delete_line: 5,
    double_line: 4,
    move_line: 4,
    swap_lines: 3,
    indent_line: 4,
    delete_item: 4,
    double_item: 4,
    move_item: 4,
    bring_item: 4,
    rename_item: 5,
    rename_everywhere: 3,
    swap_words: 8,
    call_nothing: 8,
    change_number: 8,
    type_statement: 3,
    comment_out: 3,
    replace_all: 1,
}
"""Each operation, and how often it is chosen beside the others."""

TIDY: Mapping[Operation, int] = {
    operation: weight
    for operation, weight in OPERATIONS.items()
    if operation not in (write_piece, delete_characters, delete_range, copy_range, replace_all)
    and operation not in (delete_line, double_line, move_line, swap_lines)
}
"""Those that leave most scripts without mistakes of syntax, where most of what is clever happens."""

KEYWORDS = {
    *(
        "as",
        "async",
        "await",
        "break",
        "const",
        "continue",
        "crate",
        "else",
        "enum",
        "false",
        "fn",
        "for",
        "if",
        "impl",
    ),
    *("in", "is", "let", "loop", "match", "mod", "move", "mut", "not", "pub", "return", "select", "self", "Self"),
    *("struct", "super", "true", "use", "while", "yield"),
}


def difference(before: str, after: str) -> Splices:
    """The one splice that makes `after` of `before`."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    behind = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    return (Splice(start, len(before) - behind, after[start : len(after) - behind]),)


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines with their ends; an empty one for an empty text."""
    return [line.span() for line in re.finditer(r"[^\n]*\n|[^\n]+$", text)] or [(0, 0)]


def _items(text: str) -> list[tuple[int, int]]:
    """The items, also of `impl` blocks and modules, as far as the layout shows them; else the lines."""
    lines = _lines(text)
    items = [_item(text, lines, number) for number, line in enumerate(lines) if _HEAD.match(text, *line)]
    return items or lines


def _item(text: str, lines: list[tuple[int, int]], number: int) -> tuple[int, int]:
    """The item that begins in that line: to the next line of its indentation, with its documentation."""
    first = number
    while first and _ABOVE.match(text, *lines[first - 1]):
        first -= 1
    indent = _indent(text, lines[number])
    last = number
    if not text[slice(*lines[number])].rstrip().endswith((";", "}")):
        inside = (line for line in range(number + 1, len(lines)) if _indent(text, lines[line]) <= indent)
        last = next(inside, number)
    return (lines[first][0], lines[last][1])


def _indent(text: str, line: tuple[int, int]) -> int:
    """How far a line is indented; farther than any other for an empty one."""
    content = text[slice(*line)]
    return len(content) - len(content.lstrip()) if content.strip() else len(text)


def _moved(text: str, pieces: list[tuple[int, int]], random: Random) -> Splices:
    start, end = random.choice(pieces)
    _, place = random.choice(pieces)
    if start < place < end:
        return ()
    piece = text[start:end]
    if place <= start:
        return (Splice(start, end, ""), Splice(place, place, piece))
    return (Splice(place, place, piece), Splice(start, end, ""))


def _word(text: str, random: Random) -> str:
    words = [word for word in WORD.findall(text) if word not in KEYWORDS]
    return random.choice(words) if words else "word"
