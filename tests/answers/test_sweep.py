"""Whatever is asked, wherever, by whichever editor: there is an answer, or a refusal with its reason."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.soak.seeds import seeds

from .direct import Direct
from .editors import any_editor
from .requests import requests
from .samples import garden_in, written_to
from .sweep import Sweep, drawn

SCRIPTS = 40
PLACES = 25
"""In each script, or all if there are fewer: a minute together."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", seeds(0))
async def test_nothing_is_answered_with_an_error(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    scripts = written_to(tmp_path)
    client = Direct()
    await client.initialize(any_editor(random), tmp_path / "garden")
    sweep = Sweep(client, random)
    for script in random.sample(scripts, SCRIPTS):
        await sweep.script(script, PLACES)
    await client.end()
    print("\n".join(drawn(sweep)))
    assert sweep.mishaps == []


@pytest.mark.timeout(600)
async def test_everything_in_the_table_is_asked(tmp_path: Path) -> None:
    garden = garden_in(tmp_path)
    client = Direct()
    await client.initialize(any_editor(Random(0)), garden)
    sweep = Sweep(client, Random(0))
    for script in sorted(garden.rglob("*.rn")):
        await sweep.script(script, 5)
    await client.end()
    assert set(sweep.asked) == {request.method for request in requests()}
