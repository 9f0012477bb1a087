"""A client that calls the server in its own process: no pipes, so that a sweep has time for every token."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from runekiln_runtime.checkers import Checkers
from runekiln_server.lsp.app import capabilities
from runekiln_server.lsp.lane import Lane
from runekiln_server.lsp.serving import new_server
from runekiln_server.lsp.transport import Inbox

Json: TypeAlias = Any
"""Whatever JSON can hold."""

PATIENCE = 60.0
"""Seconds after which an answer is missing for good, on however slow a machine."""

_WATCHES = {"dynamicRegistration": True}
"""What keeps the server from watching files by itself, in a thread: clients of tests tell it what changed."""


class Direct:
    """One conversation. What the server asks is answered with null, what it tells is kept in `told`."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """`clock` tells the seconds that answers are timed by."""
        self.told: list[Json] = []
        self.server: Json = {}
        self._clock = clock
        self._requests = 0
        self._waiting: dict[int, tuple[float, asyncio.Future[tuple[Json, float]]]] = {}
        self._versions: dict[str, int] = {}
        self._lane = Lane(Checkers.load)
        self._server = new_server(self._lane, capabilities(), lambda code: None)
        self._server.protocol.set_writer(self)
        self._inbox = Inbox(self._server.hear, lambda: None)
        self._server.has_edit_to_hear = lambda: self._inbox.has_edit

    async def initialize(self, capabilities: Mapping[str, Json], *folders: Path) -> Json:
        """Say hello, and show those folders; returns the server's capabilities."""
        shown = [{"uri": folder.as_uri(), "name": folder.name} for folder in folders]
        workspace = {**capabilities.get("workspace", {}), "didChangeWatchedFiles": _WATCHES}
        able = {**capabilities, "workspace": workspace}
        params = {"processId": None, "rootUri": None, "capabilities": able, "workspaceFolders": shown}
        message, _ = await self.ask("initialize", params)
        self.server = message["result"]["capabilities"]
        self.notify("initialized", {})
        return self.server

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Show a document."""
        self._versions[uri] = version
        document = {"uri": uri, "languageId": "rune", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, changes: list[Json]) -> None:
        """Edit an open document."""
        self._versions[uri] += 1
        document = {"uri": uri, "version": self._versions[uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def close(self, uri: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def notify(self, method: str, params: Json) -> None:
        """Tell the server something, which it hears when all that was said before has been heard."""
        self._send({"method": method, "params": params})

    async def ask(self, method: str, params: Json) -> tuple[Json, float]:
        """The answer, a message with `result` or `error`, and the milliseconds that it took the server."""
        return await self.asked(method, params)

    def asked(self, method: str, params: Json) -> asyncio.Future[tuple[Json, float]]:
        """The same, for a client that does something else before the answer is there."""
        self._requests += 1
        number = self._requests
        answer: asyncio.Future[tuple[Json, float]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = (self._clock(), answer)
        self._send({"id": number, "method": method, "params": params})
        return asyncio.ensure_future(asyncio.wait_for(answer, PATIENCE))

    async def end(self) -> None:
        """Say goodbye."""
        await self.ask("shutdown", None)
        self._lane.close()

    def write(self, body: bytes) -> None:
        """Take a message of the server."""
        ended = self._clock()
        message = json.loads(body)
        if "method" not in message:
            begun, answer = self._waiting.pop(message["id"])
            if not answer.done():
                # Timed here, since whoever waits is woken later.
                answer.set_result((message, (ended - begun) * 1e3))
        elif "id" in message:
            items = (message.get("params") or {}).get("items")
            result = None if items is None else [None] * len(items)
            loop = asyncio.get_running_loop()
            loop.call_soon(self._send, {"id": message["id"], "result": result})
        else:
            self.told.append(message)

    def _send(self, message: Json) -> None:
        self._inbox.put(json.dumps({"jsonrpc": "2.0", **message}).encode())
