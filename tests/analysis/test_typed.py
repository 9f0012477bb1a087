"""What follows from a character that was typed."""

from __future__ import annotations

import pytest

from .shown import show_typed


def check_stays(marked: str) -> None:
    """Nothing follows."""
    assert show_typed(marked) == marked.replace("$0", "")


def test_a_closing_brace_goes_below_the_line_that_opened_it() -> None:
    assert (
        show_typed("fn f() {\n    if true {\n        1\n        }$0\n}\n")
        == "fn f() {\n    if true {\n        1\n    }\n}\n"
    )
    assert show_typed("fn f() {\n    1\n    }$0\n") == "fn f() {\n    1\n}\n"


def test_a_closing_brace_behind_something_else_stays() -> None:
    check_stays("fn f() {\n    let a = #{ x: 1 }$0;\n}\n")


def test_a_new_line_in_a_block_is_indented() -> None:
    assert show_typed("fn f() {\n$0\n}\n") == "fn f() {\n    \n}\n"
    assert show_typed("fn f() {\n    if true {\n    $0\n    }\n}\n") == "fn f() {\n    if true {\n        \n    }\n}\n"
    assert show_typed("fn f() {\n\t$0\n}\n", unit="\t") == "fn f() {\n\t\n}\n"


def test_a_new_line_behind_a_statement_is_where_the_statement_is() -> None:
    assert show_typed("fn f() {\n    let a = 1;\n$0\n}\n") == "fn f() {\n    let a = 1;\n    \n}\n"


def test_a_new_line_in_a_list_or_call_is_indented() -> None:
    assert show_typed("fn f() {\n    g(\n    $01)\n}\n") == "fn f() {\n    g(\n        1)\n}\n"
    assert show_typed("fn f() {\n    let a = [\n$0\n    ];\n}\n") == "fn f() {\n    let a = [\n        \n    ];\n}\n"


def test_a_bracket_that_is_pushed_down_closes_below_its_opener() -> None:
    assert (
        show_typed("fn f() {\n    let a = [\n        1,\n        $0];\n}\n")
        == "fn f() {\n    let a = [\n        1,\n    ];\n}\n"
    )


def test_a_new_line_in_an_impl_or_module_is_indented() -> None:
    assert show_typed("struct A;\nimpl A {\n$0\n}\n") == "struct A;\nimpl A {\n    \n}\n"
    assert show_typed("mod a {\n    fn f() {}\n$0\n}\n") == "mod a {\n    fn f() {}\n    \n}\n"


def test_documentation_goes_on() -> None:
    assert show_typed("/// Waters a bed.\n$0\nfn f() {}\n") == "/// Waters a bed.\n/// \nfn f() {}\n"
    assert show_typed("//! A garden.\n$0\n") == "//! A garden.\n//! \n"
    assert (
        show_typed("mod a {\n    /// One.\n    $0\n    fn f() {}\n}\n")
        == "mod a {\n    /// One.\n    /// \n    fn f() {}\n}\n"
    )


def test_a_plain_comment_goes_on_if_it_was_split() -> None:
    assert show_typed("fn f() {\n    // one\n    $0two\n}\n") == "fn f() {\n    // one\n    // two\n}\n"
    assert show_typed("fn f() {\n    // one two\n    $0\n}\n") == "fn f() {\n    // one two\n    \n}\n"


def test_an_empty_line_ends_a_comment() -> None:
    check_stays("///\n$0\nfn f() {}\n")


@pytest.mark.parametrize(
    "marked",
    [
        'fn f() {\n    let a = "one\n$0two";\n}\n',
        "fn f() {\n    let a = `one\n$0${1}`;\n}\n",
        "fn f() {\n    let a = `{\n}$0`;\n}\n",
        "/*\n{\n}$0\n*/\nfn f() {}\n",
        "fn f() {\n    /* a\n$0*/\n}\n",
    ],
    ids=["a string", "a template", "a brace of a template", "a brace in a comment", "a comment of several lines"],
)
def test_texts_and_comments_of_several_lines_stay(marked: str) -> None:
    check_stays(marked)


def test_a_line_that_goes_on_is_where_its_author_wants_it() -> None:
    check_stays("fn f(session: Session) {\n    session\n            $0.phases()\n}\n")
    check_stays("fn f() {\n    let a =\n            $01;\n}\n")


def test_brackets_that_do_not_fit_stay() -> None:
    check_stays("fn f() {\n    g(]\n$0\n}\n")


def test_outside_of_everything_nothing_follows() -> None:
    check_stays("fn f() {}\n  $0\n")
