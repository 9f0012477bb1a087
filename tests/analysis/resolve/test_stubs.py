"""Names that a stub of a kiln declares: what they are in a pattern, and in the arguments of a macro."""

from __future__ import annotations

from functools import cache

import pytest
from runekiln_analysis.resolve.host import host_meaning, host_names
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.checker import Checker
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import HostSetup

from tests.analysis.fixtures import SCRIPT
from tests.analysis.resolve.scripts import resolved
from tests.analysis.resolve.told import wrong
from tests.analysis.std import with_std

STUB = b"""\
//! crate: garden
pub struct Frost;
pub struct Bed { pub name: String }
impl Bed { pub const MAX: i64 = 12; pub fn new() -> Bed; }
pub enum Plant { Seed, Grown(String), Named { name: String } }
pub const LIMIT: i64 = 3;
pub const PLACE: String;
pub mod deep { pub fn water(); }
pub macro log(expressions) -> ();
"""
MATCHED = ("Plant::Seed", "LIMIT", "PLACE", "Bed::MAX")
BINDING = ("Frost", "Bed", "Plant", "Plant::Grown", "Plant::Named", "Bed::new", "deep", "deep::water")


@cache
def garden() -> Checker:
    """A guest that has been told of the stub."""
    return Checker.load(host=HostSetup((Source("garden.rni", STUB),)))


@cache
def bindings() -> Bindings:
    return with_std(garden().configured().bindings)


@pytest.mark.parametrize("path", [*MATCHED, *BINDING])
def test_what_a_name_of_a_stub_is_in_a_pattern(path: str) -> None:
    before = f"use ::garden::{path} as name;\npub fn f() {{ match 1 {{ name => "
    text = f"{before}name, _ => 0 }} }}"
    (told,) = garden().meanings(SCRIPT, text.encode(), lambda _: None).files
    is_variable = len(before) in (variable.span[0] for variable in told.variables)
    found = host_meaning(host_names(bindings()), ("garden", *path.split("::")))
    assert found.meaning is not None
    assert (found.constant, is_variable) == (path in MATCHED, path not in MATCHED)


def test_arguments_of_a_macro_that_takes_expressions() -> None:
    text = b"use garden::Plant::*;\npub fn main(n) { garden::log!(n, Seed, |n| n); }"
    found = resolved({SCRIPT: text}, bindings(), garden())
    resolution = found.resolutions[ItemPlace(0, 1)]
    assert [(binding.kind, len(binding.reads)) for binding in resolution.bindings] == [
        ("parameter", 1),
        ("closure-parameter", 1),
    ]
    assert resolution.opaque == ()
    assert list(wrong(found, garden().meanings(SCRIPT, text, lambda _: None))) == []
