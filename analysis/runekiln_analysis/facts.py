"""What the guest has found out about a script: items, trees and problems, as immutable values.

No value here or in `stubs` can be part of a cycle (`gc=False`): Python's collector need not look at thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info", "hint"]
Origin = Literal["syntax", "compiler", "runekiln"]
Tag = Literal["unused", "deprecated"]
ItemKind = Literal[
    "function",
    "struct",
    "enum",
    "const",
    "module",
    "impl",
    "use",
    "macro-call",
    # Those that only stubs have.
    "type",
    "macro",
    "attribute",
    "event",
    "trait",
    "protocol",
]

Offsets = tuple[int, int]
"""Start and end in UTF-8 bytes, the end exclusive."""


class Related(msgspec.Struct, frozen=True, gc=False):
    """Another place that explains a problem; `span` is absolute in the file `path`."""

    path: str
    span: Offsets
    message: str


class Edit(msgspec.Struct, frozen=True, gc=False):
    """Replace the absolute `span` of the file by `text`."""

    span: Offsets
    text: str


class Fix(msgspec.Struct, frozen=True, gc=False):
    """A change that mends a problem; its edits do not overlap.

    A safe one can be made without a look at it: what a script that works does stays the same, or the change is surely
    what was meant.
    """

    title: str
    edits: tuple[Edit, ...]
    is_safe: bool = False


class Problem(msgspec.Struct, frozen=True, gc=False):
    """Something wrong in a script.

    `span` is relative to the start of the item number `item`, so that it stays true when the item only
    moves; without an item it is absolute. `FileFacts.span_of` gives the absolute one. `covers` are the absolute spans
    of what the guest says besides only because of this one, if it was found in Python.
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
    covers: tuple[Offsets, ...] = ()


class Item(msgspec.Struct, frozen=True, gc=False):
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

    def moved(self, by: int) -> Item:
        """The same item, so many bytes further on."""
        start, end = self.span
        return Item(
            self.kind,
            self.name,
            (start + by, end + by),
            self.name_span,
            self.parent,
            self.public,
            self.docs,
            self.hash,
            self.tree,
        )


class ItemChange(msgspec.Struct, frozen=True, gc=False):
    """The facts that item number `number` has now."""

    number: int
    facts: Item


class FileChange(msgspec.Struct, frozen=True, gc=False):
    """How the facts of the file `path` differ from those before.

    The `items` are replaced, those from number `moved_from` on have moved by `moved_by` bytes, and `problems` are
    all that there are now.
    """

    path: str
    items: tuple[ItemChange, ...]
    moved_from: int
    moved_by: int
    problems: tuple[Problem, ...]


class FileFacts(msgspec.Struct, frozen=True, gc=False):
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

    def after(self, change: FileChange) -> FileFacts:
        """The facts after `change`, which must be of this file."""
        items = list(self.items)
        if change.moved_by:
            first = change.moved_from
            items[first:] = [item.moved(change.moved_by) for item in items[first:]]
        for replaced in change.items:
            items[replaced.number] = replaced.facts
        return FileFacts(self.path, tuple(items), change.problems)

    def settled(self, change: FileChange) -> FileFacts:
        """The facts after `change`, of which these are what was foreseen: items that are so already stay the same."""
        items = self.items
        for replaced in change.items:
            if items[replaced.number] != replaced.facts:
                items = (*items[: replaced.number], replaced.facts, *items[replaced.number + 1 :])
        return FileFacts(self.path, items, change.problems)

    def children(self, parent: int | None) -> Iterator[tuple[int, Item]]:
        """The items directly inside item number `parent`, or at the top for `None`, with their numbers."""
        return ((number, item) for number, item in enumerate(self.items) if item.parent == parent)


class Facts(msgspec.Struct, frozen=True, gc=False):
    """The facts of a script and of the `mod` files that it pulls in; the script comes first."""

    files: tuple[FileFacts, ...]

    def after(self, changes: tuple[FileChange, ...]) -> Facts:
        """The facts after `changes`; files without one stay as they are."""
        by_path = {change.path: change for change in changes}
        return Facts(tuple(file.after(by_path[file.path]) if file.path in by_path else file for file in self.files))

    def foreseen(self, changes: tuple[FileChange, ...]) -> Facts:
        """The facts after `changes` of which the problems are not known: those of before stay."""
        problems = {file.path: file.problems for file in self.files}
        return self.after(tuple(msgspec.structs.replace(each, problems=problems[each.path]) for each in changes))

    def settled(self, foreseen: Facts, changes: tuple[FileChange, ...]) -> Facts:
        """The same as `after`, of facts of which the items were `foreseen`."""
        by_path = {change.path: change for change in changes}
        pairs = zip(self.files, foreseen.files, strict=True)
        return Facts(
            tuple(
                file
                if file.path not in by_path
                else file.after(by_path[file.path])
                if ahead is file
                else ahead.settled(by_path[file.path])
                for file, ahead in pairs
            )
        )

    @property
    def script(self) -> FileFacts:
        """The facts of the script itself."""
        return self.files[0]
