"""Rune's compiler says of every name what we say: in its own tests, in its documentation and in our sample kiln."""

from __future__ import annotations

from functools import cache

from tests.analysis.fixtures import checker
from tests.analysis.resolve.corpus import Sample, samples
from tests.analysis.resolve.random_scripts import script
from tests.analysis.resolve.renaming import differs_renamed
from tests.analysis.resolve.scripts import Resolved, resolved
from tests.analysis.resolve.told import wrong
from tests.analysis.std import with_std

SEEDS = 80


@cache
def resolved_samples() -> tuple[tuple[Sample, Resolved], ...]:
    bindings = with_std(checker().configured().bindings)
    return tuple((sample, resolved({"main.rn": sample.text}, bindings)) for sample in samples())


def test_there_are_names_enough_to_compare() -> None:
    told = [sample.meant.files[0] for sample in samples()]
    assert len(told) >= 580
    assert sum(len(file.items) for file in told) >= 4000
    assert sum(len(file.variables) for file in told) >= 9000


def test_every_name_means_what_the_compiler_says() -> None:
    found = [f"{sample.name}: {said}" for sample, known in resolved_samples() for said in wrong(known, sample.meant)]
    assert found == []


def test_nothing_changes_when_everything_is_renamed() -> None:
    """What the compiler keeps of the place of a variable is coarse; under new names, nothing can be mixed up."""
    assert [sample.name for sample, found in resolved_samples() if differs_renamed(found, sample.meant)] == []


def test_names_in_scripts_drawn_at_random() -> None:
    bindings = with_std(checker().configured().bindings)
    compiled = 0
    for seed in range(SEEDS):
        text = script(seed).encode()
        meant = checker().meanings("main.rn", text, lambda _: None)
        if meant.compiles:
            found = resolved({"main.rn": text}, bindings)
            assert [*wrong(found, meant)] == [], f"seed {seed}"
            assert not differs_renamed(found, meant), f"seed {seed}"
            compiled += 1
    assert compiled > SEEDS / 2
