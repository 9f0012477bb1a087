"""Checks of whole scripts in the pauses of somebody who types, next to the lane, which goes on meanwhile.

The lane looks at the one function that was edited. What it says is what a check of the whole script says; this makes
sure of it, and if it is not so, the whole script counts.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace
from runekiln_analysis.facts import Facts
from runekiln_runtime.protocol import Dialect

from runekiln_server.world import Key, Known, World, dialect_of

if TYPE_CHECKING:
    from runekiln_runtime.checkers import Checkers

logger = logging.getLogger(__name__)

PAUSE = 0.5  # seconds without an edit
PATIENCE = 20.0  # seconds until the guest, which takes some memory, is let go


class Confirmer:
    """Confirms what the lane has found of scripts, one at a time, in a thread and with a guest of its own."""

    def __init__(self, load: Callable[[], Checkers], correct: Callable[[Known], None]) -> None:
        """`correct` is called in the event loop's thread with what should have been found."""
        self._load = load
        self._correct = correct
        self._timers: dict[Key, asyncio.TimerHandle] = {}
        self._inbox: queue.SimpleQueue[Callable[[Checkers], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def update(self, before: World, after: World) -> None:
        """Have that confirmed in a while which is new and was not found by a check of the whole."""
        for root in before.wanted.keys() | after.wanted.keys():
            if before.wanted.get(root) != after.wanted.get(root) and (timer := self._timers.pop(root, None)):
                timer.cancel()
        if before.known is after.known:
            return
        for root, known in after.known.items():
            document = after.documents.get(root)
            if known is not before.known.get(root) and not known.is_whole and document is not None:
                dialect = dialect_of(after, document)
                confirm = partial(self._confirm, known, dialect)
                self._timers[root] = asyncio.get_running_loop().call_later(PAUSE, confirm)

    def _confirm(self, known: Known, dialect: Dialect) -> None:
        self._timers.pop(known.root, None)
        self._inbox.put(partial(self._look, asyncio.get_running_loop(), known, dialect))
        if self._thread is None:
            # A daemon: the process does not wait for the guest when it ends.
            self._thread = threading.Thread(target=self._work, name="runekiln-confirms", daemon=True)
            self._thread.start()

    def _look(self, loop: asyncio.AbstractEventLoop, known: Known, dialect: Dialect, checkers: Checkers) -> None:
        texts = {source.path: source.text for source in known.given}
        script = known.given[0]
        checkers.keep({known.setup})
        checker = checkers.host(known.setup).checker
        facts = checker.check(script.path, script.text or b"", texts.get, dialect)
        checker.rest()
        if facts != known.facts:
            loop.call_soon_threadsafe(self._correct, _corrected(known, facts))

    def _work(self) -> None:
        checkers: Checkers | None = None
        while True:
            try:
                look = self._inbox.get(timeout=PATIENCE if checkers is not None else None)
            except queue.Empty:
                checkers = None
                continue
            try:
                checkers = checkers or self._load()
                look(checkers)
            except Exception as error:
                # The lane's answer stands; the guest gave up on the whole, or we have a bug.
                logger.error("What was found of a script could not be confirmed: %r", error, exc_info=error)


def _corrected(known: Known, facts: Facts) -> Known:
    keys = {file.path: key for key, file in known.files.items()}
    files = {keys[file.path]: file for file in facts.files if file.path in keys}
    return replace(known, facts=facts, files=MappingProxyType(files), is_whole=True)
