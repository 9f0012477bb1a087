"""A second thread, for what can be found out while the event loop's own waits for the guest."""

from __future__ import annotations

import ctypes
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Ahead:
    """Does one piece of work at a time, which its owner waits for before going on."""

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ended: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._under_way = 0
        self._thread: threading.Thread | None = None
        self._elsewhere = _Elsewhere()

    def begin(self, work: Callable[[], None]) -> None:
        """Begin it, as soon as this thread lets go of the interpreter."""
        if self._thread is None:
            # A daemon: the process does not wait for it when it ends.
            self._thread = threading.Thread(target=self._work, name="runekiln-ahead", daemon=True)
            self._thread.start()
        self._elsewhere.send(self._thread)
        self._under_way += 1
        self._inbox.put(work)

    def wait(self) -> None:
        """Wait for all that has been begun: what it remembers is read by others without a lock."""
        while self._under_way:
            self._ended.get()
            self._under_way -= 1

    def _work(self) -> None:
        while True:
            work = self._inbox.get()
            try:
                work()
            except Exception as error:
                # Whoever asks for it in earnest will be told.
                logger.error("A bug in what is looked at ahead", exc_info=error)
            del work
            self._ended.put(None)


class _Elsewhere:
    """Has a thread woken on another processor than the one that wakes it.

    Linux likes to wake a thread where the one runs that wakes it, and on some machines does so although another
    processor is idle: the two then take turns.
    """

    def __init__(self) -> None:
        self._avoided = -1
        self._processors: set[int] = set()
        if sys.platform == "linux":
            self._processors = os.sched_getaffinity(0)
            self._present: Callable[[], int] = ctypes.PyDLL(None).sched_getcpu

    def send(self, thread: threading.Thread) -> None:
        """Have the thread, which is asleep, wake up elsewhere."""
        if len(self._processors) < 2:
            return
        present = self._present()
        if present != self._avoided and thread.native_id is not None:
            self._avoided = present
            try:
                os.sched_setaffinity(thread.native_id, self._processors - {present})
            except OSError as error:
                # Somebody else has a say in where we run.
                logger.debug("Threads stay where they are: %s", error)
                self._processors = set()
