"""Definitions, declarations, types and implementations, from the name under the cursor."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.definition import declaration, definition, implementation, type_definition

from .shown import show_places


def test_a_variable_leads_to_the_one_that_is_seen_there() -> None:
    assert show_places(definition, "pub fn main() { let x = 1; let f = |x| x; f(x$0) }") == snapshot(
        ["main.rn:1 pub fn main() { let [x] = 1; let f = |x| x; f(x) }"]
    )
    assert show_places(definition, "pub fn main() { let x = 1; let f = |x| x$0; f(x) }") == snapshot(
        ["main.rn:1 pub fn main() { let x = 1; let f = |[x]| x; f(x) }"]
    )
    assert show_places(definition, 'pub fn main() { let x = 1; println!("{x$0}"); `${x}` }') == snapshot(
        ['main.rn:1 pub fn main() { let [x] = 1; println!("{x}"); `${x}` }']
    )
    assert show_places(definition, "pub fn main() { 'a: loop { break 'a$0; } }") == snapshot(
        ["main.rn:1 pub fn main() { ['a]: loop { break 'a; } }"]
    )


def test_an_item_leads_there_from_paths_imports_and_patterns() -> None:
    items = """
mod beds {
    pub struct Bed { width }
    pub enum Soil { Clay, Loam(depth) }
    pub const LIMIT = 3;
}
use beds::{Bed as Plot, Soil};
"""
    assert show_places(definition, items + "fn f(x) { x is Plot$0 }") == snapshot(
        ["main.rn:3 pub struct [Bed] { width }"]
    )
    assert show_places(definition, items + "fn f(x) { match x { Soil::Loam$0(n) => n, _ => 1 } }") == snapshot(
        ["main.rn:4 pub enum Soil { Clay, [Loam](depth) }"]
    )
    assert show_places(definition, items + "fn f(x) { beds::LIMIT$0 }") == snapshot(
        ["main.rn:5 pub const [LIMIT] = 3;"]
    )
    assert show_places(definition, items + "fn f(x) { Plot { width$0: 1 } }") == snapshot(
        ["main.rn:3 pub struct Bed { [width] }"]
    )
    assert show_places(definition, items.replace("Bed as", "Bed$0 as")) == snapshot(
        ["main.rn:3 pub struct [Bed] { width }"]
    )
    assert show_places(definition, items.replace("as Plot", "as Plot$0")) == snapshot(
        ["main.rn:3 pub struct [Bed] { width }"]
    )


def test_the_short_form_of_a_field_leads_to_both() -> None:
    assert show_places(definition, "struct Bed { width }\nfn f(width) {\n    Bed { width$0 }\n}") == snapshot(
        ["main.rn:2 fn f([width]) {", "main.rn:1 struct Bed { [width] }"]
    )


def test_members_are_found_by_the_type_of_their_value() -> None:
    text = """
struct Bed { width, soil: String }
struct Pond { width }
impl Bed {
    fn new(width) { Self { width, soil: "" } }
    fn area(self) { self.width * 2 }
}
"""
    assert show_places(definition, text + "fn f() { let b = Bed::new(1); b.area$0() }") == snapshot(
        ["main.rn:6 fn [area](self) { self.width * 2 }"]
    )
    assert show_places(definition, text + "fn f() { let b = Bed::new(1); b.width$0 }") == snapshot(
        ["main.rn:2 struct Bed { [width], soil: String }"]
    )
    assert show_places(definition, text + "fn f(b) { b.width$0 }") == snapshot([])
    assert show_places(definition, text + "fn f() { Bed::new(1).soil.trim$0() }") == snapshot(
        ["method std::string::String::trim"]
    )
    assert show_places(definition, text.replace("self.width", "self.width$0")) == snapshot(
        ["main.rn:2 struct Bed { [width], soil: String }"]
    )
    assert show_places(definition, "fn f(session: Session) { session.phases$0() }") == snapshot(
        ["method crucible::session::Session::phases"]
    )
    assert show_places(definition, "fn f(session: Session) { session.title$0 }") == snapshot(
        ["field crucible::session::Session::title"]
    )
    assert show_places(definition, "struct Pair(a, b);\nfn f() { let p = Pair(1, 2); p.1$0 }") == snapshot(
        ["main.rn:1 struct Pair(a, [b]);"]
    )


def test_modules_lead_into_their_files() -> None:
    files = """
