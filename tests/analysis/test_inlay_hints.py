"""Hints between the words, each drawn where it is shown."""

from __future__ import annotations

from inline_snapshot import snapshot

from .shown import show_hints


def test_types_of_variables_unless_they_are_stated_or_plain_to_see() -> None:
    assert show_hints("""
struct Bed;
fn f(session: Session, any) {
    let phases = session.phases();
    let stated: i64 = 1 + 1;
    let sum = 1 + 1;
    let plain = 1;
    let bed = Bed {};
    let text = `a ${sum}`;
    let closure = |x| x;
    let unknown = any;
    let (a, b) = (1, "x");
    let _unused = sum;
    for phase in phases { let name = phase.name; }
    if let Some(agent) = session.title { agent; }
}""") == snapshot("""\

struct Bed;
fn f(session: Session, any) {
    let phases«: Vec<Phase>» = session.phases();
    let stated: i64 = 1 + 1;
    let sum«: i64» = 1 + 1;
    let plain = 1;
    let bed = Bed {};
    let text = `a ${sum}`;
    let closure = |x| x;
    let unknown = any;
    let (a«: i64», b«: String») = (1, "x");
    let _unused = sum;
    for phase«: Phase» in phases { let name«: String» = phase.name; }
    if let Some(agent) = session.title { agent; }
}\
""")


def test_names_of_parameters_where_literals_stand() -> None:
    assert show_hints("""
struct Bed;
impl Bed { fn dig(self, depth, n) {} }
fn water(litres, slowly) {}
fn f(workflow: Workflow, x) {
    water(1, true);
    water(x, -2);
    water(x, x);
    Bed.dig(1, 2);
    Bed::dig(Bed, 3, 4);
    workflow.add_step("a", Some("b"));
}""") == snapshot("""\

struct Bed;
impl Bed { fn dig(self, depth, n) {} }
fn water(litres, slowly) {}
fn f(workflow: Workflow, x) {
    water(«litres:»1, «slowly:»true);
    water(x, «slowly:»-2);
    water(x, x);
    Bed.dig(«depth:»1, 2);
    Bed::dig(Bed, «depth:»3, 4);
    workflow.add_step(«name:»"a", Some("b"));
}\
""")


def test_types_of_a_chain_line_by_line() -> None:
    assert show_hints("""
fn f(session: Session) {
    session
        .phases()
        .iter()
        .map(|phase| phase.name)
        .collect::<Vec>();
}""") == snapshot("""\

fn f(session: Session) {
    session
        .phases()«Vec<Phase>»
        .iter()«Iterator<Phase>»
        .map(|phase| phase.name)«Iterator<String>»
        .collect::<Vec>();
}\
""")


def test_functions_of_other_files() -> None:
    assert show_hints("mod m;\nfn f() { m::water(1) }\n//- m.rn\npub fn water(litres) {}\n") == snapshot("""\
mod m;
fn f() { m::water(«litres:»1) }
""")


def test_only_the_kinds_that_are_wanted_and_the_lines_that_are_shown() -> None:
    text = "fn water(litres) { 1 }\nfn f() { let a = water(1); }\nfn g() { let b = water(2); }\n"
    assert show_hints(text, frozenset({"type"})) == snapshot("""\
fn water(litres) { 1 }
fn f() { let a«: i64» = water(1); }
fn g() { let b«: i64» = water(2); }
""")
    assert show_hints(text, lines=slice(2, 3)) == snapshot("""\
fn water(litres) { 1 }
fn f() { let a = water(1); }
fn g() { let b«: i64» = water(«litres:»2); }
""")
    assert show_hints(text, frozenset()) == text


def test_a_long_type_is_cut_off() -> None:
    text = show_hints(f"fn f() {{ let x = ({', '.join(['1.5'] * 20)}); }}")
    assert text.partition("»")[0] == snapshot("fn f() { let x«: (f64, f64, f64, f64, f64, f64, f64, f64, f64, f…")


def test_a_text_that_does_not_parse() -> None:
    assert show_hints("fn f(session: Session) { let a = session.phases(; let b = 1 + ; let c = 1 + 1; if ") == snapshot(
        "fn f(session: Session) { let a«: Vec<Phase>» = session.phases(; let b = 1 + ; let c«: i64» = 1 + 1; if "
    )
