"""All codes in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

import msgspec

from runekiln_analysis.codes.of_compiler import OF_COMPILER
from runekiln_analysis.codes.of_parser import OF_PARSER
from runekiln_analysis.codes.of_rules import OF_RULES
from runekiln_analysis.codes.of_stubs import OF_STUBS
from runekiln_analysis.facts import Severity

Source = Literal["rule", "compiler", "parser", "stub"]
"""Who tells of it."""


class Code(msgspec.Struct, frozen=True):
    """A code, how severe it is by default, and what it is about; each rule has a page of its own."""

    name: str
    severity: Severity
    about: str
    source: Source

    @property
    def can_be_allowed(self) -> bool:
        """Whether a script with it may still be what was meant: rules and warnings, not what does not compile."""
        return self.source == "rule" or self.severity != "error"


@cache
def known_codes() -> Mapping[str, Code]:
    """Every code by its name, in the order of the names. What several tell of is that of the rule."""
    rows: dict[str, Code] = {}
    told: tuple[tuple[Source, str], ...] = (
        ("stub", OF_STUBS),
        ("compiler", OF_COMPILER),
        ("parser", OF_PARSER),
        ("rule", OF_RULES),
    )
    for source, listed in told:
        rows |= {code.name: code for code in _rows(source, listed)}
    return MappingProxyType(dict(sorted(rows.items())))


def _rows(source: Source, listed: str) -> Iterator[Code]:
    for line in listed.splitlines():
        name, severity, about = line.split(" ", 2)
        # A test looks that it is one of them.
        yield Code(name, cast(Severity, severity), about, source)
