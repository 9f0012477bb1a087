"""Where in an attribute the cursor is: told from the text, since half an attribute has no tree."""

from __future__ import annotations

import re

import msgspec

from .place import Word, word_at

_FURTHEST = 4096
_BEFORE_ATTRIBUTE = re.compile(rb"(?:^|[\n\]])[ \t]*\Z")
_NAME = re.compile(rb"\s*(\w*)\Z")
_HEAD = re.compile(rb"\s*(\w+)\s*\(")
_TOKEN = re.compile(rb"\"(?:\\.|[^\"\\])*\"?|[()\[\]{},=]|\w+|\S", re.DOTALL)


class AtAttributeName(msgspec.Struct, frozen=True):
    """Behind `#[`."""

    word: Word


class AtKey(msgspec.Struct, frozen=True):
    """Where a key of an attribute may start; `given` are those that come before."""

    word: Word
    attribute: str
    given: tuple[str, ...]


class InKeyText(msgspec.Struct, frozen=True):
    """In the string that a key is set to; the word is what stands between the quotes."""

    word: Word
    attribute: str
    key: str


class AtValue(msgspec.Struct, frozen=True):
    """Behind `key =`, where a value may start."""

    word: Word
    attribute: str
    key: str


AttributePlace = AtAttributeName | AtKey | AtValue | InKeyText


def attribute_place(text: bytes, offset: int) -> AttributePlace | None:
    """The place in an attribute at `offset`; `None` outside of attributes and where nothing is to be said."""
    start = text.rfind(b"#[", max(0, offset - _FURTHEST), offset)
    if start < 0 or _BEFORE_ATTRIBUTE.search(text, max(0, start - _FURTHEST), start) is None:
        return None
    written = text[start + 2 : offset]
    if _NAME.match(written):
        return AtAttributeName(word_at(text, offset))
    head = _HEAD.match(written)
    return None if head is None else _inside(text, offset, head.group(1).decode(), written[head.end() :])


def _inside(text: bytes, offset: int, attribute: str, written: bytes) -> AttributePlace | None:
    """The place behind the parenthesis that opens an attribute's keys."""
    depth = 0
    part: list[bytes] = []
    given: list[str] = []
    for token in _TOKEN.findall(written):
        if token in (b"(", b"[", b"{"):
            depth += 1
        elif token in (b")", b"]", b"}"):
            depth -= 1
        if depth < 0:
            return None
        if token == b"," and depth == 0:
            given += _key(part)
            part = []
        else:
            part.append(token)
    if len(part) == 3 and part[1] == b"=" and _is_open(part[2]):
        return InKeyText(_quoted(text, offset, part[2]), attribute, part[0].decode())
    if len(part) > 1 and part[1] == b"=" and _is_word_at_end(part[2:], written):
        return AtValue(word_at(text, offset), attribute, part[0].decode("utf-8", "replace"))
    if not part or (len(part) == 1 and part[0].isalnum() and written.endswith(part[0])):
        return AtKey(word_at(text, offset), attribute, tuple(given))
    return None


def _key(part: list[bytes]) -> list[str]:
    return [part[0].decode("utf-8", "replace")] if part else []


def _is_word_at_end(value: list[bytes], written: bytes) -> bool:
    """Whether nothing but the beginning of a word stands before the cursor."""
    return not value or (len(value) == 1 and value[0].isalpha() and written.endswith(value[0]))


def _is_open(token: bytes) -> bool:
    """Whether a string does not end where the cursor is."""
    return token.startswith(b'"') and (len(token) == 1 or not token.endswith(b'"'))


def _quoted(text: bytes, offset: int, token: bytes) -> Word:
    """What stands in the quotes around the cursor, on its line."""
    prefix = token[1:]
    line = text[offset:].partition(b"\n")[0]
    rest = line.partition(b'"')[0] if b'"' in line else b""
    return Word(prefix.decode("utf-8", "replace"), (offset - len(prefix), offset + len(rest)))
