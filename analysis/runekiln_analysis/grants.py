"""What a script asks for: the `//! permissions:` lines at its top, and the same as settings say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from posixpath import normpath

import msgspec

from .facts import Offsets

PERMISSIONS = (
    "kiln.read",
    "kiln.write",
    "agent",
    "tool",
    "session",
    "shell",
    "net",
    "fs.read",
    "fs.write",
    "ask",
    "config",
    "clock",
)
"""The names that every host knows; a host's stubs may declare more."""

_IN_KILN = ("kiln.read", "kiln.write")
_OF_PATHS = (*_IN_KILN, "fs.read", "fs.write")

_HEADER_LINE = re.compile(rb"[ \t]*(?://(?!/)(?P<comment>[^\r\n]*)|#![^\[\r\n][^\r\n]*|)(?:\r\n|\n|\r|\Z)")
_MARK = re.compile(rb"!?[ \t]*permissions:[ \t]*")
_PART = re.compile(r"""(?P<name>[^\s,()"]+)[ \t]*(?:\((?P<scopes>(?:"[^"]*"|[^()"])*)(?P<close>\))?)?""")
_SCOPE = re.compile(r"""(?:"(?P<quoted>[^"]*)"|(?P<bare>[^,"]+))""")
_PLAIN_SCOPE = re.compile(r"""[^\s,()"](?:[^,()"]*[^\s,()"])?""")


class Granted(msgspec.Struct, frozen=True):
    """A permission, for any value or only for those that one of the `scopes` matches; `*` stands for any text."""

    name: str
    scopes: tuple[str, ...] = ()

    def covers(self, name: str, scope: str | None) -> bool:
        """Whether this is enough; a value that is not known may be one of those that are allowed."""
        if self.name != name:
            return False
        if scope is None:
            return True
        value = normal_scope(name, scope)
        patterns = [normal_scope(name, pattern) for pattern in self.scopes]
        if name in _IN_KILN and _is_outside(value):
            return any(_is_outside(pattern) and fnmatchcase(value, pattern) for pattern in patterns)
        return not patterns or any(fnmatchcase(value, pattern) for pattern in patterns)


class WrittenGrant(msgspec.Struct, frozen=True):
    """A permission in a script's header, with the spans of its name, of all of it, and of each of its scopes.

    One that is not `closed` lacks the parenthesis behind its scopes.
    """

    granted: Granted
    name_span: Offsets
    span: Offsets
    scope_spans: tuple[Offsets, ...]
    closed: bool = True


class Header(msgspec.Struct, frozen=True):
    """What the header asks for, `None` if it says nothing of permissions.

    `end` is where the list ends, or a line for it can be inserted: behind the lines that begin the script.
    """

    grants: tuple[WrittenGrant, ...] | None
    end: int


def parse_grants(texts: Iterable[str]) -> tuple[Granted, ...]:
    """The permissions that settings name, like `kiln.read` or `shell(just, make)`. One left open grants nothing."""
    return tuple(written.granted for text in texts for written in parse_written(text) if written.closed)


def parse_written(text: str) -> tuple[WrittenGrant, ...]:
    """The permissions in a text of the settings, with their spans in it."""
    content = text.encode()
    return tuple(_parts(content, 0, len(content)))


def normal_scope(name: str, scope: str) -> str:
    """The scope of a permission in the one form that can be compared: a path without `.`, `..` and doubled slashes.

    A path that leads out of its root keeps the `..` at its start.
    """
    if name not in _OF_PATHS or not scope:
        return scope
    end = "/" if scope.endswith("/") and scope.strip("/") else ""
    return normpath(scope) + end


def _is_outside(path: str) -> bool:
    return path == ".." or path.startswith("../")


def covers(grants: Iterable[Granted], name: str, scope: str | None) -> bool:
    """Whether one of the grants is enough."""
    return any(granted.covers(name, scope) for granted in grants)


def show_grant(name: str, scope: str | None) -> str:
    """The permission as a header has it."""
    if scope is None:
        return name
    return f"{name}({scope})" if _PLAIN_SCOPE.fullmatch(scope) else f'{name}("{scope}")'


def header_of(text: bytes) -> Header:
    """The header of a script: the comments before anything else in it."""
    at = 3 if text.startswith(b"\xef\xbb\xbf") else 0
    grants: list[WrittenGrant] | None = None
    end, last_comment = at, at
    while at < len(text) and (line := _HEADER_LINE.match(text, at)) is not None and line.end() > at:
        if line["comment"] is not None and (mark := _MARK.match(text, line.start("comment"))) is not None:
            stop = line.end("comment")
            grants = [*(grants or ()), *_parts(text, mark.end(), stop)]
            end = max(mark.end(), mark.start() + len(text[mark.start() : stop].rstrip()))
        elif line["comment"] is not None or text.startswith(b"#!", line.start()):
            last_comment = line.end()
        at = line.end()
    return Header(None, last_comment) if grants is None else Header(tuple(grants), end)


def _parts(text: bytes, start: int, end: int) -> Iterator[WrittenGrant]:
    content = text[start:end].decode("utf-8", "replace")

    def offset(place: int) -> int:
        return start + len(content[:place].encode())

    for part in _PART.finditer(content):
        scopes = _scopes(content, part)
        yield WrittenGrant(
            Granted(part["name"], tuple(scope for scope, _ in scopes)),
            (offset(part.start("name")), offset(part.end("name"))),
            (offset(part.start()), offset(part.end())),
            tuple((offset(first), offset(last)) for _, (first, last) in scopes),
            is_closed := part["scopes"] is None or part["close"] is not None,
        )
        if not is_closed:
            return


def _scopes(content: str, part: re.Match[str]) -> list[tuple[str, Offsets]]:
    if part["scopes"] is None:
        return []
    found: list[tuple[str, Offsets]] = []
    for scope in _SCOPE.finditer(content, *part.span("scopes")):
        text = scope["quoted"] if scope["quoted"] is not None else scope["bare"].strip()
        if text:
            start = scope.start() + len(scope[0]) - len(scope[0].lstrip())
            found.append((text, (start, start + len(scope[0].strip()))))
    return found
