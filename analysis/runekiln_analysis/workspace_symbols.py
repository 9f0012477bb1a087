"""What one script declares of a name that somebody looks for in all of them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .facts import Offsets
from .ranking import rank_of
from .snapshot import Snapshot
from .symbols import Symbol, SymbolKind, symbols


class FoundSymbol(msgspec.Struct, frozen=True):
    """A declaration whose name matches, the best with the lowest `rank`; `container` is the name around it."""

    rank: int
    name: str
    kind: SymbolKind
    container: str
    name_span: Offsets


def matching_symbols(snapshot: Snapshot, query: str) -> Iterator[FoundSymbol]:
    """The declarations of the script that match a query, `impl` blocks left out; `a::b` asks for a `b` in an `a`."""
    around, _, name = query.strip().rpartition("::")
    yield from _matching(symbols(snapshot), name, around, "")


def _matching(found: tuple[Symbol, ...], name: str, around: str, container: str) -> Iterator[FoundSymbol]:
    for symbol in found:
        own = symbol.name.removeprefix("impl ")
        rank = None if symbol.kind == "impl" else rank_of(symbol.name, name)
        if rank is not None and (not around or rank_of(container.rpartition("::")[2], around) is not None):
            yield FoundSymbol(rank, symbol.name, symbol.kind, container, symbol.name_span)
        inside = own if not container else f"{container}::{own}"
        yield from _matching(symbol.children, name, around, inside)
