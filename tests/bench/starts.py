"""From the spawn of a server to its first words, the compiled guest being in the cache, or not yet.

Cold means an empty `RUNEKILN_CACHE`: the guest is compiled to machine code first, as after an installation. The
files themselves are in the system's page cache in either case.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.client import TimedClient
from tests.bench.script import Script
from tests.bench.servers import RUNEKILN, native, package, scripts_in
from tests.bench.table import EMPTY, Bound, Line

ROUNDS = 15
COLD_ROUNDS = 2
LINES = 1_000

OURS = (RUNEKILN, "lsp")
BARE = (sys.executable, str(Path(__file__).with_name("empty_server.py")))


def measure(choose: random.Random) -> list[Line]:
    """The empty server on pygls, Runekiln and the native server, one after the other in each round."""
    reply = Line("spawn to initialize reply", Bound("ratio", 1.3), EMPTY)
    native_reply = Line("spawn to initialize reply")
    problems = Line(f"spawn to first problems, {LINES:,} lines")
    ended = Line("shutdown to process gone")
    cold_reply = Line("cold: spawn to initialize reply", None, EMPTY)
    cold_problems = Line(f"cold: spawn to first problems, {LINES:,} lines")
    with package() as folder:
        [script] = scripts_in(folder, 1, LINES)
        script.break_somewhere(0, choose)
        script.save()
        for _ in range(ROUNDS):
            bare = asyncio.run(_greet(BARE, folder))
            ours = asyncio.run(_start(OURS, folder, script))
            theirs = asyncio.run(_start((native(), "language-server"), folder, script))
            for line, here, there in (
                (reply, ours[0], bare),
                (native_reply, ours[0], theirs[0]),
                (problems, ours[1], theirs[1]),
                (ended, ours[2], theirs[2]),
            ):
                line.ours.append(here)
                line.theirs.append(there)
        for _ in range(COLD_ROUNDS):
            with TemporaryDirectory(prefix="runekiln-bench-cache-") as cache:
                greeted, shown, _ = asyncio.run(_start(OURS, folder, script, {"RUNEKILN_CACHE": cache}))
            cold_reply.ours.append(greeted)
            cold_reply.theirs.append(asyncio.run(_greet(BARE, folder)))
            cold_problems.ours.append(shown)
            cold_problems.theirs.append(asyncio.run(_start((native(), "language-server"), folder, script))[1])
    return [reply, native_reply, problems, ended, cold_reply, cold_problems]


async def _greet(command: Sequence[str], folder: Path) -> float:
    client = await TimedClient.spawn(EMPTY, command, folder)
    greeted = await client.initialize(folder)
    await client.close()
    return greeted


async def _start(
    command: Sequence[str], folder: Path, script: Script, variables: Mapping[str, str] | None = None
) -> tuple[float, float, float]:
    """Milliseconds from spawn to the reply, from spawn to the problems, and from shutdown to the end."""
    client = await TimedClient.spawn(Path(command[0]).name, command, folder, variables)
    greeted = await client.initialize(folder)
    shown = await client.open(script)
    return greeted, shown, await client.close()
