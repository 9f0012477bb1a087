"""A strict client: it speaks to the real server over its standard streams, and every message must be expected."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from runekiln_runtime.checkers import Checkers

from .here import Here, Load, serve_here

Json: TypeAlias = Any
"""Whatever JSON can hold."""

COMMAND = (str(Path(sys.executable).with_name("runekiln")), "lsp")
PATIENCE = 20.0
"""Seconds after which an answer is missing for good, on however slow a machine."""

CAPABILITIES = Path(__file__).parents[1] / "fixtures" / "capabilities"

BARE: dict[str, Json] = {}
"""The capabilities of a client that has none."""

OURS = {"experimental": {"runekiln": {"notifications": True}}}


def recorded(client: str) -> dict[str, Json]:
    """The capabilities that a real editor declares."""
    content: dict[str, Json] = json.loads((CAPABILITIES / f"{client}.json").read_text())
    capabilities: dict[str, Json] = content["capabilities"]
    return capabilities


class ServerError(Exception):
    """The server answered a request with an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class Editor:
    """One connection. What the server sends and nobody took is a failure at the end, see `close`."""

    def __init__(
        self, process: asyncio.subprocess.Process | Here, settings: Mapping[str, Json], errors: BinaryIO | None = None
    ) -> None:
        self.process = process
        self._errors = errors
        self.settings = dict(settings)
        self.scoped: dict[str, Mapping[str, Json]] = {}
        self.registered: list[str] = []
        self.refreshed = 0
        self.log: list[str] = []
        self.server: dict[str, Json] = {}
        self._inbox: list[dict[str, Json]] = []
        self._taken: list[dict[str, Json]] = []
        self._arrived = asyncio.Condition()
        self._requests = 0
        self._open: set[str] = set()
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def start(cls, settings: Mapping[str, Json] | None = None, **environment: str) -> Editor:
        """Start a server."""
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed in `kill`
        process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            env={**os.environ, **environment},
            limit=1 << 26,
        )
        return cls(process, settings or {}, errors)

    @classmethod
    async def start_here(cls, load: Load = Checkers.load, greeted: Callable[[], None] = lambda: None) -> Editor:
        """Start a server that is no process of its own."""
        return cls(await serve_here(load, greeted), {})

    async def initialize(
        self, capabilities: Mapping[str, Json] = BARE, *, root: Path | None = None, **others: Json
    ) -> dict[str, Json]:
        """Say hello; returns the server's capabilities."""
        params = {"processId": os.getpid(), "rootUri": root.as_uri() if root else None, "capabilities": capabilities}
        self.server = (await self.request("initialize", {**params, **others}))["capabilities"]
        self.notify("initialized", {})
        return self.server

    def send(self, message: Json) -> None:
        """Send any message, a wrong one too."""
        self.send_bytes(framed(message))

    def send_bytes(self, content: bytes) -> None:
        """Send any bytes."""
        assert self.process.stdin is not None
        self.process.stdin.write(content)

    def notify(self, method: str, params: Json) -> None:
        """Tell the server something."""
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Json) -> int:
        """Ask the server something and do not wait; `answer` gives the answer."""
        self._requests += 1
        self.send({"id": self._requests, "method": method, "params": params})
        return self._requests

    async def answer(self, request: int) -> Json:
        """The result of a request; raises ServerError."""
        message = await self.outcome(request)
        if "error" in message:
            raise ServerError(message["error"]["code"], message["error"]["message"])
        return message["result"]

    async def request(self, method: str, params: Json) -> Json:
        """Ask the server something, and wait for the result."""
        return await self.answer(self.ask(method, params))

    async def outcome(self, request: int) -> Json:
        """The answer to a request, whether a result or an error."""
        return await self._take(lambda message: message.get("id") == request and "method" not in message)

    def taken(self, method: str) -> list[Json]:
        """The messages of that method that have been taken so far."""
        return [message for message in self._taken if message.get("method") == method]

    async def drain(self) -> None:
        """Wait until the server has room for more."""
        assert self.process.stdin is not None
        await self.process.stdin.drain()

    async def notification(self, method: str) -> Json:
        """The parameters of the next notification of that method."""
        return (await self._take(lambda message: message.get("method") == method))["params"]

    async def asked(self, method: str) -> Json:
        """The next request of that method, which the test has to answer."""
        return await self._take(lambda message: message.get("method") == method and "id" in message)

    async def notification_about(self, method: str, uri: str) -> Json:
        """The same, of those that speak of that file."""

        def is_about(message: dict[str, Json]) -> bool:
            return message.get("method") == method and message["params"]["uri"] == uri

        return (await self._take(is_about))["params"]

    async def diagnostics(self, uri: str, version: int | None = None) -> list[Json]:
        """What the server shows of a file next; with a version, what it shows of that, and nothing in between."""
        while True:
            params = await self.notification_about("textDocument/publishDiagnostics", uri)
            if version is None or params.get("version") == version:
                diagnostics: list[Json] = params["diagnostics"]
                return diagnostics

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Show a document."""
        self._open.add(uri)
        document = {"uri": uri, "languageId": "rune", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def replace(self, uri: str, text: str, version: int) -> None:
        """Replace the whole text of an open document."""
        self.change(uri, [{"text": text}], version)

    def change(self, uri: str, changes: list[Json], version: int) -> None:
        """Edit an open document."""
        identifier = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": changes})

    def save(self, uri: str) -> None:
        """Say that the document was saved."""
        self.notify("textDocument/didSave", {"textDocument": {"uri": uri}})

    def shut(self, uri: str) -> None:
        """Close a document."""
        self._open.discard(uri)
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    async def command(self, name: str, argument: Json = None) -> Json:
        """Have a command carried out."""
        return await self.request("workspace/executeCommand", command(name, argument))

    async def quiet(self) -> None:
        """Wait until the server has dealt with all that was sent, checks included."""
        uri = "untitled:nobody-else-opens-this"
        self.open(uri, "pub fn quiet() {}")
        await self.diagnostics(uri)
        self.shut(uri)

    def bugs(self) -> list[str]:
        """What the server has logged as its own fault."""
        return [line for line in self._logged().splitlines() if "A bug" in line]

    def unexpected(self) -> list[Json]:
        """What arrived and was not taken."""
        return list(self._inbox)

    def take_all(self) -> list[Json]:
        """Take everything that has arrived."""
        taken, self._inbox = self._inbox, []
        return taken

    async def close(self) -> None:
        """Say goodbye, and look that nothing came that nobody expected."""
        await self.request("shutdown", None)
        self.notify("exit", None)
        assert await asyncio.wait_for(self.process.wait(), PATIENCE) == 0
        await self._reading
        assert self.unexpected() == []

    async def clear_desk(self) -> None:
        """Look that nothing came that nobody expected, then close and unpin everything."""
        await self.quiet()
        assert self.unexpected() == []
        for uri in sorted(self._open):
            await self.command("runekiln.unpin", {"uri": uri})
            self.shut(uri)
        await self.quiet()
        assert all(message["params"]["diagnostics"] == [] for message in self.take_all())

    async def kill(self) -> None:
        """End the server if it is still there, and leave nothing behind."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        self._reading.cancel()
        # Shown beside the test if that fails.
        sys.stderr.write(self._logged())
        if self._errors is not None:
            self._errors.close()

    def _logged(self) -> str:
        if self._errors is None or self._errors.closed:
            return ""
        # The server writes where the file was read last, if that is moved.
        number = self._errors.fileno()
        return os.pread(number, os.fstat(number).st_size, 0).decode()

    async def _take(self, wanted: Json) -> dict[str, Json]:
        async with asyncio.timeout(PATIENCE), self._arrived:
            while True:
                for number, message in enumerate(self._inbox):
                    if wanted(message):
                        self._taken.append(self._inbox.pop(number))
                        return message
                assert not self._reading.done(), f"the server is gone; it left {self._inbox}"
                await self._arrived.wait()

    async def _read(self) -> None:
        assert self.process.stdout is not None
        while header := await self.process.stdout.readline():
            length = int(header.removeprefix(b"Content-Length: "))
            assert await self.process.stdout.readline() == b"\r\n"
            message = json.loads(await self.process.stdout.readexactly(length))
            assert message.pop("jsonrpc") == "2.0"
            if not self._serve(message):
                async with self._arrived:
                    self._inbox.append(message)
                    self._arrived.notify_all()
        async with self._arrived:
            self._arrived.notify_all()

    def _serve(self, message: dict[str, Json]) -> bool:
        """Answer what every client answers."""
        match message:
            case {"method": "workspace/configuration", "id": number, "params": {"items": items}}:
                scopes = [self.scoped.get(item.get("scopeUri"), self.settings) for item in items]
                self._reply(number, [of.get(item["section"]) for of, item in zip(scopes, items, strict=True)])
            case {"method": "client/registerCapability", "id": number, "params": {"registrations": registrations}}:
                self.registered.extend(registration["method"] for registration in registrations)
                self._reply(number, None)
            case {"method": "workspace/codeLens/refresh", "id": number}:
                self.refreshed += 1
                self._reply(number, None)
            case {"method": "window/logMessage", "params": {"message": text}} if text.startswith("Compiling"):
                # A guest that was built since the last test.
                self.log.append(text)
            case _:
                return False
        return True

    def _reply(self, number: Json, result: Json) -> None:
        self.send({"id": number, "result": result})


def framed(message: Json) -> bytes:
    """A message with its header; what is no object is sent as it is."""
    if isinstance(message, dict):
        message = {"jsonrpc": "2.0", **message}
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def command(name: str, argument: Json = None) -> Json:
    """The parameters of `workspace/executeCommand`."""
    return {"command": name, "arguments": [] if argument is None else [argument]}


def at(uri: str, text: str, mark: str = "$0") -> tuple[str, Json]:
    """The text without its mark, and the parameters of a request at the mark, columns in UTF-16."""
    before, _, behind = text.partition(mark)
    line = before.count("\n")
    column = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
    position = {"line": line, "character": column}
    return before + behind, {"textDocument": {"uri": uri}, "position": position}
