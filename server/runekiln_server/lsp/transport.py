"""Messages in and out of standard input and output, by threads that the event loop never waits for."""

from __future__ import annotations

import json
import logging
import os
import queue
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import msgspec

logger = logging.getLogger(__name__)

Json: TypeAlias = Any
"""Whatever JSON can hold, or lsprotocol makes of it."""

_HEADER_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CHUNK = 1 << 16
_LONGEST_HEADER = 1 << 14


class NotJson(Exception):
    """A message's body is no JSON."""


class Frames:
    """Cuts a stream of bytes into the bodies of messages; whatever else comes between them is skipped."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._length: int | None = None

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The bodies that `chunk` completes."""
        self._buffer += chunk
        while True:
            if self._length is None and not self._take_header():
                return
            if self._length is None:
                continue
            if len(self._buffer) < self._length:
                return
            body = bytes(self._buffer[: self._length])
            del self._buffer[: self._length]
            self._length = None
            yield body

    def _take_header(self) -> bool:
        """Take one block of header lines off the buffer; false if there is none yet."""
        end = self._buffer.find(_HEADER_END)
        if end < 0:
            if len(self._buffer) > _LONGEST_HEADER:
                del self._buffer[: -len(_HEADER_END)]
            return False
        header = bytes(self._buffer[:end])
        del self._buffer[: end + len(_HEADER_END)]
        found = _LENGTH.search(header)
        if found is None:
            logger.warning("Skipped %d bytes that are no header of a message", len(header))
        self._length = int(found[1]) if found else None
        return True


def decode(body: bytes) -> Json:
    """The JSON value in `body`, or `NotJson`."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        # The strict reader takes no half of a UTF-16 pair, which JavaScript clients can send.
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise NotJson(str(error)) from error
    except RecursionError as error:
        raise NotJson(str(error)) from error


def encode(message: object) -> bytes:
    """The message with its header."""
    try:
        body = msgspec.json.encode(message)
    except UnicodeEncodeError:
        body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def read_messages(stdin: int, deliver: Callable[[Json], None], end: Callable[[], None]) -> threading.Thread:
    """Start a thread that hands each message read from the descriptor to `deliver`, then calls `end`.

    What is no JSON is delivered as `NotJson`. Both are called in that thread.
    """

    def read() -> None:
        frames = Frames()
        try:
            while chunk := os.read(stdin, _CHUNK):
                for body in frames.feed(chunk):
                    try:
                        deliver(decode(body))
                    except NotJson as error:
                        deliver(error)
        except OSError as error:
            logger.info("Reading from the client ended: %s", error)
        finally:
            end()

    thread = threading.Thread(target=read, name="runekiln-reader", daemon=True)
    thread.start()
    return thread


class Writer:
    """Writes to a descriptor from a thread of its own, so that a client that does not read blocks nothing here."""

    def __init__(self, stdout: int, lost: Callable[[], None]) -> None:
        self._stdout = stdout
        self._lost = lost
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="runekiln-writer", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Queue `data`; returns at once."""
        self._queue.put(data)

    def close(self, seconds: float) -> None:
        """Wait until all is written, but no longer than `seconds`."""
        self._queue.put(None)
        self._thread.join(seconds)

    def _write_all(self) -> None:
        try:
            while (data := self._queue.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._stdout, view) :]
        except OSError as error:
            logger.info("Writing to the client ended: %s", error)
            self._lost()
