"""What the page about a host of one's own shows is what happens, from the first command to the last."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.runner import Runner

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "own-host.md").read_text(encoding="utf-8")
HOST = ROOT / "tests" / "hosts" / "shed"

BLOCK = re.compile(r"(?:^`(?P<path>[^`\n]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
"""A fenced block; a path alone in the line before it is the file that it is."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the host's crate in it, and the guest compiled, which the first command would say."""
    Checker.load()
    Runner.load()
    shutil.copytree(HOST, tmp_path / "shed", ignore=shutil.ignore_patterns("*.rni", "undecided.txt", "tests"))
    return tmp_path


def ran(command: str, folder: Path) -> str:
    """What a command of the page prints, on both of its outputs."""
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")


def test_the_page_can_be_followed_from_top_to_bottom(folder: Path) -> None:
    commands = 0
    for block in BLOCK.finditer(PAGE):
        if block["path"]:
            file = folder / block["path"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["text"], encoding="utf-8")
        elif block["language"] == "console":
            for shown in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
                command, _, expected = shown.partition("\n")
                assert ran(command, folder) == expected, command
                commands += 1
    assert commands >= 7


def test_every_reason_that_the_page_explains_is_one_that_the_extractor_gives() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "runtime_wasm" / "extract" / "src").glob("*.rs"))
    rows = [row for row in re.findall(r"^\| (.+?) \| ", PAGE, re.MULTILINE) if row != "reason"]
    assert len(rows) >= 10
    for row in rows:
        said = max(re.split(r"`?…`?", row), key=len).strip()
        assert said in source, row
