"""From an edit to exactly the problems of the edited text, at several sizes and with several scripts open.

Both servers run at the same time and get the same edit one after the other, so that a noisy machine is noisy for both;
what to compare is the ratio. An edit inserts a call of a function that does not exist, new each time, at a random
place, and is answered when the published errors are exactly the expected ones.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.client import TimedClient
from tests.bench.script import Change, Script
from tests.bench.servers import both_servers, package, scripts_in
from tests.bench.table import Bound, Line

PAUSE = 0.15  # seconds between edits, so that a server which works on in the background has done so
ROUNDS = 5  # each with fresh servers and fresh scripts
EDITS = 10  # in each round, or as many as the scripts have functions
ASKS = 10
COMPLETION = "textDocument/completion"


@dataclass(frozen=True, slots=True)
class Setting:
    """How many scripts of how many lines are open, and what the edits in them may cost."""

    scripts: int
    lines: int
    bound: Bound | tuple[Bound, ...] | None = None

    @property
    def label(self) -> str:
        """What the table calls it."""
        if self.scripts == 1:
            return f"{self.lines:,} lines"
        return f"{self.scripts} scripts of {self.lines} lines"


SETTINGS = (
    Setting(1, 100),
    Setting(1, 1_000, Bound("ratio", 0.67)),
    Setting(1, 10_000, Bound("ratio", 0.1)),
    Setting(10, 100),
    Setting(100, 100, Bound("ratio", 0.1)),
)


ASKED = (
    ("completion", COMPLETION, 0, 6, (Bound("value", 4), Bound("ratio", 0.25))),
    ("hover (native has none)", "textDocument/hover", 1, 6, Bound("value", 3)),
    ("definition", "textDocument/definition", 1, 6, Bound("value", 3)),
    ("signature (native has none)", "textDocument/signatureHelp", 1, 16, Bound("value", 3)),
)
"""What an editor asks: how many lines below what is being typed, in which column, and the most that it may take."""

TYPED = ("    cou", "    co")
"""What is typed in turn, each a fresh text; native completes names of functions alone, and these are some."""


def measure(choose: random.Random) -> list[Line]:
    """All settings, and what an editor asks beside problems at a thousand lines."""
    lines = []
    for setting in SETTINGS:
        edit = Line(f"edit to problems, {setting.label}", setting.bound)
        asked = [Line(f"{what}, {setting.label}", bound) for what, *_, bound in ASKED]
        fresh = Line(f"edit to completion, {setting.label}")
        for _ in range(ROUNDS):
            asyncio.run(_round(setting, choose, edit, (fresh, *asked)))
        lines += [edit, fresh, *asked] if setting.lines == 1_000 else [edit]
    return lines


async def _round(setting: Setting, choose: random.Random, edit: Line, asked: Sequence[Line]) -> None:
    with package() as folder:
        scripts = scripts_in(folder, setting.scripts, setting.lines)
        async with both_servers(folder, scripts) as (ours, theirs):
            for number in range(min(EDITS, sum(script.untouched() for script in scripts))):
                script = choose.choice([script for script in scripts if script.untouched()])
                changes = script.break_somewhere(number, choose)
                for client, into in ((ours, edit.ours), (theirs, edit.theirs)):
                    await asyncio.sleep(PAUSE)
                    into.append(await client.edit(changes, script))
            await _ask((ours, theirs), scripts[0], asked)


async def _ask(clients: tuple[TimedClient, TimedClient], script: Script, asked: Sequence[Line]) -> None:
    """Ask what an editor asks while somebody types above the last call; and what fits, at once behind each edit."""
    fresh, *settled = asked
    call = next(line for line, row in enumerate(script.rows) if row == "    count_bed_0(1, 2)")
    typed = script.insert(call, "    st")
    for client in clients:
        client.type([typed], script)
    for _ in range(ASKS):
        for line, (_, method, below, column, _) in zip(settled, ASKED, strict=True):
            for client, times in zip(clients, (line.ours, line.theirs), strict=True):
                times.append(await client.ask(method, script, call + below, column))
    for number in range(ASKS):
        row = TYPED[number % len(TYPED)]
        for client, times in zip(clients, (fresh.ours, fresh.theirs), strict=True):
            await asyncio.sleep(PAUSE)
            started = time.perf_counter()
            client.type([Change(call, f"{row}\n", removed=1)], script)
            await client.ask(COMPLETION, script, call, len(row))
            times.append((time.perf_counter() - started) * 1e3)
