"""A text with a cursor, for a client that counts columns in one of the three ways; and places as one reads them."""

from __future__ import annotations

from dataclasses import dataclass

from runekiln_analysis.text import Encoding

from .client_text import ClientText
from .editor import Json

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


@dataclass(frozen=True)
class Marked:
    """A text without its `$0`, and where that was."""

    uri: str
    text: str
    place: int
    encoding: Encoding

    @property
    def document(self) -> Json:
        return {"uri": self.uri}

    @property
    def position(self) -> Json:
        line, column = ClientText(self.text, self.encoding).position(self.place)
        return {"line": line, "character": column}

    def asked(self, **others: Json) -> Json:
        """The parameters of a request at the cursor."""
        return {"textDocument": self.document, "position": self.position, **others}


def marked(uri: str, text: str, encoding: Encoding) -> Marked:
    before, _, behind = text.partition("$0")
    return Marked(uri, before + behind, len(before), encoding)


def place_of(text: str, position: Json, encoding: Encoding) -> int:
    """The number of the character at a position, found by walking over those of its line."""
    lines = text.splitlines(keepends=True)
    before = sum(map(len, lines[: position["line"]]))
    line = ClientText("".join(lines[position["line"] : position["line"] + 1]), encoding)
    columns = {line.position(place)[1]: place for place in line.places() if line.position(place)[0] == 0}
    return before + columns[position["character"]]


def read(text: str, range_: Json, encoding: Encoding) -> str:
    """What stands in a range."""
    return text[place_of(text, range_["start"], encoding) : place_of(text, range_["end"], encoding)]


def applied(text: str, edits: list[Json], encoding: Encoding) -> str:
    """The text after edits, as an editor makes them."""
    placed = [
        (place_of(text, edit["range"]["start"], encoding), place_of(text, edit["range"]["end"], encoding), edit)
        for edit in edits
    ]
    for start, end, edit in sorted(placed, key=lambda each: each[:2], reverse=True):
        text = text[:start] + edit["newText"] + text[end:]
    return text


def capable(encoding: Encoding, **capabilities: Json) -> Json:
    """A client that counts in that way, and can do the rest."""
    return {"general": {"positionEncodings": [encoding]}, **capabilities}