mod beds;
pub fn main() { let bed = beds::Bed::new(3); bed.area() }
//- beds.rn
pub struct Bed { pub width }
impl Bed {
    pub fn new(width) { Bed { width } }
    pub fn area(self) { self.width }
}
"""
    assert show_places(definition, files.replace("mod beds", "mod beds$0")) == snapshot(
        ["beds.rn:1 []pub struct Bed { pub width }"]
    )
    assert show_places(declaration, files.replace("= beds", "= beds$0")) == snapshot(["main.rn:2 mod [beds];"])
    assert show_places(definition, files.replace("Bed::new(3)", "Bed::new$0(3)")) == snapshot(
        ["beds.rn:3 pub fn [new](width) { Bed { width } }"]
    )
    assert show_places(definition, files.replace("bed.area", "bed.area$0")) == snapshot(
        ["beds.rn:4 pub fn [area](self) { self.width }"]
    )
    assert show_places(definition, files.replace("Bed { width }", "Bed$0 { width }")) == snapshot(
        ["beds.rn:1 pub struct [Bed] { pub width }"]
    )
    assert show_places(type_definition, files.replace("bed.area", "bed$0.area")) == snapshot(
        ["beds.rn:1 pub struct [Bed] { pub width }"]
    )


def test_what_the_host_declares_is_named_by_its_path() -> None:
    assert show_places(definition, "fn f() { Workflow$0::new() }") == snapshot(["struct crucible::workflow::Workflow"])
    assert show_places(definition, "fn f() { Workflow::new$0() }") == snapshot(
        ["associated-function crucible::workflow::Workflow::new"]
    )
    assert show_places(definition, "fn f() { Some$0(1) }") == snapshot(["variant std::option::Option::Some"])
    assert show_places(definition, 'fn f() { println$0!("") }') == snapshot(["macro std::io::println"])
    assert show_places(definition, "fn f() { std::iter$0::range(1, 2) }") == snapshot(["module std::iter"])


def test_an_entry_is_declared_in_a_stub() -> None:
    assert show_places(declaration, "pub fn codify_session$0(session) {}") == snapshot(["entry codify_session"])
    assert show_places(definition, "pub fn codify_session$0(session) {}") == snapshot(
        ["main.rn:1 pub fn [codify_session](session) {}"]
    )
    assert show_places(declaration, "fn codify_session$0(session) {}") == snapshot(
        ["main.rn:1 fn [codify_session](session) {}"]
    )


def test_types_of_values_and_of_what_lists_hold() -> None:
    assert show_places(type_definition, "fn f(session: Session) { session$0 }") == snapshot(
        ["struct crucible::session::Session"]
    )
    assert show_places(type_definition, "fn f(session: Session) { let all = session.phases(); all$0 }") == snapshot(
        ["struct crucible::session::Phase"]
    )
    assert show_places(type_definition, "struct Bed;\nfn f() { let b$0 = Bed; }") == snapshot(
        ["main.rn:1 struct [Bed];"]
    )
    assert show_places(type_definition, "struct Bed;\nfn f(b: Bed$0) {}") == snapshot(["main.rn:1 struct [Bed];"])
    assert show_places(type_definition, "fn f(b) { b$0 }") == snapshot([])


def test_the_blocks_that_implement_a_type() -> None:
    text = "struct Bed;\nimpl Bed { fn a(self) {} }\nmod m {\n    impl super::Bed { fn b(self) {} }\n}\n"
    assert show_places(implementation, text.replace("struct Bed", "struct Bed$0")) == snapshot(
        ["main.rn:2 impl [Bed] { fn a(self) {} }", "main.rn:4 impl [super::Bed] { fn b(self) {} }"]
    )
    assert show_places(implementation, text + "fn f() { Bed.a$0() }") == snapshot(
        ["main.rn:2 impl Bed { fn [a](self) {} }"]
    )


def test_a_text_that_does_not_parse() -> None:
    assert show_places(definition, "fn helper(a) { a }\nfn f( { let x = helper$0(1; ") == snapshot(
        ["main.rn:1 fn [helper](a) { a }"]
    )
    assert show_places(definition, "fn f() { let bed = 1; if bed$0 == { ") == snapshot(
        ["main.rn:1 fn f() { let [bed] = 1; if bed == {"]
    )
