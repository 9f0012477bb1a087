"""Rune's compiler says of every name what we say: in its own tests, in its documentation and in our sample kiln."""

from __future__ import annotations

from functools import cache

from runekiln_analysis.facts import Offsets
from runekiln_runtime.protocol import Meant

from tests.analysis.fixtures import checker
from tests.analysis.resolve.corpus import Sample, samples
from tests.analysis.resolve.renaming import renamed
from tests.analysis.resolve.scripts import Resolved, resolved
from tests.analysis.resolve.told import wrong
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


def test_every_name_means_what_the_compiler_says() -> None:
    found = [f"{sample.name}: {said}" for sample, known in resolved_samples() for said in wrong(known, sample.meant)]
    assert found == []


def test_nothing_changes_when_everything_is_renamed() -> None:
    """What the compiler keeps of the place of a variable is coarse; under new names, nothing can be mixed up."""
    different = []
    for sample, found in resolved_samples():
        text = renamed(found)
        assert text != sample.text, sample.name
        if outline(checker().meanings("main.rn", text, lambda _: None)) != outline(sample.meant, declared_in(found)):
            different.append(sample.name)
    assert different == []


def declared_in(found: Resolved) -> frozenset[Offsets]:
    """Where variables are declared: if there is a function or the like of the name, the compiler tells of it, too."""
    declared = ((found.tree(place), each) for place, known in found.resolutions.items() for each in known.bindings)
    return frozenset(tree.span(binding.node) for tree, binding in declared)


def outline(meant: Meant, declared: frozenset[Offsets] = frozenset()) -> tuple[bool, list[str], int]:
    """What does not depend on names: the kinds of what is named, in no order, and how many variables are."""
    (file,) = meant.files
    kinds = sorted(item.kind for item in file.items if item.span not in declared)
    return (meant.compiles, kinds, len(file.variables))
