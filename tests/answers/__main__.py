"""`python -m tests.answers`: every request at every token of every script that there is for tests."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from .direct import Direct
from .editors import any_editor
from .samples import written_to
from .sweep import Sweep, drawn


async def sweep_all(seed: int, part: int, parts: int) -> Sweep:
    """Every `parts`th script, from number `part` on; times are of the processor, for one that others use, too."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = written_to(Path(folder))
        client = Direct(time.process_time)
        await client.initialize(any_editor(Random(seed)), Path(folder) / "garden")
        sweep = Sweep(client, Random(seed))
        for script in scripts[part::parts]:
            await sweep.script(script)
            print(".", end="", flush=True)
        await client.end()
    return sweep


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times and what went wrong; 1 if something did."""
    parser = argparse.ArgumentParser(prog="tests.answers", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="which editor asks")
    parser.add_argument("--part", type=int, default=0, help="of how many parts of the scripts, from 0")
    parser.add_argument("--parts", type=int, default=1)
    options = parser.parse_args(arguments)
    # pygls takes every refused request for something to worry about.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sweep = asyncio.run(sweep_all(options.seed, options.part, options.parts))
    print("", *drawn(sweep), *sweep.mishaps, sep="\n")
    return 1 if sweep.mishaps else 0


if __name__ == "__main__":
    sys.exit(main())
