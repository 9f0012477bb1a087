"""What follows from a character that was just typed: the indentation of its line, a comment that goes on."""

from __future__ import annotations

import re

from .facts import Edit, Offsets
from .literals import in_comment_or_string
from .script import Script
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .tree import TreeView

TRIGGERS = ("}", "\n")

_CLOSING = {K.CLOSE_BRACE: K.OPEN_BRACE, K.CLOSE_BRACKET: K.OPEN_BRACKET, K.CLOSE_PARENTHESIS: K.OPEN_PARENTHESIS}
_OPENING = frozenset(_CLOSING.values())
_BEFORE_A_START = _OPENING | {K.SEMICOLON, K.COMMA, K.CLOSE_BRACE}
"""What stands before something that starts anew; behind anything else a line may go on, as its author likes."""
_BLANKS = re.compile(rb"[ \t]*")
_COMMENT = re.compile(rb"[ \t]*(//[/!]|//)(?!/)[ \t]*(.*)")
_FURTHEST = 1 << 18
"""Bytes of a function; a longer one is left alone, so that nobody waits."""


def edits_of_typed(snapshot: Snapshot, offset: int, typed: str, unit: str) -> tuple[Edit, ...]:
    """The edits behind `typed`, which ends at `offset`; `unit` is one step of indentation.

    Only blanks at the start of that line change, and what a comment was split into stays a comment.
    """
    text, line = snapshot.text, _line_at(snapshot.text, offset)
    start, blanks = line[0], _blanks_of_line(snapshot.text, offset)
    code = start + len(blanks)
    if typed == "}" and text[code : code + 1] != b"}":
        return ()
    if typed == "\n" and offset > code:
        return ()
    if typed == "\n" and (goes_on := _comment_that_goes_on(snapshot, line, code)) is not None:
        return goes_on
    wanted = _indentation(snapshot.script, start, code, unit.encode())
    if wanted is None or wanted == blanks:
        return ()
    return (Edit((start, code), wanted.decode()),)


def _comment_that_goes_on(snapshot: Snapshot, line: Offsets, code: int) -> tuple[Edit, ...] | None:
    """The start of a comment, if the line before is one and this one does not say so yet."""
    text, start = snapshot.text, line[0]
    if start == 0 or _is_inside_text(snapshot.script, start):
        return None
    before = _line_at(text, start - 1)
    comment = _COMMENT.match(text[slice(*before)])
    if comment is None or text.startswith(b"//", code):
        return None
    is_split = code < line[1]
    # An empty line of a comment ends it, and so does the end of one that is no documentation.
    if not comment[2] or (comment[1] == b"//" and not is_split):
        return () if is_split else None
    return (Edit((start, code), f"{_blanks_of_line(text, before[0]).decode()}{comment[1].decode()} "),)


def _indentation(script: Script, start: int, code: int, unit: bytes) -> bytes | None:
    """The blanks that the line from `start` is to begin with; None if it is to stay as it is."""
    number = script.item_at(start)
    if number is None or _is_inside_text(script, start):
        return None
    item = script.main.items[number]
    if start <= item.span[0] or start - item.span[0] > _FURTHEST:
        return None
    tree, text = script.tree(number), script.text
    if item.kind in ("impl", "module"):
        return _in_block_of_items(text, item.span, tree.end(len(tree) - 1), code, unit)
    token, before = tree.token_at(code), tree.token_before(start)
    closes = None if token is None else _CLOSING.get(K(tree.kind(token)))
    if closes is None and (before is None or tree.kind(before) not in _BEFORE_A_START):
        return None
    opened = _opened_before(tree, start)
    if not opened or (closes is not None and tree.kind(opened[-1]) != closes):
        return None
    outer = _blanks_of_line(text, tree.start(opened[-1]))
    return outer if closes is not None else outer + unit


def _in_block_of_items(text: bytes, span: Offsets, header_end: int, code: int, unit: bytes) -> bytes | None:
    """The same among the items of an `impl` or a module, whose tree ends before its brace."""
    if text[header_end:code].lstrip()[:1] != b"{":
        return None
    outer = _blanks_of_line(text, header_end)
    if text[code : code + 1] == b"}":
        return outer if span[1] == code + 1 else None
    return outer + unit


def _opened_before(tree: TreeView, offset: int) -> list[int]:
    """The brackets that are open at `offset`, the innermost last; none where one does not fit another."""
    opened: list[int] = []
    for node in range(len(tree)):
        if tree.start(node) >= offset:
            break
        kind = tree.kind(node)
        if kind in _OPENING or kind == K.TEMPLATE_OPEN:
            opened.append(node)
        elif kind in _CLOSING or kind == K.TEMPLATE_CLOSE:
            opener = opened.pop() if opened else None
            if opener is None or tree.kind(opener) != _CLOSING.get(K(kind), K.TEMPLATE_OPEN):
                return []
    # Between the parts of a template blanks may be its text.
    return [] if any(tree.kind(node) == K.TEMPLATE_OPEN for node in opened) else opened


def _is_inside_text(script: Script, offset: int) -> bool:
    """Whether `offset` is in a literal or in a comment of several lines."""
    number = script.item_at(offset)
    if number is None:
        return in_comment_or_string(script.text[:offset]) if len(script.text) < _FURTHEST else True
    tree = script.tree(number)
    token = tree.token_at(offset)
    if token is not None and tree.start(token) < offset:
        return True
    before = tree.token_before(offset)
    end = script.main.items[number].span[0] if before is None else tree.end(before)
    return in_comment_or_string(script.text[end:offset])


def _blanks_of_line(text: bytes, offset: int) -> bytes:
    """The indentation of the line of `offset`."""
    blanks = _BLANKS.match(text, _line_at(text, offset)[0])
    return b"" if blanks is None else blanks.group()


def _line_at(text: bytes, offset: int) -> Offsets:
    """Start and end of the line of `offset`, without its line end."""
    start = max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1
    ends = [end for end in (text.find(b"\n", offset), text.find(b"\r", offset)) if end >= 0]
    return start, min(ends, default=len(text))
