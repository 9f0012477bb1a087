"""Problems that only say again what another one says."""

from __future__ import annotations

from collections.abc import Mapping

from .facts import FileFacts, Offsets, Problem

Place = tuple[Offsets, str]
"""Where a problem lies, and its code."""

_NOT_CALLED = ("not-public", "plugin-shape")
_SAID_BY = {"not-used": _NOT_CALLED, "unused-function": _NOT_CALLED, "type-mismatch": ("undefined-handler",)}
"""Codes that are left out where one of the others speaks of the same words: what nobody calls is nowhere used."""

_NEVER_CLOSED = "unterminated-"
_OF_ITS_OWN = "unclosed-brace"
"""It lies at its brace, and is about the place where another one is missing."""


def repeats(file: FileFacts, told: Mapping[Place, Problem]) -> frozenset[Place]:
    """Those of the problems that are told, by place and code, which nobody need hear."""
    syntax = [(file.span_of(each), each.code) for each in file.problems if each.origin == "syntax"]
    found = {place for place in told if any((place[0], code) in told for code in _SAID_BY.get(place[1], ()))}
    if syntax:
        found |= _of_parser(syntax)
        found |= _about_what_cannot_be_read(file, told, syntax)
    return frozenset(found)


def _of_parser(syntax: list[Place]) -> set[Place]:
    """Where the parser stumbles twice, the second time is over what it did about the first.

    What is never closed comes before that something else was expected.
    """
    first: dict[int, Place] = {}
    for place in sorted(syntax, key=lambda place: not place[1].startswith(_NEVER_CLOSED)):
        if place[1] != _OF_ITS_OWN:
            first.setdefault(place[0][0], place)
    kept = set(first.values())
    return {place for place in syntax if place not in kept and place[1] != _OF_ITS_OWN}


def _about_what_cannot_be_read(file: FileFacts, told: Mapping[Place, Problem], syntax: list[Place]) -> set[Place]:
    """What we say of words among which the parser stumbles: they may mean something else once they are mended.

    What we say in the place of the parser stays.
    """
    spans = [span for span, _ in syntax]
    heard = {(file.span_of(each), each.code) for each in file.problems}
    return {
        (span, code)
        for span, code in told.keys() - heard
        if not told[span, code].covers and any(span[0] <= start and end <= span[1] for start, end in spans)
    }
