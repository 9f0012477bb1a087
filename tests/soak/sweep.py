"""The other half of the soak, in Rust: parser, check and formatter over edited scripts, in a process beside ours."""

from __future__ import annotations

import collections
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from runekiln_runtime.paths import cache_dir

from .corpus import MANIFEST
from .seeds import VARIABLE

SECONDS_OF_A_TEST = 15
"""Each of its tests goes on for so long, then the next one, then all of them with another seed."""

_ROUNDS = re.compile(r"soak: (\w+): (\d+) rounds$", re.MULTILINE)


def build(manifest: Path = MANIFEST, target: Path | None = None) -> Path:
    """Build the sweep natively, in the folder `target`; returns the program. Raises CalledProcessError."""
    folder = str(target) if target else os.environ.get("CARGO_TARGET_DIR", str(cache_dir() / "target"))
    command = ["cargo", "test", "--manifest-path", str(manifest), "--locked", "--test", "sweep", "--no-run"]
    done = subprocess.run(
        [*command, "--message-format=json"],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "CARGO_TARGET_DIR": folder},
    )
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    [program] = [of["executable"] for of in messages if of.get("executable") and of["target"]["name"] == "sweep"]
    return Path(program)


class Sweep:
    """A process at a time, started again as soon as it has ended well."""

    def __init__(self, program: Path, seed: int, folder: Path = MANIFEST.parent / "guest") -> None:
        self.seeds: list[int] = []
        self.rounds: collections.Counter[str] = collections.Counter()
        self.failures: list[str] = []
        self._program = program
        self._folder = folder
        self._next_seed = seed
        self._log: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is open as long as this lives
        self._process = self._started()

    def go_on(self) -> None:
        """Start it again if it has ended."""
        if self._process.poll() is not None and not self.failures:
            self._take_log(self._process.returncode != 0)
            self._process = self._started()

    def end(self) -> None:
        """End it, and keep what it has said so far."""
        has_failed = self._process.poll() not in (None, 0)
        if self._process.returncode is None:
            self._process.terminate()
            self._process.wait()
        self._take_log(has_failed)
        self._log.close()

    def _started(self) -> subprocess.Popen[str]:
        self._log.seek(0)
        self._log.truncate()
        self.seeds.append(self._next_seed)
        environment = {VARIABLE: str(self._next_seed), "RUNEKILN_SOAK_SECONDS": str(SECONDS_OF_A_TEST)}
        # Seeds of one process follow each other; those of the next must be others.
        self._next_seed += 1 << 32
        return subprocess.Popen(
            [self._program, "--nocapture", "--test-threads=1"],
            cwd=self._folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **environment, "RUST_BACKTRACE": "0"},
        )

    def _take_log(self, has_failed: bool) -> None:
        self._log.seek(0)
        said = self._log.read()
        for name, rounds in _ROUNDS.findall(said):
            self.rounds[name] += int(rounds)
        if has_failed:
            self.failures.append(said[-20_000:])
