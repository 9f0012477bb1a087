"""How long each kind of request takes at any place of any script: the 99th of a hundred, and none with an error."""

from __future__ import annotations

import asyncio
import logging
import random
import tempfile
from pathlib import Path

from tests.answers.direct import Direct
from tests.answers.editors import any_editor
from tests.answers.samples import written_to
from tests.answers.sweep import Sweep
from tests.bench.table import Bound, Line

SCRIPTS = 250
PLACES = 25
"""In each script."""

BOUND = Bound("p99", 20)


def measure(choose: random.Random) -> list[Line]:
    """A line for each method; the second number is what 99 of 100 answers take."""
    # pygls takes every refused request for something to worry about.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sweep = asyncio.run(_swept(choose))
    if sweep.mishaps:
        raise SystemExit(f"answered with an error: {sweep.mishaps[0]}")
    return [Line(f"p50, p99: {method}", BOUND, ours=times) for method, times in sorted(sweep.times.items())]


async def _swept(choose: random.Random) -> Sweep:
    with tempfile.TemporaryDirectory() as folder:
        scripts = written_to(Path(folder))
        client = Direct()
        await client.initialize(any_editor(choose), Path(folder) / "garden")
        sweep = Sweep(client, choose)
        for script in choose.sample(scripts, SCRIPTS):
            await sweep.script(script, PLACES)
        await client.end()
    return sweep
