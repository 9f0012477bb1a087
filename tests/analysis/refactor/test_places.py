"""Every refactoring that is offered, made: the compiler finds nothing new, and a run prints what it printed."""

from __future__ import annotations

from collections import Counter

import pytest
from runekiln_analysis.snapshot import Snapshot

from tests.analysis.resolve.corpus import KILN

from .random_places import scripts, tried, tried_everywhere

NAMES = {path.name for path in KILN.rglob("*.rn")}
OF_KILN = [(name, snapshot) for name, snapshot in scripts() if name in NAMES]


@pytest.mark.parametrize(("name", "snapshot"), OF_KILN, ids=[name for name, _ in OF_KILN])
def test_at_every_place_of_the_kiln(name: str, snapshot: Snapshot) -> None:
    found = tried_everywhere(name, snapshot)
    assert found.wrong == []


def test_at_random_places_of_the_scripts_of_others() -> None:
    found = tried(1, 500)
    assert found.wrong == []
    assert len(+Counter(found.made)) >= 5
