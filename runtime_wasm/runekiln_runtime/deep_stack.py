"""Calls that need more native stack than a thread has by default, with a watchdog."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar

STACK_BYTES = 64 * 1024 * 1024

Answer = TypeVar("Answer")


class Overdue(Exception):
    """The work was interrupted because its time was up."""


class DeepStack:
    """A thread with a deep stack that does one piece of work at a time; it ends with `close`, or with this object."""

    def __init__(self) -> None:
        self._inbox: SimpleQueue[_Work | None] = SimpleQueue()
        # Python knows one stack size for all threads to come; unused stack is address space only, so it stays.
        threading.stack_size(STACK_BYTES)
        # A daemon: a process that wants to exit does not wait for a script.
        self._thread = threading.Thread(target=_do_all, args=(self._inbox,), name="runekiln-guest", daemon=True)
        self._thread.start()
        weakref.finalize(self, self._inbox.put, None)

    def call(self, work: Callable[[], Answer], interrupt: Callable[[], None], seconds: float) -> Answer:
        """Do `work` in the deep thread, and wait for it in this one.

        When `seconds` have passed, or when waiting is broken off (by Ctrl-C, say), `interrupt` must make the work
        end at once. What the work raises is raised here, or `Overdue` from it if its time was up.
        """
        attempt = _Attempt(work)
        self._inbox.put(attempt.make)
        try:
            attempt.ended.get(timeout=seconds)
        except Empty:
            interrupt()
            attempt.ended.get()
            if attempt.error is not None:
                raise Overdue from attempt.error
        except BaseException:
            interrupt()
            attempt.ended.get()
            raise
        if attempt.error is not None:
            raise attempt.error
        return attempt.answer

    def close(self) -> None:
        """End the thread."""
        self._inbox.put(None)
        self._thread.join()

    def __enter__(self) -> DeepStack:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


_Work = Callable[[], None]


class _Attempt(Generic[Answer]):
    """One piece of work and what came of it: `answer`, or `error` if that is set."""

    answer: Answer

    def __init__(self, work: Callable[[], Answer]) -> None:
        self._work = work
        self.error: BaseException | None = None
        self.ended: SimpleQueue[None] = SimpleQueue()

    def make(self) -> None:
        try:
            self.answer = self._work()
        except BaseException as error:
            # It is raised again where the work was asked for.
            self.error = error
        finally:
            self.ended.put(None)


def _do_all(inbox: SimpleQueue[_Work | None]) -> None:
    while (work := inbox.get()) is not None:
        work()
        # An idle thread must not keep the last request alive.
        del work
