"""A thing gets another name everywhere, or the user is told why not; then the compiler takes what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from inline_snapshot import snapshot
from runekiln_analysis.rename import prepare_rename, rename
from runekiln_analysis.renamed_script import Form, Replacement, edited, renamed_script
from runekiln_analysis.renaming import Refused, is_short_form
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.text import LineIndex
from runekiln_analysis.tree import TreeView
from runekiln_analysis.views import Views

from .fixtures import CURSOR, SCRIPT, checker, read_fixture, snapshot_with_modules
from .small_bindings import BINDINGS


def renamed(marked: str, name: str) -> Mapping[str, bytes] | Refused:
    """The files after the thing at the cursor got that name."""
    fixture = read_fixture(marked)
    found = rename(snapshot_with_modules(fixture), fixture.cursor, name)
    if isinstance(found, Refused):
        return found
    return {path: edited(text, found.edits.get(path, ())) for path, text in fixture.files.items()}


def check_renamed(marked: str, name: str, expected: str) -> None:
    """The files after the thing at the cursor got that name, in which the compiler finds nothing new."""
    after = renamed(marked, name)
    assert not isinstance(after, Refused), after.reason
    assert dict(after) == dict(read_fixture(expected).files)
    assert _errors(after) == _errors(read_fixture(marked).files)


def _errors(files: Mapping[str, bytes]) -> list[str]:
    facts = checker().check(SCRIPT, files[SCRIPT], files.get)
    return [each.code for file in facts.files for each in file.problems if each.severity == "error"]


def refusal(marked: str, name: str) -> str:
    """Why the thing at the cursor does not get that name."""
    after = renamed(marked, name)
    assert isinstance(after, Refused), "it is renamed"
    return after.reason


def test_a_variable_where_it_is_seen_and_nowhere_else() -> None:
    check_renamed(
        """
pub fn f(x$0) {
    let y = |z| x + z;
    let x = x + y(1);
    println!("{x}");
}""",
        "bed",
        """
pub fn f(bed) {
    let y = |z| bed + z;
    let x = bed + y(1);
    println!("{x}");
}""",
    )


def test_a_variable_in_strings_and_short_forms() -> None:
    check_renamed(
        """
