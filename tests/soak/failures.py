"""Failures as JSON, so that they can be told again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from runekiln_runtime.protocol import Dialect

from .compare import Comparison, Difference, first_difference
from .shrink import smallest
from .story import Edit, Files


@dataclass(frozen=True, slots=True)
class Failure:
    """Edits that lead to a difference, as few as could be found, and what was said and expected after the last."""

    seed: int
    script: str
    dialect: Dialect
    start: Files
    edits: tuple[Edit, ...]
    said: Any = None
    expected: Any = None


def shrunk(failure: Failure, comparison: Comparison) -> Failure:
    """The failure with fewer edits and lines."""

    def fails(start: Files, edits: Sequence[Edit]) -> bool:
        return tell(replaced(failure, start, edits), comparison) is not None

    smaller = replaced(failure, *smallest(failure.start, failure.edits, fails))
    difference = tell(smaller, comparison)
    if difference is None:
        # It needs more than these edits, such as what the checker was told before them.
        return failure
    return replaced(smaller, smaller.start, smaller.edits, difference)


def tell(failure: Failure, comparison: Comparison) -> Difference | None:
    """Tell the edits again; the difference, if it is still there."""
    if failure.script not in failure.start:
        return None
    return first_difference(comparison, failure.start, failure.edits, failure.script, failure.dialect)


def replaced(failure: Failure, start: Files, edits: Sequence[Edit], difference: Difference | None = None) -> Failure:
    """The failure with another start and other edits."""
    # Plain, as they are when they are read again.
    said, expected = json.loads(json.dumps([difference.said, difference.expected] if difference else [None, None]))
    return Failure(failure.seed, failure.script, failure.dialect, start, tuple(edits), said, expected)


def written(failure: Failure) -> dict[str, Any]:
    """The failure as JSON; files and edits are kept byte for byte."""
    as_json: dict[str, Any] = msgspec.to_builtins(failure)
    return as_json


def read(path: Path) -> list[Failure]:
    """The failures of a report, or the one that a file is."""
    content = json.loads(path.read_bytes())
    found = content.get("differences", [content])
    return [msgspec.convert(failure, Failure) for failure in found]
