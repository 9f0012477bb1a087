"""Comments that allow problems: `// runekiln: allow(code, other-code)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .allow_comments import AllowComment, WrittenCode, allow_comments
from .codes.known import known_codes
from .facts import Edit, FileFacts, Fix, Offsets, Problem
from .kiln_view import AMONG_FILES
from .rules.problems import closest, did_you_mean, problem, replacement

Told = tuple[Offsets, Problem]
"""A problem, and where it lies in the file."""

_OF_ITEMS = "not-used"

_BLANKS_BEFORE = re.compile(rb"[ \t]*\Z")
_LINE_END = re.compile(rb"\r?\n|\r|\Z")


def without_allowed(file: FileFacts, text: bytes, told: Iterable[Told], *, is_module: bool = False) -> Iterator[Told]:
    """What is left of the problems of a file where comments allow some, and what is wrong with these comments.

    What the guest calls an error stays: a script that does not compile does not become one that does. In a `mod` file
    a comment may be there for when it is looked at by itself.
    """
    sieve = _Sieve(file, text)
    yield from sieve.left_of(told)
    yield from sieve.left_of((each.span, each) for each in sieve.mistakes())
    if not is_module:
        yield from sieve.left_of((each.span, each) for each in sieve.unused())


class _Sieve:
    """The comments of a file, and which of their codes have allowed something so far."""

    def __init__(self, file: FileFacts, text: bytes) -> None:
        self._text = text
        self._items = file.items
        self._comments = tuple(allow_comments(file, text))
        self._by_code: dict[str, list[tuple[Offsets, WrittenCode]]] = {}
        for comment in self._comments:
            for written in comment.codes:
                self._by_code.setdefault(written.code, []).append((comment.scope, written))
        # We may say them in other words, under another code.
        self._errors = {file.span_of(each) for each in file.problems if each.severity == "error"}
        self._used: set[WrittenCode] = set()
        self._refused: set[WrittenCode] = set()

    def left_of(self, told: Iterable[Told]) -> Iterator[Told]:
        """Those that nothing allows."""
        for span, each in told:
            named = self._by_code.get(each.code, ())
            allowing = {written for (start, end), written in named if start <= span[0] <= end}
            if span in self._errors:
                self._refused |= allowing
                yield span, each
            elif allowing:
                self._used |= allowing
            else:
                yield span, each

    def mistakes(self) -> Iterator[Problem]:
        """Comments that are not written so, and codes that cannot be allowed or do not exist."""
        for comment in self._comments:
            if not comment.is_well_formed:
                message = "this allows nothing; it is written `runekiln: allow(code, other-code)`"
                yield problem("malformed-allow", message, comment.span)
            for written in comment.codes:
                if written not in self._used:
                    yield from self._mistake(comment, written)

    def _mistake(self, comment: AllowComment, written: WrittenCode) -> Iterator[Problem]:
        code = known_codes().get(written.code)
        if written in self._refused or (code is not None and not code.can_be_allowed):
            message = f"`{written.code}` cannot be allowed: a script with it does not compile"
            yield problem("unallowable", message, written.span, self._without(comment, written))
        elif code is None:
            meant = closest(written.code, known_codes())
            message = f"there is no code `{written.code}`{did_you_mean(meant)}"
            yield problem("unknown-code", message, written.span, *replacement(meant, written.span))

    def unused(self) -> Iterator[Problem]:
        """Codes that allow nothing: nobody knows in a file with errors, of which others may be a consequence."""
        if self._errors:
            return
        for comment in self._comments:
            for written in comment.codes:
                if written not in self._used and self._is_known_here(comment, written.code):
                    message = f"`{written.code}` allows nothing here"
                    fix = self._without(comment, written)
                    yield problem("unused-allow", message, written.span, fix, severity="hint", tags=("unused",))

    def _is_known_here(self, comment: AllowComment, code: str) -> bool:
        """Whether a problem of that code could be seen: some show only in other files, or beside them."""
        known = known_codes().get(code)
        if known is None or not known.can_be_allowed or code in (*AMONG_FILES, "unused-allow"):
            return False
        # What uses an item may be another script that pulls in this one.
        return code != _OF_ITEMS or self._is_in_function(comment)

    def _is_in_function(self, comment: AllowComment) -> bool:
        functions = (item.span for item in self._items if item.kind == "function")
        return any(start < comment.scope[0] and comment.scope[1] < end for start, end in functions)

    def _without(self, comment: AllowComment, written: WrittenCode) -> Fix:
        """Take the code out with its comma, and the last one with its comment, and with its line."""
        codes = comment.codes
        if len(codes) == 1:
            return Fix("Remove the comment", (Edit(_with_line(self._text, comment.span), ""),), is_safe=True)
        place = codes.index(written)
        span = (codes[place - 1].span[1], written.span[1]) if place else (written.span[0], codes[place + 1].span[0])
        return Fix(f"Remove `{written.code}`", (Edit(span, ""),), is_safe=True)


def _with_line(text: bytes, span: Offsets) -> Offsets:
    """A comment with the blanks before it, and with the end of its line if nothing else stands there."""
    start = max(text.rfind(b"\n", 0, span[0]), text.rfind(b"\r", 0, span[0])) + 1
    if text[start : span[0]].strip():
        blanks = _BLANKS_BEFORE.search(text, start, span[0])
        return (span[0] if blanks is None else blanks.start(), span[1])
    line_end = _LINE_END.search(text, span[1])
    return (start, span[1] if line_end is None else line_end.end())
