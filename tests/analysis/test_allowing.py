"""Comments that allow problems: which they silence, and what is said of comments that do not."""

from __future__ import annotations

import pytest
from runekiln_analysis.diagnostics import Diagnostic, diagnostics

from .fixtures import SCRIPT, checker
from .rule_pages import applied
from .rules.judged import codes, shown

UNUSED = "pub fn main(beds) {\n    let sunny = beds.len();\n    beds\n}\n"

COUNTING = """\
fn count(beds) {
    let sunny = 1;
    let dry = 2;
    beds
}

pub fn main() {
    count(1)
}
"""
MATCHING = """\
pub fn main(bed) {
    match bed {
        Some(plants) => {
            let dry = 1;
            2
        }
        _ => 3,
    }
}
"""


def above(line: str, comment: str, script: str = UNUSED) -> str:
    """The script with the comment above the line that begins so."""
    before, found, behind = script.partition(line)
    return f"{before}{comment}\n{found}{behind}"


def test_a_comment_allows_the_statement_behind_it() -> None:
    assert codes(UNUSED) == ["unused-variable"]
    assert codes(above("    let", "    // runekiln: allow(unused-variable)")) == []
    assert codes(above("    beds\n", "    // runekiln: allow(unused-variable)")) == ["unused-variable", "unused-allow"]


@pytest.mark.parametrize(
    "comment",
    [
        "// runekiln: allow(unused-variable)",
        "//runekiln:allow( unused-variable )",
        "// runekiln: allow(unused-variable): the host looks at it",
        "// runekiln: allow(not-used,unused-variable)",
        "// runekiln: allow(unused-variable)\n    // and this says why",
        "// runekiln: allow(unused-variable)\n\n    /* twice */ /* over */",
    ],
)
def test_it_may_be_written_in_several_ways(comment: str) -> None:
    assert "unused-variable" not in codes(above("    let", f"    {comment}"))


def test_at_the_end_of_a_line_it_holds_for_that_line() -> None:
    assert codes(UNUSED.replace(".len();", ".len(); // runekiln: allow(unused-variable)")) == []
    assert codes(UNUSED.replace("{\n", "{ // runekiln: allow(unused-variable)\n", 1)) == [
        "unused-allow",
        "unused-variable",
    ]


@pytest.mark.parametrize("header", ["", "/// Counts.\n", "#[test]\n", "/// Counts.\n#[test]\n"])
def test_above_a_function_it_holds_for_all_of_it(header: str) -> None:
    script = header + COUNTING
    assert codes(script) == ["unused-variable"] * 2
    comment = "// runekiln: allow(unused-variable)\n"
    assert codes(comment + script) == []
    assert codes(script.replace("fn count", f"{comment}fn count")) == []
    assert codes(script.replace("pub fn main", f"{comment}pub fn main")) == [*["unused-variable"] * 2, "unused-allow"]


def test_it_holds_for_what_the_documentation_says_too() -> None:
    script = "/// @param bed: Bed\n// runekiln: allow(unused-variable)\nfn dig(bed) {\n    1\n}\n"
    script += "\npub fn main() { dig(1) }\n"
    assert codes(script) == []


def test_with_an_exclamation_mark_it_holds_for_the_file() -> None:
    assert codes(f"//! runekiln: allow(unused-variable)\n{UNUSED}{UNUSED.replace('main', 'other')}") == []
    # Where everything is commented that way it stands beside what a script asks for.
    assert codes(f"//! permissions:\n//! runekiln: allow(unused-variable)\n\n{UNUSED}") == []


def test_it_holds_for_the_whole_of_what_begins_behind_it() -> None:
    assert codes(MATCHING) == ["unused-variable"] * 2
    assert codes(above("        Some", "        // runekiln: allow(unused-variable)", MATCHING)) == []
    assert codes(above("    match", "    // runekiln: allow(unused-variable)", MATCHING)) == []
    assert codes(above("            let", "            // runekiln: allow(unused-variable)", MATCHING)) == [
        "unused-variable"
    ]


def test_what_is_no_comment_allows_nothing() -> None:
    text = 'pub fn main() {\n    let sunny = "\n// runekiln: allow(unused-variable)\n";\n}\n'
    assert codes(text) == ["unused-variable"]
    assert codes(text.replace('"', "`")) == ["unused-variable", "needless-template"]
    assert codes(above("    let", "    /* // runekiln: allow(unused-variable) */")) == ["unused-variable"]
    assert codes(above("    let", "    // see // runekiln: allow(unused-variable)")) == ["unused-variable"]
    assert codes(above("    let", "    /*\n    // runekiln: allow(unused-variable)\n    */")) == ["unused-variable"]


