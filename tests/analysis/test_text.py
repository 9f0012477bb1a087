"""Offsets and positions: the fast index against one that counts characters one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runekiln_analysis.text import Encoding, LineIndex

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")

awkward_text = st.lists(
    st.one_of(
        st.sampled_from(
            ["\r\n", "\n", "\r", "\u2028", "\u0085", "\f", "\v", "\0", "\ufeff", "é", "語", "🦀", "e\u0301"]
        ),
        st.characters(exclude_categories=["Cs"]),
        st.text(alphabet="ab ;", max_size=4),
    ),
    max_size=30,
).map("".join)
awkward_bytes = st.one_of(
    awkward_text.map(str.encode),
    st.lists(st.one_of(awkward_text.map(str.encode), st.binary(max_size=3)), max_size=8).map(b"".join),
)


@dataclass(frozen=True)
class Place:
    """A place between two characters: where it is in bytes, its line, and its column in each encoding."""

    offset: int
    line: int
    columns: dict[Encoding, int]


def naive_places(text: bytes) -> list[Place]:
    """Every place of `text` that a position can name, counted one character at a time."""
    places = [Place(0, 0, dict.fromkeys(ENCODINGS, 0))]
    offset = 0
    while offset < len(text):
        here = places[-1]
        if text.startswith((b"\n", b"\r"), offset):
            offset += 2 if text.startswith(b"\r\n", offset) else 1
            places.append(Place(offset, here.line + 1, dict.fromkeys(ENCODINGS, 0)))
            continue
        width, utf_16 = naive_character(text[offset : offset + 4])
        offset += width
        columns: dict[Encoding, int] = {
            "utf-8": here.columns["utf-8"] + width,
            "utf-16": here.columns["utf-16"] + utf_16,
            "utf-32": here.columns["utf-32"] + 1,
        }
        places.append(Place(offset, here.line, columns))
    return places


def naive_character(following: bytes) -> tuple[int, int]:
    """Bytes and UTF-16 units of the first character; a byte that begins none is one of its own."""
    for width in range(1, len(following) + 1):
        try:
            character = following[:width].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return (width, 2 if ord(character) > 0xFFFF else 1)
    return (1, 1)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=awkward_bytes)
@example(text=b"")
@example(text=b"\r\r\n\n")
@example(text='let s = "🦀";\u2028\r\nlet t = 1'.encode())
@example(text=b"\xe2\x82a\xf0\x9f\xa6 \xff\x80\n\xed\xa0\x80")
def test_each_place_has_its_position_and_each_position_its_place(text: bytes, encoding: Encoding) -> None:
    index = LineIndex(text)
    for place in naive_places(text):
        position = (place.line, place.columns[encoding])
        assert index.position(place.offset, encoding) == position
        assert index.offset(*position, encoding) == place.offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=awkward_bytes, offset=st.integers(-3, 200))
def test_an_offset_inside_a_character_or_a_line_end_rounds_down(text: bytes, offset: int, encoding: Encoding) -> None:
    before = [place for place in naive_places(text) if place.offset <= max(offset, 0)][-1]
    assert LineIndex(text).position(offset, encoding) == (before.line, before.columns[encoding])


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=awkward_bytes, line=st.integers(-1, 12), column=st.integers(-1, 40))
def test_a_position_outside_the_text_is_moved_into_it(text: bytes, line: int, column: int, encoding: Encoding) -> None:
    places = naive_places(text)
    if line < 0:
        expected = 0
    elif line > places[-1].line:
        expected = len(text)
    else:
        on_line = [place for place in places if place.line == line and place.columns[encoding] <= max(column, 0)]
        expected = on_line[-1].offset
    assert LineIndex(text).offset(line, column, encoding) == expected


@given(text=awkward_bytes)
def test_lines_and_their_ends_make_up_the_text(text: bytes) -> None:
    index = LineIndex(text)
    spans = [index.line_span(line) for line in range(index.line_count)]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    for (start, end), (next_start, _) in pairwise(spans):
        assert not set(text[start:end]) & set(b"\r\n")
        assert text[end:next_start] in (b"\n", b"\r", b"\r\n")


def test_only_three_line_ends_count() -> None:
    index = LineIndex("one\u2028still one\x0b\x0c\u0085\ntwo\rthree\r\nfour".encode())
    assert index.line_count == 4


def test_a_crab_is_one_character_two_units_and_four_bytes() -> None:
    index = LineIndex("\n🦀x".encode())
    assert {encoding: index.position(5, encoding) for encoding in ENCODINGS} == {
        "utf-8": (1, 4),
        "utf-16": (1, 2),
        "utf-32": (1, 1),
    }
    assert index.offset(1, 1, "utf-16") == 1
