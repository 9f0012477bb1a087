"""A server in the process of the tests: the same conversation over pipes, without the half second of a start."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from runekiln_runtime.checkers import Checkers
from runekiln_server.lsp.app import capabilities
from runekiln_server.lsp.lane import Lane
from runekiln_server.lsp.serving import converse

Load = Callable[[Callable[[str], None]], Checkers]


class Here:
    """Looks to an editor like the process of a server."""

    def __init__(
        self, stdin: asyncio.StreamWriter, stdout: asyncio.StreamReader, conversing: asyncio.Task[int]
    ) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self._conversing = conversing

    @property
    def returncode(self) -> int | None:
        """The exit code, once there is one."""
        return self._conversing.result() if self._conversing.done() else None

    async def wait(self) -> int:
        """Wait for the exit code."""
        return await asyncio.shield(self._conversing)

    def kill(self) -> None:
        """Hang up, which ends any conversation."""
        self.stdin.close()


async def serve_here(load: Load = Checkers.load, greeted: Callable[[], None] = lambda: None) -> Here:
    """Start a server; `load` gets the guest, as the lane of checks has it; `greeted` is for `converse`."""
    loop = asyncio.get_running_loop()
    to_server, from_editor = os.pipe()
    to_editor, from_server = os.pipe()
    writing, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, os.fdopen(from_editor, "wb", 0))
    stdin = asyncio.StreamWriter(writing, protocol, None, loop)
    stdout = asyncio.StreamReader(limit=1 << 26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdout), os.fdopen(to_editor, "rb", 0))

    async def run() -> int:
        lane = Lane(load)
        try:
            streams, ended = (to_server, from_server), loop.create_future()
            return await converse(lane, capabilities(), streams, ended, lambda: None, greeted)
        finally:
            lane.close()
            os.close(from_server)

    return Here(stdin, stdout, asyncio.ensure_future(run()))
