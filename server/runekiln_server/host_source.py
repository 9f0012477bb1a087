"""Where the host's Rust has what a stub declares: in the crate around the stub, or in one that the settings name."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from runekiln_analysis.stubs import Place, SourceLine


def crates_around(path: str) -> Iterator[Path]:
    """The folders around a file that a `Cargo.toml` makes a crate or a workspace, the nearest first."""
    for folder in Path(path).parents:
        if (folder / "Cargo.toml").is_file():
            yield folder


def in_crates(folders: Iterable[Path], source: SourceLine, name: str) -> Place | None:
    """Where a thing is in the crates: its name nearest to the line that the stub says, else that line.

    Sources change after their stubs are extracted: the line alone would soon lead somewhere else. But a function may
    have another name in Rust.
    """
    lines: list[Place] = []
    for folder in folders:
        file = Path(os.path.normpath(folder / source.path))
        try:
            text = file.read_bytes()
        except OSError:
            continue
        starts = [0, *(found.end() for found in re.finditer(rb"\n", text))]
        spans = [found.span() for found in re.finditer(rb"\b%s\b" % re.escape(name.encode()), text)]
        if spans:
            nearest = min(spans, key=lambda span: abs(bisect_right(starts, span[0]) - source.line))
            return Place(file.as_posix(), nearest)
        if source.line <= len(starts):
            lines.append(Place(file.as_posix(), (starts[source.line - 1],) * 2))
    return next(iter(lines), None)
