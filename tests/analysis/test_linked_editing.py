"""Which places are edited as one while somebody types in one of them."""

from __future__ import annotations

import pytest

from .shown import show_linked


def test_a_variable_with_its_uses_in_texts_too() -> None:
    assert show_linked('fn f() { let be$0d = 1; bed += 1; println!("{bed}"); let bed = 2; bed }') == (
        'fn f() { let [bed] = 1; [bed] += 1; println!("{[bed]}"); let bed = 2; bed }'
    )


def test_a_parameter_and_the_tag_that_documents_it() -> None:
    assert show_linked("/// @param bed: Bed\nfn f(bed) { $0bed }") == "/// @param [bed]: Bed\nfn f([bed]) { [bed] }"


def test_a_label() -> None:
    assert show_linked("fn f() { 'rows: loop { break '$0rows; } }") in (
        "fn f() { 'rows: loop { break 'rows; } }",
        "fn f() { '[rows]: loop { break '[rows]; } }",
    )


@pytest.mark.parametrize(
    "marked",
    [
        "fn d$0ig() {}\nfn f() { dig() }",
        "struct Bed { wid$0th }\nfn f(b: Bed) { b.width }",
        "fn f() { let be$0d = 1; #{ bed } }",
        "fn f(session: Session) { session.pha$0ses() }",
        "fn f() { 1$0 }",
        "$0",
    ],
    ids=["a function", "a field", "a short form", "a method of the host", "a number", "nothing"],
)
def test_others_are_not_linked(marked: str) -> None:
    assert show_linked(marked) == marked.replace("$0", "")


def test_a_name_that_is_also_a_field_keeps_the_field() -> None:
    assert show_linked("fn f(any) { let wi$0dth = 1; any.width = width; }") == (
        "fn f(any) { let [width] = 1; any.width = [width]; }"
    )


def test_a_text_that_does_not_parse() -> None:
    assert show_linked("fn f() { let be$0d = 1; foo(bed; ") in (
        "fn f() { let [bed] = 1; foo([bed]; ",
        "fn f() { let bed = 1; foo(bed; ",
    )
