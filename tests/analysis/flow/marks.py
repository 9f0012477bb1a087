"""Marks below a script that say what type is inferred of what stands above them.

`//^^^ i64` below an expression says its type; `?` that nothing is known, `unreachable` that no run comes there. A
script with a `main` is run, too, with a probe around each expression of which something is known: nothing may
contradict that.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import settled
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import show
from runekiln_runtime.outcomes import Finished, Limits
from runekiln_runtime.protocol import Run, Source
from runekiln_runtime.runner import Runner

from tests.analysis.fixtures import SCRIPT, checker, read_fixture, snapshot_of
from tests.analysis.flow.probes import with_probes
from tests.analysis.flow.seen import contradictions, values_seen
from tests.analysis.marks import drawn, has_marks
from tests.analysis.small_bindings import BINDINGS
from tests.analysis.std import with_std

LIMITS = Limits(seconds=60, output_bytes=1 << 20)


def check_types(marked: str, bindings: Bindings | None = None) -> None:
    """Each mark says what is inferred, and a run of `main` contradicts nothing that is."""
    fixture = read_fixture(marked)
    script = snapshot_of(fixture, bindings or real_bindings()).script
    modules = {path: text for path, text in fixture.files.items() if path != SCRIPT}
    script = msgspec.structs.replace(script, modules=modules)
    rows = marked.partition("\n//- ")[0].split("\n")
    flows = Flows(script)
    assert [drawn(rows, number, lambda span: _type_of_span(flows, span)) for number in range(len(rows))] == rows
    assert has_marks(rows), "nothing is asked"
    if re.search(r"pub (async )?fn main\b", marked) is not None:
        check_run(script)


def check_host_types(marked: str) -> None:
    """The same with a small host, which answers no run."""
    check_types(marked, BINDINGS)


def check_run(script: Script, entry: str = "main") -> None:
    """A run of an entry ends well, and tells of no value that was inferred to be something else."""
    probed = with_probes(script)
    request = Run((Source(SCRIPT, probed.text),), entry, (), LIMITS.output_bytes)
    outcome = runner().run(request, LIMITS)
    assert isinstance(outcome, Finished), outcome.error
    assert [str(wrong) for wrong in contradictions(probed, outcome.output)] == []
    assert list(values_seen(probed, outcome.output)), "the run tells of nothing"


@cache
def runner() -> Runner:
    """The real guest for running."""
    return Runner.load()


@cache
def real_bindings() -> Bindings:
    """What the sandbox binds, and Rune itself."""
    return with_std(checker().configured().bindings)


def _type_of_span(flows: Flows, span: tuple[int, int]) -> str:
    number = flows.script.item_at(span[0])
    if number is None:
        return "no item"
    inferred, tree = flows.inferred(ItemPlace(0, number)), flows.script.tree(number)
    found = [node for node in range(len(tree)) if tree.span(node) == span]
    if any(node in inferred.unreachable for node in found):
        return "unreachable"
    return _told(inferred, tree, found) or "nothing stands there"


def _told(inferred: Inferred, tree: TreeView, nodes: list[int]) -> str | None:
    for node in nodes:
        if node in inferred.types:
            told = show(settled(inferred.types[node]))
            return "?" if told == "any" else told
    return None
