"""What the editors of the fixtures say that they can do."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.lsp.editor import CAPABILITIES, Json, recorded

EDITORS = tuple(sorted(path.stem for path in CAPABILITIES.glob("*.json")))


def any_editor(random: Random) -> Mapping[str, Json]:
    """The capabilities of one of them."""
    return recorded(random.choice(EDITORS))
