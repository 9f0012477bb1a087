"""What a check has found, as the features of the analysis look at it."""

from __future__ import annotations

import re

from runekiln_analysis.facts import Facts
from runekiln_analysis.kiln_names import NO_NAMES, KilnNames
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.text import LineIndex

from runekiln_server.world import Key, Known

_MODULE = re.compile(rb"\bmod\s+\w+\s*;")


def snapshot_in(known: Known, key: Key, path: str, index: LineIndex, names: KilnNames = NO_NAMES) -> Snapshot:
    """One file of a script, which the client knows by that path and has the lines of, with the others behind it."""
    others = (file for other, file in known.files.items() if other != key)
    modules = {source.path: source.text for source in known.given if source.text is not None}
    text = known.sources[key]
    assert text is not None, "what has facts has a text"
    facts = Facts((known.files[key], *others))
    return Snapshot(path, text, index, facts, known.bindings, modules, known.files[known.root].path, names)


def pulls_in(text: bytes) -> bool:
    """Whether a script may have files of modules."""
    return _MODULE.search(text) is not None


def whole(known: Known) -> Snapshot:
    """The script itself."""
    text = known.sources[known.root] or b""
    return snapshot_in(known, known.root, known.files[known.root].path, LineIndex(text))
