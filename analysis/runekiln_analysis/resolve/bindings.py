"""Local names while an item is walked through, and as they are told afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .resolution import Binding, BindingKind


class Draft:
    """A local name of which the uses are being collected; `depth` is how many closures are around its declaration."""

    __slots__ = (
        "captured_by",
        "depth",
        "first",
        "kind",
        "name",
        "node",
        "origin",
        "pattern",
        "reads",
        "scope",
        "until",
        "writes",
    )

    def __init__(
        self,
        name: str,
        kind: BindingKind,
        node: int,
        pattern: int,
        origin: int,
        scope: int,
        first: int,
        until: int,
        depth: int,
    ) -> None:
        self.name = name
        self.kind = kind
        self.node = node
        self.pattern = pattern
        self.origin = origin
        self.scope = scope
        self.first = first
        self.until = until
        self.depth = depth
        self.reads: list[int] = []
        self.writes: list[int] = []
        self.captured_by: list[int] = []


def finished(drafts: Iterable[Draft], cells: Sequence[int]) -> tuple[Binding, ...]:
    """The local names, with their spans in the item that has those cells."""
    return tuple([_finished(draft, cells) for draft in drafts])


def _finished(draft: Draft, cells: Sequence[int]) -> Binding:
    at, first, until = 4 * draft.node, draft.first, draft.until
    # The node before another one in preorder is a token, and ends where that can begin.
    end = cells[4 * until - 2]
    start = cells[4 * first - 2] if first <= until else end
    return Binding(
        draft.name,
        draft.kind,
        draft.node,
        (cells[at + 1], cells[at + 2]),
        draft.pattern,
        draft.origin,
        draft.scope,
        first,
        until,
        (start, end),
        tuple(draft.reads),
        tuple(draft.writes),
        tuple(draft.captured_by),
    )
