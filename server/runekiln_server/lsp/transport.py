"""Standard input and output, which the event loop never waits for."""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import re
import select
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

logger = logging.getLogger(__name__)

Json: TypeAlias = Any
"""Whatever JSON can hold, or lsprotocol makes of it."""

_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)
_EDIT = b"textDocument/didChange"
_CHUNK = _LONGEST_HEADER = 1 << 16
_AT_ONCE = 4096
"""So many bytes, at least, fit into a pipe that says it can be written to (PIPE_BUF of Linux)."""


class Framing:
    """Finds the bodies of messages in what the client sends, however that is cut."""

    def __init__(self) -> None:
        self._unread = bytearray()
        self._length = 0
        self._is_in_body = False

    @property
    def is_between_messages(self) -> bool:
        """Whether the client may end here."""
        return not self._unread and not self._length

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The bodies that are complete by now. A header without a length is passed over, and so is a body behind it."""
        self._unread += chunk
        while (body := self._next_body()) is not None:
            yield body

    def _next_body(self) -> bytes | None:
        while not self._is_in_body:
            line = self._next_line()
            if line is None:
                return None
            if length := _LENGTH.fullmatch(line):
                self._length = int(length[1])
            self._is_in_body = not line.strip() and self._length > 0
        if len(self._unread) < self._length:
            return None
        body = self._take(self._length)
        self._length, self._is_in_body = 0, False
        return body

    def _next_line(self) -> bytes | None:
        end = self._unread.find(b"\n") + 1
        if end:
            return self._take(end)
        if len(self._unread) > _LONGEST_HEADER:
            # Whatever it is, it goes on being that, and is not kept.
            self._unread[:] = b"-"
        return None

    def _take(self, length: int) -> bytes:
        taken = bytes(self._unread[:length])
        del self._unread[:length]
        return taken


class Inbox:
    """Hands messages on in the order in which they came, one in each turn of the running event loop.

    A request looks at the world when its task starts, which must be before the next message changes it.
    """

    def __init__(self, handle: Callable[[bytes], None], end: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._handle = handle
        self._end = end
        self._waiting: deque[bytes | None] = deque()
        self._is_handling = False

    @property
    def has_edit(self) -> bool:
        """Whether an edit has come behind the message that is being handled."""
        return any(body is not None and _EDIT in body for body in self._waiting)

    def put(self, *bodies: bytes | None) -> None:
        """Take in the bodies of messages, or None when there are no more."""
        self._waiting += bodies
        if not self._is_handling:
            self._go_on()

    def _go_on(self) -> None:
        self._is_handling = bool(self._waiting)
        if not self._waiting:
            return
        body = self._waiting.popleft()
        if body is None:
            self._end()
        else:
            self._handle(body)
        self._loop.call_soon(self._go_on)


def read_into(inbox: Inbox, descriptor: int, hang_up: Callable[[], None]) -> None:
    """Put messages into `inbox`, of the running event loop, as they come, and call `hang_up` when no more will.

    That may be in another thread, so that a loop which is blocked hears of it. pygls reads in a pool of threads, which
    the process would wait for when it ends.
    """
    loop = asyncio.get_running_loop()
    reading = _Reading(inbox, descriptor, hang_up)
    try:
        # To be woken by another thread, which has read first, would take a tenth of an edit's time.
        loop.add_reader(descriptor, reading.read_once, loop)
    except (NotImplementedError, OSError):
        # Windows, or a file in the place of a pipe.
        _start_thread("runekiln-reader", partial(reading.read_all, loop))
    else:
        _start_thread("runekiln-hang-up", partial(_await_hang_up, descriptor, hang_up))


class _Reading:
    """What reads: the event loop when there is something to read, or a thread that waits for it."""

    def __init__(self, inbox: Inbox, descriptor: int, hang_up: Callable[[], None]) -> None:
        self._inbox = inbox
        self._descriptor = descriptor
        self._hang_up = hang_up
        self._framing = Framing()

    def read_once(self, loop: asyncio.AbstractEventLoop) -> None:
        chunk = self._chunk()
        if not chunk:
            loop.remove_reader(self._descriptor)
            self._end()
            self._inbox.put(None)
        self._inbox.put(*self._framing.feed(chunk))

    def read_all(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while chunk := self._chunk():
                loop.call_soon_threadsafe(self._inbox.put, *self._framing.feed(chunk))
        finally:
            self._end()
            # The loop may have ended before the client's last word.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._inbox.put, None)

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, _CHUNK)
        except OSError as error:
            logger.info("Reading from the client ended: %s", error)
            return b""

    def _end(self) -> None:
        self._hang_up()
        if not self._framing.is_between_messages:
            logger.info("The client ended in the middle of a message")


def _await_hang_up(descriptor: int, hang_up: Callable[[], None]) -> None:
    poll = select.poll()
    # The other end's closing is told unasked; what can be read is not asked for.
    poll.register(descriptor, 0)
    poll.poll()
    hang_up()


def _start_thread(name: str, work: Callable[[], None]) -> None:
    threading.Thread(target=work, name=name, daemon=True).start()


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
