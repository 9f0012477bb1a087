"""The table of a script outlives edits that declare nothing else, and is what it would be if it were made anew."""

from __future__ import annotations

import pytest
from runekiln_analysis.resolve.table import Table, _made, table_of

from tests.analysis.fixtures import SCRIPT
from tests.analysis.resolve.scripts import resolved
from tests.analysis.small_bindings import BINDINGS

BEFORE = """\
use std::collections::HashMap;
const LIMIT = 3;
struct Bed { number }
enum Kind { Tree, Herb }
impl Bed {
    fn water(self) { self.number }
    fn new() { Bed { number: 1 } }
}
mod tools { pub fn dig() { 1 } }
pub fn main() { LIMIT }
"""


def table(text: str) -> Table:
    return table_of(resolved({SCRIPT: text.encode()}, BINDINGS).script)


@pytest.mark.parametrize(
    ("old", "new", "is_kept"),
    [
        ("{ LIMIT }", "{ LIMIT + missing }", True),
        ("LIMIT = 3", "LIMIT = 3 + 4", True),
        ("{ self.number }", "{ let again = self; again }", True),
        ("dig() { 1 }", "dig() { 2 }", True),
        ("pub fn main()", "pub fn main(first)", True),
        ("water(self)", "water(bed)", False),
        ("fn new()", "fn made()", False),
        ("Herb", "Bush", False),
        ("{ number }\nenum", ";\nenum", False),
        ("HashMap;", "HashSet;", False),
        ("dig() { 1 } }\n", "} fn dig() { 1 }\n", False),
        ("pub fn main", "fn more() {}\npub fn main", False),
    ],
)
def test_an_edit_of_a_body_keeps_the_table(old: str, new: str, is_kept: bool) -> None:
    assert old in BEFORE
    before = table(BEFORE)
    after = resolved({SCRIPT: BEFORE.replace(old, new).encode()}, BINDINGS).script
    assert (table_of(after) is before) == is_kept
    made = _made(after)
    kept = table_of(after)
    assert (kept.entries, kept.paths, kept.below, kept.homes) == (made.entries, made.paths, made.below, made.homes)
