"""A growing Rune script and the edits that a benchmark makes in it, with the errors that they must cause."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

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
class Insertion:
    """A new line `text` before line number `line`, counted from 0."""

    line: int
    text: str


@dataclass(slots=True)
class Script:
    """A script of functions, and the places `(line, column)` where a server must report an error."""

    rows: list[str]
    errors: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of_length(cls, lines: int) -> Script:
        """A correct script of about `lines` lines, with a `main` at the end."""
        count = max(1, lines // FUNCTION.count("\n"))
        text = "".join(FUNCTION.format(number=number) for number in range(count))
        text += "pub fn main() {\n    count_bed_0(1, 2)\n}\n"
        return cls(text.split("\n"))

    @property
    def text(self) -> str:
        """The whole script."""
        return "\n".join(self.rows)

    def insert(self, insertion: Insertion) -> None:
        """Make the insertion; known errors below it move down."""
        self.rows.insert(insertion.line, insertion.text)
        self.errors = {(line + (line >= insertion.line), column) for line, column in self.errors}

    def break_somewhere(self, number: int, choose: random.Random) -> list[Insertion]:
        """Call a function that does not exist in a random function; returns what was inserted, in order.

        The name is new each time, so that nothing can be answered from memory. Every few edits a new const
        is declared at the top and used by the call.
        """
        name = f"absent_{number}_{choose.randrange(10**6)}"
        insertions = []
        argument = ""
        if number % EDITS_WITH_A_CONST == EDITS_WITH_A_CONST - 1:
            argument = f"LIMIT_{name.upper()}"
            insertions.append(Insertion(0, f"const {argument} = {number};"))
            self.insert(insertions[0])
        call = Insertion(choose.choice(self._anchors()), f"    {name}({argument});")
        self.insert(call)
        self.errors.add((call.line, 4))
        return [*insertions, call]

    def untouched(self) -> int:
        """How many functions have not been broken yet."""
        return len(self._anchors())

    def _anchors(self) -> list[int]:
        # One error a function: the native server reports no second one.
        return [line for line, row in enumerate(self.rows) if row == ANCHOR and "absent_" not in self.rows[line - 1]]
