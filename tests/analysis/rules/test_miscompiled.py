"""Scripts that 0.14.2 compiles into something else than they say, run as they are and as the rules would have them."""

from __future__ import annotations

import pytest

from .judged import codes, mended, result, said, shown

STRUCT = "struct P { x, y } enum E { V { x, y } } "

WRONG = [
    ("reordered-fields", STRUCT + "pub fn main() { let p = P { y: 2, x: 1 }; (p.x, p.y) }", "(1, 2)"),
    ("reordered-fields", STRUCT + "pub fn main() { let p = E::V { y: 2, x: 1 }; (p.x, p.y) }", "(1, 2)"),
    ("reordered-fields", STRUCT + "use P as Q; pub fn main() { let p = Q { y: 2, x: 1 }; (p.x, p.y) }", "(1, 2)"),
    ("reordered-fields", STRUCT + "pub fn main() { let x = 1; let y = 2; let p = P { y, x }; (p.x, p.y) }", "(1, 2)"),
    ("reordered-fields", "pub fn main() { struct P { x, y } let p = P { y: 2, x: 1 }; (p.x, p.y) }", "(1, 2)"),
    (
        "reordered-fields",
        STRUCT + "impl P { fn new() { Self { y: 2, /* why */ x: 1 } } } pub fn main() { let p = P::new(); (p.x, p.y) }",
        "(1, 2)",
    ),
    ("label-break-value", "pub fn main() { 'a: { break 'a 1; } }", "1"),
    ("label-break-value", "pub fn main() { 'a: { break 'a; } 3 }", "3"),
    ("label-break-value", "pub fn main() { let x = 'a: { break 'a 1; 2 }; x + 1 }", "2"),
    ("label-break-value", "pub fn main() { let x = ('a: { let n = 1; break 'a n; }); x }", "1"),
    ("label-break-value", "pub fn main() { { let x = 'a: { break 'a 1; }; x + 1 } }", "2"),
    ("label-break-value", "pub fn main() { let f = |x| { let y = 'a: { break 'a x; }; y + 1 }; f(1) }", "2"),
    ("label-break-value", "pub fn main() { 'a: { if true { break 'a 1 } else { return 2; } } }", "1"),
    ("label-break-value", "pub fn main() { let x = 'a: { 'b: loop { break 'b; } break 'a 1; }; x }", "1"),
    ("statement-call", "pub fn main() { if true { 1 } else { 2 }\n (1, 2) }", "(1, 2)"),
    ("statement-call", "pub fn main() { if true { } (1, 2) }", "(1, 2)"),
    ("statement-call", "pub fn main() { if true { } else if false { }\n (1, 2) }", "(1, 2)"),
    ("statement-call", "pub fn main() { match 1 { _ => 5 } // why\n (1, 2) }", "(1, 2)"),
    ("statement-call", "pub fn main() { loop { break; }\n (1, 2) }", "(1, 2)"),
    ("statement-call", "pub fn main() { { 3 }\n (1, 2) }", "(1, 2)"),
    ("statement-call", "pub fn main() { { 3 }\n (1, 2).len() }", "2"),
    ("statement-call", "pub fn main() { if true { }\n -1 }", "-1"),
    ("statement-call", "pub fn main() { if true { }\n [1] }", "[1]"),
    ("statement-call", "pub fn main() { if true { }\n [1, 2] }", "[1, 2]"),
    ("statement-call", "pub async fn main() { async { 1 }\n (1, 2) }", "(1, 2)"),
    ("statement-call", "pub async fn main() { select { default => 1 }\n (1, 2) }", "(1, 2)"),
]
"""Codes, scripts, and what they should give."""

RIGHT = [
    (STRUCT + "pub fn main() { let p = P { x: 1, y: 2 }; (p.x, p.y) }", "(1, 2)"),
    (STRUCT + "pub fn main() { let P { y, x } = P { x: 1, y: 2 }; (x, y) }", "(1, 2)"),
    (STRUCT + "pub fn main() { let o = #{ y: 2, x: 1 }; (o.x, o.y) }", "(1, 2)"),
    ("pub fn main() { let x = 'a: { if true { break 'a 1; } 2 }; x }", "1"),
    ("pub fn main() { let x = 'a: { match 3 { 1 => 2, _ => break 'a 1 } }; x }", "1"),
    ("pub fn main() { let c = 0; 'a: { loop { c += 1; if c > 3 { break 'a; } } } c }", "4"),
    ("pub fn main() { 'a: { return 1; } }", "1"),
    ("pub fn main() { let x = 'a: loop { break 'a 1; }; x }", "1"),
    ("pub fn main() { if true { 'a: { break 'a; } } 3 }", "3"),
    ("pub fn main() { for i in 0..2 {}\n (1, 2) }", "(1, 2)"),
    ("pub fn main() { while false {}\n (1, 2) }", "(1, 2)"),
    ("pub fn main() { if true { };\n (1, 2) }", "(1, 2)"),
    ("pub fn main() { let f = |a| a; if true { f } else { f }(1) }", "1"),
    ("pub fn main() { let x = if true { 1 } else { 2 }\n - 1; x }", "0"),
    ("pub fn main() { if true { [1] } else { [] }\n .len() }", "1"),
]
"""What runs as it says."""


@pytest.mark.parametrize(("code", "text", "right"), WRONG)
def test_the_script_is_wrong_as_it_is_and_right_after_the_fix(code: str, text: str, right: str) -> None:
    assert code in codes(text)
    assert result(text) != right
    fixed = next(each for each in shown(text) if each.code == code)
    assert fixed.fixes
    repaired = mended(text, code)
    assert code not in codes(repaired)
    assert result(repaired) == right


