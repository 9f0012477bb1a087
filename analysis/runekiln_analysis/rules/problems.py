"""How the rules put a problem into words and a fix into edits."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from runekiln_analysis.facts import Edit, Fix, Offsets, Problem, Related, Severity, Tag


def problem(
    code: str,
    message: str,
    span: Offsets,
    *fixes: Fix,
    severity: Severity = "warning",
    tags: tuple[Tag, ...] = (),
    related: tuple[Related, ...] = (),
) -> Problem:
    """A problem of ours; `span` is absolute."""
    return Problem(code, severity, message, span, "runekiln", None, tags, related, fixes)


def not_public(name: str, name_span: Offsets, header: int) -> Problem:
    """That the host does not see the function, whose text begins at `header` behind documentation and attributes."""
    message = f"`{name}` is not registered: the host sees only functions that are `pub`"
    return problem("not-public", message, name_span, Fix("Make the function `pub`", (Edit((header, header), "pub "),)))


def closest(name: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known name that `name` is most like, if it is like any: 1 is the same, 0 has no letter in common."""
    found = get_close_matches(name.lower(), {each.lower(): each for each in known}, n=1, cutoff=alike)
    return next((each for each in known if found and each.lower() == found[0]), None)


def did_you_mean(name: str | None) -> str:
    """The end of a message that proposes `name`."""
    return "" if name is None else f"; did you mean `{name}`?"


def replacement(name: str | None, span: Offsets, written: str | None = None) -> tuple[Fix, ...]:
    """The fix that writes `written`, or `name` itself, over the span; none without a name."""
    return () if name is None else (Fix(f"Replace with `{name}`", (Edit(span, written or name),)),)


def with_line(text: bytes, span: Offsets) -> Offsets:
    """The span with the blanks before it and the end of its line, if nothing else is there."""
    start, end = span
    first = text.rfind(b"\n", 0, start) + 1
    last = text.find(b"\n", end)
    last = len(text) if last < 0 else last + 1
    is_alone = not text[first:start].strip() and not text[end:last].strip()
    return (first, last) if is_alone else span
