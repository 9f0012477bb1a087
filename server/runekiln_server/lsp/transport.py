"""Standard input and output as pygls's streams, moved by threads that the event loop never waits for."""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import re
import select
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

logger = logging.getLogger(__name__)

Json: TypeAlias = Any
"""Whatever JSON can hold, or lsprotocol makes of it."""

_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_CHUNK = 1 << 16
_AT_ONCE = 4096
"""So many bytes, at least, fit into a pipe that says it can be written to (PIPE_BUF of Linux)."""


class Input(asyncio.StreamReader):
    """What the client sends."""

    async def readline(self) -> bytes:
        """The next line of a header, or of whatever stands in its place."""
        try:
            line = await super().readline()
        except ValueError:
            # pygls's loop would end at a line that is too long for a header; it passes over one that is none.
            return b"-\r\n"
        # Names of headers may be written in any case, of which pygls knows one.
        length = _LENGTH.fullmatch(line)
        return b"Content-Length: %d\r\n" % int(length[1]) if length else line

    async def readexactly(self, n: int) -> bytes:
        """The body of a message."""
        body = await super().readexactly(n)
        # A request looks at the world when its task starts, which must be before the next message changes it.
        await asyncio.sleep(0)
        return body


def read_into(stream: Input, descriptor: int, end: Callable[[], None]) -> None:
    """Start a thread that feeds `stream`, of the running event loop, to the end, and then calls `end`.

    pygls reads in a pool of threads, which the process would wait for when it ends.
    """
    loop = asyncio.get_running_loop()

    def read() -> None:
        try:
            while chunk := os.read(descriptor, _CHUNK):
                loop.call_soon_threadsafe(stream.feed_data, chunk)
        except OSError as error:
            logger.info("Reading from the client ended: %s", error)
        finally:
            end()
            # The loop may have ended before the client's last word.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(stream.feed_eof)

    threading.Thread(target=read, name="runekiln-reader", daemon=True).start()


class Output:
    """What the client gets. A thread writes what could block: a client that does not read blocks nothing here."""

    def __init__(self, descriptor: int, lost: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._lost = lost
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Each is counted by one thread only; they are equal while the other one has nothing to do.
        self._queued = self._written = 0
        self._thread = threading.Thread(target=self._write_all, name="runekiln-writer", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Write the body of a message, or queue it; returns at once."""
        message = b"Content-Length: %d\r\n\r\n" % len(data) + data
        if self._queued == self._written and len(message) <= _AT_ONCE and _is_writable(self._descriptor):
            # To wake the other thread takes longer than this.
            with suppress(OSError):
                message = message[os.write(self._descriptor, message) :]
        if message:
            self._queued += 1
            self._queue.put(message)

    def close(self, seconds: float = 0) -> None:
        """Wait until all is written, but no longer than `seconds`."""
        self._queue.put(None)
        self._thread.join(seconds)

    def _write_all(self) -> None:
        try:
            while (data := self._queue.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._descriptor, view) :]
                self._written += 1
        except OSError as error:
            logger.info("Writing to the client ended: %s", error)
            self._lost()


def _is_writable(descriptor: int) -> bool:
    """Whether a little can be written without waiting; unknown on systems that cannot tell."""
    if not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    return any(event == select.POLLOUT for _, event in poll.poll(0))
