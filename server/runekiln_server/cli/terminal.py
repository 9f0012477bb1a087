"""The terminal: whether it shows colours, and a word to whoever waits."""

from __future__ import annotations

import os
import shutil
import sys

from runekiln_server.reports.drawing import WIDEST, Paint


def paint_for(stream: object) -> Paint:
    """Colours if the stream is a terminal that shows them, and nobody objects; lines as wide as the terminal."""
    is_terminal = bool(getattr(stream, "isatty", bool)())
    if not is_terminal:
        return Paint(enabled=False)
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Paint(coloured, min(WIDEST, shutil.get_terminal_size().columns))


def say(message: str) -> None:
    """Tell whoever waits what is going on."""
    print(message, file=sys.stderr, flush=True)
