"""What hosts cost, a large one and Crucible: their stubs once, when an instance starts, and nothing at each check."""

from __future__ import annotations

import random
import time

from runekiln_analysis.rune_std import rune_std
from runekiln_runtime.code_cache import Code, load_code
from runekiln_runtime.guest import Guest
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Check, Checked, Configure, Configured, Response, Source
from runekiln_runtime.std_stubs import std_bindings
from runekiln_runtime.stub_files import built_in_stubs

from tests.bench.table import Bound, Line

TYPES = 300
FIELDS = 5
FUNCTIONS = 5_000
ROUNDS = 15
MEMORY_BYTES = 1 << 30

SCRIPT = "\n".join(f"pub fn step_{number}(bed) {{ let rows = bed + {number}; rows * 2 }}" for number in range(200))


def measure(choose: random.Random) -> list[Line]:
    """Stubs of 300 types with 5 fields and of 5,000 functions; all of Crucible and std: a start, and the same check."""
    del choose
    load = Line(f"stubs of {TYPES} types, {FUNCTIONS:,} functions", Bound("value", 100))
    check = Line("check of 200 functions, many stubs", Bound("ratio", 1.1), beside="no stubs")
    start = Line("more of a start, all of Crucible and std", Bound("value", 30))
    whole = Line("check of 200 functions, all of Crucible", Bound("ratio", 1.1), beside="no stubs")
    code = load_code(GUEST_FILE)
    stubs = (Source("host.rni", large_stub().encode()),)
    for _ in range(ROUNDS):
        empty = _configured(code, ())
        started = time.perf_counter()
        large = _configured(code, stubs)
        load.ours.append((time.perf_counter() - started) * 1e3)
        _check(empty), _check(large)
        check.theirs.append(_check(empty))
        check.ours.append(_check(large))
        started = time.perf_counter()
        _configured(code, ())
        without = time.perf_counter()
        crucible = _configured(code, built_in_stubs())
        rune_std(std_bindings(code))
        start.ours.append((time.perf_counter() - without - (without - started)) * 1e3)
        _check(crucible)
        whole.theirs.append(_check(empty))
        whole.ours.append(_check(crucible))
    return [load, check, start, whole]


def large_stub() -> str:
    """A stub as large as the largest hosts have."""
    fields = "".join(f" pub field_{number}: Option<String>," for number in range(FIELDS))
    types = (f"    #[prelude]\n    pub struct Kind{number} {{{fields} }}" for number in range(TYPES))
    functions = (f"    pub fn call_{number}(first: String, second: i64) -> Kind0;" for number in range(FUNCTIONS))
    declarations = "\n".join((*types, *functions))
    return f"//! crate: large\npub mod inner {{\n{declarations}\n}}\n"


def _configured(code: Code, stubs: tuple[Source, ...]) -> Guest:
    guest = Guest(code, MEMORY_BYTES)
    answer: Response = guest.ask(Configure(stubs, "core"))
    assert isinstance(answer, Configured), answer
    assert not any(file.problems for file in answer.files), answer.files[0].problems[0]
    return guest


def _check(guest: Guest) -> float:
    started = time.perf_counter()
    answer = guest.ask(Check((Source("main.rn", SCRIPT.encode()),), "module"))
    milliseconds = (time.perf_counter() - started) * 1e3
    assert isinstance(answer, Checked), answer
    return milliseconds
