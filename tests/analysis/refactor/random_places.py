"""Makes the refactorings that are offered at random places of scripts, and looks what becomes of these.

`python -m tests.analysis.refactor.random_places 5000` tries so many places.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from msgspec.structs import replace
from runekiln_analysis.facts import Facts
from runekiln_analysis.judgement import judge
from runekiln_analysis.refactor.offers import refactorings
from runekiln_analysis.refactor.refactoring import Refactoring
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.snapshot import Snapshot
from runekiln_runtime.outcomes import Finished, Limits
from runekiln_runtime.protocol import Run, Source

from tests.analysis.fixtures import SCRIPT, Fixture, checker, snapshot_of
from tests.analysis.flow.marks import real_bindings, runner
from tests.analysis.resolve.corpus import samples

LIMITS = Limits(seconds=10, output_bytes=100_000)
# What a hint says of habits is not about whether the script does the same.
_TOLD = ("error",)
_LONGEST = 12_000
_RUN_EVERYWHERE = 500


@dataclass
class Tried:
    """What was made, how often, and what went wrong."""

    made: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    wrong: list[str] = field(default_factory=list)


@cache
def scripts() -> tuple[tuple[str, Snapshot], ...]:
    """The samples that are not too long to be run again and again."""
    found = ((each.name, each.text) for each in samples() if len(each.text) < _LONGEST)
    return tuple((name, snapshot_of(Fixture({SCRIPT: text}, 0), real_bindings())) for name, text in found)


def tried(seed: int, places: int, wanted: str = "") -> Tried:
    """Try so many places; only the refactorings whose names begin so."""
    chance, found = random.Random(seed), Tried()
    for _ in range(places):
        name, snapshot = chance.choice(scripts())
        span = _place(chance, snapshot)
        if span is not None:
            _try(found, name, snapshot, span, wanted)
    return found


def tried_everywhere(name: str, snapshot: Snapshot) -> Tried:
    """Try every node of a script's items as a range and as a cursor; short ones are run as well."""
    found, places = Tried(), dict[tuple[int, int], None]()
    for number in range(len(snapshot.facts.script.items)):
        tree = snapshot.script.tree(number)
        for node in range(len(tree)):
            start, end = tree.span(node)
            places.update({(start, start): None, (start, end): None})
    seen: set[bytes] = set()
    is_short = len(snapshot.text) < _RUN_EVERYWHERE
    for span in places:
        for each in refactorings(snapshot, span):
            text = edited(snapshot.text, each.make().get(SCRIPT, ()))
            if text not in seen:
                seen.add(text)
                found.made[each.name] += 1
                wrong = _differences(snapshot, text, found) if is_short else _new_problems(snapshot, text)
                found.wrong += [_shown(name, snapshot, each, text, one) for one in wrong]
    return found


def _try(found: Tried, name: str, snapshot: Snapshot, span: tuple[int, int], wanted: str) -> None:
    for each in refactorings(snapshot, span):
        if each.name.startswith(wanted):
            found.made[each.name] += 1
            text = edited(snapshot.text, each.make().get(SCRIPT, ()))
            found.wrong += [
                _shown(f"{name}, {span}", snapshot, each, text, wrong) for wrong in _differences(snapshot, text, found)
            ]


def _shown(place: str, snapshot: Snapshot, made: Refactoring, text: bytes, wrong: str) -> str:
    shown = "\n".join(_changed_lines(snapshot.text.decode(), text.decode()))
    return f"{place}: {made.title}: {wrong}\n{shown}"


def _place(chance: random.Random, snapshot: Snapshot) -> tuple[int, int] | None:
    """A node as a range, or its start as a cursor; sometimes several statements of a block."""
    items = [number for number, item in enumerate(snapshot.facts.script.items) if item.kind in ("function", "use")]
    if not items:
        return None
    tree = snapshot.script.tree(chance.choice(items))
    node = chance.randrange(len(tree))
    start, end = tree.span(node)
    if chance.random() < 0.2:
        around = tree.parent(node)
        later = [child for child in tree.children(around) if child >= node and not tree.is_token(child)]
        end = tree.end(chance.choice(later)) if later else end
    return (start, start) if chance.random() < 0.4 else (start, end)


def _differences(snapshot: Snapshot, text: bytes, found: Tried) -> Iterator[str]:
    problems = list(_new_problems(snapshot, text))
    yield from problems
    # Who prints the numbers of its lines prints others.
    tells_lines = b"line!" in snapshot.text
    for entry in () if problems or tells_lines else entries(snapshot):
        was, now = outcome(snapshot.text, entry), outcome(text, entry)
        found.runs += 1
        if was != now:
            yield f"{entry} gave {was}, now {now}"


def _new_problems(snapshot: Snapshot, text: bytes) -> Iterator[str]:
    before, after = snapshot.facts, checker().check(SCRIPT, text, lambda _: None)
    new = errors(after) - errors(before)
    # What Rune does not look at is held against our own rules.
    new += mismatches(snapshot, text, after) - mismatches(snapshot, snapshot.text, before)
    if new:
        yield f"new problems {dict(new)}"


def errors(facts: Facts) -> Counter[str]:
    """The codes of the errors, each as often as it is told."""
    return Counter(each.code for each in facts.script.problems if each.severity in _TOLD)


def mismatches(snapshot: Snapshot, text: bytes, facts: Facts) -> Counter[str]:
    """How many annotations say something wrong."""
    judged = judge(replace(snapshot, facts=facts, text=text).script)
    return Counter(each.code for each in judged if each.code == "type-mismatch")


def entries(snapshot: Snapshot) -> Iterator[str]:
    """The functions at the top that take nothing."""
    for number, item in enumerate(snapshot.facts.script.items):
        header = snapshot.script.tree(number).content(0) if item.kind == "function" and item.parent is None else ""
        if re.search(rf"fn\s+{re.escape(item.name)}\s*\(\s*\)", header):
            yield item.name


_OUTCOMES: dict[tuple[bytes, str], object] = {}


def outcome(text: bytes, entry: str) -> object:
    """What comes of a run: its value and output, or how it ended."""
    key = (text, entry)
    if key not in _OUTCOMES:
        private = re.compile(rf"^(\s*)(?:pub )?((?:async )?fn {re.escape(entry)}\b)".encode(), re.MULTILINE)
        run = Run((Source(SCRIPT, private.sub(rb"\1pub \2", text)),), entry, (), LIMITS.output_bytes)
        ended = runner().run(run, LIMITS)
        said = _settled(str(ended.value)) if isinstance(ended, Finished) else ""
        _OUTCOMES[key] = (type(ended).__name__, said, _settled(str(ended.output)))
    return _OUTCOMES[key]


def _settled(shown: str) -> str:
    """Without addresses, which are others each time, places in the text, and where closures are written."""
    return re.sub(r"0x[0-9a-f]+|span=\(\d+, \d+\)|<closure in [^>]*>", "…", shown)


def _changed_lines(before: str, after: str) -> Iterator[str]:
    import difflib

    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"    {line}"


if __name__ == "__main__":
    result = tried(
        int(sys.argv[2]) if len(sys.argv) > 2 else 0, int(sys.argv[1]), sys.argv[3] if len(sys.argv) > 3 else ""
    )
    print("\n".join(result.wrong[:25]))
    print(result.made, result.runs, len(result.wrong))
