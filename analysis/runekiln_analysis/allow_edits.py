"""The edit that has a comment allow a problem: a new one above its line, or one code more in that which is there."""

from __future__ import annotations

import re

from .allow_comments import BYTE_ORDER_MARK, allow_comments, end_of_scope, header_start, line_start
from .facts import Edit, Facts, FileFacts
from .script import Script
from .stubs import Bindings
from .syntax import SyntaxKind as K
from .tree import TreeView

_FARTHEST = 200
"""How many lines above the problem are tried."""

_INDENTATION = re.compile(rb"[ \t]*")
_OPAQUE = (K.TEMPLATE_STRING, K.FORMAT_STRING)


def allowing_edit(file: FileFacts, text: bytes, place: int, code: str) -> Edit | None:
    """Allow the problem of that code that begins at `place`; None if no comment could stand where it would hold."""
    script = Script(Facts((file,)), text, Bindings())
    line = _line_for(script, place)
    if line is None:
        return None
    for comment in allow_comments(file, text):
        is_beside = comment.lines[0] <= line < comment.lines[1]
        if is_beside and comment.codes and comment.scope[0] <= place <= comment.scope[1]:
            return Edit((comment.list_end, comment.list_end), f", {code}")
    start = len(BYTE_ORDER_MARK) if line == 0 and text.startswith(BYTE_ORDER_MARK) else line
    indentation = text[start : _first_word(text, start)].decode()
    line_end = "\r\n" if b"\r\n" in text else "\n"
    return Edit((start, start), f"{indentation}// runekiln: allow({code}){line_end}")


def _line_for(script: Script, place: int) -> int | None:
    """The start of the nearest line above which a comment holds for `place`."""
    line = line_start(script.text, place)
    for _ in range(_FARTHEST):
        line = _out_of(script, line)
        if place <= end_of_scope(script, _first_word(script.text, line)):
            return line
        if line == 0:
            return None
        line = line_start(script.text, line - 1)
    return None


def _out_of(script: Script, line: int) -> int:
    """The line, or where the text begins in which a comment cannot stand, or the header that it would take apart."""
    number = script.item_at(_first_word(script.text, line))
    if number is None:
        return line
    tree, start = script.tree(number), script.main.items[number].span[0]
    if start < line <= header_start(tree):
        return line_start(script.text, start)
    outer = _outermost_around(tree, line)
    return line if outer is None else line_start(script.text, tree.start(outer))


def _outermost_around(tree: TreeView, offset: int) -> int | None:
    """The text that begins before `offset` and ends behind it."""
    token = tree.token_before(offset)
    path = () if token is None else tree.path_to(token)
    around = (node for node in path if tree.kind(node) in _OPAQUE or node == token)
    return next((node for node in around if tree.start(node) < offset < tree.end(node)), None)


def _first_word(text: bytes, line: int) -> int:
    blanks = _INDENTATION.match(text, line)
    return line if blanks is None else blanks.end()
