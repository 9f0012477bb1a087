"""Bytes become messages, however they arrive and whatever lies between them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from runekiln_server.lsp.transport import Frames, decode, encode

MESSAGES = ({"method": "a"}, {"text": "ß😀\r\n\r\n"}, {"nested": [{"jsonrpc": "3"}]})


def bodies(*chunks: bytes) -> list[bytes]:
    frames = Frames()
    return [body for chunk in chunks for body in frames.feed(chunk)]


@given(st.lists(st.integers(min_value=0, max_value=200)))
def test_messages_may_be_cut_anywhere(cuts: list[int]) -> None:
    stream = b"".join(encode(message) for message in MESSAGES)
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    chunks = [stream[start:end] for start, end in pairwise(places)]
    assert [decode(body) for body in bodies(*chunks)] == list(MESSAGES)


def test_headers_are_read_as_http_has_them() -> None:
    assert bodies(b"content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}") == [b"{}"]


def test_a_header_without_a_length_is_skipped() -> None:
    assert bodies(b"Content-Length: many\r\n\r\n", encode({"a": 1})) == [b'{"a":1}']


def test_a_flood_without_an_end_is_forgotten() -> None:
    frames = Frames()
    for _ in range(100):
        assert not list(frames.feed(b"x" * 4096))
    assert [*frames.feed(b"\r\n\r\n"), *frames.feed(encode({}))] == [b"{}"]


def test_half_a_pair_of_utf_16_can_come_and_go() -> None:
    assert decode(b'"\\ud83d"') == "\ud83d"
    assert encode("\ud83d").endswith(b'"\\ud83d"')
