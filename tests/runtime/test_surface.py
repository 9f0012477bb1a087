"""The types that are bound are those of Crucible's surface, no member missing and none beside them."""

from __future__ import annotations

import pytest
from runekiln_analysis.stubs import Bindings, HostType, Variant

from tests.runtime.surface import TYPES, bound, configured, declared, members, rune_type


@pytest.fixture(scope="module")
def bindings() -> Bindings:
    return configured("all").bindings


def named(bindings: Bindings, path: str) -> HostType:
    """The type with exactly this path: several have the name `Error`."""
    (row,) = (row for row in bindings.types if row.path == path)
    return row


def test_no_type_is_bound_that_the_surface_does_not_have(bindings: Bindings) -> None:
    assert {row.path for row in bindings.types} - TYPES.keys() == set()


@pytest.mark.parametrize("path", sorted(TYPES))
def test_a_type_has_the_members_of_the_surface(bindings: Bindings, path: str) -> None:
    row, wanted = named(bindings, path), TYPES[path]
    assert (row.prelude, set(row.aliases)) == (wanted["prelude"], set(wanted["aliases"]))
    assert {(field.name, rune_type(field.type), field.mutable) for field in row.fields} == {
        (field["name"], rune_type(field["type"]), field.get("mut", False)) for field in wanted["fields"]
    }
    # Every native type can be copied; the surface takes that as read.
    functions = {bound(function) for function in row.functions if function.name != "clone"}
    assert functions == {
        *(declared(function, "associated-function") for function in wanted["associated_functions"]),
        *(declared(function, "method") for function in wanted["methods"]),
    }


@pytest.mark.parametrize("path", sorted(TYPES))
def test_a_type_and_each_of_its_members_is_documented(bindings: Bindings, path: str) -> None:
    row = named(bindings, path)
    assert row.docs.strip()
    assert [member.name for member in (*row.fields, *row.functions, *row.variants) if not member.docs.strip()] == []


@pytest.mark.parametrize("path", sorted(path for path, row in TYPES.items() if "variants" in row))
def test_an_enum_has_the_variants_of_the_surface_and_will_have_no_other(bindings: Bindings, path: str) -> None:
    row = named(bindings, path)
    assert (row.kind, row.sealed) == ("enum", True)
    assert [shown(variant) for variant in row.variants] == TYPES[path]["variants"]


def shown(variant: Variant) -> str:
    """A variant as the surface writes it."""
    return f"{variant.name}({', '.join(variant.values)})" if variant.values else variant.name


def test_what_uses_its_value_up_says_so(bindings: Bindings) -> None:
    consuming = {
        f"{path}.{function['name']}"
        for path, row in TYPES.items()
        for function in members(row)
        if function.get("consumes_self")
    }
    for name in consuming:
        path, _, method = name.rpartition(".")
        (function,) = (row for row in named(bindings, path).functions if row.name == method)
        assert "cannot be used afterwards" in function.docs, name
