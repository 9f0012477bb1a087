"""What a check found, ready to be written down in any format."""

from __future__ import annotations

from dataclasses import dataclass

from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.text import LineIndex


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file and its problems in their order; spans are absolute."""

    path: str
    text: bytes
    index: LineIndex
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The files of a check in the order of their paths, also those without problems."""

    files: tuple[CheckedFile, ...]

    def count(self, severity: str) -> int:
        """How many problems are of that severity."""
        return sum(diagnostic.severity == severity for file in self.files for diagnostic in file.diagnostics)

    def file(self, path: str) -> CheckedFile | None:
        """The file of that path, if it is part of the report."""
        return next((file for file in self.files if file.path == path), None)

    @property
    def is_fine(self) -> bool:
        """Whether there is neither an error nor a warning."""
        return not self.count("error") and not self.count("warning")


def place(index: LineIndex, offset: int) -> tuple[int, int]:
    """Line and column, both from 1 and in characters."""
    line, column = index.position(offset, "utf-32")
    return (line + 1, column + 1)
