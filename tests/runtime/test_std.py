"""Rune's own declarations: extracted when the guest is built, with signatures by hand; and all that Rune lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from runekiln_analysis.rune_std import rune_std
from runekiln_analysis.stubs import Bindings, Function, RuneStd
from runekiln_runtime.binding import bound, read_stubs
from runekiln_runtime.code_cache import Code, load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.std_stubs import std_bindings, std_sources
from runekiln_runtime.stub_files import RuneModule, built_in_stubs, rune_modules

NATIVE = json.loads((Path(__file__).parents[1] / "fixtures" / "native-std.json").read_text(encoding="utf-8"))
"""What the native command lists of std."""


@pytest.fixture(scope="module")
def code() -> Code:
    return load_code(GUEST_FILE)


@pytest.fixture(scope="module")
def declared(code: Code) -> Bindings:
    return std_bindings(code)


@pytest.fixture(scope="module")
def std(declared: Bindings) -> RuneStd:
    return rune_std(declared)


def test_the_stubs_of_runes_own_have_no_mistakes(code: Code) -> None:
    for source in std_sources():
        (file,) = read_stubs(code, (source,)).files
        assert [problem.message for problem in file.problems] == []


def test_every_method_that_rune_lists_is_known_with_its_parameters(std: RuneStd) -> None:
    by_name: dict[str, list[Function]] = {}
    for kind in {id(kind): kind for kind in std.types.values()}.values():
        by_name.setdefault(kind.name, []).extend(kind.functions)
    for trait in std.declared.traits:
        by_name.setdefault(trait.name, []).extend(trait.functions)
    lacking = [
        f"{of}::{name}"
        for of, name, count in NATIVE["methods"]
        if not any(
            function.name == name and count in (None, len(function.parameters) + (function.kind == "method"))
            for function in by_name.get(of, [])
        )
    ]
    assert lacking == []


MACHINE_S_OWN = ("std::i64", "std::u64", "std::f64", "std::bool", "std::char")
"""The types whose operators no registration says: `test_operators.py` holds them against the virtual machine."""

INDEXED = (("std::object::Object", "INDEX_GET"), ("std::object::Object", "INDEX_SET"))
"""The same for what stands in brackets."""


def test_every_signature_by_hand_is_of_something_that_rune_has(code: Code) -> None:
    extracted, signed = (read_stubs(code, (source,)).bindings for source in std_sources())
    known = dict(functions(extracted))
    for path, function in functions(signed):
        of, _, name = path.rpartition("::")
        if path not in known and (of in MACHINE_S_OWN or (of, name) in INDEXED):
            assert arity(function) == (3 if name == "INDEX_SET" else 2), path
        else:
            assert path in known, f"Rune has no {path}"
            assert arity(function) == arity(known[path]), path


def functions(bindings: Bindings) -> list[tuple[str, Function]]:
    rows = [(kind.path, each) for kind in bindings.types for each in (*kind.functions, *kind.protocols)]
    rows += [(trait.path, each) for trait in bindings.traits for each in trait.functions]
    return [(f"{path}::{each.name}", each) for path, each in rows]


def arity(function: Function) -> int:
    """The value that a method is called on counts: Rune looks for both kinds in one place."""
    return len(function.parameters) + (function.kind == "method")


def test_iterators_have_the_methods_of_iterators(std: RuneStd) -> None:
    for path in ("std::slice::Iter", "std::iter::Map", "std::collections::hash_map::Keys", "std::iter::Iterator"):
        assert {"map", "filter", "collect", "next"} <= {function.name for function in std.types[path].functions}, path


def test_operators_are_part_of_what_is_known(std: RuneStd) -> None:
    protocols = {each.name: each for each in std.types["String"].protocols}
    assert {"ADD", "ADD_ASSIGN", "PARTIAL_EQ", "DISPLAY_FMT"} <= protocols.keys()
    assert next(each for each in std.types["Vec"].protocols if each.name == "INTO_ITER").returns == "Iterator<T>"


@pytest.mark.parametrize("name", get_args(RuneModule))
def test_a_module_that_hosts_install_can_be_bound(code: Code, name: RuneModule) -> None:
    configured = bound(code, (*built_in_stubs(), *rune_modules((name,))))
    assert [problem.message for file in configured.files for problem in file.problems] == []
    assert any(module.path == name for module in configured.bindings.modules)