struct Bed { width }
pub fn f(any) {
    let Bed { width$0 } = any;
    println!("{width} {}", `${width}`);
    (Bed { width }, #{ width })
}""",
        "w",
        """
struct Bed { width }
pub fn f(any) {
    let Bed { width: w } = any;
    println!("{w} {}", `${w}`);
    (Bed { width: w }, #{ width: w })
}""",
    )


def test_a_label() -> None:
    check_renamed(
        "pub fn f() { 'a: loop { loop { break 'a$0; } } }",
        "'outer",
        "pub fn f() { 'outer: loop { loop { break 'outer; } } }",
    )
    check_renamed("pub fn f() { 'a$0: loop { break 'a; } }", "b", "pub fn f() { 'b: loop { break 'b; } }")


def test_a_field_with_its_literals_patterns_and_values() -> None:
    check_renamed(
        """
struct Bed { width$0, soil }
struct Pond { width }
impl Bed { fn area(self) { self.width } }
pub fn f(width) {
    let bed = Bed { width, soil: 1 };
    bed.width = Pond { width }.width;
    let Bed { width, .. } = bed;
    width
}""",
        "wide",
        """
struct Bed { wide, soil }
struct Pond { width }
impl Bed { fn area(self) { self.wide } }
pub fn f(width) {
    let bed = Bed { wide: width, soil: 1 };
    bed.wide = Pond { width }.width;
    let Bed { wide: width, .. } = bed;
    width
}""",
    )


def test_a_method() -> None:
    check_renamed(
        """
struct Bed;
impl Bed { fn area(self) { 1 } }
struct Pond;
impl Pond { fn area(self) { Bed.area$0() + Bed::area(Bed) } }
pub fn f() { Pond.area() }""",
        "size",
        """
struct Bed;
impl Bed { fn size(self) { 1 } }
struct Pond;
impl Pond { fn area(self) { Bed.size() + Bed::size(Bed) } }
pub fn f() { Pond.area() }""",
    )


def test_an_item_across_files_and_imports() -> None:
    check_renamed(
        """
mod beds;
use beds::{Bed, Soil as Ground};
pub fn f() { Bed { width: 1 } is beds::Bed && Ground::Clay is Ground }
//- beds.rn
pub struct Bed$0 { width }
impl Bed { fn new() { Self { width: 1 } } }
pub enum Soil { Clay }
""",
        "Plot",
        """
mod beds;
use beds::{Plot, Soil as Ground};
pub fn f() { Plot { width: 1 } is beds::Plot && Ground::Clay is Ground }
//- beds.rn
pub struct Plot { width }
impl Plot { fn new() { Self { width: 1 } } }
pub enum Soil { Clay }
""",
    )


def test_a_word_in_a_comment_is_left_alone() -> None:
    check_renamed(
        "// water\nfn water$0() {}\n/* water */\n/// water\npub fn f() { water() /* water */ } // water",
        "pour",
        "// water\nfn pour() {}\n/* water */\n/// water\npub fn f() { pour() /* water */ } // water",
    )


def test_another_name_for_an_item_is_renamed_by_itself() -> None:
    check_renamed(
        "mod m { pub fn a() {} }\nuse m::a as b;\npub fn f() { b$0(); m::a() }",
        "c",
        "mod m { pub fn a() {} }\nuse m::a as c;\npub fn f() { c(); m::a() }",
    )
    check_renamed(
        "mod m { pub fn a() {} }\nuse m::a as b;\npub fn f() { b(); m::a$0() }",
        "c",
        "mod m { pub fn c() {} }\nuse m::c as b;\npub fn f() { b(); m::c() }",
    )


def test_variants_modules_constants_and_inner_items() -> None:
    check_renamed(
        "enum Soil { Clay$0, Loam(d) }\npub fn f(x) { match x { Soil::Clay => 1, Soil::Loam(n) => n, _ => 2 } }",
        "Sand",
        "enum Soil { Sand, Loam(d) }\npub fn f(x) { match x { Soil::Sand => 1, Soil::Loam(n) => n, _ => 2 } }",
    )
    check_renamed(
        "mod a { pub mod b { pub const C = 1; } }\npub fn f() { a::b::C$0 + a::b::C }",
        "D",
        "mod a { pub mod b { pub const D = 1; } }\npub fn f() { a::b::D + a::b::D }",
    )
    check_renamed(
        "mod a$0 { pub mod b { pub const C = 1; } }\npub fn f() { a::b::C }",
        "outer",
        "mod outer { pub mod b { pub const C = 1; } }\npub fn f() { outer::b::C }",
    )
    check_renamed(
        "pub fn f() { fn g() { 1 } g$0() }\npub fn g() { 2 }", "h", "pub fn f() { fn h() { 1 } h() }\npub fn g() { 2 }"
    )


def test_documentation_and_attributes_say_the_new_name() -> None:
    check_renamed(
        """
struct Bed;
/// Waters.
/// @param bed: Bed - what `bed` is
/// @return Vec<Bed>
#[param(name = "bed", type = "string")]
pub fn water(bed$0) { [bed] }""",
        "plot",
        """
struct Bed;
/// Waters.
/// @param plot: Bed - what `bed` is
/// @return Vec<Bed>
#[param(name = "plot", type = "string")]
pub fn water(plot) { [plot] }""",
    )
    check_renamed(
        "struct Bed$0;\n/// @param bed: Bed\n/// @return Vec<Bed>\npub fn water(bed) { [bed] }",
        "Plot",
        "struct Plot;\n/// @param bed: Plot\n/// @return Vec<Plot>\npub fn water(bed) { [bed] }",
    )


def test_what_would_be_captured_or_capture_is_refused() -> None:
    assert refusal("pub fn f() { let a$0 = 1; let b = 2; a + b }", "b") == snapshot(
        "With the name `b`, line 1 would mean something else"
    )
    assert refusal("pub fn f() { let a = 1; let b$0 = 2; a + b }", "a") == snapshot(
        "With the name `a`, line 1 would mean something else"
    )
    assert refusal("pub fn f() { let a$0 = 1; g(a) }\nfn g(x) { x }", "g") == snapshot(
        "With the name `g`, line 1 would mean something else"
    )
    assert refusal("pub fn f(n) { g(n) }\nfn g$0(x) { x }", "n") == snapshot(
        "With the name `n`, line 1 would mean something else"
    )
    assert refusal("pub fn f(n) { n }\nconst LIMIT$0 = 1;", "n") == snapshot(
        "With the name `n`, line 1 would mean something else"
    )
    assert refusal('pub fn f(x$0) { println!("{x} {y}", y = 1) }', "y") == snapshot(
        "With the name `y`, line 1 would mean something else"
    )
    assert refusal("pub fn f(x$0) { match x { y => x } }", "y") == snapshot(
        "With the name `y`, line 1 would mean something else"
    )
    assert refusal("pub fn f() { if let Some(x$0) = g() { x } }\nfn g() {}", "g") == snapshot(
        "With the name `g`, line 1 would mean something else"
    )
    assert refusal("pub fn f() { if let Some(x) = g$0() { x } }\nfn g() {}", "x") == snapshot(
        "With the name `x`, line 1 would mean something else"
    )
    assert refusal("pub fn f(x$0) { if let Some(y) = x { y } }", "y") == snapshot(
        "With the name `y`, line 1 would mean something else"
    )
    assert refusal("pub fn f() { 'a$0: loop { 'b: loop { break 'a; } } }", "'b") == snapshot(
        "With the name `'b`, line 1 would mean something else"
    )


def test_what_is_there_already_is_refused() -> None:
    assert refusal("fn a$0() {}\nfn b() {}", "b") == snapshot("There is a `b` already")
    assert refusal("struct Bed { a$0, b }", "b") == snapshot("There is a `b` already")
    assert refusal("struct Bed { a$0 }\nimpl Bed { fn b(self) {} }", "b") == snapshot("There is a `b` already")
    assert refusal("struct Bed { a }\nimpl Bed { fn b$0(self) {} }", "a") == snapshot("There is a `a` already")
    assert refusal("enum Soil { Clay$0, Loam }", "Loam") == snapshot("There is a `Loam` already")
    assert refusal("fn f(a$0, b) {}", "b") == snapshot("There is a `b` already")
    assert refusal("pub fn f() { fn g$0() {} fn h() {} g() }", "h") == snapshot("There is a `h` already")


def test_what_cannot_be_seen_wholly_is_refused() -> None:
    bed = "struct Bed { width }\nimpl Bed { fn area(self) { 1 } }\n"
    assert refusal(bed.replace("area", "area$0") + "fn f(any) { any.area() }", "size") == snapshot(
        "`.area` in line 3 may be another one: the type of what stands before the dot is not known"
    )
    pond = "struct Pond;\nimpl Pond { fn area(self) { 2 } }\n"
    either = pond + "fn f(c) { let x = if c { Bed { width: 1 } } else { Pond }; x.area() }"
    assert refusal(bed.replace("area", "area$0") + either, "size") == snapshot(
        "`.area` in line 5 may be another one: the type of what stands before the dot is not known"
    )
    assert refusal(bed.replace("width", "width$0") + "fn f(any) { any.width }", "wide") == snapshot(
        "`.width` in line 3 may be another one: the type of what stands before the dot is not known"
    )
    assert refusal("fn f(x$0) { g(x); $ x; }", "y") == snapshot("`x` in line 1 stands where the text cannot be read")
    assert refusal("fn f$0() {}\n  f garbage\nfn g() {}", "h") == snapshot(
        "`f` in line 2 stands where the text cannot be read"
    )
    assert refusal("struct A;\nimpl A {\n  f garbage\n}\nfn f$0() {}", "h") == snapshot(
        "`f` in line 3 stands where the text cannot be read"
    )
    assert refusal("fn f(x$0) { stringify!(x) }", "y") == snapshot(
        "`x` in line 1 is given to a macro that may do anything with it"
    )


def test_what_is_no_name_of_the_scripts_own_is_refused() -> None:
    assert refusal("fn f(x$0) {}", "fn") == snapshot("`fn` is a word of Rune's own")
    assert refusal("fn f(x$0) {}", "1a") == snapshot("`1a` is no name")
    assert refusal("fn f() { 'a$0: loop {} }", "two_words") == snapshot(
        "`two_words` is no label: small letters and digits"
    )
    assert refusal("fn f(session: Session) { session.phases$0() }", "x") == snapshot("`phases` belongs to the host")
    assert refusal("fn f() { Some$0(1) }", "x") == snapshot("`Some` belongs to the host")
    assert refusal("struct A;\nimpl A { fn f(self) { self$0 } }", "x") == snapshot("`self` is a word of Rune's own")
    assert refusal("pub fn codify_session$0(session) {}", "x") == snapshot(
        "The host calls `codify_session` by its name"
    )
    plugin = "#[plugin(watch = [])]\npub fn create() { P }\nstruct P;\nimpl P { fn tools$0(self) { [] } }"
    assert refusal(plugin, "x") == snapshot("The host calls `tools` of a plugin by its name")
    assert refusal("mod beds$0;\n//- beds.rn\npub fn f() {}", "x") == snapshot(
        "`beds` is the name of the file beds.rn: rename that, and the `mod` follows"
    )
    assert refusal("fn f(any) { any.width$0 }", "x") == snapshot("What `width` means is not known")
    assert refusal("fn f() { 1$0 }", "x") == snapshot("There is no name here")


def test_the_name_is_shown_before_it_is_changed() -> None:
    def prepared(marked: str) -> str:
        fixture = read_fixture(marked)
        found = prepare_rename(snapshot_with_modules(fixture), fixture.cursor)
        return found.reason if isinstance(found, Refused) else f"{found.name} {found.span}"

    assert prepared("fn f(bed) { bed$0 }") == "bed (12, 15)"
    assert prepared("fn f() { 'a: loop { break 'a$0 } }") == "'a (26, 28)"
    assert prepared("fn f() { $0 }") == snapshot("There is no name here")
    assert CURSOR == "$0"


def test_the_trees_of_a_renamed_script_are_those_of_its_text() -> None:
    """The guest has the last word on what is put together without it."""
    fixture = read_fixture(
        "mod m;\nuse m::Bed;\nstruct P { x$0 }\nimpl P { fn f(x) { let P { x } = P { x }; [#{ x }, `${x}`, x] } }\n"
        "//- m.rn\npub struct Bed;\n"
    )
    found = snapshot_with_modules(fixture)
    replacements: list[Replacement] = []
    views = Views(found.script)
    for number, item in enumerate(found.facts.script.items):
        tree = TreeView(item.tree, found.text, item.span[0])
        place = ItemPlace(0, number)
        for node in (
            node for node in range(len(tree)) if tree.kind(node) == K.IDENTIFIER and tree.content(node) == "x"
        ):
            form: Form = "value" if is_short_form(views.tree(place), node) else "plain"
            replacements.append(Replacement(place, node, tree.span(node), "x", "longer_name", form))
    after = renamed_script(found.script, replacements).script
    facts = checker().check(SCRIPT, after.text, fixture.files.get)
    assert [(item.span, item.name, item.name_span, item.tree) for item in after.main.items] == [
        (item.span, item.name, item.name_span, item.tree) for item in facts.script.items
    ]


def test_a_stub_is_not_renamed_in() -> None:
    text = b"pub mod pump { pub struct Pump { pub name: String } }"
    facts = checker().check("kiln/pump.rni", text, lambda _: None, "stub")
    stub = Snapshot("kiln/pump.rni", text, LineIndex(text), facts, BINDINGS)
    found = rename(stub, text.index(b"Pump"), "Valve")
    assert isinstance(found, Refused)
    assert found.reason == "What a stub declares is named by scripts, which would not follow"
