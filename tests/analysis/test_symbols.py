"""The outline of a script."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.symbols import symbols
from runekiln_analysis.text import LineIndex

from .fixtures import checker, outline, read_fixture, show_symbols, snapshot_of


def test_the_outline_shows_items_and_what_is_in_them() -> None:
    assert show_symbols("""
use crucible::session::Phase;

/// How many.
const LIMIT = 3;

pub fn codify_session(session: Session, options) -> Workflow { session }
async fn later() {}

struct Step { title: String, level }
struct Point(x, y);
struct Unit;

enum Mood { Calm, Busy(level), Odd { reason } }

impl Step {
    fn new(title) { Step { title, level: 1 } }
    fn is_long(self, limit) { self.level > limit }
}

mod tools {
    pub fn slug(title) { title }
    mod deeper { struct Inner { a } }
}
""") == snapshot("""\
constant LIMIT
function codify_session (session: Session, options) -> Workflow
function later ()
struct Step
    field title String
    field level
struct Point
struct Unit
enum Mood
    variant Calm
    variant Busy
    variant Odd
impl impl Step
    method new (title)
    method is_long (self, limit)
module tools
    function slug (title)
    module deeper
        struct Inner
            field a\
""")


def test_the_outline_of_a_script_that_does_not_parse() -> None:
    assert show_symbols("""
fn broken(a, { a.
struct Step { title
fn fine() {}
fn
""") == snapshot("""\
function broken (a)
struct Step
    field title
function fine ()\
""")


def test_names_lie_inside_of_their_symbols() -> None:
    snapshot_ = snapshot_of(
        read_fixture("\n/// Docs.\n#[test]\npub fn f() {}\nmod m { struct S { a } enum E { V(a) } }")
    )
    pending = list(symbols(snapshot_))
    assert pending
    while pending:
        symbol = pending.pop()
        assert symbol.span[0] <= symbol.name_span[0] <= symbol.name_span[1] <= symbol.span[1]
        assert snapshot_.text[slice(*symbol.name_span)].decode() in symbol.name
        pending += symbol.children


def test_what_only_stubs_declare() -> None:
    text = """\
//! crate: garden
pub mod beds {
    pub struct Bed { pub name: String }
    impl Bed { pub fn water(self, litres: i64) -> bool; }
    pub type Id = String | i64;
    pub macro log(expressions) -> ();
}
pub attribute handler { event: String } for fn(event: any) -> any;
pub event "bed:dry": Object;
"""
    facts = checker().check("garden.rni", text.encode(), lambda path: None, "stub")
    found = symbols(Snapshot("garden.rni", text.encode(), LineIndex(text.encode()), facts, Bindings()))
    assert "\n".join(outline(found, 0)) == snapshot("""\
module beds
    struct Bed
        field name String
    impl impl Bed
        method water (self, litres: i64) -> bool
    type Id
    macro log
attribute handler
    field event String
event bed:dry\
""")
