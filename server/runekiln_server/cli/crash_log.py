"""Tracebacks go into files, so that a user sees one line and can still send everything."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from runekiln_runtime.paths import cache_dir

KEPT_LOGS = 20


def confession(error: Exception) -> str:
    """One line for the user about what we did wrong; the traceback goes into a file."""
    said = " ".join(str(error).split()) or type(error).__name__
    log = write_crash_log(error)
    return f"runekiln: this is our fault, not yours: {said}{f' (details in {log})' if log else ''}"


def write_crash_log(error: BaseException) -> Path | None:
    """Write the traceback of an error down; returns the file, None if no folder can be written."""
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    text = "".join([f"{sys.version}\n{' '.join(sys.argv)}\n\n", *traceback.format_exception(error)])
    for folder in (cache_dir() / "logs", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        _forget_old(folder)
        return path
    return None


def _forget_old(folder: Path) -> None:
    for path in sorted(folder.glob("crash-*.log"))[:-KEPT_LOGS]:
        path.unlink(missing_ok=True)
