"""The places of a local name that are edited as one while somebody types in one of them."""

from __future__ import annotations

import itertools

from .facts import Offsets
from .references import is_local
from .rename import Renameable, prepare_rename, rename
from .renaming import Refused
from .snapshot import Snapshot

WORD = "[A-Za-z_][A-Za-z0-9_]*"
"""What may be typed there; something else ends it."""


def linked_places(snapshot: Snapshot, offset: int) -> tuple[Offsets, ...]:
    """Where the local name at `offset` stands, in the order of the text; none where a rename would be refused.

    Nor are there any where a rename would write more than the name, such as behind the short form of a field.
    """
    prepared = prepare_rename(snapshot, offset)
    if not isinstance(prepared, Renameable) or not prepared.name.isidentifier() or not is_local(snapshot, offset):
        return ()
    probe = _unused(snapshot.text.decode("utf-8", "replace"), prepared.name)
    renamed = rename(snapshot, offset, probe)
    if isinstance(renamed, Refused) or renamed.edits.keys() != {snapshot.path}:
        return ()
    edits = renamed.edits[snapshot.path]
    name = prepared.name.encode()
    is_plain = all(edit.text == probe and snapshot.text[slice(*edit.span)] == name for edit in edits)
    return tuple(edit.span for edit in edits) if is_plain else ()


def _unused(text: str, name: str) -> str:
    """A name that stands nowhere in the text."""
    return next(probe for number in itertools.count() if (probe := f"{name}_{number}") not in text)
