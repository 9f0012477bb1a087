"""Where a thing is named, and what is highlighted with it."""

from __future__ import annotations

from inline_snapshot import snapshot

from .shown import show_highlights, show_references


def test_local_names_with_shadowing_and_captures() -> None:
    assert show_references(
        """
fn f(x$0) {
    let y = x;
    let x = x + 1;
    println!("{x}");
}"""
    ) == snapshot(
        ["declaration main.rn:2 fn f([x]) {", "read main.rn:3 let y = [x];", "read main.rn:4 let x = [x] + 1;"]
    )
    assert show_references(
        """
fn f() {
    let count$0 = 0;
    count += 1;
    count = 2;
    println!("{count}", `${count}`);
    #{ count }
}"""
    ) == snapshot(
        [
            "declaration main.rn:3 let [count] = 0;",
            "write main.rn:4 [count] += 1;",
            "write main.rn:5 [count] = 2;",
            'read main.rn:6 println!("{[count]}", `${count}`);',
            'read main.rn:6 println!("{count}", `${[count]}`);',
            "read main.rn:7 #{ [count] }",
        ]
    )


def test_items_across_modules_imports_and_other_names() -> None:
    assert show_references(
        """
mod beds;
use beds::Bed as Plot;
fn f(x) { x is Plot || x is beds::Bed }
//- beds.rn
pub struct Bed$0 { width }
impl Bed { fn new() { Self { width: 1 } } }
"""
    ) == snapshot(
        [
            "declaration beds.rn:1 pub struct [Bed] { width }",
            "read beds.rn:2 impl [Bed] { fn new() { Self { width: 1 } } }",
            "read beds.rn:2 impl Bed { fn new() { [Self] { width: 1 } } }",
            "read main.rn:3 use beds::[Bed] as Plot;",
            "read main.rn:3 use beds::Bed as [Plot];",
            "read main.rn:4 fn f(x) { x is [Plot] || x is beds::Bed }",
            "read main.rn:4 fn f(x) { x is Plot || x is beds::[Bed] }",
        ]
    )


def test_fields_and_methods_by_their_types() -> None:
    text = """
struct Bed { width }
struct Pond { width }
impl Bed { fn area(self) { self.width } }
impl Pond { fn area(self) { self.width } }
fn f(any) {
    let bed = Bed { width: 1 };
    bed.width = 2;
    let Bed { width } = bed;
    Pond { width }.area();
    bed.area() + any.area() + Bed::area(bed)
}
"""
    assert show_references(text.replace("struct Bed { width", "struct Bed { width$0")) == snapshot(
        [
            "declaration main.rn:2 struct Bed { [width] }",
            "read main.rn:4 impl Bed { fn area(self) { self.[width] } }",
            "write main.rn:7 let bed = Bed { [width]: 1 };",
            "write main.rn:8 bed.[width] = 2;",
            "read main.rn:9 let Bed { [width] } = bed;",
        ]
    )
    assert show_references(text.replace("bed.area", "bed.area$0")) == snapshot(
        [
            "declaration main.rn:4 impl Bed { fn [area](self) { self.width } }",
            "read main.rn:11 bed.[area]() + any.area() + Bed::area(bed)",
            "read main.rn:11 bed.area() + any.area() + Bed::[area](bed)",
        ]
    )
    assert show_references(text.replace("let Bed { width", "let Bed { width$0")) == snapshot(
        [
            "read main.rn:9 let Bed { [width] } = bed;",
            "read main.rn:10 Pond { [width] }.area();",
            "declaration main.rn:2 struct Bed { [width] }",
            "read main.rn:4 impl Bed { fn area(self) { self.[width] } }",
            "write main.rn:7 let bed = Bed { [width]: 1 };",
            "write main.rn:8 bed.[width] = 2;",
        ]
    )


def test_members_across_files() -> None:
    text = """
mod beds;
fn f() { let bed = beds::make(); bed.area() + bed.width$0 }
//- beds.rn
pub struct Bed { pub width }
impl Bed { pub fn area(self) { self.width } }
pub fn make() { Bed { width: 2 } }
"""
    assert show_references(text) == snapshot(
        [
            "read main.rn:3 fn f() { let bed = beds::make(); bed.area() + bed.[width] }",
            "declaration beds.rn:1 pub struct Bed { pub [width] }",
            "read beds.rn:2 impl Bed { pub fn area(self) { self.[width] } }",
            "write beds.rn:3 pub fn make() { Bed { [width]: 2 } }",
        ]
    )
    assert show_references(text.replace("$0", "").replace("fn area", "fn area$0")) == snapshot(
        [
            "declaration beds.rn:2 impl Bed { pub fn [area](self) { self.width } }",
            "read main.rn:3 fn f() { let bed = beds::make(); bed.[area]() + bed.width }",
        ]
    )


