"""What is told above a declaration: how often it is named, and what an entry needs."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .facts import Offsets
from .host_calls import called_by_host
from .permission_calls import explored
from .permissions import listed
from .requirements import EntryNeeds, needs_of
from .snapshot import Snapshot

_COUNTED = ("function", "struct", "enum", "const")


class NeedsLens(msgspec.Struct, frozen=True):
    """The permissions that an entry needs, and where the script's text leaves for them; `span` is its name's."""

    span: Offsets
    title: str
    places: tuple[Offsets, ...]


def counted_names(snapshot: Snapshot) -> Iterator[Offsets]:
    """The names of the functions, types and constants of a script whose references are worth counting.

    Of what the host calls, only those that the script names, too: that nothing else does says nothing.
    """
    script = snapshot.script
    of_host = frozenset(called_by_host(script))
    for number, item in enumerate(script.main.items):
        if item.kind in _COUNTED and item.name and (number not in of_host or script.text.count(item.name.encode()) > 1):
            start = item.span[0]
            yield (start + item.name_span[0], start + item.name_span[1])


def needs_lenses(snapshot: Snapshot) -> tuple[NeedsLens, ...]:
    """What each entry of a script needs, as far as that is plain to see."""
    script = snapshot.script
    return tuple(_needs_lens(entry) for entry in needs_of(script, explored(script, snapshot.modules)).entries)


def title_of(count: int) -> str:
    """The number of references in words."""
    return f"{count} reference{'' if count == 1 else 's'}"


def _needs_lens(entry: EntryNeeds) -> NeedsLens:
    needed = ", ".join(listed(each.requirement for each in entry.needs))
    return NeedsLens(entry.span, f"needs {needed}", tuple(sorted({each.span for each in entry.needs})))
