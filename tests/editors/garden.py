"""A copy of the sample kiln for one test, which may change it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

ORIGINAL = Path(__file__).parents[1] / "kilns/garden"


@dataclass(frozen=True, slots=True)
class SessionLog:
    """A session of the kiln and the workflow that codifying it gives, written by hand."""

    path: Path
    expected: str

    @property
    def title(self) -> str:
        return self.path.parent.name


@dataclass(frozen=True, slots=True)
class Garden:
    folder: Path

    @classmethod
    def copy_to(cls, folder: Path) -> Garden:
        shutil.copytree(ORIGINAL, folder)
        return cls(folder)

    @property
    def sessions(self) -> list[SessionLog]:
        """All sessions that have an `expected.md`, by name."""
        expected = sorted((self.folder / ".crucible/sessions").glob("*/expected.md"))
        return [SessionLog(_log_beside(file), file.read_text()) for file in expected]

    def script(self, name: str) -> Path:
        return self.folder / ".crucible/scripts" / name


def _log_beside(expected: Path) -> Path:
    return next(file for file in expected.parent.iterdir() if file.name in ("session.md", "session.jsonl"))
