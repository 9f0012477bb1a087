"""What each name in a text is, as editors colour it."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.semantic_tokens import semantic_tokens
from runekiln_analysis.stubs import About, Bindings, Function, HostType

from .fixtures import read_fixture, snapshot_with_modules
from .shown import show_tokens
from .std import with_std


def test_local_names_and_what_is_done_to_them() -> None:
    assert show_tokens("""
fn f(a) {
    let b = |c| a + c;
    b = 1;
    println!("{b} {d}", d = a);
    'l: for e in a { break 'l; }
}""") == snapshot("""\
f: function declaration
a: parameter declaration
b: variable declaration
c: parameter declaration
a: parameter
c: parameter
b: variable modification
println: macro defaultLibrary
b: variable
d: parameter
d: parameter declaration
a: parameter
'l: label declaration
e: variable declaration
a: parameter
'l: label\
""")


def test_items_fields_and_members() -> None:
    assert show_tokens("""
mod m { pub const LIMIT = 1; }
use m::LIMIT as MOST;
struct Bed { width }
enum Soil { Clay, Loam { depth } }
impl Bed { async fn water(self) { self.width; self.water(); Self { width: 1 } } }
fn f(x) { match x { Soil::Loam { depth: d } => d, MOST => m::LIMIT, #{ key: 1 } => Bed { width: 1 } } }
""") == snapshot("""\
m: namespace declaration
LIMIT: variable declaration readonly
m: namespace
LIMIT: variable readonly
MOST: variable readonly
Bed: struct declaration
width: property declaration
Soil: enum declaration
Clay: enumMember declaration
Loam: enumMember declaration
depth: property declaration
Bed: struct
water: method declaration async
width: property
water: method
width: property
f: function declaration
x: parameter declaration
x: parameter
Soil: enum
Loam: enumMember
depth: property
d: variable declaration
d: variable
MOST: variable readonly
m: namespace
LIMIT: variable readonly
key: property
Bed: struct
width: property\
""")


def test_what_the_host_gives() -> None:
    old = About(deprecated="Use `new`.")
    host = HostType(
        "Pump",
        "host::Pump",
        (),
        "",
        True,
        (),
        (
            Function("start", "method", (), "()", "", is_async=True),
            Function("run", "method", (), "()", "", about=old),
            Function("make", "associated-function", (), "Pump", "", about=old),
        ),
    )
    assert show_tokens(
        """
#[tool(name = "x")]
fn f(p: Pump, s: String) { p.start().await; p.run(); Pump::make(); Some(1); std::iter::range(1, 2); nothing() }
""",
        with_std(Bindings(types=(host,))),
    ) == snapshot("""\
tool: decorator
f: function declaration
p: parameter declaration
Pump: struct defaultLibrary
s: parameter declaration
String: type defaultLibrary
p: parameter
start: method async defaultLibrary
p: parameter
run: method deprecated defaultLibrary
Pump: struct defaultLibrary
make: function deprecated defaultLibrary
Some: enumMember defaultLibrary
std: namespace defaultLibrary
iter: namespace defaultLibrary
range: function deprecated defaultLibrary\
""")


def test_all_of_it_for_an_editor_without_a_grammar() -> None:
    assert show_tokens(
        """// Says
fn f() {
    /* two
       lines */ let x = "a
b" + 1;
    `c ${x}`
}""",
        names_only=False,
    ) == snapshot("""\
// Says: comment
fn: keyword
f: function declaration
/* two: comment
       lines */: comment
let: keyword
x: variable declaration
"a: string
b": string
1: number
`: string
c : string
x: variable
`: string\
""")


def test_a_range_has_its_own_tokens_alone() -> None:
    fixture = read_fixture("fn f(a) { a }\nfn g(b) {\n    b;\n    b\n}\n")
    found = snapshot_with_modules(fixture)
    whole = semantic_tokens(found, names_only=False)
    start = fixture.text.index(b"    b;")
    part = semantic_tokens(found, (start, start + 6), names_only=False)
    assert part == [token for token in whole if start < token.span[1] and token.span[0] < start + 6]
    assert len(part) == 1


def test_a_text_that_does_not_parse() -> None:
    assert show_tokens("fn f(a) { let b = a +; if a { b ") == snapshot("""\
f: function declaration
a: parameter declaration
b: variable declaration
a: parameter
a: parameter
b: variable\
""")
