"""Functions made of expressions and of statements."""

from __future__ import annotations

import pytest

from .shown import done, offered

TITLE = "Extract into a function"


def test_an_expression_takes_along_the_variables_in_it() -> None:
    assert done("pub fn main(bed) {\n    let n = 2;\n    1 + $0bed.width() * n$0\n}\n", TITLE) == (
        "pub fn main(bed) {\n    let n = 2;\n    1 + value(bed, n)\n}\n\nfn value(bed, n) {\n    bed.width() * n\n}\n"
    )


def test_statements_hand_back_what_is_used_behind_them() -> None:
    assert done(
        """
pub fn main(bed) {
    $0// How large it is.
    let width = bed.width();
    let length = bed.length();
    let area = width * length;$0
    [area, length]
}
""",
        TITLE,
    ) == (
        """
pub fn main(bed) {
    let (length, area) = extracted(bed);
    [area, length]
}

fn extracted(bed) {
    // How large it is.
    let width = bed.width();
    let length = bed.length();
    let area = width * length;
    (length, area)
}
"""
    )


def test_a_variable_may_take_the_name_of_one_that_is_given() -> None:
    assert done("pub fn main(n) {\n    $0let n = n + 1;$0\n    n * 2\n}\n", TITLE) == (
        "pub fn main(n) {\n    let n = extracted(n);\n    n * 2\n}\n\nfn extracted(n) {\n    let n = n + 1;\n    n\n}\n"
    )


def test_the_last_statement_gives_the_value() -> None:
    assert done("pub fn main(bed) {\n    $0bed.dig();\n    bed.width()$0\n}\n", TITLE) == (
        "pub fn main(bed) {\n    extracted(bed)\n}\n\nfn extracted(bed) {\n    bed.dig();\n    bed.width()\n}\n"
    )


def test_what_uses_self_becomes_a_method() -> None:
    script = "struct Bed {{ w }}\n\nimpl Bed {{\n    fn twice(self, n) {{\n        {}\n    }}{}\n}}\n"
    assert done(script.format("n + $0self.w * n$0", ""), TITLE) == script.format(
        "n + self.value(n)", "\n\n    fn value(self, n) {\n        self.w * n\n    }"
    )


def test_what_waits_is_waited_for() -> None:
    assert done("pub async fn main(bed) {\n    1 + $0bed.dig().await$0\n}\n", TITLE) == (
        "pub async fn main(bed) {\n    1 + dig(bed).await\n}\n\nasync fn dig(bed) {\n    bed.dig().await\n}\n"
    )


def test_a_loop_goes_as_a_whole() -> None:
    assert done(
        "pub fn main(beds) {\n    $0for bed in beds {\n        if bed.dry { break; }\n    }$0\n    1\n}\n", TITLE
    ) == (
        "pub fn main(beds) {\n    extracted(beds);\n    1\n}\n\n"
        "fn extracted(beds) {\n    for bed in beds {\n        if bed.dry { break; }\n    }\n}\n"
    )


def test_an_arm_gets_the_comma_that_its_brace_made_needless() -> None:
    after = done("pub fn main(bed) {\n    match bed { 1 => $0{ bed.dig() }$0 _ => 2 }\n}\n", TITLE)
    assert "match bed { 1 => value(bed), _ => 2 }" in after


def test_a_text_of_several_lines_is_not_touched() -> None:
    after = done("pub fn main() {\n        let a = $0`x\n        y` + `z`$0;\n        a\n}\n", TITLE)
    assert "    `x\n        y` + `z`\n" in after


@pytest.mark.parametrize(
    "body",
    [
        "$0let a = bed?;$0 a",
        "$0if bed { return 1; }$0 2",
        "loop { $0if bed { break; }$0 }",
        "'a: loop { loop { $0break 'a;$0 } }",
        "let n = 1; $0n += bed;$0 n",  # The function would have its own.
        "let f = || { $0bed = 2;$0 }; bed",
        "$0bed.width$0 = 2;",
        "$0fn inner() {} inner();$0 1",
        "fn inner() {} $0inner() + 1$0",
        "$0{ let a = bed; a }$0",  # 0.14.2 would drop `a`.
        "$0yield bed;$0",
        "[1, $0bed, 2$0]",
        "$0bed.width(1$0)",
        "println!($0`a ${bed}`$0)",
    ],
)
def test_what_would_do_something_else_is_left_alone(body: str) -> None:
    assert TITLE not in offered(f"pub fn main(bed) {{ {body} }}")
