"""What is remembered from one text to the next is what a first look at that text finds."""

from __future__ import annotations

from runekiln_analysis.facts import Problem
from runekiln_analysis.rules.names import name_problems
from runekiln_analysis.script import Script

from .judged import bindings, facts_of

TEXTS = (
    "fn f(a) { a }\nfn g() { let n = 1; f(1) }\npub fn main() { f(1) + g() }\n",
    # An edit of a body moves what is behind it.
    "fn f(a) { let longer = a; a }\nfn g() { let n = 1; f(1) }\npub fn main() { f(1) + g() }\n",
    # The header changes what is right in others.
    "fn f(a, b) { a }\nfn g() { let n = 1; f(1) }\npub fn main() { f(1) + g() }\n",
    "fn f(a, b) { a }\nfn g() { let n = 1; f(1) }\npub fn main() { [1].iter().fold(f, 1) + g() }\n",
    # An error, and its end, in another function than the one edited.
    "const LIMIT = 1;\nfn g() { let n = 1; LIMIT }\npub fn main() { g() }\n",
    "const LIMITS = 1;\nfn g() { let n = 1; LIMIT }\npub fn main() { g() }\n",
    # Two functions of one text, of which one goes.
    "mod a { pub fn f(n) { let m = n; 1 } }\nmod b { pub fn f(n) { let m = n; 1 } }\npub fn main() { b::f() }\n",
    "mod b { pub fn f(n) { let m = n; 1 } }\npub fn main() { b::f() }\n",
    # What an `impl` is of, and a module with what it brings in.
    "struct S; struct R; impl S { fn f(a) { let n = a; } }\npub fn main() { S::f() + R::f() }\n",
    "struct S; struct R; impl R { fn f(a) { let n = a; } }\npub fn main() { S::f() + R::f() }\n",
    "mod m { pub fn f(a) { a } }\nmod n { use super::m::f; pub fn g() { f() } }\npub fn main() { n::g() }\n",
    "mod m { pub fn h(a) { a } }\nmod n { use super::m::f; pub fn g() { f() } }\npub fn main() { n::g() }\n",
    # A machine that others go on with, use, or only know.
    'fn m() { StateMachine::new().state("a", 1).initial("b") }\npub fn main() { m().fire(1) }\n',
    'fn m() { StateMachine::new().state("a", 1).initial("b") }\npub fn main() { m().state("b", 1) }\n',
    'pub fn m() { StateMachine::new().state("a", 1).initial("b") }\npub fn main() { 1 }\n',
    'pub fn m() { StateMachine::new().state("a", 1).initial("b") }\npub fn main() { m() }\n',
    # What a type has, where that is declared, and whether all of it is.
    "struct S { a } impl S { fn f(self) { 1 } }\npub fn main() { S { a: 1 }.g() }\n",
    "struct S { a } impl S { fn g(self) { 1 } }\npub fn main() { S { a: 1 }.g() }\n",
    "struct S { a } impl S { fn f(self) { 1 } fn }\npub fn main() { S { a: 1 }.g() }\n",
    "struct S { a } impl S { fn f(self, b) { 1 } }\npub fn main() { S { a: 1 }.f() }\n",
    "struct S { a }\nfn h() { 1 }\npub fn main() { S { a: 1 }.f() }\n",
    "struct S { a }\nfn h() { impl S { fn f(self) { 1 } } }\npub fn main() { S { a: 1 }.f() }\n",
    # What others give.
    'fn h() { 1 }\npub fn main() { h() + "a" }\n',
    'fn h() { "b" }\npub fn main() { h() + "a" }\n',
    "",
    "pub fn main() { let n = 1; }\n",
)


def looked_at(text: str, path: str) -> list[Problem]:
    """The problems of a script that others of that path came before."""
    facts = facts_of(text)
    (file,) = facts.files
    script = Script(type(facts)((type(file)(path, file.items, file.problems),)), text.encode(), bindings())
    return list(name_problems(script))


def test_each_text_behind_each_other_one() -> None:
    for number, before in enumerate(TEXTS):
        for other, text in enumerate(TEXTS):
            path = f"again-{number}-{other}.rn"
            looked_at(before, path)
            again = looked_at(text, path)
            first = looked_at(text, f"first-{path}")
            assert [(each.code, each.message, each.span, each.fixes) for each in again] == [
                (each.code, each.message, each.span, each.fixes) for each in first
            ]


def test_the_text_of_another_file_that_comes_to_be_known() -> None:
    text = b"mod m;\npub fn main() { m::P { y: 1, x: 2 } }\n"
    files = {"kiln/m.rn": b"pub struct P { x, y }\n"}
    facts = facts_of(text.decode(), files)
    unknown, known = (Script(facts, text, bindings(), modules) for modules in ({}, files))
    assert [each.code for each in name_problems(unknown)] == []
    assert [each.code for each in name_problems(known)] == ["reordered-fields"]
    assert [each.code for each in name_problems(unknown)] == []
