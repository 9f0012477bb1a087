"""Replaces files in one step, so that nobody ever sees half of one."""

from __future__ import annotations

import os
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
