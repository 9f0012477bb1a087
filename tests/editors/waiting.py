"""Waits for what an editor does in its own time: by condition and deadline, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

# Generous, because a loaded machine may be slow to start a server; a test that passes never waits so long.
DEADLINE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.02


def wait_until(what: str, look: Callable[[], T], seconds: float = DEADLINE_SECONDS) -> T:
    """Return the first true value of `look()`. Raises AssertionError with the last value after the deadline."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:.0f} s; last seen: {seen!r}")
        time.sleep(LOOK_AGAIN_SECONDS)
    return seen
