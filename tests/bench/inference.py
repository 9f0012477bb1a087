"""How long it takes to infer the types in scripts, once their names are resolved, and again after an edit."""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.script import ItemPlace, Script
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.stub_files import HostSetup

from tests.bench import script as bench
from tests.bench.table import Bound, Line

ROUNDS = 7
SCRIPTS, LINES = 200, 100
LONG = 10_000


def measure(choose: random.Random) -> list[Line]:
    """Many scripts, one function, and all of a long script after an edit in one function of it."""
    host = Checkers.load(lambda _: None).host(HostSetup())

    def checked(text: str) -> Script:
        facts = host.checker.check("main.rn", text.encode(), lambda _: None)
        return Script(facts, text.encode(), host.bindings)

    scripts = [checked(_text(LINES).replace("grown", f"grown_{number}")) for number in range(SCRIPTS)]
    before, after = checked(_text(LONG)), checked(_text(LONG).replace("after - before", "before - after", 1))
    many = Line(f"types of {SCRIPTS} scripts of {LINES} lines", Bound("value", 400))
    one = Line("types of a function of 10 lines", Bound("value", 0.3))
    again = Line(f"types of {LONG:,} lines after an edit")
    memory = _resolved(before)
    _infer(memory)
    for _ in range(ROUNDS):
        many.ours.append(sum(_infer(_resolved(each)) for each in scripts))
        one.ours.append(_infer(_resolved(scripts[0]), 1))
        again.ours.append(_infer(Flows(after, memory.memory())))
    return [many, one, again]


def _text(lines: int) -> str:
    with TemporaryDirectory(prefix="runekiln-bench-") as folder:
        return bench.Script.of_length(lines, Path(folder, "main.rn")).text


def _functions(script: Script) -> list[ItemPlace]:
    return [ItemPlace(0, number) for number, item in enumerate(script.main.items) if item.kind == "function"]


def _resolved(script: Script) -> Flows:
    """The names of a script, and no types yet."""
    flows = Flows(script)
    for place in _functions(script):
        flows.resolution(place)
    return flows


def _infer(flows: Flows, most: int | None = None) -> float:
    """The milliseconds that the types of so many functions take."""
    places = _functions(flows.script)[:most]
    started = time.perf_counter()
    for place in places:
        flows.inferred(place)
    return (time.perf_counter() - started) * 1e3
