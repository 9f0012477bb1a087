"""What Crucible gives to scripts, as its surface lists it, and the words of it that stubs write in another way."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from runekiln_analysis.stubs import Bindings, Function
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.guest import Guest
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Configure, Configured
from runekiln_runtime.stub_files import Profile, built_in_stubs

Row = Mapping[str, Any]
"""A declaration of the surface; JSON of a shape that the tests below take as it comes."""

SURFACE = json.loads((Path(__file__).parents[1] / "fixtures" / "surface.json").read_text(encoding="utf-8"))
TYPES: Mapping[str, Row] = {row["path"]: row for row in SURFACE["types"]}
MODULES: Mapping[str, Row] = {row["path"]: row for row in SURFACE["modules"]}

NAMES = Counter(path.rpartition("::")[2] for path in TYPES)
"""How many types have a name."""

EXECUTORS: Mapping[str, Profile] = {
    "RuneExecutor": "tools",
    "EventHandler": "events",
    "StructPluginLoader": "struct-plugin",
}
"""The loaders of Crucible, and the profile that stands for each."""

ELSEWHERE: Mapping[str, frozenset[Profile]] = {
    "crucible::categorize_by_name": frozenset({"events"}),
    "crucible::RuneRecipe": frozenset({"events"}),
    "crucible::RuneRecipeEnrichment": frozenset({"events"}),
    "cru::mcp::McpResult": frozenset({"tools"}),
}
"""What loaders install of modules that the surface does not say it of."""


@cache
def configured(profile: Profile) -> Configured:
    """What a fresh guest binds in a profile, with the stubs that every kiln has."""
    answer: object = Guest(load_code(GUEST_FILE), 1 << 30).ask(Configure(built_in_stubs(), profile))
    assert isinstance(answer, Configured), answer
    return answer


def profiles_of(path: str, module: str) -> frozenset[Profile]:
    """The profiles besides `core` that have a type or function of a module."""
    installed = " ".join(MODULES.get(module, {}).get("installed_in", ()))
    by_module = {profile for executor, profile in EXECUTORS.items() if executor in installed}
    return ELSEWHERE.get(path, frozenset(by_module))


def members(row: Row) -> list[Row]:
    """The functions of a type, those that are called on the type first."""
    return [*row["associated_functions"], *row["methods"]]


def declared(row: Row, kind: str) -> tuple[object, ...]:
    """All that callers depend on in a function of the surface."""
    parameters = tuple((each["name"], rune_type(each["type"])) for each in row["params"])
    permission, consumes = row.get("permission"), row.get("consumes_self", False)
    return row["name"], kind, parameters, rune_type(row["returns"]), row["async"], permission, consumes


def bound(function: Function) -> tuple[object, ...]:
    """The same of a function that is bound."""
    parameters = tuple((each.name, rune_type(each.type)) for each in function.parameters)
    permission = function.about.permission.name if function.about.permission else None
    returns = rune_type(function.returns)
    return function.name, function.kind, parameters, returns, function.is_async, permission, function.consumes


def rune_type(written: str) -> str:
    """A type in one way of writing.

    The surface has types of Rust, says what keys of objects hold, calls any value `Value`, and writes paths where a
    name is enough. It has no vocabularies: one that is closed in a stub is a String to it.
    """
    text = re.sub(r"\bValue\b", "any", written)
    text = re.sub(r"\bu16\b", "u64", text)
    text = re.sub(r"(\w\??): [^,}]+(?=[^{}]*})", r"\1", text)
    text = re.sub(r"[\w:]+::(\w+)", lambda path: path[1] if NAMES[path[1]] == 1 else path[0], text)
    text = re.sub(r'"[^"]*"(\s*\|\s*"[^"]*")*', "String", text)
    return "|".join(sorted(text.replace(" ", "").split("|")))


def paths(bindings: Bindings) -> Iterator[str]:
    """The paths of all types and functions that are bound."""
    yield from (row.path for row in bindings.types)
    yield from (f"{module.path}::{row.name}" for module in bindings.modules for row in module.functions)


def functions_of(bindings: Bindings, module: str) -> tuple[Function, ...]:
    """The functions of a module; none of one that is not bound."""
    return tuple(row for each in bindings.modules if each.path == module for row in each.functions)
