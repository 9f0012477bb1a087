"""Bytes become messages, however they arrive and whatever lies between them."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runekiln_server.lsp.transport import Framing, Inbox, read_into

from .editor import Json, framed

MESSAGES = ({"method": "a"}, {"text": "ß😀\r\n\r\n"}, {"nested": [{"jsonrpc": "3"}]})


def heard(*chunks: bytes) -> list[Json]:
    """The messages in those bytes."""
    framing = Framing()
    return [json.loads(body) for chunk in chunks for body in framing.feed(chunk)]


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=250)))
def test_messages_may_be_cut_anywhere(cuts: list[int]) -> None:
    wholes = [{"jsonrpc": "2.0", **message} for message in MESSAGES]
    stream = b"".join(framed(message) for message in wholes)
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    assert heard(*(stream[start:end] for start, end in pairwise(places))) == wholes


def test_headers_are_read_as_http_has_them() -> None:
    assert heard(b"content-length:2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}") == [{}]


def test_a_header_without_a_length_is_skipped() -> None:
    assert heard(b"Content-Length: many\r\n\r\n", framed([1])) == [[1]]


def test_a_flood_without_an_end_is_forgotten() -> None:
    assert heard(*[b"x" * 4096] * 100, b"\r\n\r\n", framed([1])) == [[1]]


def test_half_a_pair_of_utf_16_can_come() -> None:
    assert heard(b'Content-Length: 8\r\n\r\n"\\ud83d"') == ["\ud83d"]


@pytest.mark.parametrize("source", ["pipe", "file"])
def test_what_cannot_be_polled_is_read_in_a_thread(source: str, tmp_path: Path) -> None:
    """A pipe is read in the event loop, a file by a thread; both give every message, and then the end."""
    wholes = [{"jsonrpc": "2.0", **message} for message in MESSAGES]
    recorded = tmp_path / "recorded"
    recorded.write_bytes(b"".join(framed(message) for message in wholes))
    assert asyncio.run(_read(recorded, is_piped=source == "pipe")) == (wholes, True)


async def _read(recorded: Path, *, is_piped: bool) -> tuple[list[Json], bool]:
    """The messages that a reader hands on, and whether it says that the client has hung up."""
    found: list[Json] = []
    ended, hung_up = asyncio.Event(), threading.Event()
    with recorded.open("rb") as file:
        if is_piped:
            descriptor, other_end = os.pipe()
            os.write(other_end, file.read())
            os.close(other_end)
        else:
            descriptor = os.dup(file.fileno())
        read_into(Inbox(lambda body: found.append(json.loads(body)), ended.set), descriptor, hung_up.set)
        await asyncio.wait_for(ended.wait(), 10)
    return found, await asyncio.to_thread(hung_up.wait, 10)


def test_an_edit_is_known_before_its_turn_and_requests_are_not_waited_for() -> None:
    seen: list[bool] = []

    async def hear() -> None:
        inbox = Inbox(lambda body: seen.append(inbox.has_edit), lambda: None)
        inbox.put(*(json.dumps({"method": method}).encode() for method in ("textDocument/didChange",) * 2))
        inbox.put(json.dumps({"method": "textDocument/completion", "id": 1}).encode())
        while len(seen) < 3:
            await asyncio.sleep(0)

    asyncio.run(hear())
    assert seen == [True, False, False]
