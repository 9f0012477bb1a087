"""Two checkers beside each other: one is told of every edit, the other sees each text for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from runekiln_analysis.facts import Facts, FileFacts, Item
from runekiln_runtime.checker import Checker
from runekiln_runtime.errors import CheckFailed
from runekiln_runtime.protocol import Dialect

from .story import Edit, Files

Said = Any
"""All that is said of a script, as plain values that can be compared and shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What was said by steps, and what should have been said."""

    said: Said
    expected: Said


class Comparison:
    """Compares after each edit. `Checker.check` is the measure, of an instance that remembers nothing of use."""

    def __init__(self, load: Callable[[], Checker] = Checker.load) -> None:
        self._load = load
        self._measure = load()
        self.begin()

    def begin(self) -> None:
        """Forget all scripts."""
        self._checker = self._load()
        self._looks = 0

    def look(self, path: str, files: Files, dialect: Dialect) -> Difference | None:
        """Check the script `path` both ways."""
        said = self._said(path, files, dialect)
        expected = self._expected(path, files, dialect)
        return Difference(said, expected) if said != expected else None

    def _said(self, path: str, files: Files, dialect: Dialect) -> Said:
        self._looks += 1
        try:
            # Every other time as an editor does it: by a look ahead, where there is one.
            facts = self._edited(path, files) if dialect == "module" and self._looks % 2 else None
            if facts is None:
                facts = self._checker.recheck(path, _bytes(files[path]), _reader(files), dialect)
            return said(facts)
        except CheckFailed as failure:
            return f"not checked: {failure}"

    def _edited(self, path: str, files: Files) -> Facts | None:
        ahead: list[Facts] = []

        def look_ahead(foresee: Callable[[], Facts]) -> Callable[[], Facts]:
            ahead.append(foresee())
            return lambda: ahead[0]

        facts = self._checker.edit(path, _bytes(files[path]), _reader(files), look_ahead)
        if facts is not None:
            assert [_functions(file) for file in ahead[0].files] == [_functions(file) for file in facts.files]
        return facts

    def _expected(self, path: str, files: Files, dialect: Dialect) -> Said:
        try:
            return said(self._measure.check(path, _bytes(files[path]), _reader(files), dialect))
        except CheckFailed:
            return "a check that ends"


def first_difference(
    comparison: Comparison, start: Files, edits: Iterable[Edit], script: str, dialect: Dialect
) -> Difference | None:
    """Tell the edits from the start, to a checker that knows nothing, up to the first difference."""
    comparison.begin()
    files = start
    if difference := comparison.look(script, files, dialect):
        return difference
    for edit in edits:
        files = edit.apply(files)
        if difference := comparison.look(script, files, dialect):
            return difference
    return None


def _functions(file: FileFacts) -> list[Item]:
    """The items that have to be what was foreseen: not those that are around the function which was edited."""
    return [item for item in file.items if item.kind not in ("module", "impl")]


def said(facts: Facts) -> Said:
    """All of the facts; problems with their absolute places, in the order of those."""
    return [_said_of_file(file) for file in facts.files]


def _said_of_file(file: FileFacts) -> Said:
    problems = [{**msgspec.to_builtins(problem), "span": file.span_of(problem)} for problem in file.problems]
    for problem in problems:
        # Which item a place is told from is a matter of taste.
        problem.pop("item")
    items = [{**msgspec.structs.asdict(item), "tree": item.tree.hex()} for item in file.items]
    in_order = sorted(problems, key=lambda problem: (problem["span"], problem["code"], problem["message"]))
    return {"path": file.path, "problems": in_order, "items": items}


def _reader(files: Files) -> Callable[[str], bytes | None]:
    return lambda path: _bytes(files[path]) if path in files else None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
