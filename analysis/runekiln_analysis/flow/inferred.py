"""What is inferred of one item."""

from __future__ import annotations

import msgspec

from runekiln_analysis.types import UNKNOWN, Type

from .world import Mismatch, Target

Asked = dict[tuple[object, ...], object]
"""Questions about other items with their answers: what sort of thing both are, the first word of a question says."""


class Inferred(msgspec.Struct, frozen=True):
    """The types in an item, by the nodes of its tree.

    `types` are those of expressions, and of the tokens that declare or use a local name. `calls` are what is called by
    paths before `(…)` and by method calls, and `receivers` are the types of what stands before the dot of a field or
    method, and of the variable before `a += b` changes it. `returns` is what a call gives. `unreachable` are the first
    statements behind what never goes on. `gaps` are the `match` expressions of which it may be that no arm is taken,
    with the variants that no arm takes for sure, and `*` for types that have none. `mismatches` are the values of which
    an annotation says something wrong.

    `asked` is all that was asked about other items: as long as the answers are the same, so is all of this for an item
    of the same text.
    """

    types: dict[int, Type]
    calls: dict[int, Target]
    receivers: dict[int, Type]
    returns: Type
    unreachable: tuple[int, ...]
    gaps: dict[int, frozenset[str]]
    mismatches: tuple[Mismatch, ...]
    asked: Asked

    def type_of(self, node: int) -> Type:
        """The type of the expression or local name at `node`."""
        return self.types.get(node, UNKNOWN)


NOTHING_INFERRED = Inferred({}, {}, {}, UNKNOWN, (), {}, (), {})
