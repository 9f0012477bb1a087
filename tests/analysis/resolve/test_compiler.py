"""Rune's compiler says of every name what we say: in its own tests, in its documentation and in our sample kiln."""

from __future__ import annotations

from functools import cache

from runekiln_runtime.protocol import Meant

from tests.analysis.fixtures import checker
from tests.analysis.resolve.corpus import Sample, samples
from tests.analysis.resolve.renaming import renamed
from tests.analysis.resolve.scripts import Resolved, resolved
from tests.analysis.resolve.told import wrong_items, wrong_variables
from tests.analysis.std import with_std


@cache
def resolved_samples() -> tuple[tuple[Sample, Resolved], ...]:
    bindings = with_std(checker().configured().bindings)
    return tuple((sample, resolved({"main.rn": sample.text}, bindings)) for sample in samples())


def test_there_are_names_enough_to_compare() -> None:
    told = [sample.meant.files[0] for sample in samples()]
    assert len(told) >= 580
    assert sum(len(file.items) for file in told) >= 4000
    assert sum(len(file.variables) for file in told) >= 9000


def test_every_path_means_the_item_that_the_compiler_says() -> None:
    wrong = [
        f"{sample.name}: {said}"
        for sample, found in resolved_samples()
        for said in wrong_items(found, sample.meant.files[0].items)
    ]
    assert wrong == []


def test_every_use_of_a_variable_is_of_the_one_that_the_compiler_says() -> None:
    wrong = [
        f"{sample.name}: {said}"
        for sample, found in resolved_samples()
        for said in wrong_variables(found, sample.meant.files[0].variables)
    ]
    assert wrong == []


def test_nothing_changes_when_everything_is_renamed() -> None:
    """What the compiler keeps of the place of a variable is coarse. Under new names, one for each, nothing can be mixed up."""
    different = []
    for sample, found in resolved_samples():
        text = renamed(found)
        assert text != sample.text, sample.name
        if outline(checker().meanings("main.rn", text, lambda _: None)) != outline(sample.meant):
            different.append(sample.name)
    assert different == []


def outline(meant: Meant) -> tuple[bool, list[str], int]:
    """What does not depend on names: what kinds of things are named, in the compiler's order, and how many variables.

    The names of attributes of the host answer where no item has the name, which is so of new names only.
    """
    (file,) = meant.files
    return (meant.compiles, [item.kind for item in file.items if item.kind != "AttributeMacro"], len(file.variables))
