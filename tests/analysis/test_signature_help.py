"""The signature of the call around the cursor, and the parameter that is being written."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.stubs import About, Bindings, Function, Module, Parameter, Permission

from .shown import show_signature
from .std import with_std

OWN = """
/// Waters a bed.
/// @param litres: i64
pub fn water(bed: String, litres, f: fn(i64, i64) -> bool) -> i64 { 1 }
struct Pair(a, b: i64);
enum Soil { Loam(depth, age) }
impl Pair { fn sum(self, more) { 1 } fn new(a) { Pair(a, 1) } }
"""


def test_own_functions_and_what_is_made_like_one_is_called() -> None:
    assert show_signature(OWN + "fn f() { water($0) }") == snapshot("""\
pub fn water([bed: String], litres: i64, f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { water(1, $0 2) }") == snapshot("""\
pub fn water(bed: String, [litres: i64], f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { water(1, 2, |a, b| $0) }") == snapshot("""\
pub fn water(bed: String, litres: i64, [f: fn(i64, i64) -> bool]) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { water(1, 2, 3, $0) }") == snapshot("""\
pub fn water(bed: String, litres: i64, f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { Pair(1, $0) }") == snapshot("Pair(a, [b: i64])")
    assert show_signature(OWN + "fn f() { Soil::Loam($0) }") == snapshot("Soil::Loam([depth], age)")
    assert show_signature(OWN + "fn f() { fn g(x, y) {} g(1, $0) }") == snapshot("fn g(x, [y])")
    assert show_signature(OWN + "fn f() { let g = |x: i64, y| x; g($0) }") == snapshot("fn g([x: i64], y)")


def test_methods_count_behind_self_and_paths_count_it() -> None:
    assert show_signature(OWN + "fn f() { Pair::new(1).sum($0) }") == snapshot("fn sum(self, [more])")
    assert show_signature(OWN + "fn f(p) { Pair::sum($0) }") == snapshot("fn sum([self], more)")
    assert show_signature(OWN + "fn f(p) { Pair::sum(p, $0) }") == snapshot("fn sum(self, [more])")


def test_functions_of_other_files() -> None:
    assert show_signature(
        "mod m;\nfn f() { m::water(1, $0) }\n//- m.rn\n/// Waters.\npub fn water(bed, litres: i64) { 1 }\n"
    ) == snapshot("""\
pub fn water(bed, [litres: i64])
Waters.\
""")


def test_what_the_host_gives_with_documentation_and_permission() -> None:
    assert show_signature("fn f(w: Workflow) { w.add_step($0) }") == snapshot("""\
fn Workflow::add_step(self, [name: String], agent: Option<String> | String)
Adds a step.\
""")
    assert show_signature('fn f(w: Workflow) { w.add_step("a", $0) }') == snapshot("""\
fn Workflow::add_step(self, name: String, [agent: Option<String> | String])
Adds a step.\
""")
    assert show_signature("fn f() { Some($0) }") == snapshot("""\
Option::Some([T])
A some value.\
""")
    about = About(permission=Permission("fs.write", "path"))
    write = Function(
        "write", "function", (Parameter("path", "String"), Parameter("text", "String")), "()", "Writes.", about=about
    )
    files = with_std(Bindings(modules=(Module("fs", functions=(write,)),)))
    assert show_signature('fn f() { fs::write("a", $0) }', files) == snapshot("""\
fn fs::write(path: String, [text: String])
Writes.

- Needs the permission `fs.write`, for the value of `path`.\
""")


def test_the_innermost_call_counts() -> None:
    assert show_signature(OWN + "fn f() { water(Pair(1, 2)$0, 3) }") == snapshot("""\
pub fn water([bed: String], litres: i64, f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { water(Pair(1, $02), 3) }") == snapshot("Pair(a, [b: i64])")
    assert show_signature(OWN + "fn f() { water(1, [1, $0 2], 3) }") == snapshot("""\
pub fn water(bed: String, [litres: i64], f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + 'fn f() { println!("{}", water(1, $0)) }') == snapshot("""\
pub fn water(bed: String, [litres: i64], f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { `${water(1, $0)}` }") == snapshot("""\
pub fn water(bed: String, [litres: i64], f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { water(1, 2, |a| { $0 }) }") is None
    assert show_signature(OWN + "fn f() { water(1)$0 }") is None
    assert show_signature(OWN + "fn f() { water$0(1) }") is None
    assert show_signature("fn f(g) { g($0) }") is None


def test_a_call_that_is_being_written() -> None:
    assert show_signature(OWN + "fn f() { water($0") == snapshot("""\
pub fn water([bed: String], litres: i64, f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { water(1, $0\n    let x = 1;\n}") == snapshot("""\
pub fn water(bed: String, [litres: i64], f: fn(i64, i64) -> bool) -> i64
Waters a bed.\
""")
    assert show_signature(OWN + "fn f() { let y = water(1, Pair(2,$0\n}") == snapshot("Pair(a, [b: i64])")
    assert show_signature(OWN + "fn f() { Pair::new(1).sum(1 + $0\n}\nfn g() {}") == snapshot("fn sum(self, [more])")
