"""Values of a type that does not fit: where an error is told, the real machine fails there."""

from __future__ import annotations

import pytest

from .judged import codes, mended, result, shown

ITEMS = "struct Bed { size }\nasync fn later() { [1] }\nfn takes(size: i64) { size }\n"
CODES = ("type-mismatch", "not-callable", "not-iterable", "read-only-field")


def script(body: str) -> str:
    return f"{ITEMS}\npub async fn main() {{ {body} }}"


def told(body: str) -> list[tuple[str, str, str]]:
    return [(each.severity, each.code, each.message) for each in shown(script(body)) if each.code in CODES]


ERRORS = [
    ('1 + "a"', "type-mismatch", "`+` does not work on an `i64` and a `String`"),
    ('"a" + 1', "type-mismatch", "`+` does not work on a `String` and an `i64`"),
    ("1 + 2.5", "type-mismatch", "`+` does not work on an `i64` and an `f64`"),
    ("1 == 2.5", "type-mismatch", "`==` does not work on an `i64` and an `f64`"),
    ('1 < "a"', "type-mismatch", "`<` does not work on an `i64` and a `String`"),
    ("[1] + [2]", "type-mismatch", "`+` does not work on a `Vec` and a `Vec`"),
    ("Bed { size: 1 } + 1", "type-mismatch", "`+` does not work on a `Bed` and an `i64`"),
    ('let n = 1; n += "a"; n', "type-mismatch", "`+=` does not work on an `i64` and a `String`"),
    ("let b = Bed { size: 1 }; b -= 1; b", "type-mismatch", "`-=` does not work on a `Bed` and an `i64`"),
    ('!"a"', "type-mismatch", "`!` does not work on a `String`"),
    ("let s = [1]; -s", "type-mismatch", "`-` does not work on a `Vec`"),
    ("1?", "type-mismatch", "`?` works on `Option` and `Result`, this is an `i64`"),
    ("1[0]", "type-mismatch", "there is no index into an `i64`"),
    ('[1]["a"]', "type-mismatch", "the index into a `Vec` is a whole number, this is a `String`"),
    ('"abc"[0]', "type-mismatch", "the index into a `String` is a range, this is an `i64`"),
    ("#{ a: 1 }[0]", "type-mismatch", "the index into an `Object` is a key, which is a `String`, this is an `i64`"),
    ("let t = (1, 2); t[0] = 3", "type-mismatch", "nothing can be assigned to a place in a `(i64, i64)`"),
    ('let s = "abc"; s[0..1] = "d"', "type-mismatch", "nothing can be assigned to a place in a `String`"),
    ("Workflow::new().add_step(1, None)", "type-mismatch", "`.add_step` takes a `String` as `name`, this is an `i64`"),
    ("\"abc\".contains('a')", "type-mismatch", "`.contains` takes a `String` as `other`, this is a `char`"),
    ('"abc".push("d")', "type-mismatch", "`.push` takes a `char` as `c`, this is a `String`"),
    ("1.5.powf(2)", "type-mismatch", "`.powf` takes an `f64` as `other`, this is an `i64`"),
    ("[1].iter().map(5)", "type-mismatch", "`.map` takes a function as `f`, this is an `i64`"),
    ("i64::parse(1)", "type-mismatch", "`parse` takes a `String` as `s`, this is an `i64`"),
    (
        "crucible::categorize_by_name(1)",
        "type-mismatch",
        "`categorize_by_name` takes a `String` as `name`, this is an `i64`",
    ),
    ("let x = 5; x(1)", "not-callable", "this is an `i64`, and only functions and closures can be called"),
    ("Bed { size: 1 }()", "not-callable", "this is a `Bed`, and only functions and closures can be called"),
    ("let o = #{ a: 1 }; (o.a)()", "not-callable", "this is an `i64`, and only functions and closures can be called"),
    ("for x in 5 { x; }", "not-iterable", "a `for` cannot go through an `i64`; to count, write a range: `0..n`"),
    ('for x in "ab" { x; }', "not-iterable", "a `for` cannot go through a `String`; `chars()` gives its characters"),
    ("let b = Bed { size: 1 }; for x in b { x; }", "not-iterable", "a `for` cannot go through a `Bed`"),
    ("for x in ..3 { x; }", "not-iterable", "a `for` cannot go through a `RangeTo`: it has no start"),
    (
        "for x in 1.5..2.5 { x; }",
        "not-iterable",
        "a `for` goes through ranges of whole numbers or of characters; this one is of `f64`",
    ),
    (
        "for x in 1..'c' { x; }",
        "not-iterable",
        "a `for` goes through ranges of whole numbers or of characters; this one mixes them",
    ),
    (
        "for x in 1..2.5 { x; }",
        "not-iterable",
        "a `for` goes through ranges of whole numbers or of characters; this one ends with an `f64`",
    ),
    (
        'let w = Workflow::new(); w.add_step("a", None); w.steps()[0].title = "b"',
        "read-only-field",
        "the field `title` of `WorkflowStep` can only be read",
    ),
    (
        'let w = Workflow::new(); w.title = "a"; w.title += "b"',
        "read-only-field",
        "the field `title` of `Workflow` cannot be changed with `+=`, but with `=`",
    ),
]


