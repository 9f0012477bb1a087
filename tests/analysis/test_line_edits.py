"""Edits by whole lines lead from one text to another, and touch no more than they must."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from runekiln_analysis.facts import Edit
from runekiln_analysis.line_edits import line_edits

lines = st.lists(st.sampled_from(["a\n", "b\n", "  b\n", "\n", "c\r\n", "d\u2028", "e\r"]), max_size=12).map("".join)


@given(lines, lines)
def test_the_edits_make_the_other_text(before: str, after: str) -> None:
    text = before.encode()
    for edit in reversed(line_edits(before.encode(), after.encode())):
        text = text[: edit.span[0]] + edit.text.encode() + text[edit.span[1] :]
    assert text == after.encode()


def test_lines_that_stay_are_in_no_edit() -> None:
    assert line_edits(b"a\nb\nc\nd\n", b"a\n  b\nc\nd\ne\n") == (Edit((2, 4), "  b\n"), Edit((8, 8), "e\n"))
    assert line_edits(b"a\n", b"a\n") == ()
