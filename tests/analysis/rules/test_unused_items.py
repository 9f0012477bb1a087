"""Private methods and types that nothing names: without them the script compiles and gives the same."""

from __future__ import annotations

import pytest

from .judged import codes, facts_of, mended, result, said, shown

FUNCTION, TYPE = "unused-function", "unused-type"

UNUSED = [
    ("struct S; impl S { fn f(self) { 1 } } pub fn main() { S }", FUNCTION, "f"),
    ("struct S; impl S { fn f(self, n) { if n > 0 { self.f(n - 1) } } } pub fn main() { S }", FUNCTION, "f"),
    ("enum E { A } impl E { fn f(self) { 1 } pub fn g(self) { 2 } } pub fn main() { E::A.g() }", FUNCTION, "f"),
    ("struct S { f } impl S { fn g(self) { self.f } } pub fn main() { S { f: 1 }.f }", FUNCTION, "g"),
    ("struct S; pub fn main() { 1 }", TYPE, "S"),
    ("enum E { A, B } pub fn main() { 1 }", TYPE, "E"),
    ("mod m { struct S; pub fn f() { 1 } } pub fn main() { m::f() }", TYPE, "S"),
    ("struct S { s } pub fn main() { #{ s: 1 } }", TYPE, "S"),
]


@pytest.mark.parametrize(("text", "code", "name"), UNUSED)
def test_what_nothing_names(text: str, code: str, name: str) -> None:
    assert [each.code for each in facts_of(text).script.problems] == []
    assert said(text, code) == [name]
    assert codes(mended(text)) == []
    assert result(mended(text)) == result(text)


def test_a_type_with_functions_may_not_just_go() -> None:
    (told,) = (each for each in shown("struct S; impl S { pub fn f(self) { 1 } } pub fn main() { 1 }"))
    assert (told.code, told.fixes) == (TYPE, ())


@pytest.mark.parametrize(
    "text",
    [
        "struct S; impl S { fn f(self) { 1 } } pub fn main() { S.f() }",
        "struct S; impl S { fn f(self) { 1 } } pub fn main(x) { (S, x.f()) }",
        "struct S; impl S { fn f(self) { 1 } } pub fn main() { S::f(S) }",
        "struct S; impl S { fn f(self) { 1 } } pub fn main() { let g = S::f; g(S) }",
        "struct S; impl S { fn f(self) { 1 } } pub fn main() { `${S.f()}` }",
        "struct S; impl S { fn f(self) { 1 } pub fn g(self) { self.f() } } pub fn main() { S.g() }",
        "struct S; impl S { pub fn f(self) { 1 } } pub fn main() { S }",
        "struct S; pub fn main(x) { x is S }",
        "struct S; pub fn main(x: S) { x }",
        "struct S; /// @param x: S\npub fn main(x) { x }",
        "pub struct S; pub fn main() { 1 }",
        "struct S; mod m { pub fn f() { super::S } } pub fn main() { m::f() }",
        "struct S; mod m { use super::*; pub fn f() { S } } pub fn main() { m::f() }",
    ],
)
def test_silence_about_what_may_be_used(text: str) -> None:
    assert {FUNCTION, TYPE} & set(codes(text)) == set()


def test_silence_about_methods_that_the_host_calls() -> None:
    text = "struct P; impl P { fn tools(self) { [] } fn dispatch(self, name, arguments) { 1 } } pub fn make() { P }"
    assert {FUNCTION, TYPE} & set(codes(text)) == set()


def test_what_another_file_of_the_script_names() -> None:
    text = "mod m;\nstruct S;\nimpl S { fn f(self) { 1 } }\npub fn main() { m::g(S) }\n//- m.rn\npub fn g(x) { x.n }\n"
    assert said(text, FUNCTION) == ["f"]
    assert said(text.replace("x.n", "x.f()"), FUNCTION) == []


def test_what_rune_tells_of_is_told_once() -> None:
    text = "struct S; impl S { fn f() { 1 } } fn g() { 1 } const N = 1; pub fn main() { S }"
    assert codes(text) == ["not-used", "not-used", "not-used"]


def test_a_function_for_the_host_is_to_be_public_and_nothing_else() -> None:
    assert codes('#[tool(desc = "Waters")] fn water() { 1 }') == ["not-public"]
