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

    `list_end` is where another code would be written.
    """

    span: Offsets
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
            yield AllowComment(found.span(), _scope(script, found), codes, list_end)


def _is_meant(rest: bytes) -> bool:
    """Whether nothing but codes follows the word, however they are written."""
    words = _CODE.findall(rest)
    return not words or rest.lstrip().startswith((b"(", b"[")) or words[0].decode("utf-8", "replace") in known_codes()


def _codes(listed: re.Match[bytes], offset: int) -> Iterator[WrittenCode]:
    for code in _CODE.finditer(listed["codes"]):
        start = offset + listed.start("codes") + code.start()
        yield WrittenCode(code[0].decode("utf-8", "replace"), (start, start + len(code[0])))


def _scope(script: Script, found: re.Match[bytes]) -> Offsets:
    """The whole file for `//!`, the line for a comment at its end, else what begins behind the comment."""
    text, (start, end) = script.text, found.span()
    if found["inner"]:
        return (0, len(text))
    line = line_start(text, start)
    if text[line:start].strip():
        return (line, end)
    behind = end_of_trivia(text, end)
    until = _LINE.match(text, behind)
    assert until is not None, "a line may be empty"
    return (line_start(text, behind), max(until.end(), _end_of_what_begins(script, behind)))


def _end_of_what_begins(script: Script, offset: int) -> int:
    """The end of the item, or else of the largest part of one, that begins there."""
    number = script.item_at(offset)
    if number is None:
        return offset
    tree, span = script.tree(number), script.main.items[number].span
    header = next((child for child in tree.children(0) if tree.kind(child) != K.ATTRIBUTE), None)
    if header is None or offset <= tree.start(header):
        return span[1]
    token = tree.token_at(offset)
    if token is None:
        return offset
    return next((tree.end(node) for node in tree.path_to(token) if tree.start(node) == offset), offset)


def line_start(text: bytes, offset: int) -> int:
    """Where the line around `offset` begins."""
    return max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1
