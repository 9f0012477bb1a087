"""What belongs to the word under the cursor in the same file: the same name, or where the control flow goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from .facts import Offsets
from .machine_names import machine_name_at, places_of
from .occurrences import occurrences
from .referents import referents, token_at
from .script import ItemPlace
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .tree import TreeView
from .views import Views

HighlightKind = Literal["text", "read", "write"]

_LOOPS = (K.FOR_EXPRESSION, K.WHILE_EXPRESSION, K.LOOP_EXPRESSION)
_LOOP_WORDS = (K.FOR_KEYWORD, K.WHILE_KEYWORD, K.LOOP_KEYWORD)
_LEAVES_LOOP = {K.BREAK_KEYWORD: K.BREAK_EXPRESSION, K.CONTINUE_KEYWORD: K.CONTINUE_EXPRESSION}
_FUNCTIONS = (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION)
_EXITS = (K.RETURN_EXPRESSION, K.TRY_EXPRESSION)
_EXIT_WORDS = (K.RETURN_KEYWORD, K.QUESTION, K.FN_KEYWORD)


class Highlight(msgspec.Struct, frozen=True):
    """A stretch of the file that belongs to the word."""

    span: Offsets
    kind: HighlightKind


def highlights(snapshot: Snapshot, offset: int) -> tuple[Highlight, ...]:
    """What belongs to the word at `offset`."""
    script = snapshot.script
    named = machine_name_at(script, offset)
    if named is not None:
        return tuple(Highlight(each.span, "read" if each.call is None else "write") for each in places_of(named))
    number = script.item_at(offset)
    if number is None:
        return ()
    views, place = Views(script), ItemPlace(0, number)
    tree = views.tree(place)
    token = token_at(tree, offset)
    on_word = _keyword_at(tree, offset)
    if on_word is not None:
        return tuple(Highlight(tree.span(each), "text") for each in sorted(set(_way(tree, on_word))))
    found: dict[Offsets, Highlight] = {}
    for referent in referents(views, place, token) if token is not None else ():
        for each in occurrences(views, referent, file=0).sure:
            span = views.tree(each.place).span(each.node)
            found.setdefault(span, Highlight(span, "read" if each.access == "read" else "write"))
    return tuple(found[span] for span in sorted(found))


def _keyword_at(tree: TreeView, offset: int) -> int | None:
    """A word at the cursor that steers, rather than names something."""
    steering = (*_LOOP_WORDS, *_LEAVES_LOOP, *_EXIT_WORDS)
    places = (tree.token_at(offset), tree.token_at(offset - 1) if offset else None)
    return next((token for token in places if token is not None and tree.kind(token) in steering), None)


def _way(tree: TreeView, token: int) -> Iterator[int]:
    """The word itself, and those that it leads to or that lead to it."""
    yield token
    path = tree.path_to(token)
    if tree.kind(token) in _EXIT_WORDS:
        function = next((node for node in reversed(path) if tree.kind(node) in _FUNCTIONS), 0)
        yield from _exits(tree, function)
        return
    label = _label_of(tree, path[-2]) if tree.kind(token) in _LEAVES_LOOP else None
    around = [node for node in reversed(path) if tree.kind(node) in _LOOPS]
    loop = next((node for node in around if label is None or _declared_label(tree, node) == label), None)
    if loop is not None and tree.kind(path[-2]) != K.IMPL_ITEM:
        yield from _of_loop(tree, loop)


def _exits(tree: TreeView, function: int) -> Iterator[int]:
    word = tree.first(function, K.FN_KEYWORD)
    if word is not None:
        yield word
    for node in _inside(tree, function, _FUNCTIONS):
        if tree.kind(node) in _EXITS:
            yield from (child for child in tree.children(node) if tree.kind(child) in _EXIT_WORDS)


def _of_loop(tree: TreeView, loop: int) -> Iterator[int]:
    """The loop's own word, and all that leaves it or goes on with it."""
    yield from (child for child in tree.children(loop) if tree.kind(child) in _LOOP_WORDS)
    name = _declared_label(tree, loop)
    inner = frozenset(node for node in _inside(tree, loop, ()) if tree.kind(node) in _LOOPS)
    for node in _inside(tree, loop, _FUNCTIONS):
        if tree.kind(node) in _LEAVES_LOOP.values():
            label = _label_of(tree, node)
            is_nested = any(each < node < tree.after(each) for each in inner)
            if label == name if label is not None else not is_nested:
                yield tree.first_child(node)


def _inside(tree: TreeView, node: int, without: tuple[int, ...]) -> Iterator[int]:
    """The nodes below one, those below other nodes of some kinds left out."""
    inner, end = node + 1, tree.after(node)
    while inner < end:
        if tree.kind(inner) in without:
            inner = tree.after(inner)
            continue
        yield inner
        inner += 1


def _label_of(tree: TreeView, node: int) -> str | None:
    label = tree.first(node, K.LABEL)
    return None if label is None else tree.content(label)


def _declared_label(tree: TreeView, loop: int) -> str | None:
    declared = tree.first(loop, K.LABEL_DECLARATION)
    return None if declared is None else _label_of(tree, declared)
