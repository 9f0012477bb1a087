"""Scripts that others wrote: Rune's own tests and documentation, and our sample kiln. Those that compile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from runekiln_runtime.protocol import Meant

from tests.analysis.fixtures import checker
from tests.runtime.upstream import examples, upstream

KILN = Path(__file__).parents[2] / "kilns" / "garden"
_RAW = re.compile(r'\br(#*)"(.*?)"\1', re.DOTALL)
_INVOKED = re.compile(r"\brune(?:_s|_n|_assert)?!\s*(?:\(\s*)?([{(])")


@dataclass(frozen=True)
class Sample:
    """A script that compiles, and what the compiler says of its names."""

    name: str
    text: bytes
    meant: Meant


@cache
def samples() -> tuple[Sample, ...]:
    """All samples."""
    return tuple(sample for name, text in texts() for sample in _compiling(name, text))


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(KILN.rglob("*.rn")):
        yield path.name, path.read_text("utf-8")
    for path in sorted(upstream().glob("tests/*.rn")):
        yield path.name, path.read_text("utf-8")
    for number, example in enumerate(examples()):
        yield f"{example.file} {number}", example.text
    for path in sorted(upstream().glob("src/tests/**/*.rs")):
        for number, text in enumerate(_written_in(path.read_text("utf-8"))):
            yield f"{path.name} {number}", text


def _written_in(rust: str) -> Iterator[str]:
    """The scripts in Rust: what stands in raw strings, and between the brackets of `rune!`."""
    yield from (found[2] for found in _RAW.finditer(rust))
    for found in _INVOKED.finditer(rust):
        depth, end = 1, found.end()
        while depth and end < len(rust):
            depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(rust[end], 0)
            end += 1
        yield rust[found.end() : end - 1]


def _compiling(name: str, text: str) -> Iterator[Sample]:
    """The text as a script, or else as the body of a function in one; nothing if neither compiles."""
    for tried in (text, f"pub async fn main() {{\n{text}\n}}\n"):
        meant = checker().meanings("main.rn", tried.encode(), lambda _: None)
        if meant.compiles and (meant.files[0].items or meant.files[0].variables):
            yield Sample(name, tried.encode(), meant)
            return
