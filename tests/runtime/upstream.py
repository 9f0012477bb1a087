"""Rune's own tests and examples that are written in Rune, out of the crate that the guest is built with."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORKSPACE = Path(__file__).parents[2] / "runtime_wasm"
TEST = re.compile(r"^(?P<indent> *)#\[test\]\n *(?P<asynchronous>async )?fn (?P<name>\w+)\(\)", re.MULTILINE)
MODULE = re.compile(r"^mod (\w+) \{$", re.MULTILINE)
FENCE = "```"
COMMENT = re.compile(r"\s*///\s*(?P<text>.*?)\s*$")
GENERATED = re.compile(r"\s*#\[doc = concat!\((?P<parts>.*)\)\]$")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and the public functions in it that call its tests, one each."""

    name: str
    text: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """The body of a function in the documentation; `flags` is what stands behind `rune,` in its fence."""

    file: str
    text: str
    flags: str


@cache
def upstream() -> Path:
    """The folder of the crate `rune` in cargo's registry."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    printed = subprocess.run(command, cwd=WORKSPACE, capture_output=True, check=True).stdout
    packages = json.loads(printed)["packages"]
    manifest = next(package["manifest_path"] for package in packages if package["name"] == "rune")
    return Path(manifest).parent


def scripts() -> tuple[Script, ...]:
    """All scripts of Rune that are tests."""
    paths = sorted(upstream().glob("tests/*.rn"))
    return tuple(_with_entries(path.name, path.read_text("utf-8")) for path in paths)


def _with_entries(name: str, text: str) -> Script:
    """Make each test public and add a function that calls it, since runs call public functions of the root only."""
    callers = []
    for number, test in enumerate(TEST.finditer(text)):
        modules = MODULE.findall(text[: test.start()]) if test["indent"] else []
        path = "::".join([*modules[-1:], test["name"]])
        before, behind = ("async ", ".await") if test["asynchronous"] else ("", "")
        callers.append(f"pub {before}fn run_test_{number}() {{ {path}(){behind} }}")
    public = TEST.sub(lambda test: f"pub {test['asynchronous'] or ''}fn {test['name']}()", text)
    return Script(name, "\n".join([public, *callers]), tuple(f"run_test_{number}" for number in range(len(callers))))


def examples() -> tuple[Example, ...]:
    """The examples in the documentation of Rune's modules."""
    paths = sorted(upstream().glob("src/modules/**/*.rs"))
    return tuple(example for path in paths for example in _examples(path.name, path.read_text("utf-8").splitlines()))


def _examples(file: str, lines: list[str]) -> Iterator[Example]:
    """The blocks of one file. A few have no end but that of their comment."""
    block: list[str] | None = None
    flags = ""
    for line in lines:
        text = _documented(line)
        if block is None:
            if text is not None and text.startswith(f"{FENCE}rune"):
                block, flags = [], text.removeprefix(f"{FENCE}rune").removeprefix(",")
        elif text is None or text.startswith(FENCE):
            yield Example(file, "\n".join(block), flags)
            block = None
        else:
            block.append(text)


def _documented(line: str) -> str | None:
    """What a line says in a doc comment; those that macros put together are about `i64`. None if it is no comment."""
    if (comment := COMMENT.match(line)) is not None:
        return comment["text"].removeprefix("# ")
    if (generated := GENERATED.match(line)) is not None:
        return "i64".join(json.loads(part) for part in STRING.findall(generated["parts"]))
    return "" if line.strip().startswith("$(") else None