def test_it_stands_between_items_too() -> None:
    script = f"/* a block */\n{UNUSED}\n// runekiln: allow(unused-variable)\n{UNUSED.replace('main', 'other')}"
    assert codes(script) == ["unused-variable"]
    inside = codes(f"mod inner {{\n{script.replace('pub fn', '    pub fn')}}}\n")
    assert [code for code in inside if code != "not-used"] == ["unused-variable"]


def test_warnings_of_the_compiler_can_be_allowed_and_its_errors_cannot() -> None:
    assert codes("pub fn main() {\n    // runekiln: allow(not-used)\n    1;\n    2\n}\n") == []
    assert codes("pub fn main() {\n    // runekiln: allow(missing-item)\n    honey()\n}\n") == [
        "unallowable",
        "missing-item",
    ]
    # Foreign words are told of in our words, and still do not compile.
    assert codes("pub fn main() {\n    // runekiln: allow(missing-local)\n    null\n}\n") == [
        "unallowable",
        "missing-local",
    ]
    assert (
        codes("pub fn main() {\n    // runekiln: allow(missing-semicolon)\n    let a = 1\n    a\n}\n")[0]
        == "unallowable"
    )


def test_an_error_that_only_we_know_of_can_be_allowed() -> None:
    wrong = "fn dig(depth) {\n    depth\n}\n\npub fn main() {\n    dig(1, 2)\n}\n"
    assert codes(wrong) == ["wrong-arity"]
    assert codes(above("    dig", "    // runekiln: allow(wrong-arity)", wrong)) == []


def test_nothing_is_unused_in_a_script_with_errors() -> None:
    script = above("    let", "    // runekiln: allow(not-used)").replace("    beds\n", "    honey(sunny)\n")
    assert codes(script) == ["missing-item"]


def test_what_shows_only_among_several_files_is_never_called_unused() -> None:
    assert codes("// runekiln: allow(duplicate-tool)\npub fn main() {\n    1\n}\n") == []


def test_comments_about_comments() -> None:
    assert (
        codes(f"//! runekiln: allow(unused-allow)\n// runekiln: allow(not-used)\n{UNUSED.replace('sunny', '_sunny')}")
        == []
    )
    assert (
        codes(f"//! runekiln: allow(unknown-code)\n// runekiln: allow(not-usd)\n{UNUSED.replace('sunny', '_sunny')}")
        == []
    )


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("    // runekiln: allow(not-used)\n    1\n", "    1\n"),
        ("    // runekiln: allow(not-used): because\r\n    1\r\n", "    1\r\n"),
        ("    1 // runekiln: allow(not-used)\n", "    1\n"),
        ("    1 // runekiln: allow(not-used)", "    1"),
        ("    // runekiln: allow(not-used, deprecated)\n    1\n", "    // runekiln: allow(deprecated)\n    1\n"),
    ],
)
def test_a_code_that_allows_nothing_is_taken_out(written: str, after: str) -> None:
    def around(body: str) -> str:
        return f"pub fn main() {{\n{body}}}\n" if body.endswith("\n") else f"pub fn main() {{\n{body}\n}}\n"

    found = first(around(written), "unused-allow")
    assert applied(around(written), found.fixes[0]) == around(after)
    assert found.fixes[0].is_safe


def test_the_last_of_several_codes_goes_with_its_comma() -> None:
    script = above("    let", "    // runekiln: allow(unused-variable, not-used)")
    assert applied(script, first(script, "unused-allow").fixes[0]) == script.replace(", not-used", "")


def first(script: str, code: str) -> Diagnostic:
    return next(each for each in shown(script) if each.code == code)


def test_it_holds_in_scripts_that_are_the_body_of_a_function() -> None:
    text = b"// runekiln: allow(not-used)\n1;\nlet a = [\n    2,\n];\na\n"
    facts = checker().check(SCRIPT, text, lambda _: None, "function-body")
    assert [each.code for each in facts.script.problems] == ["not-used"]
    assert diagnostics(facts.script, {}, (), text) == ()


def test_in_a_mod_file_none_is_called_unused() -> None:
    text = b"pub fn main() {\n    1 // runekiln: allow(unused-variable)\n}\n"
    facts = checker().check(SCRIPT, text, lambda _: None)
    assert [each.code for each in diagnostics(facts.script, {}, (), text)] == ["unused-allow"]
    assert diagnostics(facts.script, {}, (), text, is_module=True) == ()


def test_a_comment_is_not_called_unused_where_other_scripts_decide() -> None:
    comment = "// runekiln: allow(not-used)\n"
    assert codes(f"{comment}pub fn main() {{\n    1\n}}\n") == []
    assert codes(f"pub fn main() {{\n    {comment}    1\n}}\n") == ["unused-allow"]
