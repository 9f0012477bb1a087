"""What came of a run, in the words and the JSON that people and programs read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_never

import msgspec
from runekiln_analysis.facts import Facts, Offsets
from runekiln_analysis.text import LineIndex
from runekiln_runtime.outcomes import Failed, Finished, NotCompiled, Outcome, OutOfMemory, OutOfTime, Stopped
from runekiln_runtime.protocol import Frame, RunError

TextOf = Callable[[str], bytes | None]
"""The text of a source of a run, by its path."""


def result_json(outcome: Outcome, text_of: TextOf, facts: Facts | None = None) -> dict[str, Any]:
    """The outcome in the shape of `run --format json`; the facts name the functions of an interrupted run."""
    value = outcome.value if isinstance(outcome, Finished) else None
    error = None if isinstance(outcome, Finished) else named(outcome.error, facts)
    ranges = Ranges(text_of)
    return {
        "outcome": outcome_name(outcome),
        "type": value.type if value else None,
        "value": value.json if value else None,
        "view": value.view if value else None,
        "output": outcome.output,
        "error": _error_json(error, ranges) if error else None,
        "warnings": [msgspec.to_builtins(warning) for warning in outcome.warnings],
        "effects": [],
        "stats": {
            "milliseconds": outcome.stats.milliseconds,
            "fuel": outcome.stats.fuel,
            "memory_bytes": outcome.stats.memory_bytes,
        },
    }


def outcome_name(outcome: Outcome) -> str:
    """How the outcome is called outside."""
    match outcome:
        case Finished():
            return "finished"
        case NotCompiled():
            return "not-compiled"
        case Failed():
            return "failed"
        case OutOfTime():
            return "out-of-time"
        case OutOfMemory():
            return "out-of-memory"
        case Stopped():
            return "stopped"
        case _:
            assert_never(outcome)


def named(error: RunError, facts: Facts | None) -> RunError:
    """The error with the function's name in each frame that has none: an interrupted run knows its place only."""
    if facts is None:
        return error
    frames = tuple(
        frame if frame.function else msgspec.structs.replace(frame, function=_function_at(facts, frame))
        for frame in error.frames
    )
    return msgspec.structs.replace(error, frames=frames)


class Ranges:
    """Lines and columns, from 1 and in characters, of spans in several files; each file is read once."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._indexes: dict[str, LineIndex | None] = {}

    def json(self, path: str, span: Offsets) -> dict[str, dict[str, int]] | None:
        """The range of a span, None if the file is not there any more."""
        if path not in self._indexes:
            text = self._text_of(path)
            self._indexes[path] = None if text is None else LineIndex(text)
        index = self._indexes[path]
        return None if index is None else range_json(index, span)


def range_json(index: LineIndex, span: Offsets) -> dict[str, dict[str, int]]:
    """A span as the command line's JSON shows it: lines and columns from 1 in characters, bytes from 0."""
    return {"start": _place(index, span[0]), "end": _place(index, span[1])}


def _place(index: LineIndex, offset: int) -> dict[str, int]:
    line, column = index.position(offset, "utf-32")
    return {"line": line + 1, "column": column + 1, "byte": offset}


def _error_json(error: RunError, ranges: Ranges) -> dict[str, Any]:
    frames = [
        {"path": frame.path, "range": ranges.json(frame.path, frame.span), "function": frame.function or None}
        for frame in error.frames
    ]
    return {"code": error.code, "message": error.message, "frames": frames}


def _function_at(facts: Facts, frame: Frame) -> str:
    """The innermost function around the frame, by its name in the file; empty if there is none."""
    file = next((file for file in facts.files if file.path == frame.path), None)
    if file is None:
        return ""
    around = [item for item in file.items if item.kind == "function" and item.span[0] <= frame.span[0] < item.span[1]]
    return min(around, key=lambda item: item.span[1] - item.span[0]).name if around else ""
