"""`make soak`: random edits for as long as one likes, and a report of what they were and what was found."""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

from .compare import Comparison
from .failures import Failure, read, replaced, shrunk, tell, written
from .story import Story
from .sweep import Sweep, build

REPORT = Path(__file__).parent / "out" / "report.json"
EDITS_OF_A_STORY = 200
STORIES_BETWEEN_ANSWERS = 4
"""A story whose answers are compared takes about as long as these."""
PROGRESS_SECONDS = 30.0
MOST_DIFFERENCES = 20
"""With so many there is enough to mend."""


class Soak:
    """One run: what was done so far, and what came out."""

    def __init__(self, seed: int) -> None:
        self.begun = time.monotonic()
        self.first_seed = seed
        self.stories = 0
        self.edits: collections.Counter[str] = collections.Counter()
        self.differences: list[Failure] = []
        self.comparison = Comparison()
        self.answered: list[int] = []
        self.unequal_answers: list[str] = []

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self.begun

    def tell_story(self, seed: int) -> None:
        """Tell one story, up to its first difference."""
        self.stories += 1
        story = Story(seed)
        start, edits = story.files, []
        self.comparison.begin()
        for edit in story.edits(EDITS_OF_A_STORY):
            self.edits[edit.kind] += 1
            edits.append(edit)
            if difference := self.comparison.look(story.script, story.files, story.project.dialect):
                failure = Failure(seed, story.script, story.project.dialect, start, tuple(edits))
                print(f"soak: a difference after {len(edits)} edits of story {seed}; looking for fewer", flush=True)
                failure = replaced(failure, start, edits, difference)
                self.differences.append(shrunk(failure, self.comparison))
                return

    def hold_answers(self, seed: int) -> None:
        """Tell one story to a server, and hold all its answers against those of others, in a process of its own."""
        self.answered.append(seed)
        command = (sys.executable, "-m", "tests.answers.against_fresh", str(seed))
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            print(f"soak: other answers than those of a fresh server in story {seed}", flush=True)
            self.unequal_answers.append(ended.stdout + ended.stderr)

    @property
    def failed(self) -> int:
        """How much there is to mend."""
        return len(self.differences) + len(self.unequal_answers)

    def report(self, sweep: Sweep) -> dict[str, object]:
        """All of it as JSON."""
        return {
            "seconds": round(self.seconds, 1),
            "seeds": {"first": self.first_seed, "stories": self.stories, "sweeps": sweep.seeds},
            "edits": dict(self.edits.most_common()),
            "edits_in_all": self.edits.total(),
            "sweep_rounds": dict(sweep.rounds),
            "sweep_failures": sweep.failures,
            "differences": [written(failure) for failure in self.differences],
            "stories_of_answers": self.answered,
            "unequal_answers": self.unequal_answers,
        }

    def progress(self, sweep: Sweep) -> str:
        """All of it in a line."""
        return (
            f"soak: {self.seconds / 60:5.1f} min, {self.stories} stories, {self.edits.total()} edits, "
            f"{sum(sweep.rounds.values())} rounds of the sweep, {len(self.answered)} stories of answers, "
            f"{self.failed + len(sweep.failures)} differences"
        )


def soak(minutes: float, seed: int, report: Path) -> int:
    """Soak for so long; 1 if there was a difference."""
    print(f"soak: SEED={seed} MINUTES={minutes:g}", flush=True)
    program = build()  # takes minutes, which do not count
    run, sweep = Soak(seed), Sweep(program, seed)
    told_at = 0.0
    try:
        while run.seconds < 60 * minutes and run.failed < MOST_DIFFERENCES:
            run.tell_story(seed + run.stories)
            if run.stories % STORIES_BETWEEN_ANSWERS == 0:
                run.hold_answers(seed + run.stories)
            sweep.go_on()
            if run.seconds - told_at > PROGRESS_SECONDS:
                told_at = run.seconds
                print(run.progress(sweep), flush=True)
                _write(report, run.report(sweep))
    finally:
        sweep.end()
        _write(report, run.report(sweep))
    print(run.progress(sweep))
    for failure in (*sweep.failures, *run.unequal_answers):
        print(failure)
    print(f"soak: the report is {report}")
    return 1 if run.failed or sweep.failures else 0


def replay(path: Path) -> int:
    """Tell the failures of a report again; 1 if one is still there."""
    comparison, still = Comparison(), 0
    for failure in read(path):
        difference = tell(failure, comparison)
        still += difference is not None
        print(f"story {failure.seed}: {'still there' if difference else 'gone'}")
        if difference is not None:
            print(json.dumps({"said": difference.said, "expected": difference.expected}, indent=1))
    return 1 if still else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--replay", type=Path, default=None, help="a report, or one failure of it")
    parser.add_argument("--report", type=Path, default=REPORT)
    options = parser.parse_args(arguments)
    if options.replay is not None:
        return replay(options.replay)
    seed = SystemRandom().randrange(1 << 31) if options.seed is None else options.seed
    return soak(options.minutes, seed, options.report)


def _write(path: Path, report: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    sys.exit(main())
