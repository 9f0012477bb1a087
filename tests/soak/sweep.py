"""The other half of the soak, in Rust: parser, check and formatter over edited scripts, in a process beside ours."""

from __future__ import annotations

import collections
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from runekiln_runtime.paths import cache_dir

from .corpus import MANIFEST

SECONDS_OF_A_TEST = 15
"""Each of its tests goes on for so long, then the next one, then all of them with another seed."""

_ROUNDS = re.compile(r"^.*soak: (\w+): (\d+) rounds$", re.MULTILINE)


class Sweep:
    """A process at a time, started again as soon as it has ended."""

    def __init__(self, seed: int, manifest: Path = MANIFEST) -> None:
        self.seeds: list[int] = []
        self.rounds: collections.Counter[str] = collections.Counter()
        self.failures: list[str] = []
        self._next_seed = seed
        self._manifest = manifest
        self._log: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is open as long as this lives
        self._process = self._started()

    def go_on(self) -> None:
        """Start it again if it has ended."""
        if self._process.poll() is not None:
            self._take_log()
            self._process = self._started()

    def end(self) -> None:
        """End it, and keep what it has said so far."""
        if self._process.poll() is None:
            # Only its own failures count, not that it is ended here.
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait()
            self._process.returncode = 0
        self._take_log()
        self._log.close()

    def wait(self, seconds: float) -> None:
        """Wait for the end of the process that is running."""
        self._process.wait(seconds)

    def _started(self) -> subprocess.Popen[str]:
        self._log.seek(0)
        self._log.truncate()
        self.seeds.append(self._next_seed)
        environment = {
            "CARGO_TARGET_DIR": str(cache_dir() / "target"),
            "RUNEKILN_SOAK_SEED": str(self._next_seed),
            "RUNEKILN_SOAK_SECONDS": str(SECONDS_OF_A_TEST),
        }
        # Seeds of one process follow each other; those of the next must be others.
        self._next_seed += 1 << 32
        command = ["cargo", "test", "--manifest-path", str(self._manifest), "-p", "runekiln-guest", "--locked"]
        command += ["--quiet", "--test", "sweep", "--", "--nocapture", "--test-threads=1"]
        return subprocess.Popen(
            command,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **environment},
            # A group of its own, since it is cargo that starts the tests.
            start_new_session=True,
        )

    def _take_log(self) -> None:
        self._log.seek(0)
        said = self._log.read()
        for name, rounds in _ROUNDS.findall(said):
            self.rounds[name] += int(rounds)
        if self._process.returncode:
            self.failures.append(said[-20_000:])
