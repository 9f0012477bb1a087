"""What the guest has found out about a script: items, trees and problems, as immutable values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info", "hint"]
Origin = Literal["syntax", "compiler", "runekiln"]
Tag = Literal["unused", "deprecated"]
ItemKind = Literal["function", "struct", "enum", "const", "module", "impl", "use", "macro-call"]

Offsets = tuple[int, int]
"""Start and end in UTF-8 bytes, the end exclusive."""


class Related(msgspec.Struct, frozen=True):
    """Another place that explains a problem; `span` is absolute in the file `path`."""

    path: str
    span: Offsets
    message: str


class Edit(msgspec.Struct, frozen=True):
    """Replace the absolute `span` of the file by `text`."""

    span: Offsets
    text: str


class Fix(msgspec.Struct, frozen=True):
    """A change that mends a problem; its edits do not overlap."""

    title: str
    edits: tuple[Edit, ...]


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in a script.

    `span` is relative to the start of the item number `item`, so that it stays true when the item only
    moves; without an item it is absolute. `FileFacts.span_of` gives the absolute one.
    """

    code: str
    severity: Severity
    message: str
    span: Offsets
    origin: Origin
    item: int | None = None
    tags: tuple[Tag, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()


class Item(msgspec.Struct, frozen=True):
    """A named part of a file: function, type, constant, module, `impl` block or import.

    `span` is absolute and takes in documentation and attributes; `name_span` is relative to its start.
    `parent` is the index of the module or `impl` around it. `hash` is 64 bits over the item's text: equal
    hashes mean equal trees. `tree` is the packed tree, see `runekiln_analysis.tree`.
    """

    kind: ItemKind
    name: str
    span: Offsets
    name_span: Offsets
    parent: int | None
    public: bool
    docs: str
    hash: int
    tree: bytes


class FileFacts(msgspec.Struct, frozen=True):
    """All that the guest says of one file, items in preorder."""

    path: str
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]

    def span_of(self, problem: Problem) -> Offsets:
        """Where `problem` lies in the file, absolute."""
        if problem.item is None:
            return problem.span
        start = self.items[problem.item].span[0]
        return (problem.span[0] + start, problem.span[1] + start)

    def children(self, parent: int | None) -> Iterator[tuple[int, Item]]:
        """The items directly inside item number `parent`, or at the top for `None`, with their numbers."""
        return ((number, item) for number, item in enumerate(self.items) if item.parent == parent)


class Facts(msgspec.Struct, frozen=True):
    """The facts of a script and of the `mod` files that it pulls in; the script comes first."""

    files: tuple[FileFacts, ...]

    @property
    def script(self) -> FileFacts:
        """The facts of the script itself."""
        return self.files[0]
