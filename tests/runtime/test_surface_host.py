"""What needs the host is declared as Crucible's surface asks for it: functions with permissions, attributes, events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from runekiln_analysis.stubs import Bindings, Function
from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.stub_files import built_in_stubs

SURFACE = json.loads((Path(__file__).parents[1] / "fixtures" / "surface.json").read_text(encoding="utf-8"))
MODULES = {module["path"]: module for module in SURFACE["modules"] if module["priority"] == "P1"}


@pytest.fixture(scope="module")
def bindings() -> Bindings:
    return bound(load_code(GUEST_FILE), built_in_stubs()).bindings


def test_the_stubs_have_no_mistake() -> None:
    files = bound(load_code(GUEST_FILE), built_in_stubs()).files
    assert [(file.path, problem.message) for file in files for problem in file.problems] == []


@pytest.mark.parametrize("path", sorted(MODULES))
def test_a_module_has_the_functions_of_the_surface(bindings: Bindings, path: str) -> None:
    (module,) = (module for module in bindings.modules if module.path == path)
    declared = {function["name"]: function for function in MODULES[path]["functions"]}
    assert {function.name for function in module.functions} == declared.keys()
    for function in module.functions:
        wanted = declared[function.name]
        permission = function.about.permission
        assert (permission.name if permission else None) == wanted.get("permission"), function.name
        assert function.is_async == wanted["async"], function.name
        assert [parameter.name for parameter in function.parameters] == [row["name"] for row in wanted["params"]]
        assert types_of(function) == [
            plain(written) for written in (*(row["type"] for row in wanted["params"]), wanted["returns"])
        ], function.name
        assert function.docs, function.name


def test_each_event_of_the_surface_is_declared(bindings: Bindings) -> None:
    assert {event.name for event in bindings.events} == {event["name"] for event in SURFACE["events"]}
    cancellable = {event.name for event in bindings.events if event.cancellable}
    # A cancelled `tool:discovered` hides the tool, which the surface says in words.
    assert cancellable == {event["name"] for event in SURFACE["events"] if event.get("cancellable")} | {
        "tool:discovered"
    }


def test_each_attribute_has_the_keys_of_the_surface(bindings: Bindings) -> None:
    for wanted in (*SURFACE["attributes"], *SURFACE["proposed_attributes"]):
        if "keys" not in wanted:
            continue
        (attribute,) = (row for row in bindings.attributes if row.name == wanted["name"])
        assert set(attribute.aliases) == set(wanted.get("aliases", ())), wanted["name"]
        keys = {name for written in wanted["keys"] for name in written.split("|")} - {"depends"}
        assert {key.name for key in attribute.keys} == keys, wanted["name"]


def test_entries_say_what_they_are_for(bindings: Bindings) -> None:
    kinds = {entry.name: entry.kind for entry in bindings.entries}
    assert kinds["codify_session"] == "codifier"
    assert kinds.keys() >= {"process_session", "handle_callout", "agent_behavior", "main"}
    assert all(entry.docs and entry.kind for entry in bindings.entries)


def types_of(function: Function) -> list[str]:
    """The types of the parameters, and of the result."""
    return [plain(written) for written in (*(parameter.type for parameter in function.parameters), function.returns)]


def plain(written: str) -> str:
    """A type without spaces, with one word for a value of any type."""
    return written.replace("Value", "any").replace(" ", "")
