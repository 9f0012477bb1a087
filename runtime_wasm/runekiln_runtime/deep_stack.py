"""Calls that need more native stack than a thread has by default, with a watchdog."""

from __future__ import annotations

import sys
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, TypeVar

STACK_BYTES = 64 * 1024 * 1024
MAIN_STACK_BYTES = 8 * 1024 * 1024

Answer = TypeVar("Answer")


class Overdue(Exception):
    """The work was interrupted because its time was up."""


class DeepThread(threading.Thread):
    """A daemon thread with a deep stack: work is done right in it, without waking another."""

    def start(self) -> None:
        """Start it."""
        # Python knows one stack size for all threads to come; unused stack is address space only, so it stays.
        threading.stack_size(STACK_BYTES)
        super().start()


def is_deep() -> bool:
    """Whether the present thread has a deep stack: a `DeepThread`, or a main thread that may have one of 8 MB.

    The guest itself takes no more than 2 MB (`MAX_WASM_STACK`), and there is no telling how much is taken already.
    """
    thread = threading.current_thread()
    return isinstance(thread, DeepThread) or (thread is threading.main_thread() and _main_stack() >= MAIN_STACK_BYTES)


class DeepStack:
    """Does one piece of work at a time where the stack is deep: in the caller's thread if that is a `DeepThread`.

    Otherwise in a thread of its own, which ends with `close`, or with this object.
    """

    def __init__(self) -> None:
        self.is_here = False
        """Whether the caller's stack is deep enough, and Ctrl-C need not break its waiting off."""
        self._inbox: SimpleQueue[_Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._watchdog = _Watchdog()

    def call(self, work: Callable[[], Answer], interrupt: Callable[[], None], seconds: float) -> Answer:
        """Do `work` and return its answer.

        When `seconds` have passed, or when waiting is broken off (by Ctrl-C, say), `interrupt` must make the work
        end at once. What the work raises is raised here, or `Overdue` from it if its time was up.
        """
        if self.is_here or isinstance(threading.current_thread(), DeepThread):
            return self._call_here(work, interrupt, seconds)
        attempt = _Attempt(work)
        self._start()
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

    def _call_here(self, work: Callable[[], Answer], interrupt: Callable[[], None], seconds: float) -> Answer:
        armed = self._watchdog.arm(interrupt, seconds)
        try:
            return work()
        except BaseException as error:
            if armed.is_overdue:
                raise Overdue from error
            raise
        finally:
            self._watchdog.disarm()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = DeepThread(target=_do_all, args=(self._inbox,), name="runekiln-guest", daemon=True)
            self._thread.start()
            weakref.finalize(self, self._inbox.put, None)

    def close(self) -> None:
        """End the thread."""
        if self._thread is not None:
            self._inbox.put(None)
            self._thread.join()

    def __enter__(self) -> DeepStack:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@cache
def _main_stack() -> float:
    """How many bytes the main thread's stack may have; 0 where nobody says."""
    if sys.platform == "win32":
        return 0
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return float("inf") if soft == resource.RLIM_INFINITY else soft


_Work = Callable[[], None]


@dataclass(slots=True)
class _Armed:
    """One piece of work that is to be interrupted when its time is up."""

    interrupt: Callable[[], None]
    seconds: float
    deadline: float
    is_overdue: bool = False


class _Watchdog:
    """Interrupts work whose time is up, give or take a quarter of that time.

    Its thread looks now and then while there is work, so that to begin and to end a piece wakes nobody.
    """

    LOOKS = 4  # in the time that the work has
    REST = 8  # looks without work until it sleeps

    def __init__(self) -> None:
        self._armed: _Armed | None = None
        self._is_asleep = True
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def arm(self, interrupt: Callable[[], None], seconds: float) -> _Armed:
        """Interrupt what begins now when the time is up."""
        armed = _Armed(interrupt, seconds, time.monotonic() + seconds)
        self._armed = armed
        if self._thread is None:
            # A daemon: a process that wants to exit does not wait for it.
            self._thread = threading.Thread(target=self._watch, name="runekiln-watchdog", daemon=True)
            self._thread.start()
        if self._is_asleep:
            self._wake.set()
        return armed

    def disarm(self) -> None:
        """What was begun has ended."""
        self._armed = None

    def _watch(self) -> None:
        while True:
            self._is_asleep = True
            # Armed in between, it may not have been woken.
            if self._armed is None:
                self._wake.wait()
            self._wake.clear()
            self._is_asleep = False
            self._look()

    def _look(self) -> None:
        idle, pause = 0, 0.0
        while idle < self.REST:
            armed = self._armed
            idle = idle + 1 if armed is None else 0
            pause = armed.seconds / self.LOOKS if armed is not None else pause
            if armed is not None and not armed.is_overdue and time.monotonic() > armed.deadline:
                # Of this piece of work, whatever has begun meanwhile.
                armed.is_overdue = True
                armed.interrupt()
            time.sleep(pause)


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
