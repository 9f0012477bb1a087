"""How much memory a server takes with a script of a thousand lines, and how much more after ten thousand edits."""

from __future__ import annotations

import asyncio
import random

from tests.bench.client import TimedClient
from tests.bench.script import ANCHOR, Script
from tests.bench.servers import both_servers, package, scripts_in
from tests.bench.table import Bound, Line

LINES = 1_000
FIRST = 200  # edits until what is made only once has been made
EDITS = 10_000


def measure(choose: random.Random) -> list[Line]:
    """The peak, and the growth between the first edits and the last, in MB."""
    peak = Line(f"peak memory, {LINES:,} lines, MB", Bound("value", 100))
    growth = Line(f"memory grown over {EDITS:,} edits, MB", Bound("value", 1))
    asyncio.run(_measure(choose, peak, growth))
    return [peak, growth]


async def _measure(choose: random.Random, peak: Line, growth: Line) -> None:
    with package() as folder:
        [script] = scripts_in(folder, 1, LINES)
        async with both_servers(folder, [script]) as (ours, theirs):
            before = [0.0, 0.0]
            for number in range(FIRST + EDITS):
                if number == FIRST:
                    before = [ours.memory(), theirs.memory()]
                await _break_or_mend(script, number, choose, (ours, theirs))
            for client, then, peaks, growths in (
                (ours, before[0], peak.ours, growth.ours),
                (theirs, before[1], peak.theirs, growth.theirs),
            ):
                peaks.append(client.peak_memory())
                growths.append(client.memory() - then)


async def _break_or_mend(
    script: Script, number: int, choose: random.Random, clients: tuple[TimedClient, TimedClient]
) -> None:
    """Every other edit takes out what the last one put in, so that the script stays as long as it is."""
    if script.errors:
        [(line, _)] = script.errors
        change = script.remove(line)
    else:
        line = choose.choice([line for line, row in enumerate(script.rows) if row == ANCHOR])
        change = script.insert(line, f"    absent_{number}_{choose.randrange(10**6)}();")
        script.errors.add((line, 4))
    await asyncio.gather(*(client.edit([change], script) for client in clients))
