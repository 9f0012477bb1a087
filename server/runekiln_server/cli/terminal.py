"""The terminal: whether it shows colours, and a word to whoever waits."""

from __future__ import annotations

import os
import sys

from runekiln_server.reports.drawing import Paint


def paint_for(stream: object) -> Paint:
    """Colours if the stream is a terminal that shows them, and nobody objects."""
    is_terminal = bool(getattr(stream, "isatty", bool)())
    return Paint(is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb")


def say(message: str) -> None:
    """Tell whoever waits what is going on."""
    print(message, file=sys.stderr, flush=True)
