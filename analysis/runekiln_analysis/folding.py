"""What can be folded: whatever has a beginning and an end on different lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from .comments import Comment, comments
from .facts import Item, Offsets
from .script import Script
from .snapshot import Snapshot
from .syntax import SyntaxKind
from .text import LineIndex
from .tree import TreeView

FoldKind = Literal["comment", "imports", "code"]

_CLOSES = {
    SyntaxKind.CLOSE_BRACE: SyntaxKind.OPEN_BRACE,
    SyntaxKind.CLOSE_BRACKET: SyntaxKind.OPEN_BRACKET,
    SyntaxKind.CLOSE_PARENTHESIS: SyntaxKind.OPEN_PARENTHESIS,
    SyntaxKind.TEMPLATE_CLOSE: SyntaxKind.TEMPLATE_OPEN,
}
_DELIMITERS = (*_CLOSES, *_CLOSES.values())


class Fold(msgspec.Struct, frozen=True):
    """What can be hidden: `span`, absolute, begins at the end of what stays and never lies on one line.

    Where `is_closed`, a delimiter stands at the end of `span`, which an editor that hides whole lines is to leave.
    """

    kind: FoldKind
    span: Offsets
    is_closed: bool


def folding(snapshot: Snapshot) -> tuple[Fold, ...]:
    """All that can be folded, in the order of the text, the outer before the inner."""
    script, index = snapshot.script, snapshot.index
    found = [*_comments(script, index), *_imports(script, index), *_bodies(script)]
    for number in range(len(script.main.items)):
        found += _lists(script.tree(number))
    several = [fold for fold in found if _line(index, fold.span[0]) < _line(index, fold.span[1])]
    return tuple(sorted(several, key=lambda fold: (fold.span[0], -fold.span[1])))


def _lists(tree: TreeView) -> Iterator[Fold]:
    """Whatever stands in braces, brackets or parentheses, and templates."""
    opened: list[int] = []
    for token in tree.descendants(0, *_DELIMITERS):
        wanted = _CLOSES.get(SyntaxKind(tree.kind(token)))
        if wanted is None:
            opened.append(token)
        elif any(tree.kind(other) == wanted for other in opened):
            # What was opened in between is never closed.
            while tree.kind(opened[-1]) != wanted:
                opened.pop()
            yield Fold(_kind(tree), (tree.end(opened.pop()), tree.start(token)), True)
    for template in tree.descendants(0, SyntaxKind.TEMPLATE_STRING):
        yield Fold("code", (tree.start(template) + 1, tree.end(template)), False)


def _kind(tree: TreeView) -> FoldKind:
    return "imports" if tree.kind(0) == SyntaxKind.USE_ITEM else "code"


def _bodies(script: Script) -> Iterator[Fold]:
    """The braces of modules and `impl` blocks, which are in no tree: the items inside have trees of their own."""
    for item in script.main.items:
        if item.kind in ("module", "impl"):
            start, end = item.span
            opening = script.text.find(b"{", start + item.name_span[1], end)
            if opening >= 0 and script.text[end - 1 : end] == b"}":
                yield Fold("code", (opening + 1, end - 1), True)


def _comments(script: Script, index: LineIndex) -> Iterator[Fold]:
    """Each comment of several lines, and neighbouring lines of comments of one kind."""
    group: list[Comment] = []
    for comment in comments(script):
        if group and not _continues(script.text, index, group[-1], comment):
            yield _hidden("comment", index, group[0].span[0], group[-1].span[1])
            group = []
        group.append(comment)
    if group:
        yield _hidden("comment", index, group[0].span[0], group[-1].span[1])


def _continues(text: bytes, index: LineIndex, before: Comment, comment: Comment) -> bool:
    """Whether a comment goes on with the one before: on the next line, of the same kind, and both without code."""
    if comment.kind != before.kind or comment.kind == "block" or text.startswith(b"/*", comment.span[0]):
        return False
    first = index.line_span(_line(index, before.span[0]))[0]
    if text[first : before.span[0]].strip():
        return False
    between = text[before.span[1] : comment.span[0]]
    return not between.strip() and _line(index, comment.span[0]) == _line(index, before.span[1]) + 1


def _imports(script: Script, index: LineIndex) -> Iterator[Fold]:
    """Neighbouring imports."""
    for group in _neighbours(script, index):
        if len(group) > 1:
            yield _hidden("imports", index, group[0].span[0], group[-1].span[1])


def _neighbours(script: Script, index: LineIndex) -> Iterator[list[Item]]:
    group: list[Item] = []
    for item in script.main.items:
        if item.kind != "use":
            continue
        if group and not _follows(script.text, index, group[-1], item):
            yield group
            group = []
        group.append(item)
    yield group


def _follows(text: bytes, index: LineIndex, before: Item, item: Item) -> bool:
    end, start = before.span[1], item.span[0]
    return not text[end:start].strip() and _line(index, start) - _line(index, end) <= 1


def _hidden(kind: FoldKind, index: LineIndex, start: int, end: int) -> Fold:
    """All but the first line of that."""
    first = index.line_span(_line(index, start))[1]
    return Fold(kind, (min(first, end), end), False)


def _line(index: LineIndex, offset: int) -> int:
    return index.position(offset, "utf-8")[0]


def by_line(folds: Iterable[Fold], index: LineIndex) -> dict[int, tuple[int, FoldKind]]:
    """First line, last line and kind of the folds, for an editor that hides whole lines: one for each first line."""
    lines: dict[int, tuple[int, FoldKind]] = {}
    for fold in folds:
        first, last = _line(index, fold.span[0]), _line(index, fold.span[1]) - fold.is_closed
        if last > lines.get(first, (first, fold.kind))[0]:
            lines[first] = (last, fold.kind)
    return lines
