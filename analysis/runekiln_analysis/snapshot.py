"""One script at one moment: all that a feature may look at."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from .facts import Facts
from .kiln_names import NO_NAMES, KilnNames
from .script import Script
from .stubs import Bindings
from .text import LineIndex


class Snapshot(msgspec.Struct, frozen=True):
    """The text of a script, its line index, the facts that belong to exactly that text, and the host's bindings.

    `modules` are the texts of the other files of the script by their paths, and `root` is the path of the script, if
    this is one of its `mod` files. `kiln` are the names that texts in it can mean.
    """

    path: str
    text: bytes
    index: LineIndex
    facts: Facts
    bindings: Bindings
    modules: Mapping[str, bytes] = {}
    root: str | None = None
    kiln: KilnNames = NO_NAMES

    @property
    def script(self) -> Script:
        """What inference reads of it."""
        return Script(self.facts, self.text, self.bindings, self.modules, self.root)
