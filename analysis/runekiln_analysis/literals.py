"""Literals: the text that one stands for, and whether a place is in one or in a comment, where no names stand."""

from __future__ import annotations

import ast
import re

from .syntax import SyntaxKind as K
from .tree import TreeView

PLAIN_LITERALS = (K.STRING_LITERAL, K.BYTE_STRING_LITERAL, K.CHARACTER_LITERAL, K.BYTE_LITERAL)

_COMMENT = re.compile(rb"//[^\r\n]*|/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\])*(?:\"|\Z)|`(?:\\.|[^`\\])*(?:`|\Z)", re.DOTALL)
_OPEN_CAPTURE = re.compile(r"(?<!\{)(?:\{\{)*\{\Z")


def literal_text(literal: str) -> str:
    """The text that a string literal stands for; what Rune escapes in other ways than Python stays as it is."""
    try:
        found = ast.literal_eval(literal)
    except (ValueError, SyntaxError):
        return literal.strip('"')
    return found if isinstance(found, str) else literal


def starts_capture(tree: TreeView, token: int, offset: int) -> bool:
    """Whether `offset` is behind a `{` of a format string that is not closed yet."""
    if tree.kind(token) != K.FORMAT_TEXT or offset > tree.end(token):
        return False
    return _OPEN_CAPTURE.search(tree.content_up_to(token, offset)) is not None


def in_literal(tree: TreeView, token: int | None, offset: int) -> bool:
    """Whether `offset`, behind the start of `token`, is in the text of a string, character, number or label."""
    if token is None:
        return False
    kind, end = tree.kind(token), tree.end(token)
    if kind in PLAIN_LITERALS:
        content = tree.content(token)
        is_closed = len(content) > 1 and content[-1] == content.lstrip("b")[:1]
        return offset < end or (offset == end and not is_closed)
    if kind in (K.TEMPLATE_TEXT, K.FORMAT_TEXT, K.TEMPLATE_CLOSE, K.FORMAT_CLOSE):
        return offset <= end
    if kind == K.TEMPLATE_QUOTE:
        return offset == end and tree.first_child(tree.parent(token)) == token
    return kind in (K.NUMBER_LITERAL, K.LABEL, K.FORMAT_SPECIFICATION, K.FORMAT_POSITION) and offset <= end


def in_comment_or_string(gap: bytes) -> bool:
    """Whether the end of a stretch of text, which starts outside of both, is in a comment or a string."""
    for found in _COMMENT.finditer(gap):
        comment = found.group()
        is_closed_block = comment.startswith(b"/*") and len(comment) > 3 and comment.endswith(b"*/")
        is_closed_string = comment[:1] in b'"`' and len(comment) > 1 and comment[-1:] == comment[:1]
        if found.end() == len(gap) and not is_closed_block and not is_closed_string:
            return True
    return False
