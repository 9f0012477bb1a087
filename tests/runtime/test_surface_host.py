"""Modules, attributes, events, entries, permissions and profiles are declared as Crucible's surface asks for them."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from runekiln_analysis.grants import PERMISSIONS
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.stub_files import Profile

from tests.runtime.surface import (
    MODULES,
    SURFACE,
    TYPES,
    bound,
    configured,
    declared,
    functions_of,
    paths,
    profiles_of,
    rune_type,
)

ITEMS = {
    **{path: path.rpartition("::")[0] for path in TYPES},
    **{f"{path}::{row['name']}": path for path, module in MODULES.items() for row in module["functions"]},
}
"""The paths of all types and functions of the surface, and the module of each."""

ATTRIBUTES = [row for row in (*SURFACE["attributes"], *SURFACE["proposed_attributes"]) if "keys" in row]
LOADERS: tuple[Profile, ...] = ("tools", "events", "struct-plugin")


@pytest.fixture(scope="module")
def bindings() -> Bindings:
    return configured("all").bindings


def test_the_stubs_have_no_mistake() -> None:
    files = configured("all").files
    assert [(file.path, problem.message) for file in files for problem in file.problems] == []


@pytest.mark.parametrize("path", sorted(MODULES))
def test_a_module_has_the_functions_of_the_surface(bindings: Bindings, path: str) -> None:
    functions = functions_of(bindings, path)
    assert {bound(function) for function in functions} == {
        declared(function, "function") for function in MODULES[path]["functions"]
    }
    assert [function.name for function in functions if not function.docs.strip()] == []


@pytest.mark.parametrize("path", sorted(MODULES))
def test_each_function_of_a_module_has_an_example_that_names_it(bindings: Bindings, path: str) -> None:
    functions = functions_of(bindings, path)
    assert functions
    # Those that take nothing and answer with a text or a Boolean are told by a sentence.
    told = {"is_act_mode", "today", "now", "kiln_path"}
    lacking = {row.name for row in functions if f"{path}::{row.name}(" not in row.docs.partition("```rune")[2]}
    assert lacking - told == set()


def test_no_function_is_bound_that_the_surface_does_not_have(bindings: Bindings) -> None:
    assert set(paths(bindings)) - ITEMS.keys() == set()


def test_a_scope_is_a_parameter(bindings: Bindings) -> None:
    for module in bindings.modules:
        for function in module.functions:
            permission = function.about.permission
            if permission is not None and permission.scope is not None:
                assert permission.scope in {parameter.name for parameter in function.parameters}, function.name


def test_permissions_are_those_of_the_surface(bindings: Bindings) -> None:
    functions = [row for each in (*bindings.modules, *bindings.types) for row in each.functions]
    used = {row.about.permission.name for row in functions if row.about.permission}
    assert tuple(SURFACE["permissions"]) == PERMISSIONS
    assert used == set(PERMISSIONS)


def test_profiles_are_those_of_the_surface() -> None:
    assert list(SURFACE["profiles"]) == list(get_args(Profile))


@pytest.mark.parametrize("module", sorted(set(ITEMS.values())))
def test_a_loader_has_what_crucible_installs_in_it_and_the_core_has_all(module: str) -> None:
    items = {path for path, of in ITEMS.items() if of == module}
    assert set(paths(configured("core").bindings)) & items == items
    for profile in LOADERS:
        installed = {path for path in items if profile in profiles_of(path, module)}
        assert set(paths(configured(profile).bindings)) & items == installed, profile


def test_attributes_are_installed_where_crucible_has_them() -> None:
    installed = {
        profile: {row.name for row in configured(profile).bindings.attributes} for profile in ("core", *LOADERS)
    }
    assert installed == {
        "core": {row["name"] for row in ATTRIBUTES},
        "tools": {"tool", "param", "handler"},
        "events": set(),
        "struct-plugin": {"plugin"},
    }


def test_each_event_of_the_surface_is_declared(bindings: Bindings) -> None:
    assert {event.name for event in bindings.events} == {event["name"] for event in SURFACE["events"]}
    cancellable = {event.name for event in bindings.events if event.cancellable}
    # A cancelled `tool:discovered` hides the tool, which the surface says in words.
    assert cancellable == {event["name"] for event in SURFACE["events"] if event.get("cancellable")} | {
        "tool:discovered"
    }
    assert [event.name for event in bindings.events if not event.docs.strip()] == []


@pytest.mark.parametrize("wanted", SURFACE["events"], ids=lambda event: event["name"])
def test_the_payload_of_an_event_has_the_keys_of_the_surface(bindings: Bindings, wanted: dict[str, str]) -> None:
    (event,) = (event for event in bindings.events if event.name == wanted["name"])
    keys = set(re.findall(r"\w+", event.payload.partition("{")[2]))
    if event.payload in ("Object", "any"):
        assert keys == set()
    else:
        assert keys >= outer_keys(wanted["payload"])


def outer_keys(text: str) -> set[str]:
    """The keys between braces that are in no others, in a text of the surface."""
    inner = re.compile(r":\s*(\[\{[^{}]*\}\]|\{[^{}]*\}|\[[^][]*\]|[\w/|]+)")
    while inner.search(text):
        text = inner.sub("", text)
    braces = re.findall(r"\{([^{}]*)\}", text)
    return {key for inside in braces for key in re.findall(r"\w+", inside)}


@pytest.mark.parametrize("wanted", ATTRIBUTES, ids=lambda row: row["name"])
def test_an_attribute_has_the_keys_of_the_surface(bindings: Bindings, wanted: dict[str, dict[str, str]]) -> None:
    (attribute,) = (row for row in bindings.attributes if row.name == wanted["name"])
    assert set(attribute.aliases) == set(wanted.get("aliases", ()))
    keys = {name: said for written, said in wanted["keys"].items() for name in written.split("|")}
    # Crucible's documentation has it, and nothing reads it.
    keys.pop("depends", None)
    is_proposed = "function" in wanted
    required = {name for name, said in keys.items() if "(required" in said or (is_proposed and "=" not in said)}
    assert {key.name: key.required for key in attribute.keys} == {name: name in required for name in keys}
    assert attribute.docs.strip()
    assert all(key.docs.strip() for key in attribute.keys)


@pytest.mark.parametrize("wanted", SURFACE["proposed_attributes"], ids=lambda row: row["name"])
def test_an_attribute_says_what_its_function_takes(bindings: Bindings, wanted: dict[str, str]) -> None:
    (attribute,) = (row for row in bindings.attributes if row.name == wanted["name"])
    assert attribute.parameters is not None
    parameters = ", ".join(f"{parameter.name}: {parameter.type}" for parameter in attribute.parameters)
    assert rune_type(f"fn({parameters}) -> {attribute.returns}") == rune_type(wanted["function"])


def test_entries_say_what_they_are_for(bindings: Bindings) -> None:
    kinds = {entry.name: entry.kind for entry in bindings.entries}
    assert kinds == {
        "codify_session": "codifier",
        "process_session": "session-handler",
        "handle_callout": "callout-handler",
        "agent_behavior": "behaviour",
        "main": "main",
        "init": "plugin",
        "on_recipe_discovered": "event-handler",
    }
    assert all(entry.docs for entry in bindings.entries)
