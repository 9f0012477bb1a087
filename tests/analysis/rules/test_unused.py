"""Variables and imports that nothing uses: when the rules speak, when they are silent, and what their fixes leave."""

from __future__ import annotations

import pytest

from .judged import codes, facts_of, mended, mended_wholly, said

UNUSED = "unused-variable"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("let n = 1;", ["n"]),
        ("let n = 1; n = 2;", ["n"]),
        ("let n = 1; n += 2;", ["n"]),
        ("let n = 1; let n = n + 1;", ["n"]),
        ("let (a, [b, ..]) = x; b", ["a"]),
        ("let #{ a, b: c, .. } = x; b::<T>", []),
        ("for i in 0..3 { }", ["i"]),
        ("for (i, j) in x { i; }", ["j"]),
        ("match x { (a, b) if a => 1, c => 2 }", ["b", "c"]),
        ("if let Some(a) = x { 1 } else { 2 }", ["a"]),
        ("while let Some(a) = x { break; }", ["a"]),
        ("let f = |a| { let b = a; 1 }; f", ["b"]),
    ],
)
def test_a_variable_that_nothing_reads(body: str, names: list[str]) -> None:
    assert said(f"pub fn main(x) {{ {body} }}", UNUSED) == names


@pytest.mark.parametrize(
    "body",
    [
        "let _n = 1;",
        "let _ = 1;",
        "let n = [1]; n += 2;",
        "let n = 1; n = x; n += 1;",
        "let n = 1; || n",
        "let n = 1; async { n }",
        "let n = 1; `${n}`",
        'let n = 1; format!("{n}")',
        'let n = 1; format!("{}", n)',
        'format!("{n}", n = 1)',
        "let n = 1; #{ n }",
        "let o = #{}; o.n = 1;",
        "let v = [1]; v[0] = 2;",
        "let n = 1; stringify!(n)",
        "|a, b| a",
        "'a: loop { break; }",
        "match x { Less => 1, _ => 2 }",
    ],
)
def test_silence_about_what_is_used_or_may_be(body: str) -> None:
    assert said(f"pub fn main(x) {{ {body} }}", UNUSED) == []


def test_silence_in_a_function_with_an_error() -> None:
    text = "pub fn main() { let count = 1; COUNT + 1 }\npub fn other() { let n = 1; }"
    assert said(text, UNUSED) == ["n"]
    assert said(text.replace("COUNT + 1", "(count"), UNUSED) == ["n"]
    assert said(text.replace("COUNT", "1"), UNUSED) == ["count", "n"]


@pytest.mark.parametrize(
    "text",
    [
        "pub fn f(a) { 1 }",
        "struct S; impl S { fn f(self, a) { 1 } fn g(a) { 1 } } pub fn main() { S.f(1) + S::g(1) }",
        "fn f(a) { 1 } pub fn main() { [1].iter().map(f).collect::<Vec>() }",
        "fn f(a) { 1 } pub fn main() { let g = f; g(1) }",
        "fn f(a) { 1 } pub fn main() { stringify!(f) }",
        "fn codify_session(session) { 1 } pub fn main() { codify_session(1) }",
        "pub fn main() { fn f(a) { 1 } f(1) }",
    ],
)
def test_silence_about_parameters_whose_number_others_decide(text: str) -> None:
    assert said(text, UNUSED) == []


def test_a_parameter_of_a_function_that_is_only_called() -> None:
    assert said("fn f(a, b) { b } pub fn main() { f(1, 2) }", UNUSED) == ["a"]
    assert said("mod m { pub fn g() { f(1) } fn f(a) { 1 } } pub fn main() { m::g() }", UNUSED) == ["a"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("let n = 1;", "let _n = 1;"),
        ("let n = 1; n = 2;", "let _n = 1; _n = 2;"),
        ("let #{ a, b } = x; b", "let #{ a: _, b } = x; b"),
        ("let #{ a: c, b } = x; b", "let #{ a: _c, b } = x; b"),
        ("let #{ a, b } = x; a = 1; b", "let #{ a: _a, b } = x; _a = 1; b"),
        ("match x { (a, 1) => 1, _ => 2 }", "match x { (_a, 1) => 1, _ => 2 }"),
        ("for é in x { }", "for _é in x { }"),
    ],
)
def test_the_fix_leaves_a_script_of_which_nothing_is_said(before: str, after: str) -> None:
    text = f"pub fn main(x) {{ {before} }}"
    repaired = mended(text)
    assert repaired == f"pub fn main(x) {{ {after} }}"
    assert codes(repaired) == [code for code in codes(text) if code != UNUSED]


def test_there_is_no_fix_where_the_new_name_is_taken() -> None:
    text = "pub fn main() { let _n = 1; let n = 2; _n }"
    assert mended_wholly(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("use std::mem::drop;\n", ""),
        ("use std::{mem::drop, iter::once};\n", "use std::{iter::once};\n"),
        ("use std::{iter::once, mem::drop};\n", "use std::{iter::once};\n"),
        ("use std::{iter::once, mem::drop as d};\n", "use std::{iter::once};\n"),
        ("use std::{mem::{drop}, iter::once};\n", "use std::{iter::once};\n"),
        ("use std::{\n    iter::once,\n    mem::drop,\n};\n", "use std::{\n    iter::once,\n};\n"),
        ("use std::{mem::{drop}};\n", ""),
        ("// Why.\nuse std::mem::drop;\n\n", "// Why.\n\n"),
        ("mod m { use std::mem::drop; pub fn f() { 1 } }\n", "mod m {  pub fn f() { 1 } }\n"),
        ("pub fn f() {\n    use std::mem::drop;\n    1\n}\n", "pub fn f() {\n    1\n}\n"),
    ],
)
def test_an_import_is_taken_out_with_what_belongs_to_it(before: str, after: str) -> None:
    rest = (
        "pub fn main() { once(1) }\n" if "once" in before else "pub fn main() { m::f() }\n" if "mod" in before else ""
    )
    assert codes(before + rest) == ["unused-import"]
    assert mended(before + rest) == after + rest
    assert codes(after + rest) == []


def test_what_the_compiler_says_of_imports_is_said_once() -> None:
    text = "use std::{mem::drop, iter::once};\nfn lonely() { 1 }\npub fn main() { 1 }\n"
    assert codes(text) == ["unused-import", "unused-import", "not-used"]
    assert codes(mended_wholly(text)) == ["not-used"]


def test_an_import_for_a_tag_of_a_doc_comment_is_used() -> None:
    text = "use std::collections::HashMap;\n/// @param x: HashMap\npub fn main(x) { x }\n"
    assert [each.code for each in facts_of(text).script.problems] == ["not-used"]
    assert codes(text) == []
    assert codes(text.replace("@param x: HashMap", "See HashMap")) == ["unused-import"]
