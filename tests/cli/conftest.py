"""Runs the installed command in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.runner import Runner

COMMAND = Path(sys.executable).with_name("runekiln")
GARDEN = Path(__file__).parents[1] / "kilns" / "garden"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Shell:
    """A folder in which the command is run."""

    folder: Path

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Put these files into the folder."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, *arguments: str, stdin: str = "", environment: Mapping[str, str] | None = None) -> Ended:
        """Run `runekiln` with these arguments to its end."""
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, **(environment or {})},
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `runekiln` with these arguments; the caller ends it."""
        return subprocess.Popen(
            [COMMAND, *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture(scope="session", autouse=True)
def compiled_guest() -> None:
    """Compile the guest if that has not been done: the first command would say so on standard error."""
    Checker.load()
    Runner.load()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An empty folder to run the command in."""
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def garden() -> Shell:
    """The sample kiln, to be read only."""
    return Shell(GARDEN)
