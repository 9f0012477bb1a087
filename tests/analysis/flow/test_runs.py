"""No run contradicts what is inferred: of scripts that others wrote, and of such that are drawn at random."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.script import Script
from runekiln_runtime.outcomes import Limits, NotCompiled, Outcome
from runekiln_runtime.protocol import Run, Source

from tests.analysis.fixtures import SCRIPT, Fixture, snapshot_of
from tests.analysis.flow.marks import real_bindings, runner
from tests.analysis.flow.probes import with_probes
from tests.analysis.flow.random_scripts import script
from tests.analysis.flow.seen import contradictions, values_seen
from tests.analysis.resolve.corpus import samples

LIMITS = Limits(seconds=20, output_bytes=2_000_000)
SEEDS = 250
# What such a function is called with, the compiler computes, and it cannot call probes.
CONSTANT = b"const fn"
VALUES_OF_SAMPLES = 8_000
VALUES_OF_SEEDS = 6_000


def test_what_others_wrote_has_the_types_that_are_inferred() -> None:
    wrong: list[str] = []
    told = 0
    for sample in samples():
        found = _script(sample.text)
        for entry in _entries(found):
            values, contradicted = _compare(found, entry)
            told += values
            wrong += (f"{sample.name}, {entry}: {each}" for each in contradicted)
    assert wrong == []
    assert told >= VALUES_OF_SAMPLES


def test_what_is_drawn_at_random_has_the_types_that_are_inferred() -> None:
    wrong: list[str] = []
    told = 0
    for seed in range(SEEDS):
        values, contradicted = _compare(_script(script(seed).encode()), "main")
        told += values
        wrong += (f"seed {seed}: {each}" for each in contradicted)
    assert wrong == []
    assert told >= VALUES_OF_SEEDS


def _script(text: bytes) -> Script:
    return snapshot_of(Fixture({SCRIPT: text}, 0), real_bindings()).script


def _entries(found: Script) -> Iterator[str]:
    """The functions at the top that take nothing."""
    for number, item in enumerate(found.main.items):
        header = found.tree(number).content(0) if item.kind == "function" and item.parent is None else ""
        if re.search(rf"fn\s+{re.escape(item.name)}\s*\(\s*\)", header):
            yield item.name


def _compare(found: Script, entry: str) -> tuple[int, list[str]]:
    """How many values a run tells of, and what they contradict; it may fail, but the probes must not be why."""
    probed = with_probes(found)
    outcome = _run(probed.text, entry)
    if isinstance(outcome, NotCompiled) and CONSTANT not in found.text:
        assert isinstance(_run(found.text, entry), NotCompiled), outcome.error
    seen = list(values_seen(probed, outcome.output))
    return len(seen), [str(each) for each in contradictions(probed, outcome.output)]


def _run(text: bytes, entry: str) -> Outcome:
    """Run a function, made public, of the root of a script."""
    private = re.compile(rf"^(\s*)(?:pub )?((?:async )?fn {re.escape(entry)}\b)".encode(), re.MULTILINE)
    source = Source(SCRIPT, private.sub(rb"\1pub \2", text))
    return runner().run(Run((source,), entry, (), LIMITS.output_bytes), LIMITS)
