"""How long `check` takes for one script and for hundreds, the whole command: names, types and rules included."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.servers import RUNEKILN, native, package, scripts_in
from tests.bench.table import Bound, Line

ROUNDS = 7
LINES = 100
COUNTS = ((1, None), (100, Bound("ratio", 1)), (200, Bound("ratio", 1)))


def measure(choose: random.Random) -> list[Line]:
    """Scripts without problems, the commands taking turns."""
    lines = []
    for count, bound in COUNTS:
        line = Line(f"check, {count} file{'s' * (count > 1)} of {LINES} lines", bound)
        with package() as folder:
            scripts_in(folder, count, LINES)
            files = sorted(str(path) for path in folder.rglob("*.rn"))
            for _ in range(ROUNDS):
                line.ours.append(_time((RUNEKILN, "check", *files), folder))
                line.theirs.append(_time((native(), "check", *files), folder))
        lines.append(line)
    return lines


def _time(command: Sequence[str], folder: Path) -> float:
    started = time.perf_counter()
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    milliseconds = (time.perf_counter() - started) * 1e3
    if ended.returncode != 0:
        raise SystemExit(f"{command[0]} check: {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return milliseconds