@pytest.mark.parametrize(("body", "code", "message"), ERRORS)
def test_an_error_is_where_the_machine_fails(body: str, code: str, message: str) -> None:
    assert told(body) == [("error", code, message)]
    assert result(script(body)).startswith("fails: ")


@pytest.mark.parametrize(
    "body",
    [
        '"a" + 1',
        "1 == 2.5",
        "let n = 1; n + 2.5",
        "\"abc\".contains('a')",
        '"abc".push("d")',
        "1.5.powf(2)",
        "crucible::categorize_by_name(1)",
        "let n = 2; for x in n { x; }",
        'for x in "ab" { x; }',
    ],
)
def test_the_machine_takes_the_fix(body: str) -> None:
    repaired = mended(script(body), *CODES)
    assert not set(CODES) & set(codes(repaired))
    assert not result(repaired).startswith("fails: ")


@pytest.mark.parametrize(
    "body",
    [
        "1 + 2u64",
        "1 == 2u64",
        '"a" + "b"',
        '"a" + `b`',
        "Bed { size: 1 } == Bed { size: 1 }",
        "!1",
        "-1.5",
        "[1, 2][0..1]",
        "[1, 2].get(0..1)",
        "(1, 2)[0]",
        "Some(1)[0]",
        'Bed { size: 1 }["size"]',
        '"abc"[0..1]',
        "for x in Some(1) { x; }",
        "for x in 1..2u64 { x; }",
        "for x in 'a'..'c' { x; }",
        "for x in #{ a: 1 } { x; }",
        "2.5.powi(2u64)",
        "Workflow::new().add_step(`a${1}`, ())",
        "[1].iter().map(Some).next()",
        "let n = 1; n = 2.5; n + 1.5",
        "let n = 1; if [1].len() > 0 { n = 2.5; } n + 1.5",
        "let f = 1; f = |x| x; f(1)",
        "let n = 1; (if n is String { n + `b` } else { 2 }) + 1",
        "let w = Workflow::new(); w.title = Some(`a`); w.title",
    ],
)
def test_silence_about_what_the_machine_takes(body: str) -> None:
    assert told(body) == []
    assert not result(script(body)).startswith("fails: ")


@pytest.mark.parametrize(
    ("body", "message", "value"),
    [
        ("if 1 { 2 } else { 3 }", "this is an `i64`, and Rune takes what is no `bool` for `false` here", "3"),
        (
            "let x = [1]; if x { 2 } else { 3 }",
            "this is a `Vec`, and Rune takes what is no `bool` for `false` here",
            "3",
        ),
        (
            "let x = Some(1); while x { return 2; } 3",
            "this is an `Option`, and Rune takes what is no `bool` for `false` here",
            "3",
        ),
        ("match 1 { x if x => 2, _ => 3 }", "this is an `i64`, and Rune takes what is no `bool` for `true` here", "2"),
        (
            "if false { 1 } else if 1 { 2 } else { 3 }",
            "this is an `i64`, and Rune takes what is no `bool` for `false` here",
            "3",
        ),
    ],
)
def test_a_condition_that_is_no_bool_is_always_the_same_to_rune(body: str, message: str, value: str) -> None:
    assert told(body) == [("warning", "type-mismatch", message)]
    assert result(script(body)) == value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("let x = [1]; if x { 2 } else { 3 }", "2"),
        ("let x = Some(1); if x { 2 } else { 3 }", "2"),
        ("let x = 1; if x { 2 } else { 3 }", "2"),
    ],
)
def test_the_fix_asks_what_is_meant(body: str, value: str) -> None:
    assert result(mended(script(body), *CODES)) == value


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('let n: i64 = "a"; n', "this says an `i64`, the value is a `String`"),
        ("let n: f64 = 1; n", "this says an `f64`, the value is an `i64`"),
        ('takes("a")', "this is said to be an `i64`, it is a `String`"),
        ('let n: i64 = 1; n = "a"; n', "this is said to be an `i64`, it is a `String`"),
        ("let f = || -> i64 { 1 }; takes(f)", "this is said to be an `i64`, it is a function"),
    ],
)
def test_an_annotation_that_is_contradicted_is_a_warning(body: str, message: str) -> None:
    assert told(body) == [("warning", "type-mismatch", message)]


def test_what_a_function_says_that_it_gives() -> None:
    text = 'fn size() -> i64 { "a" } pub fn main() { size() }'
    assert [(each.code, each.message) for each in shown(text)] == [
        ("type-mismatch", "this says that an `i64` is given, it is a `String`")
    ]


def test_a_number_of_the_other_kind_is_no_contradiction() -> None:
    assert told("let n: u64 = 1; takes(2u64); n") == []
