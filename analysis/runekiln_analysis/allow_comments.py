"""Where the comments `// runekiln: allow(…)` are, and what each of them is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from .codes.known import known_codes
from .comments import begins_comment, end_of_trivia
from .facts import Facts, FileFacts, Offsets
from .script import Script
from .stubs import Bindings
from .syntax import SyntaxKind as K
from .tree import TreeView

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""It stands before the first line, and is no part of it."""

_COMMENT = re.compile(rb"//(?P<inner>!?)[ \t]*runekiln:[ \t]*(?P<word>[A-Za-z-]*)(?P<rest>[^\r\n]*)")
_LISTED = re.compile(rb"[ \t]*\((?P<codes>[^()]*)\)")
_CODE = re.compile(rb"[^\s,]+")
_NEARLY = frozenset((b"allow", b"allows", b"alow", b"allowed", b"ignore", b"disable", b"noqa", b"expect"))
_LINE = re.compile(rb"[^\r\n]*")


class WrittenCode(msgspec.Struct, frozen=True):
    """A code in a comment, and where it stands."""

    code: str
    span: Offsets


class AllowComment(msgspec.Struct, frozen=True):
    """A comment that allows the problems of its codes that begin in its `scope`, the end included.

    `lines` are where it and what it stands above begin, none for the whole file. `list_end` is where another code
    would be written.
    """

    span: Offsets
    lines: Offsets
    scope: Offsets
    codes: tuple[WrittenCode, ...]
    list_end: int

    @property
    def is_well_formed(self) -> bool:
        """Whether it says which codes it allows."""
        return bool(self.codes)


def allow_comments(file: FileFacts, text: bytes) -> Iterator[AllowComment]:
    """The comments of a file that allow something, or are meant to, in the order of the text."""
    script = Script(Facts((file,)), text, Bindings())
    for found in _COMMENT.finditer(text):
        listed = _LISTED.match(found["rest"]) if found["word"] == b"allow" else None
        # Prose may begin with our name, too.
        is_meant = listed is not None or (found["word"] in _NEARLY and _is_meant(found["rest"]))
        if is_meant and begins_comment(script, found.start()):
            codes = () if listed is None else tuple(_codes(listed, found.start("rest")))
            list_end = found.end() if listed is None else found.start("rest") + listed.end("codes")
            yield AllowComment(found.span(), *_holds(script, found), codes, list_end)


def _is_meant(rest: bytes) -> bool:
    """Whether nothing but codes follows the word, however they are written."""
    words = _CODE.findall(rest)
    return not words or rest.lstrip().startswith((b"(", b"[")) or words[0].decode("utf-8", "replace") in known_codes()


def _codes(listed: re.Match[bytes], offset: int) -> Iterator[WrittenCode]:
    for code in _CODE.finditer(listed["codes"]):
        start = offset + listed.start("codes") + code.start()
        yield WrittenCode(code[0].decode("utf-8", "replace"), (start, start + len(code[0])))


def _holds(script: Script, found: re.Match[bytes]) -> tuple[Offsets, Offsets]:
    """The lines that the comment stands at, and its scope.

    That is the whole file for `//!`, the line for a comment at its end, else all to the end of what begins behind it.
    """
    text, (start, end) = script.text, found.span()
    line = line_start(text, start)
    if found["inner"]:
        return ((0, 0), (0, len(text)))
    if text[line:start].removeprefix(BYTE_ORDER_MARK).strip():
        return ((line, line + 1), (line, end))
    behind = end_of_trivia(text, end)
    return ((line, line_start(text, behind) + 1), (line, end_of_scope(script, behind)))


def end_of_scope(script: Script, offset: int) -> int:
    """How far a comment holds above the line whose first word is at `offset`: to the end of all that begins there."""
    line_end = _LINE.match(script.text, offset)
    assert line_end is not None, "a line may be empty"
    return max(line_end.end(), _end_of_what_begins(script, offset))


def _end_of_what_begins(script: Script, offset: int) -> int:
    """The end of the item, or else of the largest part of one, that begins there."""
    number = script.item_at(offset)
    if number is None:
        return offset
    tree = script.tree(number)
    if offset <= header_start(tree):
        return script.main.items[number].span[1]
    token = tree.token_at(offset)
    if token is None:
        return offset
    return next((tree.end(node) for node in tree.path_to(token) if tree.start(node) == offset), offset)


def header_start(tree: TreeView) -> int:
    """Where an item begins behind its documentation and its attributes."""
    return next((tree.start(child) for child in tree.children(0) if tree.kind(child) != K.ATTRIBUTE), tree.end(0))


def line_start(text: bytes, offset: int) -> int:
    """Where the line around `offset` begins."""
    return max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1
