"""What a kiln registers, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from runekiln_analysis.facts import Facts, FileFacts
from runekiln_analysis.tools import WrittenTool

from runekiln_server.discovery import Discovered, Listed, name_in
from runekiln_server.reports.drawing import Paint, visible
from runekiln_server.reports.report import place
from runekiln_server.results import range_json

VERSION = 1

Describe = Callable[[tuple[WrittenTool, ...]], tuple[dict[str, Any], ...]]
"""What callers are told of each tool, as JSON."""


def lost(found: Discovered) -> tuple[Listed, ...]:
    """What would not register, and what would for nothing, since no call of it can succeed."""
    return tuple(each for each in found.listed if each.status in ("uncallable", "not-registered"))


def nothing_known(path: str) -> Facts:
    """The facts of a script that could not be checked."""
    return Facts((FileFacts(path, (), ()),))


def as_text(found: Discovered, paint: Paint) -> str:
    """A line a registration, then what could not be called or would not register, and why."""
    kept = [each for each in found.listed if each.status != "not-registered"]
    lines = list(_table([_row(each) for each in kept], paint))
    for status, title in (("uncallable", "would fail at each call:"), ("not-registered", "would not register:")):
        missing = [each for each in found.listed if each.status == status]
        if missing:
            lines += ["", paint("bold", title)] if lines else [paint("bold", title)]
            lines += [line for each in missing for line in _missing(each, paint)]
    return "\n".join(lines or ["nothing registers here"]) + "\n"


def as_json(found: Discovered, kiln: Path, describe: Describe) -> str:
    """All of it as one JSON document; `describe` makes of written tools what their callers are told."""
    written = {each.registration.tool for each in found.listed if each.registration.tool is not None}
    in_order = tuple(written)
    described = dict(zip(in_order, describe(in_order), strict=True)) if in_order else {}
    document = {
        "version": VERSION,
        "kiln": kiln.as_posix(),
        "folders": [{"path": name_in(kiln, folder.path), "role": folder.role} for folder in found.folders],
        "registrations": [_json(each, described) for each in found.listed],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _table(rows: list[tuple[str, ...]], paint: Paint) -> Iterator[str]:
    if not rows:
        return
    titled = [("kind", "name", "where", ""), *rows]
    widths = [max(len(row[column]) for row in titled) for column in range(3)]
    for number, row in enumerate(titled):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        line = "  ".join((*cells, row[3])).rstrip()
        yield paint("bold", line) if number == 0 else line


def _row(each: Listed) -> tuple[str, ...]:
    notes = [f"{name} {value}" for name, value in each.registration.details]
    if each.by is not None:
        notes.append(f"shadowed by {each.by}")
    name = each.registration.name
    if name != each.registration.function and each.registration.kind in ("handler", "hook", "plugin"):
        notes.insert(0, f"fn {each.registration.function}")
    return (each.registration.kind, visible(name), visible(_where(each)), visible("; ".join(notes)))


def _missing(each: Listed, paint: Paint) -> Iterator[str]:
    registration, reason = each.registration, each.reason
    assert reason is not None
    yield f"  {registration.kind} {visible(registration.name or registration.function)}  {visible(_where(each))}"
    yield f"    {paint('warning', reason.code)}: {visible(reason.message)}"


def _where(each: Listed) -> str:
    return f"{each.path}:{place(each.index, each.registration.span[0])[0]}"


def _json(each: Listed, described: Mapping[WrittenTool, dict[str, Any]]) -> dict[str, Any]:
    registration, reason = each.registration, each.reason
    return {
        "kind": registration.kind,
        "name": registration.name,
        "function": registration.function,
        "path": each.path,
        "range": range_json(each.index, registration.span),
        "status": each.status,
        "details": dict(registration.details),
        "tool": None if registration.tool is None else described[registration.tool],
        "shadowedBy": each.by,
        "reason": None if reason is None else {"code": reason.code, "message": reason.message},
    }
