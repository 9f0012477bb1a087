"""Variables and constants for values, and values in the places of variables."""

from __future__ import annotations

import pytest

from .shown import done, offered


class TestExtractVariable:
    def test_the_selected_expression_gets_a_name(self) -> None:
        assert (
            done(
                "pub fn main(bed) {\n    println!(`${$0bed.width() * 2$0}`);\n}\n",
                "Extract into a variable",
            )
            == "pub fn main(bed) {\n    let value = bed.width() * 2;\n    println!(`${value}`);\n}\n"
        )

    def test_at_a_cursor_it_is_the_innermost_that_is_more_than_a_word(self) -> None:
        assert (
            done("pub fn main(bed) {\n    water(bed.wi$0dth() * 2)\n}\nfn water(n) {}\n", "Extract into a variable")
            == "pub fn main(bed) {\n    let width = bed.width();\n    water(width * 2)\n}\nfn water(n) {}\n"
        )

    def test_a_name_that_is_there_gets_a_number(self) -> None:
        assert (
            done("pub fn main(bed) {\n    let width = 1;\n    width + $0bed.width()$0\n}\n", "Extract into a variable")
            == "pub fn main(bed) {\n    let width = 1;\n    let width_2 = bed.width();\n    width + width_2\n}\n"
        )

    def test_a_body_without_braces_gets_them(self) -> None:
        assert (
            done("pub fn main(beds) {\n    beds.map(|bed| 1 + $0bed.width()$0)\n}\n", "Extract into a variable")
            == "pub fn main(beds) {\n    beds.map(|bed| { let width = bed.width(); 1 + width })\n}\n"
        )

    def test_the_same_values_of_a_block_may_all_become_the_variable(self) -> None:
        assert (
            done("pub fn main() {\n    let a = 2;\n    [$0a * 3$0, a * 3]\n}\n", "Extract all 2")
            == "pub fn main() {\n    let a = 2;\n    let number = a * 3;\n    [number, number]\n}\n"
        )

    def test_what_a_block_gives_stays_a_value_of_its_own(self) -> None:
        # 0.14.2 would drop `number` at the end of the block, before it is read.
        script = "pub fn main(n) {\n    if n > 5 { 2 } else {\n        if n < $01$0 { 0 } else { 1 }\n    }\n}\n"
        assert [title for title in offered(script) if "all" in title and "variable" in title] == []

    @pytest.mark.parametrize(
        "marked",
        [
            "pub fn main(bed) { format!(`{bed:>n$}`, n = $02$0) }",  # The compiler must know how wide it is.
            "pub fn main(bed) { if bed.is_dry() && $0bed.width()$0 > 2 { 1 } }",  # Only sometimes evaluated.
            "pub fn main(bed) { while $0bed.width()$0 > 2 { bed.dig() } }",  # Each time anew.
            "pub fn main(bed) { [bed.dig(), $0bed.width()$0] }",  # Something happens before.
            "pub fn main(bed) { $0bed.width()$0 = 2; }",  # A place, and no value.
            "pub fn main(bed) { 1 + $0{ return bed }$0 }",
            "pub const A = $01 + 2$0;",
            "const fn twice(n) { n * 2 } pub fn main() { twice($01 + 2$0) }",
            "pub fn main(bed) { 1 + $0bed.width($0) }",
        ],
    )
    def test_what_would_be_evaluated_at_another_time_is_left_alone(self, marked: str) -> None:
        assert "Extract into a variable" not in offered(marked)


class TestExtractConstant:
    def test_a_literal_gets_a_name_before_its_function(self) -> None:
        assert (
            done('pub fn main() {\n    [1, "good$0 morning"]\n}\n', "Extract into a constant")
            == 'const GOOD_MORNING = "good morning";\n\npub fn main() {\n    [1, GOOD_MORNING]\n}\n'
        )

    def test_all_that_are_the_same(self) -> None:
        assert (
            done("pub fn main() {\n    4$02 + 42\n}\n", "Extract all 2")
            == "const NUMBER = 42;\n\npub fn main() {\n    NUMBER + NUMBER\n}\n"
        )

    def test_a_module_inside_a_function_does_not_see_it(self) -> None:
        assert offered("pub fn main() {\n    mod inner { pub fn f() { 4$02 } }\n    inner::f()\n}\n") == []

    def test_what_a_macro_makes_a_text_of_stays(self) -> None:
        assert offered('pub fn main() {\n    println!("he$0llo")\n}\n') == []


class TestInlineVariable:
    def test_the_value_takes_the_place_of_the_variable(self) -> None:
        assert (
            done("pub fn main(bed) {\n    let wid$0th = bed.width();\n    width * 2\n}\n", "Inline `width`")
            == "pub fn main(bed) {\n    bed.width() * 2\n}\n"
        )

    def test_parentheses_stand_where_they_must(self) -> None:
        assert (
            done("pub fn main() {\n    let sum = 1 + 2;\n    2 * su$0m\n}\n", "Inline `sum`")
            == "pub fn main() {\n    2 * (1 + 2)\n}\n"
        )

    @pytest.mark.parametrize(
        "body",
        [
            "let wid$0th = bed.width(); bed.dig(); width",  # Something happens in between.
            "let wid$0th = bed.width(); [width, width]",  # It would happen twice.
            "let wid$0th = 1 + 2; width = 3; width",
            "let n = 1; let su$0m = n + 1; { let n = 5; sum + n }",  # Another `n`.
            "let wid$0th = bed.width(); || width",  # Later, and perhaps often.
            "let (wid$0th, b) = bed; width",
        ],
    )
    def test_what_would_do_something_else_is_left_alone(self, body: str) -> None:
        assert not [title for title in offered(f"pub fn main(bed) {{ {body} }}") if title.startswith("Inline")]
