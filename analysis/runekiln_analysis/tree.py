"""Reads the packed tree of an item in place, without an object for each node."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from .facts import Offsets
from .syntax import SyntaxKind

_CELLS_OF_A_NODE = 4
_LAST_TOKEN_KIND = SyntaxKind.RESERVED_KEYWORD
_WORDS = (
    SyntaxKind.IDENTIFIER,
    SyntaxKind.SELF_KEYWORD,
    SyntaxKind.SELF_TYPE_KEYWORD,
    SyntaxKind.CRATE_KEYWORD,
    SyntaxKind.SUPER_KEYWORD,
)


def cells_of(packed: bytes) -> memoryview:
    """The numbers of a packed tree: kind, start, end and size of each node in preorder, spans from the item's start."""
    if sys.byteorder == "little":  # As the guest writes.
        return memoryview(packed).cast("I")
    swapped = array("I", packed)
    swapped.byteswap()
    return memoryview(swapped)


def packed(cells: Iterable[int]) -> bytes:
    """The packed tree of those numbers."""
    numbers = array("I", cells)
    if sys.byteorder != "little":
        numbers.byteswap()
    return numbers.tobytes()


class TreeView:
    """The tree of one item, without blanks and comments.

    Nodes are numbers: places in the preorder, the root being 0. A node's subtree is `range(node, after(node))`. All
    offsets that come out are absolute in `text`, although the packed ones count from the item's start, `base`.
    """

    __slots__ = ("_base", "_cells", "_children", "_count", "_text")

    def __init__(self, packed: bytes, text: bytes, base: int) -> None:
        cells = self._cells = cells_of(packed)
        self._count = len(cells) // _CELLS_OF_A_NODE
        self._text = text
        self._base = base
        self._children: dict[int, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return self._count

    def kind(self, node: int) -> int:
        """The number of the node's `SyntaxKind`."""
        return self._cells[_CELLS_OF_A_NODE * node]

    def start(self, node: int) -> int:
        """Where the node starts."""
        return self._cells[_CELLS_OF_A_NODE * node + 1] + self._base

    def end(self, node: int) -> int:
        """Where the node ends, exclusive."""
        return self._cells[_CELLS_OF_A_NODE * node + 2] + self._base

    def span(self, node: int) -> Offsets:
        """Start and end of the node."""
        return (self.start(node), self.end(node))

    def after(self, node: int) -> int:
        """The first node behind the node's subtree."""
        return node + max(self._cells[_CELLS_OF_A_NODE * node + 3], 1)

    def content(self, node: int) -> str:
        """The node's text, with blanks and comments inside it; bytes that are not UTF-8 become U+FFFD."""
        return self._text[self.start(node) : self.end(node)].decode("utf-8", "replace")

    def content_up_to(self, node: int, offset: int) -> str:
        """The node's text before `offset`."""
        return self._text[self.start(node) : offset].decode("utf-8", "replace")

    def between(self, node: int, other: int) -> str:
        """The text from the end of `node` to the start of `other`: blanks and comments if they are neighbours."""
        return self._text[self.end(node) : self.start(other)].decode("utf-8", "replace")

    def children(self, node: int) -> tuple[int, ...]:
        """The node's children in order; remembered, because most questions come back to the same few nodes."""
        found = self._children.get(node)
        if found is None:
            child, end = node + 1, self.after(node)
            listed: list[int] = []
            while child < end:
                listed.append(child)
                child = self.after(child)
            found = self._children[node] = tuple(listed)
        return found

    def first(self, node: int, *kinds: int) -> int | None:
        """The node's first child of one of those kinds."""
        cells = self._cells
        for child in self.children(node):
            if cells[_CELLS_OF_A_NODE * child] in kinds:
                return child
        return None

    def first_child(self, node: int) -> int:
        """The node's first child, the node itself if it has none."""
        children = self.children(node)
        return children[0] if children else node

    def last_child(self, node: int) -> int | None:
        """The node's last child, `None` for a token or an empty node."""
        children = self.children(node)
        return children[-1] if children else None

    def descendants(self, node: int, *kinds: int) -> Iterator[int]:
        """The node and what is below it, in preorder, as far as of those kinds."""
        return (other for other in range(node, self.after(node)) if self.kind(other) in kinds)

    def path_to(self, node: int) -> list[int]:
        """The nodes that contain `node`, the root first, and `node` itself last."""
        path = [0]
        while path[-1] != node:
            children = self.children(path[-1])
            path.append(children[bisect_right(children, node) - 1])
        return path

    def parent(self, node: int) -> int:
        """The node around `node`, the root itself for the root."""
        path = self.path_to(node)
        return path[-2] if len(path) > 1 else 0

    def last_word(self, node: int) -> int | None:
        """The last name in the path at `node`, generic arguments left out."""
        return next((child for child in reversed(self.children(node)) if self.kind(child) in _WORDS), None)

    def is_token(self, node: int) -> bool:
        """Whether the node is a leaf that has a text of its own."""
        return self.kind(node) <= _LAST_TOKEN_KIND

    def token_before(self, offset: int) -> int | None:
        """The last token that starts before `offset`."""
        # Starts never decrease in preorder, and a token comes after the nodes that start with it.
        return self._token_down_from(bisect_left(self._cells[1::_CELLS_OF_A_NODE], offset - self._base) - 1)

    def token_at(self, offset: int) -> int | None:
        """The token that covers the byte at `offset`."""
        token = self._token_down_from(bisect_right(self._cells[1::_CELLS_OF_A_NODE], offset - self._base) - 1)
        return token if token is not None and offset < self.end(token) else None

    def previous_token(self, node: int) -> int | None:
        """The token before the node."""
        return self._token_down_from(node - 1)

    def next_token(self, node: int) -> int | None:
        """The token after the node's subtree."""
        return next((other for other in range(self.after(node), self._count) if self.is_token(other)), None)

    def _token_down_from(self, node: int) -> int | None:
        while node >= 0:
            if self.is_token(node) and self.start(node) < self.end(node):
                return node
            node -= 1
        return None
