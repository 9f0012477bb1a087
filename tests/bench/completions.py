"""How far up the word that is wanted stands, in the frozen tasks: where two letters are written, and where none is."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from typing import get_args

from runekiln_analysis.completion import complete
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.text import LineIndex

from tests.bench import valid_scripts
from tests.bench.completion_tasks import Kind, Task, tasks
from tests.bench.table import Bound, Line

LETTERS = 2
FIRST = 10
"""What is in sight when the list opens."""
NOT_OFFERED = 200


def measure(_: random.Random) -> list[Line]:
    """Mean reciprocal ranks with two letters; with none, the share that is in sight, and the mean rank."""
    frozen = list(tasks())
    longer = [task for task in frozen if len(task.wanted) > LETTERS]
    written = [(task.kind, rank_of(task, LETTERS)) for task in longer]
    empty = [(task.kind, rank_of(task, 0)) for task in frozen]
    lines: list[Line] = []
    for kind in get_args(Kind):
        ranks = [rank for each, rank in written if each == kind]
        bound = Bound("least", 90) if kind == "member" else None
        lines.append(_line(f"MRR of {len(ranks)} {kind}s, {LETTERS} letters, %", bound, mean_reciprocal(ranks)))
    everything = [rank for _, rank in written]
    lines.append(
        _line(f"MRR of all {len(everything)}, {LETTERS} letters, %", Bound("least", 80), mean_reciprocal(everything))
    )
    for kind in get_args(Kind):
        ranks = [rank for each, rank in empty if each == kind]
        share = 100 * sum(rank is not None and rank <= FIRST for rank in ranks) / len(ranks)
        bound = Bound("least", 90) if kind == "member" else None
        lines.append(_line(f"first {FIRST} of {len(ranks)} {kind}s, no letter, %", bound, share))
        lines.append(
            _line(f"mean rank of {kind}s, no letter", None, statistics.mean(rank or NOT_OFFERED for rank in ranks))
        )
    return lines


def rank_of(task: Task, letters: int) -> int | None:
    """The place of the wanted word, from 1; `None` if it is not offered."""
    text = task.cut(letters)
    script = valid_scripts.checked(task.path, text)
    snapshot = Snapshot(task.path, text, LineIndex(text), script.facts, script.bindings, script.modules)
    offered = [each.label.removesuffix("!") for each in complete(snapshot, task.offset + letters)]
    return offered.index(task.wanted) + 1 if task.wanted in offered else None


def mean_reciprocal(ranks: Sequence[int | None]) -> float:
    """The mean of one over each rank, in per cent; what is not offered counts as nothing."""
    return 100 * statistics.mean(1 / rank if rank else 0.0 for rank in ranks)


def _line(label: str, bound: Bound | None, value: float) -> Line:
    return Line(label, bound, ours=[value])
