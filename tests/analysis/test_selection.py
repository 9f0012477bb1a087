"""What a selection grows to."""

from __future__ import annotations

import itertools

import pytest
from inline_snapshot import snapshot
from runekiln_analysis.selection import selection

from .fixtures import read_fixture, snapshot_of


def grown(marked: str) -> list[str]:
    """What is selected, step by step, without the last step, which is always everything."""
    fixture = read_fixture(marked)
    seen = snapshot_of(fixture)
    spans = selection(seen, fixture.cursor)
    assert spans[-1] == (0, len(fixture.text))
    for inner, outer in itertools.pairwise(spans):
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]
        assert inner != outer
    return [fixture.text[slice(*span)].decode() for span in spans[:-1]]


def test_it_grows_by_the_tree() -> None:
    assert grown("\npub fn main(a) { let x = a.na$0me + 1; x }\n") == snapshot(
        [
            "name",
            "a.name",
            "a.name + 1",
            "let x = a.name + 1;",
            "{ let x = a.name + 1; x }",
            "pub fn main(a) { let x = a.name + 1; x }",
        ]
    )


def test_a_word_before_the_cursor_goes_before_what_is_behind_it() -> None:
    assert grown("\nfn f(a) { f(a$0) }\n") == snapshot(["a", "(a)", "f(a)", "{ f(a) }", "fn f(a) { f(a) }"])
    assert grown("\nfn f(a) { f($0a) }\n") == snapshot(["a", "(a)", "f(a)", "{ f(a) }", "fn f(a) { f(a) }"])


def test_between_words_it_is_what_is_around_both() -> None:
    assert grown("\nfn f(a) { 1 + $0 2 }\n") == snapshot(["1 +  2", "{ 1 +  2 }", "fn f(a) { 1 +  2 }"])


def test_an_item_takes_its_documentation_along_and_a_module_its_items() -> None:
    assert grown("\nmod m {\n/// Docs.\nfn f() { $01 }\nfn g() {}\n}\n") == snapshot(
        [
            "1",
            "{ 1 }",
            """\
/// Docs.
fn f() { 1 }\
""",
            """\
mod m {
/// Docs.
fn f() { 1 }
fn g() {}
}\
""",
        ]
    )


def test_a_comment_is_selected_first() -> None:
    assert grown("\nfn f() {\n// some$0thing\n1 }\n") == snapshot(
        [
            "// something",
            """\
{
// something
1 }\
""",
            """\
fn f() {
// something
1 }\
""",
        ]
    )
    assert grown("\n// on its o$0wn\nfn f() {}\n") == snapshot(["// on its own"])


def test_outside_of_everything_there_is_everything() -> None:
    assert grown("\nfn f() {}\n\n$0\n") == snapshot([])


@pytest.mark.parametrize("text", ["", "fn f( { 'ß€😀' [ `a${", "mod m { fn f() {", "// ß", "ß€😀"])
def test_every_place_of_any_text_has_an_answer(text: str) -> None:
    seen = snapshot_of(read_fixture(text))
    for offset in range(-1, len(seen.text) + 2):
        spans = selection(seen, offset)
        assert spans[-1] == (0, len(seen.text))
        assert all(a != b and b[0] <= a[0] and a[1] <= b[1] for a, b in itertools.pairwise(spans))
