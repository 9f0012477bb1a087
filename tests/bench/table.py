"""One table of everything that was measured, and the bounds that it must keep."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

NATIVE = "native"
EMPTY = "empty pygls"

HEAD = f"{'':48}{'Runekiln':>18}{'beside':>18}{'ratio':>8}{'bound':>9}"
SUBHEAD = f"{'':48}{'median':>10}{'p95':>8}{'median':>10}{'p95':>8}"


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that a line may show: a ratio of medians, the median, what 99 of 100 take; or the least median."""

    kind: Literal["ratio", "value", "p99", "least"]
    limit: float

    def allows(self, value: float) -> bool:
        """Whether a line may show this."""
        return value >= self.limit if self.kind == "least" else value <= self.limit


@dataclass(slots=True)
class Line:
    """One line of the table: what was measured of us, and of what stands beside us in the same run."""

    label: str
    bound: Bound | tuple[Bound, ...] | None = None
    beside: str = NATIVE
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float | None:
        """How many times theirs we take; `None` if they take nothing, or there are none."""
        theirs = statistics.median(self.theirs) if self.theirs else 0
        return statistics.median(self.ours) / theirs if theirs else None

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """All that it must keep."""
        return (self.bound,) if isinstance(self.bound, Bound) else self.bound or ()

    def beyond(self) -> str | None:
        """What the line shows instead of what it may show; None if it keeps its bounds."""
        told = "; ".join(filter(None, map(self._beyond, self.bounds)))
        return f"{self.label}: {told}" if told else None

    def _beyond(self, bound: Bound) -> str | None:
        unit = ""
        if bound.kind == "ratio":
            assert self.ratio is not None, f"{self.label} has a ratio as its bound and nothing beside it"
            value, unit = self.ratio, f" x {self.beside}"
        elif bound.kind == "p99":
            value = percentile(self.ours, 0.99)
        else:
            value = statistics.median(self.ours)
        wanted = "at least" if bound.kind == "least" else "at most"
        return None if bound.allows(value) else f"{value:.2f}{unit}, {wanted} {bound.limit:g}"

    def draw(self) -> str:
        """The line as text."""
        beside = "" if self.beside == NATIVE else f" (beside {self.beside})"
        high = 0.99 if any(bound.kind == "p99" for bound in self.bounds) else 0.95
        drawn = f"{self.label + beside:48}{_summary(self.ours, high)}{_summary(self.theirs, high)}"
        drawn += f"{self.ratio:8.2f}" if self.ratio is not None else " " * 8
        limits = " ".join(f"{bound.limit:g}" for bound in self.bounds)
        return f"{drawn}{limits:>9}{'  BEYOND' if self.beyond() else ''}".rstrip()


def percentile(values: Iterable[float], part: float) -> float:
    """The least of them that so many are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def _summary(values: list[float], high: float) -> str:
    if not values:
        return f"{'-':>10}{'':>8}"
    return f"{statistics.median(values):10.1f}{percentile(values, high):8.1f}"
