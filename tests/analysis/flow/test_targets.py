"""What each call calls, and what type the value before a dot has."""

from __future__ import annotations

from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction, OwnItem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.types import show

from tests.analysis.fixtures import read_fixture, snapshot_of
from tests.analysis.small_bindings import BINDINGS

SCRIPT = """
pub fn codify_session(session) {
    let bed = Bed::new();
    bed.name(1);
    session.phases().first_of();
    Workflow::new().title;
    number();
}
struct Bed;
impl Bed { fn new() { Bed } fn name(self) { "a" } }
fn number() { 1 }
"""


def test_calls_are_told_with_what_they_call() -> None:
    script = snapshot_of(read_fixture(SCRIPT), BINDINGS).script
    tree, inferred = script.tree(0), Flows(script).inferred(ItemPlace(0, 0))

    def told(target: OwnItem | HostFunctionMeaning | ModuleFunction) -> str:
        match target:
            case OwnItem(place):
                return f"fn {script.item(place).name}"
            case HostFunctionMeaning(host, function):
                return f"{host.name}.{function.name}"
            case ModuleFunction(module, function):
                return f"{module.path}::{function.name}"

    assert {tree.content(node): told(target) for node, target in inferred.calls.items()} == {
        "Bed::new": "fn new",
        "bed.name(1)": "fn name",
        "session.phases()": "Session.phases",
        "Workflow::new": "Workflow.new",
        "number": "fn number",
    }
    assert {tree.content(node): show(kind) for node, kind in inferred.receivers.items()} == {
        "bed.name(1)": "Bed",
        "session.phases()": "Session",
        "session.phases().first_of()": "Vec<Phase>",
        "Workflow::new().title": "Workflow",
    }
