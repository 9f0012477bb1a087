"""Rune's own tests and examples pass in the sandbox: each as a run of its own, instrumented, with all limits on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, TypeVar

from runekiln_runtime.outcomes import Failed, Finished, Limits, Outcome
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Runner

from tests.runtime.upstream import Example, examples, scripts

LIMITS = Limits(seconds=60, memory_bytes=64 << 20, output_bytes=10_000)
# One of these says that 42 is 1, the other calls a method that no string has: Rune itself fails at them.
WRONG_LINES = ("assert_eq!(v, 1);", "assert!(!s.is_char_boundary(8));")

Case = TypeVar("Case")


def test_every_test_passes(runner: Runner) -> None:
    def fault(call: tuple[str, str, str]) -> str | None:
        name, text, entry = call
        outcome = run(runner, text, entry, "module")
        return None if is_well(outcome) else f"{name}, {entry}: {outcome}"

    calls = [(script.name, script.text, entry) for script in scripts() for entry in script.entries]
    assert (len(scripts()), len(calls)) == (45, 169)
    assert faults(fault, calls) == []


def test_every_example_runs(runner: Runner) -> None:
    def fault(example: Example) -> str | None:
        outcome = run(runner, example.text, "main", "function-body")
        is_right = isinstance(outcome, Failed) if example.flags == "should_panic" else is_well(outcome)
        return None if is_right else f"{example}: {outcome}"

    found = [example for example in examples() if example.flags != "ignore"]
    right = [example for example in found if not set(WRONG_LINES) & set(example.text.splitlines())]
    assert (len(found), len(right)) == (452, 450)
    assert faults(fault, right) == []


def run(runner: Runner, text: str, entry: str, dialect: Literal["module", "function-body"]) -> Outcome:
    """Run a script that has one file."""
    return runner.run(Run((Source("main.rn", text.encode()),), entry, (), LIMITS.output_bytes, dialect), LIMITS)


def is_well(outcome: Outcome) -> bool:
    """Whether a test passed: as Rune's runner does, this takes `Err` and `None` for failures."""
    if not isinstance(outcome, Finished):
        return False
    return outcome.value.text != "None" and not outcome.value.text.startswith("Err(")


def faults(fault: Callable[[Case], str | None], cases: Iterable[Case]) -> list[str]:
    """What is wrong with the cases; two are run at a time."""
    with ThreadPoolExecutor(2) as threads:
        return [found for found in threads.map(fault, cases) if found is not None]
