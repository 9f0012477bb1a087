"""Work that would block the event loop, done in threads that the process never waits for when it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def in_thread(work: Callable[[], Answer]) -> asyncio.Future[Answer]:
    """Do `work` in a thread of its own; the future is the running event loop's.

    The event loop's own pool has few threads, each of which a script may hold for long, and waits for them at the end.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Answer] = loop.create_future()

    def settle(answer: Callable[[], None]) -> None:
        if not future.done():
            answer()

    def make() -> None:
        try:
            answer = work()
        except Exception as error:
            raised = error
            loop.call_soon_threadsafe(settle, lambda: future.set_exception(raised))
        else:
            loop.call_soon_threadsafe(settle, lambda: future.set_result(answer))

    threading.Thread(target=make, name="runekiln-work", daemon=True).start()
    return future
