"""What no run comes to: a mark that is put there is never seen."""

from __future__ import annotations

import pytest

from .judged import codes, facts_of, mended, result, said, shown

CODE = "unreachable-code"
STATEMENTS = [
    ("stop(seen); seen.push(2); 3", ["seen.push(2)", "3"]),
    ("{ stop(seen); seen.push(2); } 3", ["seen.push(2)", "3"]),
    ('panic!("stop"); seen.push(2)', ["seen.push(2)"]),
    ("if true { stop(seen) } else { stop(seen) } seen.push(2);", ["seen.push(2)"]),
    ("match seen { [] => stop(seen), _ => return seen } seen.push(2);", ["seen.push(2)"]),
    ("let f = || { stop(seen); seen.push(2); }; f()", ["seen.push(2)"]),
    ("loop { stop(seen); } seen.push(2)", ["seen.push(2)"]),
    ("let n = stop(seen); seen.push(2);", ["seen.push(2)"]),
]
"""Bodies with what nobody comes to in them, of which Rune says nothing."""


@pytest.mark.parametrize(("body", "unreachable"), STATEMENTS)
def test_statements_behind_what_never_goes_on(body: str, unreachable: list[str]) -> None:
    text = f'fn stop(seen) {{ panic!("stopped: {{:?}}", seen) }} pub fn main() {{ let seen = []; {body} }}'
    assert [each.code for each in facts_of(text).script.problems if each.code == CODE] == []
    assert said(text, CODE) == unreachable
    assert result(text) in ("fails: stopped: []", "fails: stop")


def test_a_loop_without_an_end() -> None:
    text = "pub fn main() { let n = 0; loop { n += 1; } n }"
    (told,) = (each for each in shown(text) if each.code == CODE)
    assert told.message == "This is never reached: no `break` in the `loop` before it leads here"
    assert result(text) == "OutOfTime"


def test_what_rune_tells_itself_is_told_once() -> None:
    text = 'pub fn main() { return 1; let n = 2; println!("a"); n }'
    by_rune = [facts_of(text).script.span_of(each) for each in facts_of(text).script.problems if each.code == CODE]
    assert [each.span for each in shown(text) if each.code == CODE] == by_rune
    assert len(by_rune) == 3


@pytest.mark.parametrize(
    "body",
    [
        "loop { if seen.is_empty() { break; } } seen.push(2); 3",
        "if seen.is_empty() { seen.push(1); } else { return 1; } 3",
        "fn later() { 1 } later() + 2",
        "return later() + 2; fn later() { 1 }",
        "let n = None; for i in 0..3 { match n { None => { n = i; continue; } Some(_) => return 1 } seen.push(1); } 3",
    ],
)
def test_silence_where_somebody_may_come(body: str) -> None:
    text = f"pub fn main() {{ let seen = []; {body} }}"
    assert CODE not in codes(text)
    assert result(text) == "3"


ARMS = [
    ("match 3 { 1 => 1, 1 => 2, _ => 5 }", ["1 => 2"], "5"),
    ("match 1 { 1 => 1, 1 if true => 2, _ => 5 }", ["1 if true => 2"], "1"),
    ('match "a" { "a" => 1, "b" => 2, "a" => { 3 } _ => 4 }', ['"a" => { 3 }'], "1"),
    ("match Some(1) { Some(n) => n, None => 0, Some(n) => n + 1 }", ["Some(n) => n + 1"], "1"),
    ("match 3 { _ => 1, 3 => 2 }", ["3 => 2"], "1"),
    ("match 3 { LIMIT => LIMIT, 3 => 2, _ => 1 }", ["3 => 2", "_ => 1"], "3"),
    ("match (1, 2) { (1, _) => 1, (1, _) => 2, _ => 3 }", ["(1, _) => 2"], "1"),
]


@pytest.mark.parametrize(("body", "arms", "gives"), ARMS)
def test_arms_behind_one_that_takes_their_values(body: str, arms: list[str], gives: str) -> None:
    text = f"pub fn main() {{ {body} }}"
    assert said(text, CODE) == arms
    assert result(text) == gives


def test_the_fix_takes_out_an_arm_that_stands_twice() -> None:
    text = "pub fn main() { match 3 { 1 => 1, 1 => 2, _ => 5 } }"
    assert mended(text) == text.replace("1 => 2, ", "")
    text = "pub fn main() {\n    match 3 {\n        1 => 1,\n        1 => 2,\n        _ => 5,\n    }\n}\n"
    assert mended(text) == text.replace("        1 => 2,\n", "")
    text = "pub fn main() { match Some(1) { Some(n) => n, None => 0, Some(n) => n + 1 } }"
    assert mended(text) == text.replace("Some(n) => n + 1 ", "")


@pytest.mark.parametrize(
    "items",
    ["const LIMIT = 3;", "mod m { pub const LIMIT = 3; } use m::LIMIT;", "mod m { pub const LIMIT = 3; } use m::*;"],
)
def test_a_constant_matches_itself_alone(items: str) -> None:
    text = f"{items} pub fn main() {{ match 3 {{ LIMIT => 1, 4 => 2, _ => 5 }} }}"
    assert CODE not in codes(text)
    assert result(text) == "1"


def test_an_arm_with_a_condition_takes_nothing_for_good() -> None:
    text = "pub fn main() { match 3 { n if n > 5 => 1, 3 if false => 2, 3 => 4, _ => 5 } }"
    assert CODE not in codes(text)
    assert result(text) == "4"
