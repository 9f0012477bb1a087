"""The bindings are those that Crucible's surface asks for first, no member missing and none beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from runekiln_analysis.stubs import Bindings, Parameter
from runekiln_runtime.checker import Checker

SURFACE = json.loads((Path(__file__).parents[1] / "fixtures" / "surface.json").read_text(encoding="utf-8"))
DECLARED = {declared["path"]: declared for declared in SURFACE["types"]}
MODULES = {declared["path"]: declared for declared in SURFACE["modules"]}
NEEDING_NO_HOST = ("graph", "json", "oq", "paths", "regex", "toml")
FIRST = {
    path
    for path, declared in DECLARED.items()
    if declared["priority"] in ("P0", "P1") or path.split("::")[0] in NEEDING_NO_HOST
}


@pytest.fixture(scope="module")
def bindings() -> Bindings:
    return Checker.load().describe().bindings


@pytest.mark.parametrize("path", sorted(FIRST))
def test_a_type_has_the_members_of_the_surface(bindings: Bindings, path: str) -> None:
    bound, declared = bindings.type_named(path), DECLARED[path]
    assert bound is not None
    assert (bound.prelude, set(bound.aliases)) == (declared["prelude"], set(declared["aliases"]))
    assert {(field.name, rune_type(field.type), field.mutable) for field in bound.fields} == {
        (field["name"], rune_type(field["type"]), field.get("mut", False)) for field in declared["fields"]
    }
    functions = {signature(function.name, function.parameters, function.returns) for function in bound.functions}
    # Every type can be copied; the surface takes that as read.
    assert functions - {("clone", (), bound.name), ("clone", (), bound.path)} == {
        signature(function["name"], [Parameter(**parameter) for parameter in function["params"]], function["returns"])
        for function in (*declared["associated_functions"], *declared["methods"])
    }


@pytest.mark.parametrize("path", sorted(FIRST))
def test_each_member_is_documented_and_names_its_permission(bindings: Bindings, path: str) -> None:
    bound, declared = bindings.type_named(path), DECLARED[path]
    assert bound is not None
    assert bound.docs
    assert [member.name for member in (*bound.fields, *bound.functions) if not member.docs.strip()] == []
    asked = {function.name: function.about.permission for function in bound.functions}
    assert {name: permission.name for name, permission in asked.items() if permission} == {
        function["name"]: function["permission"]
        for function in (*declared["associated_functions"], *declared["methods"])
        if function.get("permission")
    }


@pytest.mark.parametrize("path", NEEDING_NO_HOST)
def test_a_module_has_the_functions_of_the_surface_that_need_no_host(bindings: Bindings, path: str) -> None:
    (module,) = (module for module in bindings.modules if module.path == path)
    native = [function for function in module.functions if function.about.source]
    assert {signature(function.name, function.parameters, function.returns) for function in native} == {
        signature(function["name"], [Parameter(**parameter) for parameter in function["params"]], function["returns"])
        for function in MODULES[path]["functions"]
        if "permission" not in function
    }
    assert module.docs
    assert [function.name for function in native if not function.docs] == []


def signature(name: str, parameters: Sequence[Parameter], returns: str) -> tuple[str, tuple[str, ...], str]:
    """What callers depend on."""
    return name, tuple(rune_type(parameter.type) for parameter in parameters), rune_type(returns)


def rune_type(written: str) -> str:
    """A type of the surface as stubs write it: `any` for any value, unions in one order."""
    return " | ".join(sorted(re.sub(r"\bValue\b", "any", written).split(" | ")))
