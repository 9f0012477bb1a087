"""What stands above declarations."""

from __future__ import annotations

from .host_bindings import BINDINGS
from .shown import show_lenses


def test_functions_types_and_constants_are_counted() -> None:
    assert show_lenses("""
const LIMIT = 3;
struct Bed { width }
enum Water { Rain }
impl Bed { fn area(self) { self.width } }
fn dig() { LIMIT + LIMIT }
mod inner { fn deep() { super::dig() } }
""") == [
        "LIMIT: 2 references",
        "Bed: 1 reference",
        "Water: 0 references",
        "area: 0 references",
        "dig: 1 reference",
        "deep: 0 references",
    ]


def test_what_only_the_host_calls_is_not_counted() -> None:
    assert show_lenses("pub fn main() { 1 }\npub fn again() { again() }") == ["again: 1 reference"]


def test_a_text_that_does_not_parse_is_counted() -> None:
    assert show_lenses("fn dig( { let a = ; }\nstruct Bed {") == ["dig: 0 references", "Bed: 0 references"]


def test_an_entry_says_what_it_needs_and_where() -> None:
    assert show_lenses(
        """
pub fn main() { first(); crucible::read_note("b") }
fn first() { crucible::read_note("a") }
pub fn plain() { 1 }
""",
        BINDINGS,
    ) == ["main: needs kiln.read, by crucible::read_note, crucible::read_note", "first: 1 reference"]


def test_what_a_module_file_needs_is_shown_at_the_call_into_it() -> None:
    script = 'mod notes;\npub fn main() { notes::all() }\n//- notes.rn\npub fn all() { crucible::read_note("a") }\n'
    assert show_lenses(script, BINDINGS) == ["main: needs kiln.read, by notes::all"]
