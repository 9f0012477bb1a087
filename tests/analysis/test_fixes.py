"""Fixes: each mends what it is for and breaks nothing, in all scripts that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.fixing import any_fix, applied, safe_fix, together

from .whole_corpus import cases, shown


def insertion(at: int, text: str = "x") -> Fix:
    return Fix("", (Edit((at, at), text),))


def removal(*spans: tuple[int, int]) -> Fix:
    return Fix("", tuple(Edit(span, "") for span in spans))


def with_fixes(*fixes: Fix) -> Diagnostic:
    return Diagnostic("some", "warning", "", (0, 1), "runekiln", (), (), fixes)


def errors(found: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(each.code for each in found if each.severity == "error")


def said(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in found)


def test_every_fix_mends_its_problem_and_makes_no_error() -> None:
    mended: Counter[str] = Counter()
    for case in cases():
        before = shown(case)
        for diagnostic, fix in ((each, fix) for each in before for fix in each.fixes):
            text = applied(case.text.encode(), (fix,)).decode()
            after = shown(case.with_text(text))
            named = (case.name, diagnostic.message, fix.title, text)
            place = (diagnostic.code, diagnostic.message)
            # The parser tells of the first of several that are alike.
            is_there = any((each.code, each.span[0]) == (diagnostic.code, diagnostic.span[0]) for each in after)
            assert said(after)[place] < said(before)[place] or not is_there, named
            # Of statements outside functions, the parser tells of the first alone.
            has_more = "expected-item" in errors(before)
            assert has_more or not errors(after) - errors(before), named
            assert all(0 <= start <= end <= len(case.text.encode()) for start, end in spans(fix)), named
            mended[diagnostic.code] += 1
    # Not few, and not those of a few rules.
    assert len(mended) > 30
    assert mended.total() > 150


def test_safe_fixes_leave_what_compiles_compiling() -> None:
    """All safe ones of a script at once, and again, as the command line makes them."""
    count = 0
    for case in cases():
        found = shown(case)
        if errors(found):
            continue
        while fixes := together(filter(None, map(safe_fix, found))):
            case = case.with_text(applied(case.text.encode(), fixes).decode())
            found = shown(case)
            assert not errors(found), case
            count += len(fixes)
    assert count > 30


def spans(fix: Fix) -> list[tuple[int, int]]:
    return [edit.span for edit in fix.edits]


def test_of_several_fixes_nobody_knows_which_is_meant() -> None:
    one, other = insertion(1), insertion(2)
    safe = Fix("", one.edits, is_safe=True)
    assert (safe_fix(with_fixes(one)), any_fix(with_fixes(one))) == (None, one)
    assert any_fix(with_fixes(one, other)) is None
    assert safe_fix(with_fixes(other, safe)) == any_fix(with_fixes(other, safe)) == safe
    assert any_fix(with_fixes(safe, safe)) is None


@pytest.mark.parametrize(
    ("one", "other", "go_together"),
    [
        (removal((1, 3)), removal((4, 5)), True),
        (removal((1, 3)), removal((3, 5)), False),
        (removal((1, 3)), removal((2, 5)), False),
        (removal((1, 9)), insertion(4), False),
        (insertion(4), insertion(4), False),
        (removal((1, 2), (8, 9)), removal((4, 5)), True),
        (removal((1, 2), (8, 9)), removal((4, 5), (7, 8)), False),
    ],
)
def test_fixes_that_touch_one_place_are_made_one_after_the_other(one: Fix, other: Fix, go_together: bool) -> None:
    assert together((one, other)) == ((one, other) if go_together else (one,))


def test_edits_are_made_where_they_were_meant() -> None:
    text = "a 🐝 c".encode()
    assert applied(text, (insertion(0, "<"), removal((2, 6)), insertion(len(text), ">"))) == b"<a  c>"
