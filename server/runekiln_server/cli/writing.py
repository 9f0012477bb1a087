"""Replaces files in one step, so that nobody ever sees half of one, or shows what would be another."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

from runekiln_server.cli.errors import UsageError


def replace_file(target: Path, text: bytes) -> None:
    """Write the file, which keeps its permissions; a link stays one. Raises UsageError."""
    real = target.resolve()
    partial = real.with_name(f".{real.name}.{os.getpid()}.partial")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(text)
        if real.exists():
            partial.chmod(real.stat().st_mode)
        partial.replace(real)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error


def replace_script(path: str, text: bytes) -> None:
    """Write a script that was read under that path. Raises UsageError."""
    target = Path(path)
    if not target.exists():
        raise UsageError(f"{path} cannot be written: its name is not UTF-8.")
    replace_file(target, text)


def difference(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """A unified diff of two texts in UTF-8, its lines with their ends."""
    # Only line feeds end lines in a diff; `str.splitlines` knows many more ends.
    old, new = (text.decode().split("\n") for text in (before, after))
    old, new = ([*(f"{line}\n" for line in lines[:-1]), *filter(None, lines[-1:])] for lines in (old, new))
    for line in difflib.unified_diff(old, new, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
