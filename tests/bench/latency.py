"""`make bench`: how long an editor waits, for Runekiln and for the native `rune language-server`, edit by edit.

Both servers run at the same time and get the same edit one after the other, so that a noisy machine is
noisy for both; what to compare is the ratio. An edit inserts a call of a function that does not exist, new
each time, at a random place, and is answered when the published errors are exactly the expected ones.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runekiln_runtime.paths import cache_dir

from tests.bench.client import TimedClient
from tests.bench.script import Insertion, Script

ROOT = Path(__file__).resolve().parents[2]
PAUSE = 0.15  # seconds between edits, so that a server which works on in the background has done so
ROUNDS = 5  # each with fresh servers and a fresh script
ASKS = 10


@dataclass(slots=True)
class Timings:
    """What was measured of one server at one size: milliseconds, and the peak memory in MiB."""

    initialize: list[float] = field(default_factory=list)
    first_diagnostics: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    completions: list[float] = field(default_factory=list)
    hovers: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    exit: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print one table a size."""
    parser = argparse.ArgumentParser(description="Times Runekiln beside the native Rune language server.")
    parser.add_argument("--lines", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--edits", type=int, default=30, help="at most, over all rounds")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9, help="repeat a run's random edits")
    options = parser.parse_args()
    servers = {"Runekiln": [str(ROOT / ".venv/bin/runekiln"), "lsp"], "native": [str(_native()), "language-server"]}
    print(f"seed {options.seed}; load average before {os.getloadavg()[0]:.1f}; milliseconds unless said otherwise")
    for lines in options.lines:
        measured = asyncio.run(_measure(servers, lines, options.edits, random.Random(options.seed)))
        print(f"\n{lines:,} lines")
        print(_table(measured))


def _native() -> Path:
    """The native server: where `make bench` installs it, else on the path."""
    installed = cache_dir() / "rune-cli" / "bin" / "rune"
    found = installed if installed.exists() else shutil.which("rune")
    if not found:
        raise SystemExit("the native `rune` is missing: cargo install rune-cli@0.14.2, or run `make bench`")
    return Path(found)


async def _measure(servers: dict[str, list[str]], lines: int, edits: int, choose: random.Random) -> dict[str, Timings]:
    measured = {server: Timings() for server in servers}
    for _ in range(ROUNDS):
        script = Script.of_length(lines)
        script.break_somewhere(0, choose)
        with tempfile.TemporaryDirectory(prefix="runekiln-bench-") as name:
            folder = Path(name)
            (folder / "src").mkdir()
            (folder / "Rune.toml").write_text('[package]\nname = "bench"\nversion = "0.0.0"\n')
            (folder / "src" / "main.rn").write_text(script.text)
            clients = {
                server: await _start(server, command, folder, script, measured[server])
                for server, command in servers.items()
            }
            await _edit(clients, script, min(edits // ROUNDS, script.untouched()), choose, measured)
            await _ask(clients, script, measured)
            for server, client in clients.items():
                measured[server].memory.append(client.peak_memory())
                measured[server].exit.append(await client.close())
    return measured


async def _start(server: str, command: Sequence[str], folder: Path, script: Script, into: Timings) -> TimedClient:
    client = await TimedClient.spawn(server, command, folder)
    into.initialize.append(await client.initialize(folder))
    into.first_diagnostics.append(await client.open(script))
    return client


async def _edit(
    clients: dict[str, TimedClient], script: Script, edits: int, choose: random.Random, measured: dict[str, Timings]
) -> None:
    for number in range(1, edits + 1):
        insertions = script.break_somewhere(number, choose)
        for server, client in clients.items():
            await asyncio.sleep(PAUSE)
            measured[server].edits.append(await client.edit(insertions, script))


async def _ask(clients: dict[str, TimedClient], script: Script, measured: dict[str, Timings]) -> None:
    """Ask what an editor asks while `st` is being typed above the last call."""
    call = next(line for line, row in enumerate(script.rows) if row == "    count_bed_0(1, 2)")
    for client in clients.values():
        client.type(Insertion(call, "    st"))
    for _ in range(ASKS):
        for server, client in clients.items():
            measured[server].completions.append(await client.ask("textDocument/completion", call, 6))
            measured[server].hovers.append(await client.ask("textDocument/hover", call + 1, 6))


def _table(measured: dict[str, Timings]) -> str:
    ours, native = measured["Runekiln"], measured["native"]
    rows = [
        ("edit to all diagnostics", ours.edits, native.edits),
        ("completion", ours.completions, native.completions),
        ("hover (native has none)", ours.hovers, native.hovers),
        ("spawn to initialize reply", ours.initialize, native.initialize),
        ("spawn to first diagnostics", ours.first_diagnostics, native.first_diagnostics),
        ("shutdown to process gone", ours.exit, native.exit),
        ("peak memory, MiB", ours.memory, native.memory),
    ]
    lines = [f"{'':28}{'Runekiln':>18}{'native rune':>18}{'ratio':>8}", f"{'':28}{'median':>10}{'p95':>8}"]
    lines[1] += f"{'median':>10}{'p95':>8}"
    for label, here, there in rows:
        ratio = statistics.median(here) / statistics.median(there)
        lines.append(f"{label:28}{_summary(here)}{_summary(there)}{ratio:8.2f}")
    return "\n".join(lines)


def _summary(times: list[float]) -> str:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"{statistics.median(ordered):10.1f}{high:8.1f}"


if __name__ == "__main__":
    main()