def test_what_the_host_gives() -> None:
    assert show_references(
        """
fn f(session: Session) { session.phases(); session.phases$0().len() }
fn g(other) { other.phases(); Session::phases }
"""
    ) == snapshot(
        [
            "read main.rn:2 fn f(session: Session) { session.[phases](); session.phases().len() }",
            "read main.rn:2 fn f(session: Session) { session.phases(); session.[phases]().len() }",
            "read main.rn:3 fn g(other) { other.phases(); Session::[phases] }",
        ]
    )


def test_items_inside_of_functions() -> None:
    assert show_references(
        """
fn f() {
    struct Bed { width }
    let b = Bed$0 { width: 1 };
    b is Bed
}
struct Bed;
"""
    ) == snapshot(
        [
            "declaration main.rn:3 struct [Bed] { width }",
            "read main.rn:4 let b = [Bed] { width: 1 };",
            "read main.rn:5 b is [Bed]",
        ]
    )


def test_reads_and_writes_are_told_apart() -> None:
    assert show_highlights('fn f() { let x$0 = 1; x = 2; x += x; println!("{x}") }') == snapshot(
        'fn f() { let *x* = 1; *x* = 2; *x* += <x>; println!("{<x>}") }'
    )
    assert show_highlights("struct B { w }\nfn f() { let b = B { w$0: 1 }; b.w = b.w + 1; }") == snapshot("""\
struct B { *w* }
fn f() { let b = B { *w*: 1 }; b.*w* = b.<w> + 1; }\
""")
    assert show_highlights("enum E { A$0, B }\nfn f(x) { match x { E::A => 1, E::B => 2 } }") == snapshot("""\
enum E { *A*, B }
fn f(x) { match x { E::<A> => 1, E::B => 2 } }\
""")


def test_words_that_steer_lead_to_where_they_go() -> None:
    text = "fn f(x) { 'a: loop { for y in x { if y { break 'a; } continue; } break; } x?; || return 1; return 2 }"
    assert show_highlights(text.replace("break 'a", "break$0 'a")) == snapshot(
        "fn f(x) { 'a: [loop] { for y in x { if y { [break] 'a; } continue; } [break]; } x?; || return 1; return 2 }"
    )
    assert show_highlights(text.replace("break;", "break$0;")) == snapshot(
        "fn f(x) { 'a: [loop] { for y in x { if y { [break] 'a; } continue; } [break]; } x?; || return 1; return 2 }"
    )
    assert show_highlights(text.replace("for y", "for$0 y")) == snapshot(
        "fn f(x) { 'a: loop { [for] y in x { if y { break 'a; } [continue]; } break; } x?; || return 1; return 2 }"
    )
    assert show_highlights(text.replace("return 2", "return$0 2")) == snapshot(
        "[fn] f(x) { 'a: loop { for y in x { if y { break 'a; } continue; } break; } x[?]; || return 1; [return] 2 }"
    )
    assert show_highlights(text.replace("return 1", "return$0 1")) == snapshot(
        "fn f(x) { 'a: loop { for y in x { if y { break 'a; } continue; } break; } x?; || [return] 1; return 2 }"
    )
    assert show_highlights(text.replace("break 'a", "break 'a$0")) == snapshot(
        "fn f(x) { *'a*: loop { for y in x { if y { break <'a>; } continue; } break; } x?; || return 1; return 2 }"
    )


def test_a_text_that_does_not_parse() -> None:
    assert show_references("fn f(x) { let y = x$0 +; if x { ") == snapshot(
        [
            "declaration main.rn:1 fn f([x]) { let y = x +; if x {",
            "read main.rn:1 fn f(x) { let y = [x] +; if x {",
            "read main.rn:1 fn f(x) { let y = x +; if [x] {",
        ]
    )
    assert show_highlights("fn f( { g$0(; }\nfn g() {}") == snapshot("""\
fn f( { <g>(; }
fn *g*() {}\
""")
