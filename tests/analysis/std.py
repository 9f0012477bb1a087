"""Rune's own types, as scripts see them beside those of a test's host."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace
from runekiln_analysis.rune_std import rune_std
from runekiln_analysis.stubs import Bindings, RuneStd
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.std_stubs import std_bindings


@cache
def std() -> RuneStd:
    """What Rune binds by itself."""
    return rune_std(std_bindings(load_code(GUEST_FILE)))


def with_std(bindings: Bindings) -> Bindings:
    """The bindings of a test's host, and Rune's own."""
    return replace(bindings, std=std())
