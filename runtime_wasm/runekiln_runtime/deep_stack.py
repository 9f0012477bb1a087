"""Calls that need more native stack than a thread has by default, with a watchdog."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

STACK_BYTES = 64 * 1024 * 1024

Answer = TypeVar("Answer")


class Overdue(Exception):
    """The work was interrupted because its time was up."""


def call_with_deep_stack(work: Callable[[], Answer], interrupt: Callable[[], None], seconds: float) -> Answer:
    """Do `work` in a thread of its own, and wait for it in this one.

    When `seconds` have passed, or when waiting is broken off (by Ctrl-C, say), `interrupt` must make the work
    end at once. What the work raises is raised here, or `Overdue` from it if its time was up.
    """
    attempt = _Attempt(work)
    # A daemon: a process that wants to exit does not wait for a script.
    thread = threading.Thread(target=attempt.make, name="runekiln-guest", daemon=True)
    # Python knows one stack size for all threads to come; unused stack is address space only, so it stays.
    threading.stack_size(STACK_BYTES)
    thread.start()
    try:
        in_time = attempt.ended.wait(seconds)
    except BaseException:
        interrupt()
        attempt.ended.wait()
        raise
    if not in_time:
        interrupt()
    thread.join()
    if attempt.error is None:
        return attempt.answer
    if not in_time:
        raise Overdue from attempt.error
    raise attempt.error


class _Attempt(Generic[Answer]):
    """One piece of work and what came of it: `answer`, or `error` if that is set."""

    answer: Answer

    def __init__(self, work: Callable[[], Answer]) -> None:
        self.work = work
        self.error: BaseException | None = None
        self.ended = threading.Event()

    def make(self) -> None:
        try:
            self.answer = self.work()
        except BaseException as error:  # It is raised again where the work was asked for.
            self.error = error
        finally:
            self.ended.set()
