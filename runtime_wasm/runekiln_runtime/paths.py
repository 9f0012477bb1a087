"""Where Runekiln keeps what it can make again."""

from __future__ import annotations

import os
from pathlib import Path

GUEST_FILE = Path(__file__).with_name("guest.wasm")
"""The guest as built by `make setup`, or as it comes in the wheel."""


def cache_dir() -> Path:
    """RUNEKILN_CACHE, or `runekiln` below XDG_CACHE_HOME, or below ~/.cache; it need not exist."""
    own = os.environ.get("RUNEKILN_CACHE")
    if own:
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "runekiln"
