"""One script at one moment: all that a feature may look at."""

from __future__ import annotations

import msgspec

from .facts import Facts
from .script import Script
from .stubs import Bindings
from .text import LineIndex


class Snapshot(msgspec.Struct, frozen=True):
    """The text of a script, its line index, the facts that belong to exactly that text, and the host's bindings."""

    path: str
    text: bytes
    index: LineIndex
    facts: Facts
    bindings: Bindings

    @property
    def script(self) -> Script:
        """What inference reads of it."""
        return Script(self.facts, self.text, self.bindings)
