"""Hints between the words, each drawn where it is shown."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.hint_details import HintDetails, hint_details
from runekiln_analysis.inlay_hints import inlay_hints
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.whereabouts import Declared

from .fixtures import read_fixture, snapshot_with_modules
from .host_bindings import BINDINGS as HOST
from .shown import ALL_HINTS, show_hints
from .small_bindings import BINDINGS


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


def test_what_a_call_needs_stands_behind_it() -> None:
    script = """
pub fn main(agent: AgentHandle, book: Notebook) {
    crucible::read_note("a");
    book.read("Beds/North.md").len();
    let read = crucible::read_note;
    [crucible::read_note].push(1);
    crucible::today();
}"""
    assert show_hints(script, frozenset({"permission"}), bindings=HOST) == snapshot("""\

pub fn main(agent: AgentHandle, book: Notebook) {
    crucible::read_note("a")«needs kiln.read»;
    book.read("Beds/North.md")«needs kiln.read(Beds/North.md)».len();
    let read = crucible::read_note«needs kiln.read»;
    [crucible::read_note«needs kiln.read»].push(1);
    crucible::today();
}\
""")


def details(marked: str, bindings: Bindings = BINDINGS) -> tuple[list[str], list[str], list[str]]:
    """Of each hint the places that it leads to, what it says in full, and the script once it is accepted."""
    fixture = read_fixture(marked)
    seen = snapshot_with_modules(fixture, bindings)
    places, tooltips, accepted = [], [], []
    for hint in inlay_hints(seen, (0, len(seen.text)), ALL_HINTS):
        found: HintDetails = hint_details(seen, hint)
        places += (
            fixture.files[each.path][slice(*each.name_span)].decode() if isinstance(each, Declared) else each.path
            for each in found.places
        )
        tooltips.append(found.tooltip)
        if found.edits:
            accepted.append(edited(seen.text, found.edits).decode())
    return places, tooltips, accepted


def test_a_type_leads_to_its_declaration_and_can_be_written() -> None:
    places, tooltips, accepted = details(
        "struct Bed;\nfn all() { [Bed {}] }\nfn f() { let b = all()[0]; let n = 1 + 1; }"
    )
    assert (places, tooltips, accepted) == snapshot(
        (
            ["Bed", "std::i64"],
            [
                """\
```rune
Bed
```\
""",
                """\
```rune
i64
```\
""",
            ],
            [
                """\
struct Bed;
fn all() { [Bed {}] }
fn f() { let b: Bed = all()[0]; let n = 1 + 1; }\
""",
                """\
struct Bed;
fn all() { [Bed {}] }
fn f() { let b = all()[0]; let n: i64 = 1 + 1; }\
""",
            ],
        )
    )
    for text in accepted:
        # The annotation is read as what the hint said: nothing more is told of that variable, nor is anything wrong.
        assert show_hints(text).count("«") == 1
        problems = snapshot_with_modules(read_fixture(text)).facts.script.problems
        assert {problem.code for problem in problems} <= {"not-used"}


def test_what_cannot_be_annotated_is_not_written() -> None:
    assert details("fn f() { for x in [1.5] { x } let (a, b) = (1, 2); }")[2] == []


def test_a_parameter_leads_to_the_function_and_a_link_of_a_chain_to_its_type() -> None:
    assert details("fn water(litres) {}\nfn f() { water(1) }")[0] == ["water"]
    places, tooltips, _ = details("fn f(session: Session) { session\n.phases()\n.iter() }")
    assert (places, tooltips) == snapshot(
        (
            ["crucible::session::Phase"],
            [
                """\
```rune
Vec<Phase>
```\
"""
            ],
        )
    )


def test_a_long_type_is_told_in_full() -> None:
    _, (tooltip,), _ = details(f"fn f() {{ let x = ({', '.join(['1.5'] * 20)}); }}")
    assert tooltip.count("f64") == 20
