"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker
from runekiln_server.settings import resolve

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks("console"))
def test_commands_print_what_is_shown(block: str) -> None:
    command, _, expected = block.removeprefix("$ ").partition("\n")
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        shlex.split(command), cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert ran.stdout == expected, ran.stderr


@pytest.mark.parametrize("block", blocks("rune"))
def test_scripts_have_no_problems(block: str) -> None:
    facts = Checker.load().check("readme.rn", block.encode(), lambda _: None)
    assert facts.script.problems == ()


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_are_accepted(block: str, tmp_path: Path) -> None:
    file = tmp_path / "runekiln.toml"
    file.write_text(block, encoding="utf-8")
    assert tomllib.loads(block)
    assert resolve(file).mistakes == ()


def test_the_debian_packages_are_those_of_the_build_script() -> None:
    wanted = (ROOT / "runtime_wasm" / "build_guest.py").read_text(encoding="utf-8")
    (line,) = re.findall(r"^apt-get install .*$", README, re.MULTILINE)
    for package in ("rustc-web", "cargo-web", "rust-web-src"):
        assert package in wanted
        assert package in line
