"""The life of one server process, from the first message to its end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from lsprotocol import types as lsp
from lsprotocol.converters import get_converter
from pygls.capabilities import ServerCapabilitiesBuilder
from runekiln_analysis.text import Encoding

from runekiln_server.lsp import lifetime
from runekiln_server.lsp.commands import COMMANDS
from runekiln_server.lsp.lane import Lane
from runekiln_server.lsp.logs import begin_log
from runekiln_server.lsp.protocol import Protocol
from runekiln_server.lsp.runs import Runs
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.transport import Json, Writer, read_messages

if TYPE_CHECKING:
    from runekiln_runtime.runner import Runner

    from runekiln_server.lsp.app import Capability

END = object()


def serve(lane: Lane, capabilities: Iterable[Capability], log_level: str) -> NoReturn:
    """Serve until the client is done or gone, then end the process."""
    begin_log(log_level)
    code = asyncio.run(_serve(lane, tuple(capabilities)))
    lifetime.end_now(code)


async def _serve(lane: Lane, capabilities: tuple[Capability, ...]) -> int:
    """Handle messages until the end, and return the exit code."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def end(code: int) -> None:
        if not ended.done():
            ended.set_result(code)
            lifetime.end_soon(code)

    stdin, stdout = _take_standard_streams()
    writer = Writer(stdout, lost=partial(_lost, loop, end))
    protocol = Protocol(get_converter(), writer.write, end)
    server = RuneServer(protocol, lane, Runs(_load_runner), partial(_describe, capabilities), end)
    for capability in capabilities:
        declare = protocol.handle_raw if capability.method == lsp.INITIALIZE else protocol.handle
        declare(capability.method, partial(_handle, server, capability))
    _end_on_signals(loop, end)

    messages: asyncio.Queue[Json] = asyncio.Queue()
    read_messages(
        stdin,
        deliver=partial(_deliver, loop, messages),
        end=partial(_end_of_input, loop, messages),
    )
    pump = asyncio.ensure_future(_pump(messages, protocol, capabilities, end))
    # Everything that is imported and set up by now stays to the end.
    gc.freeze()
    gc.enable()
    code = await ended
    pump.cancel()
    writer.close(lifetime.PATIENCE / 2)
    return code


async def _pump(
    messages: asyncio.Queue[Json], protocol: Protocol, capabilities: Iterable[Capability], end: Callable[[int], None]
) -> None:
    first = await messages.get()
    if first is END:
        end(protocol.exit_code)
        return
    protocol.receive(first)
    # While the client reads the answer to `initialize`, the rest of us is imported.
    for capability in capabilities:
        capability.handler()
    while (message := await messages.get()) is not END:
        protocol.receive(message)
        # A request looks at the world when its task starts, which must be before the next message changes it.
        await asyncio.sleep(0)
    end(protocol.exit_code)


def _handle(server: RuneServer, capability: Capability, params: Json) -> object:
    return capability.handler()(server, params)


def _deliver(loop: asyncio.AbstractEventLoop, messages: asyncio.Queue[Json], message: Json) -> None:
    if isinstance(message, dict) and message.get("method") == lsp.EXIT:
        lifetime.end_soon(1)
    loop.call_soon_threadsafe(messages.put_nowait, message)


def _end_of_input(loop: asyncio.AbstractEventLoop, messages: asyncio.Queue[Json]) -> None:
    lifetime.end_soon(1)
    loop.call_soon_threadsafe(messages.put_nowait, END)


def _lost(loop: asyncio.AbstractEventLoop, end: Callable[[int], None]) -> None:
    loop.call_soon_threadsafe(end, 1)


def _describe(capabilities: tuple[Capability, ...], encoding: Encoding) -> lsp.ServerCapabilities:
    """What the server can do."""
    builder: Json = ServerCapabilitiesBuilder(
        # Whatever depends on the client is looked up in our own `Client`.
        lsp.ClientCapabilities(),
        {capability.method for capability in capabilities},
        {capability.method: capability.options for capability in capabilities if capability.options is not None},
        list(COMMANDS),
        lsp.TextDocumentSyncKind.Incremental,
        position_encoding=encoding,
    )
    described: lsp.ServerCapabilities = builder.build()
    return described


def _load_runner() -> Runner:
    from runekiln_runtime.runner import Runner

    return Runner.load()


def _take_standard_streams() -> tuple[int, int]:
    """Keep standard input and output for the protocol alone: whatever prints, prints to standard error."""
    stdin, stdout = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(stdin, os.O_BINARY)
        msvcrt.setmode(stdout, os.O_BINARY)
    return stdin, stdout


def _end_on_signals(loop: asyncio.AbstractEventLoop, end: Callable[[int], None]) -> None:
    if sys.platform == "win32":
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end, 128 + number)
