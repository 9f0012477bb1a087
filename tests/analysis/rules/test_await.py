"""Futures without `.await`, and `.await` without futures: what is called an error really fails."""

from __future__ import annotations

import pytest

from .judged import codes, mended, mended_wholly, result, shown

MISSING, NOT_FUTURE = "missing-await", "await-not-future"

FAILING = [
    ("1", "f() + 1"),
    ("1", "1 + f()"),
    ("1", 'f() == "a"'),
    ("1", '"a" == f()'),
    ("1", "-f()"),
    ("true", "!f()"),
    ("1", "f() as f64"),
    ("#{ x: 1 }", "f().x"),
    ("(1, 2)", "f().0"),
    ("#{ x: 1 }", "f().x = 2;"),
    ("[1]", "f().len()"),
    ("[1]", "f()[0]"),
    ("0", "[1][f()]"),
    ("|x| x", "f()(1)"),
    ("Ok(1)", "f()?"),
    ("[1]", 'for x in f() { println!("{x}"); }'),
    ("1", "`${f()}`"),
    ("1", 'format!("{}", f())'),
    ("1", 'println!("{} {}", 1, f());'),
    ("true", "assert!(f());"),
    ("1", "assert_eq!(f(), 1);"),
    ("(1, 2)", "let (_, a) = f(); a"),
    ('"b"', 'let text = "a"; text.push_str(f());'),
    ("1", "let a = f(); a + 1"),
    ("1", "let a = f(); if true { a + 1 } else { a - 1 }"),
    ("1", "(f()) + 1"),
    ("1", "async { 1 } + 1"),
]
"""What an `async fn f` gives, and the body of a `main` that waits for it too late or not at all."""

SILENT_AT_RUN = [
    ("false", "if f() { return 2; } 3"),
    ("false", "if false { 1 } else if f() { 2 } else { 3 }"),
    ("false", "while f() { return 2; } 3"),
    ("false", "true && f()"),
    ("1", "match f() { 1 => 2, _ => 3 }"),
    ("Some(1)", "if let Some(a) = f() { a } else { 2 }"),
    ("1", "g(f())"),
    ("1", "f(); 2"),
    ("1", "async { f().await }; 2"),
]


@pytest.mark.parametrize(("given", "body"), FAILING)
def test_what_is_called_an_error_fails_and_runs_with_the_fix(given: str, body: str) -> None:
    text = f"async fn f() {{ {given} }} pub async fn main() {{ {body} }}"
    assert {each.code for each in shown(text) if each.severity == "error"} == {MISSING}
    assert "fails" in result(text)
    repaired = mended_wholly(text)
    assert repaired.count(".await") >= 1
    assert MISSING not in codes(repaired)
    assert "Future" not in result(repaired)


@pytest.mark.parametrize(("given", "body"), SILENT_AT_RUN)
def test_what_only_does_something_else_is_a_warning(given: str, body: str) -> None:
    text = f"fn g(x: i64) {{ x }} async fn f() {{ {given} }} pub async fn main() {{ {body} }}"
    assert [each.severity for each in shown(text) if each.code == MISSING] == ["warning"]
    assert "fails" not in result(text)
    assert MISSING not in codes(mended(text))


def test_a_dropped_future_really_does_not_run() -> None:
    text = "async fn f(seen) { seen.push(1); } pub async fn main() { let seen = []; f(seen); seen }"
    assert codes(text) == [MISSING]
    assert result(text) == "[]"
    assert result(mended(text)) == "[1]"


@pytest.mark.parametrize(
    "body",
    [
        "f().await + 1",
        "let a = f(); let b = f(); a.await + b.await",
        "let a = f(); a.await",
        "f().await; 1",
        "let _ = f(); 1",
        "std::future::join([f(), f()]).await",
        "match f() { a => a.await + 1 }",
        "select { a = f() => a, b = f() => b }",
        "let run = |g| g(); run(f).await + 1",
        'format!("{:?}", f())',
        "#{ later: f() }.later.await",
    ],
)
def test_silence_where_it_is_waited_for_or_handed_on(body: str) -> None:
    text = f"async fn f() {{ 1 }} pub async fn main() {{ {body} }}"
    assert {MISSING, NOT_FUTURE} & set(codes(text)) == set()
    assert "fails" not in result(text)


@pytest.mark.parametrize(
    ("body", "advice"),
    [
        ("f() + 1", "make the function `main` `async`"),
        ("[1].iter().map(|x| x + f()).collect::<Vec>()", "make the closure `async`"),
    ],
)
def test_where_nobody_can_wait_it_is_said_what_to_do(body: str, advice: str) -> None:
    (told,) = (each for each in shown(f"async fn f() {{ 1 }} pub fn main() {{ {body} }}") if each.code == MISSING)
    assert advice in told.message
    assert told.fixes == ()


def test_a_variable_that_is_used_twice_has_its_value_from_the_start() -> None:
    text = "async fn f() { 1 } pub async fn main() { let a = f(); a + a }"
    assert codes(text) == [MISSING]
    assert mended(text) == text.replace("= f();", "= f().await;")
    assert result(mended(text)) == "2"


def test_no_fix_where_a_future_would_be_waited_for_twice() -> None:
    text = "async fn f() { 1 } pub async fn main() { let a = f(); a.await + a }"
    assert [each.fixes for each in shown(text) if each.code == MISSING] == [()]
    text = "async fn f() { 1 } pub async fn main() { let a = f(); let b = a.await; a.len() + b }"
    assert [each.fixes for each in shown(text) if each.code == MISSING] == [()]


@pytest.mark.parametrize(
    ("items", "operand"),
    [
        ("", "1"),
        ("", '"a"'),
        ("", "[1]"),
        ("", "(1, 2)"),
        ("", "#{ a: 1 }"),
        ("", "Some(1)"),
        ("struct S;", "S"),
        ("fn f() { 1 }", "f()"),
        ("async fn f() { 1 }", "f().await"),
        ("struct S; impl S { fn f(self) { 1 } }", "S.f()"),
    ],
)
def test_await_behind_what_is_no_future(items: str, operand: str) -> None:
    text = f"{items} pub async fn main() {{ {operand}.await }}"
    assert codes(text) == [NOT_FUTURE]
    assert "cannot be awaited" in result(text)
    assert mended(text) == f"{items} pub async fn main() {{ {operand} }}"
    assert codes(mended(text)) == []


def test_a_function_is_to_be_called_first() -> None:
    (told,) = shown("async fn f() { 1 } pub async fn main() { f.await }")
    assert (told.code, told.fixes) == (NOT_FUTURE, ())
    assert "call it first" in told.message


@pytest.mark.parametrize("items", ["fn f(x) { x }", "async fn f(x) { x }", "fn f(x) { async { x } }"])
def test_silence_where_it_may_be_a_future(items: str) -> None:
    assert NOT_FUTURE not in codes(f"{items} pub async fn main(x) {{ (f(async {{ 1 }}).await, x.await) }}")
