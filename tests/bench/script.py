"""A growing Rune script and the edits that a benchmark makes in it, with the errors that they must cause."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

FUNCTION = """\
/// Counts what grew in bed {number} between two visits.
pub fn count_bed_{number}(before, after) {{
    let grown = after - before;
    if grown > 3 {{
        println!("bed {number}: {{}} more", grown);
    }}
    match grown {{
        0 => "nothing",
        1 => "one",
        _ => "many",
    }}
}}

"""
ANCHOR = "    let grown = after - before;"
EDITS_WITH_A_CONST = 5  # every so many edits also change a header


@dataclass(frozen=True, slots=True)
class Change:
    """The whole lines `text` in place of the `removed` lines from number `line` on, counted from 0."""

    line: int
    text: str
    removed: int = 0


@dataclass(slots=True)
class Script:
    """A script of functions, and the places `(line, column)` where a server must report an error."""

    path: Path
    rows: list[str]
    errors: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of_length(cls, lines: int, path: Path) -> Script:
        """A correct script of about `lines` lines, with a `main` at the end, saved at `path`."""
        count = max(1, lines // FUNCTION.count("\n"))
        text = "".join(FUNCTION.format(number=number) for number in range(count))
        text += "pub fn main() {\n    count_bed_0(1, 2)\n}\n"
        script = cls(path, text.split("\n"))
        script.save()
        return script

    @property
    def uri(self) -> str:
        """What servers call it."""
        return self.path.as_uri()

    @property
    def text(self) -> str:
        """The whole script."""
        return "\n".join(self.rows)

    def save(self) -> None:
        """Write it to disk."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.text)

    def insert(self, line: int, row: str) -> Change:
        """Put in a line; known errors below it move down."""
        self.rows.insert(line, row)
        self.errors = {(at + (at >= line), column) for at, column in self.errors}
        return Change(line, row + "\n")

    def remove(self, line: int) -> Change:
        """Take out a line, and the error in it; those below it move up."""
        del self.rows[line]
        self.errors = {(at - (at > line), column) for at, column in self.errors if at != line}
        return Change(line, "", removed=1)

    def break_somewhere(self, number: int, choose: random.Random) -> list[Change]:
        """Call a function that does not exist in a random function; returns the changes, in order.

        The name is new each time, so that nothing can be answered from memory. Every few edits a new const
        is declared at the top and used by the call.
        """
        name = f"absent_{number}_{choose.randrange(10**6)}"
        changes = []
        argument = ""
        if number % EDITS_WITH_A_CONST == EDITS_WITH_A_CONST - 1:
            argument = f"LIMIT_{name.upper()}"
            changes.append(self.insert(0, f"const {argument} = {number};"))
        line = choose.choice(self._anchors())
        changes.append(self.insert(line, f"    {name}({argument});"))
        self.errors.add((line, 4))
        return changes

    def untouched(self) -> int:
        """How many functions have not been broken yet."""
        return len(self._anchors())

    def _anchors(self) -> list[int]:
        # One error a function: the native server reports no second one.
        return [line for line, row in enumerate(self.rows) if row == ANCHOR and "absent_" not in self.rows[line - 1]]
