"""The one lane for the checking guest: a thread that does one check at a time, the newest text first."""

from __future__ import annotations

import asyncio
import logging
import queue
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from runekiln_analysis.facts import Facts
from runekiln_runtime.deep_stack import DeepThread, is_deep
from runekiln_runtime.errors import GuestError
from runekiln_runtime.stub_files import HostSetup

from runekiln_server.lsp.ahead import Ahead
from runekiln_server.lsp.checking import Job, check, edit
from runekiln_server.world import Generation, Key, Known

if TYPE_CHECKING:
    # Importing it imports wasmtime, which is the lane's own work.
    from runekiln_runtime.checkers import Checkers, Host

Result = TypeVar("Result")

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """A newer check of the same script is wanted, or none any more."""


class Lane:
    """Checks one job at a time, in a thread; everything but the checking happens in the event loop's thread.

    A job that no request waits for is dropped, before it starts, when a newer one for the same root is wanted.
    """

    def __init__(self, load: Callable[[Callable[[str], None]], Checkers]) -> None:
        self.ready: Future[None] = Future()
        self._progress: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._load = load
        self._inbox: queue.SimpleQueue[Job | Callable[[Checkers], None] | None] = queue.SimpleQueue()
        self._entries: dict[tuple[Key, Generation], _Entry] = {}
        self._under_way: tuple[Key, Generation] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_ready = False
        self._has_failed = False
        self._errands = 0
        self._checkers: Checkers | None = None
        self._ahead = Ahead()
        # A daemon: the process does not wait for the guest when it ends.
        DeepThread(target=self._work, name="runekiln-checks", daemon=True).start()

    def attach(self, deliver: Callable[[Job, Known | None], None], show: Callable[[str], None]) -> None:
        """Say where results go: to `deliver`, in the running event loop's thread; None if there is no answer.

        What the loading of the guest has to say goes to `show`, in the same thread.
        """
        self._deliver = deliver
        self._show = show
        self._loop = asyncio.get_running_loop()
        self._show_progress()
        asyncio.wrap_future(self.ready).add_done_callback(self._begin)

    def close(self) -> None:
        """Let go of the guest after the check that is under way, in a process that goes on without it."""
        self._checkers = None
        self._inbox.put(None)

    def forget_steps(self, path: str) -> None:
        """Look at all of a script the next time."""
        self._send(lambda checkers: checkers.forget(path))

    def load_another(self) -> Checkers:
        """Guests like the lane's, for another thread."""
        return self._load(lambda _: None)

    def want(self, job: Job) -> None:
        """Check this, and forget older jobs for the same root that nobody waits for."""
        self.forget(job.root)
        self._entries.setdefault(job.name, _Entry(job)).is_wanted = True
        self._next()

    def forget(self, root: Key) -> None:
        """Check this script no more, but for those that wait for a job whatever comes after it."""
        for name, entry in tuple(self._entries.items()):
            if name[0] == root:
                entry.supersede()
                if name != self._under_way and entry.is_abandoned():
                    del self._entries[name]

    async def known(self, job: Job) -> Known | None:
        """Wait for what this very job finds; None if it ends without an answer."""
        entry = self._entries.setdefault(job.name, _Entry(job))
        return await self._answer(entry.steadfast)

    async def newest(self, job: Job) -> Known | None:
        """The same, but raises Superseded as soon as another job for the same root is wanted."""
        entry = self._entries.setdefault(job.name, _Entry(job))
        return await self._answer(entry.fickle)

    async def _answer(self, waiting: list[asyncio.Future[Known | None]]) -> Known | None:
        future: asyncio.Future[Known | None] = asyncio.get_running_loop().create_future()
        waiting.append(future)
        self._next()
        return await future

    async def use(self, errand: Callable[[Checkers], Result]) -> Result:
        """Do something else with the guest, after the check that is under way. Raises whatever it raises."""
        await asyncio.wrap_future(self.ready)
        done: Future[Result] = Future()
        self._send(partial(_run, done, errand))
        return await asyncio.wrap_future(done)

    def _send(self, errand: Callable[[Checkers], None]) -> None:
        self._errands += 1
        self._inbox.put(errand)

    def _returned(self) -> None:
        self._errands -= 1

    def at_once(self, job: Job, ahead: Callable[[Job, Facts, Host], None]) -> Known | None:
        """Check an edit within one function right here: to wake a thread and be woken by it takes longer.

        None if that will not do: the lane is not idle, the edit reaches further, or the stack is not deep enough.
        `ahead` is called in another thread meanwhile, with the facts as they will be but for the problems.
        """
        is_idle = self._is_ready and self._under_way is None and not self._errands
        if not is_idle or self._checkers is None or any(entry.is_wanted for entry in self._entries.values()):
            return None
        if not is_deep():
            return None
        try:
            return edit(self._checkers, job, partial(self._look_ahead, ahead, job))
        except GuestError as error:
            logger.error("%s could not be checked at once: %r", job.root, error)
            return None
        finally:
            self._ahead.wait()

    def _look_ahead(
        self, ahead: Callable[[Job, Facts, Host], None], job: Job, host: Host, foresee: Callable[[], Facts]
    ) -> Callable[[], Facts]:
        found: list[Facts] = []

        def work() -> None:
            found.append(foresee())
            ahead(job, found[0], host)

        def foreseen() -> Facts:
            self._ahead.wait()
            return found[0] if found else foresee()

        self._ahead.begin(work)
        return foreseen

    def _show_progress(self) -> None:
        while not self._progress.empty():
            self._show(self._progress.get())

    def _begin(self, ready: asyncio.Future[None]) -> None:
        self._has_failed = ready.exception() is not None
        self._is_ready = not self._has_failed
        self._next()

    def _next(self) -> None:
        """Start the newest job that somebody wants; without a guest, none has an answer."""
        if self._has_failed:
            for name in tuple(self._entries):
                self._finish(name, None)
        if not self._is_ready or self._under_way is not None:
            return
        for name in reversed(tuple(self._entries)):
            entry = self._entries[name]
            if entry.is_wanted or not entry.is_abandoned():
                self._under_way = name
                self._inbox.put(entry.job)
                return
            del self._entries[name]

    def _finish(self, name: tuple[Key, Generation], known: Known | None) -> None:
        entry = self._entries.pop(name)
        self._deliver(entry.job, known)
        for future in (*entry.steadfast, *entry.fickle):
            if not future.done():
                future.set_result(known)

    def _done(self, name: tuple[Key, Generation], known: Known | None) -> None:
        self._under_way = None
        self._finish(name, known)
        self._next()

    def _attached(self) -> asyncio.AbstractEventLoop:
        assert self._loop is not None, "jobs come from the event loop"
        return self._loop

    def _say(self, message: str) -> None:
        self._progress.put(message)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._show_progress)

    def _work(self) -> None:
        try:
            checkers = self._load(self._say)
            # Most kilns have no stubs of their own.
            checkers.host(HostSetup())
            self._checkers = checkers
            self.ready.set_result(None)
        except Exception as error:
            # Missing, too old or damaged: whoever waits for `ready` tells the user.
            self.ready.set_exception(error)
            return
        while True:
            job = self._inbox.get()
            if job is None:
                return
            loop = self._attached()
            if not isinstance(job, Job):
                job(checkers)
                del job
                loop.call_soon_threadsafe(self._returned)
                continue
            try:
                known = check(checkers, job)
            except Exception as error:
                # The guest gave up on this text, or we have a bug; neither may end the lane.
                trace = None if isinstance(error, GuestError) else error
                logger.error("%s could not be checked, what was known of it stays: %r", job.root, error, exc_info=trace)
                known = None
            loop.call_soon_threadsafe(self._done, job.name, known)


@dataclass(slots=True)
class _Entry:
    """A job in the lane, and the requests that wait for it: to its end, or until a newer one is wanted."""

    job: Job
    steadfast: list[asyncio.Future[Known | None]] = field(default_factory=list)
    fickle: list[asyncio.Future[Known | None]] = field(default_factory=list)
    is_wanted: bool = False

    def supersede(self) -> None:
        """Send those away who wait for the newest."""
        self.is_wanted = False
        for future in self.fickle:
            if not future.done():
                future.set_exception(Superseded())

    def is_abandoned(self) -> bool:
        """Whether every request that waited has been cancelled."""
        return all(future.done() for future in (*self.steadfast, *self.fickle))


def _run(done: Future[Result], errand: Callable[[Checkers], Result], checkers: Checkers) -> None:
    """Run an errand, unless nobody waits for it any more."""
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(errand(checkers))
    except Exception as error:
        # Whoever waits gets it, and says so; the lane goes on.
        done.set_exception(error)