@pytest.mark.parametrize(("text", "right"), RIGHT)
def test_silence_about_what_runs_as_it_says(text: str, right: str) -> None:
    assert not {code for code, _, _ in WRONG} & set(codes(text))
    assert result(text) == right


def test_values_that_call_something_stay_in_their_order() -> None:
    text = STRUCT + "fn f(x) { x } pub fn main() { let p = P { y: f(2), x: f(1) }; (p.x, p.y) }"
    (told,) = (each for each in shown(text) if each.code == "reordered-fields")
    assert told.fixes == ()
    assert result(text) == "(2, 1)"


def test_silence_where_the_compiler_says_that_fields_are_missing() -> None:
    assert "reordered-fields" not in codes(STRUCT + "pub fn main() { P { y: 2 } }")
    assert "reordered-fields" not in codes(STRUCT + "pub fn main() { P { y: 2, x: 1, z: 3 } }")


def test_a_break_of_a_loop_around_would_be_one_of_the_new_loop() -> None:
    text = "pub fn main() { for i in 0..2 { 'a: { if i == 1 { break; } else { break 'a; } } } 3 }"
    assert "label-break-value" not in codes(text)
    assert result(text) == "3"


ENDLESS = [
    ('let o = #{}; o.me = o; format!("{:?}", o)', ["o"]),
    ('let o = #{}; o["me"] = o; format!("{o:?}")', ["o"]),
    ('let o = [1]; o[0] = o; println!("{} {:?}", 1, o)', ["o"]),
    ("let o = [1]; o.push(o); dbg!(o)", ["o"]),
    ('let o = #{}; o.insert("a", o); println!("{:?}", o)', ["o"]),
    ('let o = #{}; o.me = o; assert_eq!(1, 2, "{:?}", o)', ["o"]),
]
FINITE = [
    'let o = #{}; o.me = 1; format!("{:?}", o)',
    'let o = #{}; let p = #{}; o.me = p; format!("{:?}", o)',
    'let o = #{}; format!("{:?}", o); o.me = o;',
    'let o = #{}; o.me = o; o = 1; format!("{:?}", o)',
    'let o = #{}; o.me = o; o.me = 1; format!("{:?}", o)',
    'let o = #{}; o.me = o; o.remove("me"); format!("{:?}", o)',
    'let o = #{}; o.me = o; let o = 1; format!("{:?}", o)',
    'let o = #{}; if false { o.me = o; } format!("{:?}", o)',
    'let o = #{}; o.me = o; format!("{:?} {}", 1, o.len())',
]


@pytest.mark.parametrize(("body", "written"), ENDLESS)
def test_a_value_that_holds_itself_cannot_be_written(body: str, written: list[str]) -> None:
    text = f"pub fn main() {{ {body} }}"
    assert said(text, "cyclic-debug") == written
    assert "nest too deeply" in result(text)


@pytest.mark.parametrize("body", FINITE)
def test_silence_about_values_that_can_be_written(body: str) -> None:
    text = f"pub fn main() {{ {body} }}"
    assert said(text, "cyclic-debug") == []
    assert "fails" not in result(text)


THROUGH_NATIVE = [
    "all(|x| f(x - 1))",
    "any(|x| !f(x - 1))",
    "filter(|x| f(x - 1)).count()",
    "filter_map(|x| Some(f(x - 1))).count()",
    "find(|x| f(x - 1))",
    "flat_map(|x| [f(x - 1)]).count()",
    "fold(0, |_, x| f(x - 1))",
    "map(|x| f(x - 1)).count()",
    "map(|x| { let y = x - 1; if y >= 0 { f(y) } else { 0 } }).count()",
]
FUNCTION = "fn f(n) { if n == 0 { return true; } let v = [n].iter().CALL; true } pub fn main() { f(DEPTH) }"


@pytest.mark.parametrize("call", THROUGH_NATIVE)
def test_recursion_through_an_iterator_has_an_end_that_a_for_has_not(call: str) -> None:
    text = FUNCTION.replace("CALL", call).replace("DEPTH", "3000")
    assert said(text, "native-recursion") == ["f"]
    assert "nest too deeply" in result(text)
    loop = text.replace(f"let v = [n].iter().{call};", "for x in [n] { f(x - 1); }")
    assert said(loop, "native-recursion") == []
    assert result(loop) == "true"


def test_recursion_through_the_name_of_the_function_and_through_an_option() -> None:
    text = "fn f(n) { if n == 0 { return 0; }; [n - 1].iter().map(f).sum::<i64>() } pub fn main() { f(3000) }"
    assert said(text, "native-recursion") == ["f"]
    assert "nest too deeply" in result(text)
    assert said(text.replace("[n - 1].iter()", "Some(n - 1)"), "native-recursion") == ["f"]


def test_silence_about_what_only_looks_like_recursion() -> None:
    own = "struct S; impl S { fn map(self, g) { g(1) } } fn f(n) { S.map(|x| f(x)) } pub fn main() { f(1) }"
    assert said(own, "native-recursion") == []
    other = "fn g(n) { n } fn f(n) { [n].iter().map(|x| g(x)).sum::<i64>() } pub fn main() { f(1) }"
    assert said(other, "native-recursion") == []
    hidden = "fn f(n) { let f = |x| x; [n].iter().map(|x| f(x)).sum::<i64>() } pub fn main() { f(1) }"
    assert said(hidden, "native-recursion") == []
