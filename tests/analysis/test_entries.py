"""Which functions of a script the host can call, and which one a run means."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.entries import EntryParameter, NoEntry, choose_entry

from .fixtures import entries_of


def check_parameters(marked: str, *parameters: tuple[str, str | None]) -> None:
    """The only entry of the script has these parameters, with these types."""
    (entry,) = entries_of(marked)
    assert entry.parameters == tuple(EntryParameter(*parameter) for parameter in parameters)


def test_the_public_functions_at_the_root_are_the_entries() -> None:
    found = entries_of("""
/// Makes a workflow.
/// @param session: Session
pub fn codify(session) { session }
fn hidden() {}
pub async fn later() {}
pub struct Step;
impl Step { pub fn method(self) {} }
mod inner { pub fn inside() {} }
pub(crate) fn shared() {}
""")
    assert [(entry.name, entry.is_async, entry.docs) for entry in found] == [
        ("codify", False, "Makes a workflow."),
        ("later", True, ""),
    ]


def test_the_spans_of_an_entry_are_its_own() -> None:
    text = "fn a() {}\n/// Docs.\npub fn main(x) { x }"
    (entry,) = entries_of(text)
    assert text[slice(*entry.name_span)] == "main"
    assert text[slice(*entry.span)] == "/// Docs.\npub fn main(x) { x }"


def test_types_come_from_annotation_documentation_and_declared_entry() -> None:
    check_parameters("pub fn main(log: SessionLog, rest: Vec<Phase>)  {}", ("log", "Session"), ("rest", "Vec<Phase>"))
    check_parameters("/// @param log: Session\npub fn main(log, other) {}", ("log", "Session"), ("other", None))
    check_parameters("pub fn handle_callout(c, extra) {}", ("c", "Callout"), ("extra", None))


def test_an_own_type_is_not_the_hosts() -> None:
    check_parameters("struct Session { a }\npub fn main(session: Session) {}", ("session", None))


def test_an_entry_in_a_text_that_does_not_parse() -> None:
    check_parameters("pub fn codify_session(session) { session.", ("session", "Session"))


def test_the_entry_that_is_wanted_is_chosen() -> None:
    found = entries_of("pub fn a() {}\npub fn b() {}")
    chosen = choose_entry(found, "b")
    assert not isinstance(chosen, NoEntry)
    assert chosen.name == "b"


def test_the_only_entry_is_chosen_and_else_main() -> None:
    only = choose_entry(entries_of("pub fn a() {}"), None)
    main = choose_entry(entries_of("pub fn a() {}\npub fn main() {}"), None)
    assert not isinstance(only, NoEntry)
    assert not isinstance(main, NoEntry)
    assert (only.name, main.name) == ("a", "main")


def test_without_a_clear_entry_the_choices_are_named() -> None:
    assert choose_entry(entries_of("pub fn a() {}\npub fn b() {}"), None) == snapshot(
        NoEntry(message="The script has 2 entries and none is `main`. Name one of `a`, `b`.", names=("a", "b"))
    )
    assert choose_entry(entries_of("pub fn a() {}"), "b") == snapshot(
        NoEntry(message="The script has no entry `b`. Its entries are `a`.", names=("a",))
    )
    assert choose_entry(entries_of("fn a() {}"), None) == snapshot(
        NoEntry(message="The script has no entry: mark the function to run with `pub`.", names=())
    )
    assert choose_entry((), "b") == snapshot(
        NoEntry(message="The script has no entry `b`. It has no entry: mark a function with `pub`.", names=())
    )
