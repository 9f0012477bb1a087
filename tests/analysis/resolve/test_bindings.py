"""What is kept of each local name: where it stands, where it is known, who reads, writes and captures it."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.resolve.visible import visible
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.syntax import SyntaxKind as K

from tests.analysis.fixtures import SCRIPT, read_fixture
from tests.analysis.resolve.scripts import resolved
from tests.analysis.small_bindings import BINDINGS


def show_bindings(text: str) -> str:
    """The local names of the last item: kind, name, origin, where it is known; who uses it."""
    found = resolved({SCRIPT: text.encode()}, BINDINGS)
    place = ItemPlace(0, len(found.script.main.items) - 1)
    tree, start = found.tree(place), found.script.item(place).span[0]
    lines = []
    for binding in found.resolutions[place].bindings:
        assert tree.content(binding.node) == binding.name == text[start:][slice(*binding.span)]
        known = text[start:][slice(*binding.scope_span)].strip().partition("\n")[0]
        lines.append(f"{binding.kind} {binding.name} of {K(tree.kind(binding.origin)).name}, known from {known!r} on")
        lines += [f"    {use}" for use in _uses(binding)]
    return "\n".join(lines)


def _uses(binding: Binding) -> list[str]:
    counted = {"read": binding.reads, "written": binding.writes, "captured": binding.captured_by}
    return [f"{word} {len(nodes)} times" for word, nodes in counted.items() if nodes]


def show_visible(marked: str) -> str:
    """The local names that the cursor sees, the innermost last."""
    fixture = read_fixture(marked)
    found = resolved(fixture.files, BINDINGS)
    number = found.script.item_at(fixture.cursor)
    assert number is not None
    place = ItemPlace(0, number)
    return " ".join(visible(found.resolutions[place], found.tree(place), fixture.cursor))


def test_scopes_and_uses() -> None:
    assert show_bindings("""pub fn main(bed) {
    let n = bed;
    n += 1;
    for row in bed { row; }
    let add = |m| n + m;
    match n { Some(x) if x > 1 => x, _ => async { n } }
}
""") == snapshot("""\
parameter bed of FUNCTION_ITEM, known from '{' on
    read 2 times
let n of LET_STATEMENT, known from 'n += 1;' on
    read 4 times
    written 1 times
    captured 2 times
loop row of FOR_EXPRESSION, known from '{ row; }' on
    read 1 times
let add of LET_STATEMENT, known from 'match n { Some(x) if x > 1 => x, _ => async { n } }' on
closure-parameter m of CLOSURE_EXPRESSION, known from 'n + m' on
    read 1 times
pattern x of MATCH_ARM, known from 'if x > 1 => x,' on
    read 2 times\
""")


def test_a_name_that_is_never_used_has_no_uses() -> None:
    assert show_bindings("fn f(unused) { let n = 1; n = 2; }") == snapshot("""\
parameter unused of FUNCTION_ITEM, known from '{ let n = 1; n = 2; }' on
let n of LET_STATEMENT, known from 'n = 2; }' on
    written 1 times\
""")


def test_names_that_a_place_sees() -> None:
    assert show_visible("fn f(a) { let b = 1; { let c = 2; } let d = $0; let e = 3; }") == "a b"
    assert show_visible("fn f(a) { for b in a { $0 } }") == "a b"
    assert show_visible("fn f(a) { match a { [b] if $0 => 1 } }") == "a b"
    assert show_visible("fn f(a) { if let [b] = a { } else { $0 } }") == "a"
    assert show_visible("fn f(a) { fn g(b) { $0 } struct S; }") == "g S b"
    assert show_visible("fn f(a) { g(|b| $0) }") == "a b"
    assert show_visible("impl S { fn f(self, a) { let a = self; $0 } }") == "self a"


def test_names_that_a_place_sees_in_a_text_that_lacks_its_end() -> None:
    assert show_visible("fn f(a) { let b = a; if b { let c = 1; c.$0") == "a b c"
    assert show_visible("fn f(a) { for b in a { b.$0") == "a b"
    assert show_visible("fn f(a) { match a { Some(b) => $0") == "a b"
