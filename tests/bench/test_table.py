"""A line that is beyond its bound says so, by name."""

from __future__ import annotations

import pytest

from tests.bench.table import EMPTY, Bound, Line


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (Line("edit", Bound("ratio", 0.5), ours=[3, 1, 2], theirs=[4]), None),
        (Line("edit", Bound("ratio", 0.5), ours=[3], theirs=[4]), "edit: 0.75 x native, at most 0.5"),
        (Line("start", Bound("ratio", 1.3), EMPTY, ours=[4], theirs=[3]), "start: 1.33 x empty pygls, at most 1.3"),
        (Line("growth", Bound("value", 1), ours=[1.0], theirs=[0.1]), None),
        (Line("growth", Bound("value", 1), ours=[1.5], theirs=[9]), "growth: 1.50, at most 1"),
        (Line("hover", Bound("p99", 20), ours=[1.0] * 99 + [90.0] * 1), "hover: 90.00, at most 20"),
        (Line("hover", Bound("p99", 20), ours=[1.0] * 199 + [90.0] * 1), None),
        (Line("found, %", Bound("least", 90), ours=[90.0]), None),
        (Line("found, %", Bound("least", 90), ours=[89.5]), "found, %: 89.50, at least 90"),
        (Line("completion", (Bound("value", 4), Bound("ratio", 0.25)), ours=[2], theirs=[9]), None),
        (
            Line("completion", (Bound("value", 4), Bound("ratio", 0.25)), ours=[5], theirs=[10]),
            "completion: 5.00, at most 4; 0.50 x native, at most 0.25",
        ),
        (Line("edit to completion", ours=[9], theirs=[1]), None),
    ],
)
def test_what_is_beyond_its_bound(line: Line, said: str | None) -> None:
    assert line.beyond() == said
    assert ("BEYOND" in line.draw()) == (said is not None)


def test_a_line_shows_medians_and_their_ratio() -> None:
    drawn = Line("edit", ours=[1, 2, 30], theirs=[4]).draw().split()
    assert drawn == ["edit", "2.0", "30.0", "4.0", "4.0", "0.50"]


def test_nothing_need_stand_beside() -> None:
    assert Line("codifier", ours=[7]).draw().split() == ["codifier", "7.0", "7.0", "-"]
