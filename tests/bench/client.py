"""A language client that keeps time and weighs: it speaks the base protocol over a child's standard streams."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.script import Change, Script

PATIENCE = 60.0  # seconds for any one answer
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True},
}


class ServerDied(Exception):
    """The server closed its output before it answered."""


class TimedClient:
    """One running language server and the scripts that are open in it."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, spawned: float) -> None:
        """Talk to `process`, spawned at `spawned` on the clock of `time.perf_counter`."""
        self.name = name
        self.spawned = spawned
        self._process = process
        self._versions: dict[str, int] = {}
        self._requests = 0
        self._waiting: dict[int, asyncio.Future[Mapping[str, Any]]] = {}
        self._published: asyncio.Queue[tuple[float, Mapping[str, Any]]] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def spawn(
        cls, name: str, command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None
    ) -> TimedClient:
        """Start `command` in `folder`, with these environment variables beside our own."""
        spawned = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 26,
            cwd=folder,
            env={**os.environ, **(variables or {})},
        )
        return cls(name, process, spawned)

    async def initialize(self, folder: Path) -> float:
        """Say hello; returns the milliseconds from spawn to the reply."""
        await self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                "capabilities": CAPABILITIES,
            },
        )
        replied = time.perf_counter()
        self.notify("initialized", {})
        return (replied - self.spawned) * 1e3

    async def open(self, script: Script) -> float:
        """Open the script; returns the milliseconds from spawn to exactly its errors."""
        self._versions[script.uri] = 1
        document = {"uri": script.uri, "languageId": "rune", "version": 1, "text": script.text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return (await self._exactly(script) - self.spawned) * 1e3

    async def edit(self, changes: Sequence[Change], script: Script) -> float:
        """Change lines; returns the milliseconds until the published errors are exactly those of `script`."""
        while not self._published.empty():
            self._published.get_nowait()
        started = time.perf_counter()
        self.type(changes, script)
        return (await self._exactly(script) - started) * 1e3

    def type(self, changes: Sequence[Change], script: Script) -> None:
        """Change lines, and wait for nothing."""
        self._versions[script.uri] += 1
        described = [
            {
                "range": {"start": _start_of(change.line), "end": _start_of(change.line + change.removed)},
                "text": change.text,
            }
            for change in changes
        ]
        document = {"uri": script.uri, "version": self._versions[script.uri]}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": described})

    async def ask(self, method: str, script: Script, line: int, column: int) -> float:
        """Ask about a place; returns the milliseconds to the answer."""
        started = time.perf_counter()
        position = {"line": line, "character": column}
        await self.request(method, {"textDocument": {"uri": script.uri}, "position": position})
        return (time.perf_counter() - started) * 1e3

    def memory(self) -> float:
        """The memory that the server and its children use now, in MB."""
        return sum(_memory_of(pid, "VmRSS") for pid in _family(self._process.pid)) / 1e6

    def peak_memory(self) -> float:
        """The most memory that the server and its children have used, in MB."""
        return sum(_memory_of(pid, "VmHWM") for pid in _family(self._process.pid)) / 1e6

    async def close(self) -> float:
        """Shut the server down; returns the milliseconds until its process was gone."""
        started = time.perf_counter()
        await self.request("shutdown", None)
        self.notify("exit", None)
        try:
            await asyncio.wait_for(self._process.wait(), 10)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        self._reader.cancel()
        return (time.perf_counter() - started) * 1e3

    async def request(self, method: str, params: object) -> Mapping[str, Any]:
        """Send a request and wait for its response."""
        self._requests += 1
        answer: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[self._requests] = answer
        self._send({"id": self._requests, "method": method, "params": params})
        return await asyncio.wait_for(answer, PATIENCE)

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    async def _exactly(self, script: Script) -> float:
        last: set[tuple[int, int]] | None = None
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    at, published = await self._published.get()
                    if published["uri"] != script.uri:
                        continue
                    last = _error_places(published)
                    if last == script.errors:
                        return at
        except TimeoutError:
            raise SystemExit(
                f"{self.name}: errors at {sorted(last or ())[:20]}, expected {sorted(script.errors)[:20]}"
            ) from None

    async def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := await stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                header = await stream.readline()
            self._receive(json.loads(await stream.readexactly(length)))
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ServerDied(self.name))

    def _receive(self, message: Mapping[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self._published.put_nowait((time.perf_counter(), message["params"]))
        elif method is not None and "id" in message:
            wanted = method == "workspace/configuration"
            self._send({"id": message["id"], "result": [None] * len(message["params"]["items"]) if wanted else None})
        elif message.get("id") in self._waiting:
            answer = self._waiting.pop(message["id"])
            if not answer.done():
                answer.set_result(message)


def _start_of(line: int) -> Mapping[str, int]:
    return {"line": line, "character": 0}


def _error_places(published: Mapping[str, Any]) -> set[tuple[int, int]]:
    return {
        (diagnostic["range"]["start"]["line"], diagnostic["range"]["start"]["character"])
        for diagnostic in published["diagnostics"]
        if diagnostic.get("severity", 1) == 1
    }


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = [int(child) for child in children.read_text().split()] if children.exists() else []
    return [pid, *(member for child in below for member in _family(child))]


def _memory_of(pid: int, field: str) -> int:
    """A field of the process's status that tells memory, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(field)), 0)
