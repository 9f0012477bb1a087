"""What a selection grows to, step by step: the word, what it is part of, and so on up to the whole text."""

from __future__ import annotations

from collections.abc import Iterator

from .comments import comments
from .facts import Offsets
from .script import Script
from .snapshot import Snapshot
from .syntax import SyntaxKind
from .tree import TreeView

_WORDS = (SyntaxKind.IDENTIFIER, SyntaxKind.NUMBER_LITERAL, SyntaxKind.UNDERSCORE)


def selection(snapshot: Snapshot, offset: int) -> tuple[Offsets, ...]:
    """The spans around `offset`, absolute, the innermost first; each contains the one before and is larger."""
    script = snapshot.script
    offset = min(max(offset, 0), len(script.text))
    grown: list[Offsets] = []
    for span in (*_smallest(script, offset), (0, len(script.text))):
        if not grown or (_contains(span, grown[-1]) and span != grown[-1]):
            grown.append(span)
    return tuple(grown)


def _smallest(script: Script, offset: int) -> Iterator[Offsets]:
    """The spans around `offset` from the inside to the outside, some of them more than once."""
    number = script.item_at(offset)
    comment = next((found.span for found in comments(script) if _touches(found.span, offset)), None)
    inner = comment
    if number is not None:
        tree = script.tree(number)
        inner = comment or _token(tree, offset)
        around = inner or (offset, offset)
        if inner is not None:
            yield inner
        yield from (span for span in reversed(_nodes(tree, around)))
    elif inner is not None:
        yield inner
    while number is not None:
        item = script.main.items[number]
        if _touches(item.span, offset):
            yield item.span
        number = item.parent


def _token(tree: TreeView, offset: int) -> Offsets | None:
    """The token at the cursor; of two that touch there, the one that is a word, or else the one behind."""
    behind, before = tree.token_at(offset), tree.token_before(offset)
    if before is not None and tree.end(before) != offset:
        before = None
    if before is not None and (behind is None or (_is_word(tree, before) and not _is_word(tree, behind))):
        return tree.span(before)
    return None if behind is None else tree.span(behind)


def _is_word(tree: TreeView, token: int) -> bool:
    return tree.kind(token) in _WORDS or tree.kind(token) >= SyntaxKind.AS_KEYWORD


def _nodes(tree: TreeView, around: Offsets) -> list[Offsets]:
    """The nodes that contain `around`, the root first."""
    node: int | None = 0
    spans: list[Offsets] = []
    while node is not None and _contains(tree.span(node), around):
        spans.append(tree.span(node))
        node = next((child for child in tree.children(node) if _contains(tree.span(child), around)), None)
    return spans


def _contains(outer: Offsets, inner: Offsets) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _touches(span: Offsets, offset: int) -> bool:
    return span[0] <= offset <= span[1]
