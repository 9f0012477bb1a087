"""`make bench` and `make bench-check`: Runekiln beside the native Rune and beside an empty server, in one run."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.bench import answers, checks, completions, edits, growth, hosts, inference, mutations, runs, starts
from tests.bench.table import HEAD, SUBHEAD, Line

PARTS: Mapping[str, Callable[[random.Random], list[Line]]] = MappingProxyType(
    {
        "edits": edits.measure,
        "starts": starts.measure,
        "checks": checks.measure,
        "hosts": hosts.measure,
        "inference": inference.measure,
        "mutations": mutations.measure,
        "completions": completions.measure,
        "answers": answers.measure,
        "runs": runs.measure,
        "growth": growth.measure,
    }
)


def main() -> int:
    """Measure, print the table as it grows, and tell what is beyond its bound; returns the exit code."""
    parser = argparse.ArgumentParser(description="Times Runekiln beside the native Rune.")
    parser.add_argument("--check", action="store_true", help="fail if a line is beyond its bound")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS), help="measure only these parts")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9, help="repeat a run's random edits")
    options = parser.parse_args()
    print(f"seed {options.seed}; load average before {os.getloadavg()[0]:.1f}; milliseconds unless said otherwise")
    print(f"{HEAD}\n{SUBHEAD}", flush=True)
    beyond: list[str] = []
    for part in options.only:
        for line in PARTS[part](random.Random(options.seed)):
            print(line.draw(), flush=True)
            beyond += filter(None, [line.beyond()])
    for failure in beyond if options.check else ():
        print(f"beyond its bound: {failure}", file=sys.stderr)
    return 1 if options.check and beyond else 0


if __name__ == "__main__":
    sys.exit(main())
