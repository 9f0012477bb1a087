"""A text as a naive editor holds it: it walks over characters and counts, and knows nothing of the server's code."""

from __future__ import annotations

from runekiln_analysis.text import Encoding


class ClientText:
    """Places are numbers of characters, positions are what the protocol has."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self.text = text
        self.encoding = encoding

    def position(self, place: int) -> tuple[int, int]:
        """The line and column before the character number `place`."""
        line, start = 0, 0
        for at in range(place):
            ends_here = self.text[at] == "\n" or (self.text[at] == "\r" and self.text[at + 1 : at + 2] != "\n")
            if ends_here:
                line, start = line + 1, at + 1
        return (line, units(self.text[start:place], self.encoding))

    def places(self) -> list[int]:
        """Where a cursor can stand: not inside a line end."""
        return [at for at in range(len(self.text) + 1) if not self.is_inside_line_end(at)]

    def is_inside_line_end(self, place: int) -> bool:
        """Whether the place is between the two characters of a line end."""
        return self.text[max(place - 1, 0) : place + 1] == "\r\n"

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace the characters from `start` to `end`."""
        self.text = self.text[:start] + text + self.text[end:]


def units(text: str, encoding: Encoding) -> int:
    """How long a text is as the client counts."""
    match encoding:
        case "utf-8":
            return len(text.encode())
        case "utf-16":
            return len(text.encode("utf-16-le")) // 2
        case "utf-32":
            return len(text)
