"""What pygls does otherwise, seen where the protocol meets its handlers."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import weakref
from collections.abc import Callable

import pytest
from lsprotocol import types as lsp
from lsprotocol.converters import get_converter
from pygls.exceptions import JsonRpcException
from pygls.server import JsonRPCServer
from runekiln_server.lsp.protocol import RequestFailed, RuneProtocol

from .editor import COMMAND, Json, framed

HOVER = {"textDocument": {"uri": "untitled:a"}, "position": {"line": 0, "character": 0}}


class Sent:
    """Keeps what is written to the client."""

    def __init__(self) -> None:
        self.messages: list[Json] = []

    def write(self, data: bytes) -> None:
        self.messages.append(json.loads(data))

    def close(self) -> None:
        """Nothing is open."""


def connection(method: str = "", handler: Callable[[Json], object] | None = None) -> tuple[RuneProtocol, Sent]:
    """A protocol with that handler, past the handshake, and what it sends."""
    server = JsonRPCServer(RuneProtocol, get_converter)
    protocol, sent = server.protocol, Sent()
    assert isinstance(protocol, RuneProtocol)
    protocol.set_writer(sent)
    protocol.is_initialized = True
    if handler is not None:
        server.feature(method)(handler)
    return protocol, sent


async def test_what_a_notification_needed_is_forgotten() -> None:
    class Work:
        """What a handler holds on to."""

    works: list[weakref.ref[Work]] = []

    async def save(params: lsp.DidSaveTextDocumentParams) -> Work:
        work = Work()
        works.append(weakref.ref(work))
        return work

    protocol, _ = connection(lsp.TEXT_DOCUMENT_DID_SAVE, save)
    for _ in range(3):
        protocol.handle_message({"method": "textDocument/didSave", "params": {"textDocument": {"uri": "untitled:a"}}})
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    gc.collect()
    assert [work() for work in works] == [None] * 3


def test_a_bug_is_told_without_its_traceback() -> None:
    def hover(params: lsp.HoverParams) -> None:
        raise LookupError("nowhere")

    protocol, sent = connection(lsp.TEXT_DOCUMENT_HOVER, hover)
    protocol.handle_message({"id": 1, "method": "textDocument/hover", "params": HOVER})
    error = {"code": -32603, "message": "A bug of ours, see the log: LookupError: nowhere"}
    assert sent.messages == [{"jsonrpc": "2.0", "id": 1, "error": error}]


def test_a_refusal_says_what_the_handler_says() -> None:
    def hover(params: lsp.HoverParams) -> None:
        raise RequestFailed("Not today.")

    protocol, sent = connection(lsp.TEXT_DOCUMENT_HOVER, hover)
    protocol.handle_message({"id": 1, "method": "textDocument/hover", "params": HOVER})
    assert sent.messages == [{"jsonrpc": "2.0", "id": 1, "error": {"code": -32803, "message": "Not today."}}]


def test_a_result_that_cannot_be_said_is_answered_all_the_same() -> None:
    protocol, sent = connection(lsp.TEXT_DOCUMENT_HOVER, lambda params: {object()})
    protocol.handle_message({"id": 1, "method": "textDocument/hover", "params": HOVER})
    assert [(message["id"], message["error"]["code"]) for message in sent.messages] == [(1, -32603)]


@pytest.mark.parametrize(("said", "heard"), [("\ud83d", "\ud83d"), (float("nan"), None)])
def test_whatever_is_said_is_json(said: Json, heard: Json) -> None:
    protocol, sent = connection()
    protocol.notify("runekiln/ran", {"result": said})
    assert [message["params"] for message in sent.messages] == [{"result": heard}]


@pytest.mark.parametrize("answer", [{"result": 5}, {"error": 5}, {"error": {"code": 1, "message": "no"}}])
async def test_whoever_asks_the_client_hears_of_a_useless_answer(answer: Json) -> None:
    protocol, sent = connection()
    asked = protocol.send_request_async(lsp.WORKSPACE_CONFIGURATION, lsp.ConfigurationParams([]))
    protocol.handle_message({"id": sent.messages[0]["id"], **answer})
    with pytest.raises(JsonRpcException):
        await asyncio.wait_for(asked, 5)


def test_exit_is_heard_whatever_it_says_and_whenever() -> None:
    heard: list[Json] = []
    protocol, _ = connection(lsp.EXIT, lambda params: heard.append(params))
    protocol.is_initialized = False
    for params in ({}, {"params": None}, {"params": {"code": [1]}}):
        protocol.handle_message({"method": "exit", **params})
    assert len(heard) == 3


def test_no_other_notification_is_heard_too_early_or_too_late() -> None:
    heard: list[Json] = []
    protocol, _ = connection(lsp.TEXT_DOCUMENT_DID_SAVE, lambda params: heard.append(params))
    save = {"method": "textDocument/didSave", "params": {"textDocument": {"uri": "untitled:a"}}}
    protocol.is_initialized = False
    protocol.handle_message(save)
    protocol.is_initialized = protocol.is_shut_down = True
    protocol.handle_message(save)
    assert not heard


def test_nothing_ordinary_is_logged() -> None:
    messages = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}}},
        {"method": "$/cancelRequest", "params": {"id": 7}},
        {"method": "$/setTrace", "params": {"value": "off"}},
        {"id": 2, "method": "textDocument/unheard"},
        {"id": 3, "method": "workspace/executeCommand", "params": {"command": "runekiln.run"}},
        {"id": 4, "method": "shutdown"},
        {"method": "exit"},
    ]
    ended = subprocess.run(COMMAND, input=b"".join(map(framed, messages)), capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.count(b"Content-Length") == 4
    assert ended.stdout.count(b"Content-Type") == 0
