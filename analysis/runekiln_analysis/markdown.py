"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Row = Sequence[str]


def table(header: Row, rows: Iterable[Row]) -> str:
    """A table, each row a line; the cells are Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def code(text: str) -> str:
    """As code, also within a cell of a table."""
    return in_cell(f"`{text}`")


def in_cell(markdown: str) -> str:
    """As it must be written in a cell of a table, which a bar would end."""
    return markdown.replace("|", "\\|")
