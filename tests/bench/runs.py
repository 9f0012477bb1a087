"""How long scripts run in the sandbox, with all limits on, and how long natively.

What counts is the processor's time, which other programs disturb less: of a whole run, with the guest's start and the
compiler, and of the whole native command.
"""

from __future__ import annotations

import random
import re
import resource
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from runekiln_runtime.outcomes import Finished, Limits
from runekiln_runtime.protocol import Argument, Run, SessionArgument, Source
from runekiln_runtime.runner import Runner

from tests.bench.servers import ROOT, native
from tests.bench.table import Bound, Line

ROUNDS = 5
MOST = Bound("ratio", 2.5)
LIMITS = Limits(seconds=60, fuel=10**12)
LOOPS = Path(__file__).with_name("loops")
GARDEN = ROOT / "tests" / "kilns" / "garden" / ".crucible"
CODIFIER = GARDEN / "scripts" / "codify.rn"
SESSION = GARDEN / "sessions" / "2026-03-07-spring-valves" / "session.md"

_TOLD = re.compile(r"== (.*) \([^()]*\)$", re.MULTILINE)


def measure(choose: random.Random) -> list[Line]:
    """Each loop, and a real codifier over a real session log, which native Rune has no types for."""
    runner = Runner.load()
    lines = []
    for path in sorted(LOOPS.glob("*.rn")):
        line = Line(f"run, {path.stem}", MOST)
        for _ in range(ROUNDS):
            value, milliseconds = _run(runner, path, "main", ())
            native_value, native_milliseconds = _run_natively(path)
            if value != native_value:
                raise SystemExit(f"{path.name} gives {value} here and {native_value} natively")
            line.ours.append(milliseconds)
            line.theirs.append(native_milliseconds)
        lines.append(line)
    session = SessionArgument(str(SESSION), SESSION.read_bytes())
    codifier = Line("run, the garden's codifier and its session")
    codifier.ours = [_run(runner, CODIFIER, "codify_session", (session,))[1] for _ in range(ROUNDS)]
    return [*lines, codifier]


def _run(runner: Runner, path: Path, entry: str, arguments: tuple[Argument, ...]) -> tuple[str, float]:
    """What the script returns, and the milliseconds of processor time."""
    started = time.process_time()
    outcome = runner.run(Run((Source(path.name, path.read_bytes()),), entry, arguments, 1 << 20), LIMITS)
    milliseconds = (time.process_time() - started) * 1e3
    if not isinstance(outcome, Finished):
        raise SystemExit(f"{path.name}: {outcome.error.message}")
    return outcome.value.text, milliseconds


def _run_natively(path: Path) -> tuple[str, float]:
    """The same of the native command."""
    with TemporaryDirectory(prefix="runekiln-bench-") as folder:
        # The native command runs the body of a function.
        script = Path(folder, path.name)
        script.write_text(f"{path.read_text()}\nmain()\n")
        command = [native(), "run", "--time", str(script)]
        before = _children_time()
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        milliseconds = _children_time() - before
    found = _TOLD.search(told.stdout + told.stderr)
    if not found:
        raise SystemExit(f"`rune run --time` tells no value:\n{told.stdout}{told.stderr}")
    return found[1], milliseconds


def _children_time() -> float:
    """The milliseconds of processor time that all ended child processes have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1e3
