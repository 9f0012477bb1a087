"""The life of one server process, from the first message to its end."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from lsprotocol import types as lsp
from pygls.capabilities import ServerCapabilitiesBuilder

from runekiln_server.lsp import lifetime
from runekiln_server.lsp.client import Client
from runekiln_server.lsp.commands import COMMANDS
from runekiln_server.lsp.lane import Lane
from runekiln_server.lsp.logs import begin_log
from runekiln_server.lsp.server import RuneServer
from runekiln_server.lsp.shipped_stubs import SCHEME
from runekiln_server.lsp.transport import Inbox, Json, Output, read_into

if TYPE_CHECKING:
    from runekiln_runtime.runner import Runner

    from runekiln_server.lsp.app import Capability

logger = logging.getLogger(__name__)


def serve(lane: Lane, capabilities: Iterable[Capability], log_level: str, greeted: Callable[[], None]) -> NoReturn:
    """Serve until the client is done or gone, then end the process. `greeted` is called behind the first reply."""
    begin_log(log_level)
    code = asyncio.run(_serve(lane, capabilities, greeted))
    lifetime.end_now(code)


async def converse(
    lane: Lane,
    capabilities: Iterable[Capability],
    streams: tuple[int, int],
    ended: asyncio.Future[int],
    hang_up: Callable[[], None],
    greeted: Callable[[], None] = lambda: None,
) -> int:
    """Handle messages until `ended` has the exit code, and return it.

    `streams` are the descriptors to read from and to write to; `hang_up` is called, perhaps in another thread, when
    there is nothing more to read; `greeted`, in this one, when `initialize` has been answered.
    """

    def end(code: int) -> None:
        if not ended.done():
            ended.set_result(code)

    output = Output(streams[1], lost=partial(_lost, asyncio.get_running_loop(), end))
    server = new_server(lane, capabilities, end, greeted)
    server.protocol.set_writer(output)
    inbox = Inbox(server.hear, lambda: end(server.protocol.exit_code))
    server.has_edit_to_hear = lambda: inbox.has_edit
    read_into(inbox, streams[0], hang_up)
    code = await ended
    output.close(lifetime.PATIENCE / 2)
    return code


def new_server(
    lane: Lane,
    capabilities: Iterable[Capability],
    end: Callable[[int], None],
    greeted: Callable[[], None] = lambda: None,
) -> RuneServer:
    """A server in the running event loop, which has yet to be told where to write."""
    loop = asyncio.get_running_loop()
    served = tuple(capabilities)

    def describe(client: Client) -> lsp.ServerCapabilities:
        loop.call_soon(greeted)
        return _describe(served, client)

    return RuneServer(lane, _load_runner, served, describe, end)


async def _serve(lane: Lane, capabilities: Iterable[Capability], greeted: Callable[[], None]) -> int:
    """Serve on standard input and output, and see to it that the end comes soon once it has begun."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()
    ended.add_done_callback(lambda ended: lifetime.end_soon(ended.result()))
    _end_on_signals(loop, ended)
    # Everything that is imported by now stays to the end.
    gc.freeze()
    gc.enable()
    hang_up = partial(lifetime.end_soon, 1)
    return await converse(lane, capabilities, _take_standard_streams(), ended, hang_up, greeted)


def _lost(loop: asyncio.AbstractEventLoop, end: Callable[[int], None]) -> None:
    loop.call_soon_threadsafe(end, 1)


def _describe(capabilities: tuple[Capability, ...], client: Client) -> lsp.ServerCapabilities:
    """What the server can do for that client: problems are pushed to one that does not pull them.

    A client of the days when an action was a command is offered none.
    """
    builder: Json = ServerCapabilitiesBuilder(
        # Whatever depends on the client is looked up in our own `Client`.
        lsp.ClientCapabilities(),
        {capability.method for capability in capabilities},
        {capability.method: capability.options for capability in capabilities if capability.options is not None},
        list(COMMANDS),
        lsp.TextDocumentSyncKind.Incremental,
        position_encoding=client.encoding,
    )
    described: lsp.ServerCapabilities = builder.build()
    if not client.code_actions:
        described.code_action_provider = None
    if not client.pulls:
        described.diagnostic_provider = None
    if client.prepares_rename:
        described.rename_provider = lsp.RenameOptions(prepare_provider=True)
    if not client.lenses:
        described.code_lens_provider = lsp.CodeLensOptions(resolve_provider=False)
    if not client.resolved_of_hints:
        described.inlay_hint_provider = lsp.InlayHintOptions(resolve_provider=False)
    if not client.formats_ranges:
        described.document_range_formatting_provider = True
    if client.shows_contents and described.workspace is not None:
        described.workspace.text_document_content = lsp.TextDocumentContentOptions([SCHEME])
    if not client.resolves_symbols:
        described.workspace_symbol_provider = True
    if client.renames_files and described.workspace is not None:
        described.workspace.file_operations = lsp.FileOperationOptions(will_rename=_MOVED)
    return described


_MOVED = lsp.FileOperationRegistrationOptions(
    [
        lsp.FileOperationFilter(lsp.FileOperationPattern("**/*.rn", lsp.FileOperationPatternKind.File), "file"),
        lsp.FileOperationFilter(lsp.FileOperationPattern("**/*", lsp.FileOperationPatternKind.Folder), "file"),
    ]
)
"""What `mod` can follow: a file, or the folder of a `mod.rn`."""


def _load_runner(on_progress: Callable[[str], None]) -> Runner:
    from runekiln_runtime.runner import Runner

    return Runner.load(on_progress)


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


def _end_on_signals(loop: asyncio.AbstractEventLoop, ended: asyncio.Future[int]) -> None:
    if sys.platform == "win32":
        return

    def end(code: int) -> None:
        if not ended.done():
            ended.set_result(code)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end, 128 + number)
