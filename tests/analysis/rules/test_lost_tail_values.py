"""Blocks that drop the value they give: the rule speaks exactly where the machine really loses it."""

from __future__ import annotations

import pytest

from .judged import codes, mended_wholly, result, shown

CODE = "lost-tail-value"

RETURNED = [
    # The body of a closure.
    ("let f = |x| { let n = 5; n }; f(1)", "5"),
    ("let f = |x| { let n = 5; (n) }; f(1)", "5"),
    ("let f = |x| { let (n, m) = (x, 2); n }; f(1)", "1"),
    ("let f = |x| { let n = 5; { n } }; f(1)", "5"),
    ("let f = |x| { let n = 5; match x { 1 => n, _ => 0 } }; f(1)", "5"),
    ("let f = |x| { match x { k => k } }; f(1)", "1"),
    ("let f = |x| match x { 1 => { let n = 5; n }, _ => 0 }; f(1)", "5"),
    ("let f = |x| if x == 1 { 0 } else { let n = 5; n }; f(2)", "5"),
    ("let f = |x| if x == 1 { let n = 5; n } else { return 0; }; f(1)", "5"),
    ("let f = |x| if x == 1 { let n = 5; n } else { let m = 6; m }; (f(1), f(2))", "(5, 6)"),
    ("let f = |x| { if let Some(k) = x { k } else { return 0; } }; f(Some(3))", "3"),
    ("let f = async |x| { let n = 5; n }; f(1).await", "5"),
    ("[1].iter().map(|x| { let n = 5; n }).collect::<Vec>()", "[5]"),
    # What a function or an `async` block gives, but for its own block.
    ("{ let n = 5; n }", "5"),
    ("({ let n = 5; n })", "5"),
    ("match 1 { 1 => { let n = 5; n }, _ => 0 }", "5"),
    ("async { { let n = 5; n } }.await", "5"),
    ("return { let n = 5; n };", "5"),
    ("return { let n = 5; n }", "5"),
]
"""Bodies of a `main` with what each should give; there is a fix for these."""

READ = [
    ("{ let n = 5; n } + 3", "8"),
    ("let x = 3; { let n = 5; n } + x", "8"),
    ("let x = 3; x + { let n = 5; n }", "8"),
    ("{ let n = 5; n } == 2", "false"),
    ("{ let n = 5; n } is i64", "true"),
    ("{ let n = 5; n } as f64", "5.0"),
    ("-{ let n = 5; n }", "-5"),
    ("!{ let n = true; n }", "false"),
    ("{ let n = [5]; n }[0]", "5"),
    ("[5, 6][{ let n = 1; n }]", "6"),
    ("{ let n = #{ a: 5 }; n }.a", "5"),
    ("{ let n = Some(5); n }?", "5"),
    ("{ let n = async { 5 }; n }.await", "5"),
    ("({ let n = |x| x; n })(5)", "5"),
    ("({ let n = 5; n }, 1)", "(5, 1)"),
    ("let r = { let n = 2; n }..5; r", "2..5"),
    ("match { let n = 5; n } { 5 => 1, _ => 2 }", "1"),
    ("for i in { let n = 3..4; n } { return i; }", "3"),
    ("let x = 1; x += { let n = 2; n }; x", "3"),
    ("let o = #{}; o.a = { let n = 2; n }; o.a", "2"),
    ("let o = [1]; o[0] = { let n = 2; n }; o[0]", "2"),
    ("let (a, b) = { let n = (1, 2); n }; a + b", "3"),
    ("if let Some(a) = { let n = Some(1); n } { a } else { 0 }", "1"),
]
"""The same where only another name helps."""

COPIED = [
    ("let n = 5; n", "5"),
    ("let x = { let n = 5; n }; x", "5"),
    ("let x = ({ let n = 5; n }); x", "5"),
    ("let x = 1; x = { let n = 2; n }; x", "2"),
    ("[{ let n = 5; n }]", "[5]"),
    ("({ let n = 5; n }, 1, 2, 3, 4)", "(5, 1, 2, 3, 4)"),
    ("#{ a: { let n = 5; n } }", "#{ a: 5 }"),
    ("Some({ let n = 5; n })", "Some(5)"),
    ("{ let n = [1]; n }.len()", "1"),
    ("`${ { let n = 5; n } }`", '"5"'),
    ("let x = 'a: { let n = 5; n }; x", "5"),
    ("let x = loop { break { let n = 2; n }; }; x", "2"),
    ("if { let n = true; n } { 1 } else { 2 }", "1"),
    ("while { let n = false; n } { } 1", "1"),
    ("true && { let n = true; n }", "true"),
    ("if true { let n = 5; n } else { 0 }", "5"),
    ("let n = 5; { n }", "5"),
    ("let n = 5; match n { 5 => n, _ => 0 }", "5"),
    ("match 5 { k => k }", "5"),
    ("match 1 { 1 => { let n = 5; n }, 2 => 3 }", "5"),
    ("match 1 { 2 => 3, 1 => { let n = 5; n }, _ => 0 }", "5"),
    ("async { let n = 5; n }.await", "5"),
    ("let f = |x| { let n = 5; n + 0 }; f(1)", "5"),
    ("let f = |x| { let n = 5; return n; }; f(1)", "5"),
    ("let f = |x| { let n = 5; x }; f(1)", "1"),
    ("let k = 8; let f = |x| { let n = 5; k }; f(1)", "8"),
    ("let f = |x| { let n = 5; if x == 1 { n } else { 0 } }; f(1)", "5"),
    ("const fn f() { { let n = 5; n } } f()", "5"),
    ("const C = { { let n = 5; n } }; C", "5"),
]
"""Where nothing is lost."""


def main(body: str) -> str:
    return f"pub async fn main() {{ {body} }}"


@pytest.mark.parametrize(("body", "right"), RETURNED)
def test_what_is_lost_on_the_way_out_of_a_function_can_be_returned(body: str, right: str) -> None:
    assert CODE in codes(main(body))
    assert result(main(body)) != right
    repaired = mended_wholly(main(body))
    assert CODE not in codes(repaired)
    assert result(repaired) == right


@pytest.mark.parametrize(("body", "right"), READ)
def test_what_is_lost_before_it_is_read_needs_a_name(body: str, right: str) -> None:
    (told,) = (each for each in shown(main(body)) if each.code == CODE)
    assert told.fixes == ()
    assert "with `let` first" in told.message
    assert result(main(body)) != right
    start, end = body.index("{ let n"), body.index("n }") + 3
    named = f"let named = {body[start:end]}; {body[:start]}named{body[end:]}"
    assert CODE not in codes(main(named))
    assert result(main(named)) == right


@pytest.mark.parametrize(("body", "right"), COPIED)
def test_silence_where_the_value_is_there(body: str, right: str) -> None:
    assert CODE not in codes(main(body))
    assert result(main(body)) == right


def test_silence_where_the_value_is_no_variable_of_the_block() -> None:
    assert CODE not in codes("const N = 1; pub fn main() { let f = |x| { let m = x; N }; f(1) }")
    assert CODE not in codes("pub fn main() { let f = |x| { let m = x; m")


def test_a_script_that_breaks_off_is_no_trouble() -> None:
    """All of it is in a comment, for Rune, while it may be a function without its end."""
    assert codes("/*/// Digs.\npub fn dig(depth) {\n{ depth\n}\n") == ["unterminated-comment"]
