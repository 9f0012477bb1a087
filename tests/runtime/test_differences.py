"""What one edit makes of the sources of a script."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from runekiln_runtime.differences import SourceEdit, edit_between
from runekiln_runtime.protocol import Source


def script(text: bytes) -> tuple[Source, ...]:
    return (Source("main.rn", text), Source("beds.rn", b"// beds"), Source("beds/mod.rn", None))


def test_an_edit_is_as_small_as_it_can_be_said() -> None:
    assert edit_between(script(b"let a"), script(b"let ab")) == SourceEdit("main.rn", (5, 5), b"b")
    assert edit_between(script(b"let a"), script(b"let b")) == SourceEdit("main.rn", (4, 5), b"b")
    assert edit_between(script(b"let a"), script(b"et a")) == SourceEdit("main.rn", (0, 1), b"")
    assert edit_between(script(b"aa"), script(b"aaa")) == SourceEdit("main.rn", (2, 2), b"a")


def test_a_module_can_be_what_is_edited() -> None:
    first, second, absent = script(b"mod beds;")
    edited = (first, Source("beds.rn", b"// bed"), absent)
    assert edit_between((first, second, absent), edited) == SourceEdit("beds.rn", (6, 7), b"")


def test_what_takes_more_than_one_edit_is_none() -> None:
    first, second, absent = script(b"mod beds;")
    both = (Source("main.rn", b"mod bed;"), Source("beds.rn", b"// bed"), absent)
    assert edit_between((first, second, absent), both) is None
    assert edit_between((first, second, absent), (first, second)) is None
    assert edit_between((first, second, absent), (first, absent, second)) is None
    assert edit_between((first, second, absent), (first, second, Source("beds/mod.rn", b""))) is None
    assert edit_between((first, second, absent), (first, second, absent)) is None


@given(some.lists(some.sampled_from([b"a", b"b", b"\n"]), max_size=40), some.data())
def test_the_edit_leads_to_the_text_of_now(letters: list[bytes], data: some.DataObject) -> None:
    before = b"".join(letters)
    after = b"".join(data.draw(some.lists(some.sampled_from([b"a", b"b", b"\n"]), max_size=40)))
    edit = edit_between((Source("main.rn", before),), (Source("main.rn", after),))
    if edit is None:
        assert before == after
    else:
        start, end = edit.span
        assert before[:start] + edit.text + before[end:] == after
