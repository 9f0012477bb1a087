"""Symbols of a name, callers and callees, links to files, and modules whose files move."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.call_hierarchy import function_at, incoming_calls, outgoing_calls
from runekiln_analysis.document_links import document_links
from runekiln_analysis.moved_modules import moved_module
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.renaming import Refused

from .fixtures import read_fixture, snapshot_with_modules
from .shown import show_calls, show_symbols_named
from .spans import drawn_at

GARDEN = """
mod beds {
    pub struct Bed { width }
    impl Bed { fn water(self) { pour() } }
    fn pour() {}
}
pub fn water_all(bed: beds::Bed) { bed.water(); bed.water(); codify(bed) }
fn codify(session: Session) { session.phases(); [].iter().map(codify); }
enum Water { Rain }
"""


def test_symbols_by_letters_in_their_order() -> None:
    assert show_symbols_named(GARDEN, "water") == snapshot(
        ["method beds::Bed::water", "function water_all", "enum Water"]
    )
    assert show_symbols_named(GARDEN, "WA") == snapshot(["method beds::Bed::water", "function water_all", "enum Water"])
    assert show_symbols_named(GARDEN, "wid") == snapshot(["field beds::Bed::width"])
    assert show_symbols_named(GARDEN, "bed::w") == snapshot(["field beds::Bed::width", "method beds::Bed::water"])
    assert show_symbols_named(GARDEN, "xyz") == []


def test_callers_and_callees() -> None:
    fixture = read_fixture(GARDEN.replace("fn water(", "fn water$0("))
    seen = snapshot_with_modules(fixture)
    item = function_at(seen, fixture.cursor)
    assert item is not None
    assert item.name == "water"
    assert show_calls(fixture, incoming_calls(seen, fixture.cursor)) == snapshot(
        [
            "water_all (main.rn)",
            "    main.rn:7 pub fn water_all(bed: beds::Bed) { bed.[water](); bed.water(); codify(bed) }",
            "    main.rn:7 pub fn water_all(bed: beds::Bed) { bed.water(); bed.[water](); codify(bed) }",
        ]
    )
    assert show_calls(fixture, outgoing_calls(seen, fixture.cursor)) == snapshot(
        ["pour (main.rn)", "    main.rn:4 impl Bed { fn water(self) { [pour]() } }"]
    )
    fixture = read_fixture(GARDEN.replace("fn codify(", "fn codify$0("))
    seen = snapshot_with_modules(fixture)
    assert show_calls(fixture, incoming_calls(seen, fixture.cursor)) == snapshot(
        [
            "water_all (main.rn)",
            "    main.rn:7 pub fn water_all(bed: beds::Bed) { bed.water(); bed.water(); [codify](bed) }",
            "codify (main.rn)",
            "    main.rn:8 fn codify(session: Session) { session.phases(); [].iter().map([codify]); }",
        ]
    )
    assert show_calls(fixture, outgoing_calls(seen, fixture.cursor)) == snapshot(
        [
            "phases (crucible::session::Session::phases)",
            "    main.rn:8 fn codify(session: Session) { session.[phases](); [].iter().map(codify); }",
            "iter (std::vec::Vec::iter)",
            "    main.rn:8 fn codify(session: Session) { session.phases(); [].[iter]().map(codify); }",
            "map (std::iter::Iterator::map)",
            "    main.rn:8 fn codify(session: Session) { session.phases(); [].iter().[map](codify); }",
        ]
    )
    assert function_at(seen, 0) is None


def test_a_module_links_to_its_file() -> None:
    fixture = read_fixture("mod a;\nmod b { mod c; }\nmod missing;\n//- a.rn\nfn f() {}\n//- b/c/mod.rn\nfn g() {}\n")
    links = document_links(snapshot_with_modules(fixture))
    assert [f"{drawn_at(fixture.files, 'kiln/main.rn', link.span)} -> {link.path}" for link in links] == snapshot(
        ["main.rn:1 mod [a]; -> kiln/a.rn", "main.rn:2 mod b { mod [c]; } -> kiln/b/c/mod.rn"]
    )


def after_move(marked: str, before: str, after: str) -> dict[str, str] | str | None:
    """The files that change when a file or folder moves, or why none do."""
    fixture = read_fixture(marked)
    moved = moved_module(snapshot_with_modules(fixture), f"kiln/{before}", f"kiln/{after}")
    if moved is None or isinstance(moved, Refused):
        return None if moved is None else moved.reason
    return {
        path.removeprefix("kiln/"): edited(fixture.files[path], edits).decode() for path, edits in moved.edits.items()
    }


def test_a_module_follows_its_file() -> None:
    files = (
        "mod beds;\nuse beds::Bed;\nfn f() { beds::g() }\n//- beds.rn\npub struct Bed;\nfn g() { crate::beds::Bed }\n"
    )
    assert after_move(files, "beds.rn", "plots.rn") == snapshot(
        {
            "main.rn": """\
mod plots;
use plots::Bed;
fn f() { plots::g() }
""",
            "beds.rn": """\
pub struct Bed;
fn g() { crate::plots::Bed }
""",
        }
    )
    assert after_move(files, "beds.rn", "beds/mod.rn") == {}
    assert after_move(files, "beds.rn", "deep/beds.rn") == snapshot("`mod beds;` cannot follow to kiln/deep/beds.rn")
    assert after_move(files, "main.rn", "other.rn") is None
    assert after_move("mod a;\nfn b() {}\n//- a.rn\nfn c() {}\n", "a.rn", "b.rn") == snapshot("There is a `b` already")
    inner = "mod a;\n//- a.rn\nmod i;\nfn g() { i::f() }\n//- a/i.rn\npub fn f() {}\n"
    assert after_move(inner, "a.rn", "b.rn") == snapshot("With the name `b`, line 2 of a.rn would mean something else")
    assert after_move(inner, "a/i.rn", "a/j.rn") == snapshot(
        {
            "a.rn": """\
mod j;
fn g() { j::f() }
"""
        }
    )
    assert after_move("mod a;\n//- a/mod.rn\nfn c() {}\n", "a", "b") == snapshot({"main.rn": "mod b;\n"})
