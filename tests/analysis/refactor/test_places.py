"""Every refactoring that is offered, made: the compiler finds nothing new, and a run prints what it printed."""

from __future__ import annotations

from collections import Counter

import pytest
from runekiln_analysis.snapshot import Snapshot

from tests.analysis.resolve.corpus import KILN

from .random_places import scripts, tried, tried_everywhere

NAMES = {path.name for path in KILN.rglob("*.rn")}
OF_KILN = [(name, snapshot) for name, snapshot in scripts() if name in NAMES]
OF_OTHERS = [(name, snapshot) for name, snapshot in scripts() if name not in NAMES and len(snapshot.text) < 500][::60]


@pytest.mark.parametrize(("name", "snapshot"), [*OF_KILN, *OF_OTHERS], ids=[name for name, _ in (*OF_KILN, *OF_OTHERS)])
def test_at_every_place(name: str, snapshot: Snapshot) -> None:
    found = tried_everywhere(name, snapshot)
    assert found.wrong == []


def test_at_random_places_of_the_scripts_of_others() -> None:
    found = tried(1, 200)
    assert found.wrong == []
    assert len(+Counter(found.made)) >= 5
