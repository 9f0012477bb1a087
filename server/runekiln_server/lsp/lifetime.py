"""How the server ends: within a second, whatever a script, the client or the disk is doing."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

logger = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds that an orderly end may take before the process is ended without order."""

_POLL = 0.3


def end_soon(code: int) -> None:
    """Make sure that the process ends, even if the event loop is blocked."""
    timer = threading.Timer(PATIENCE, end_now, (code,))
    timer.daemon = True
    timer.start()


def end_now(code: int) -> NoReturn:
    """End the process. Threads in the middle of a script are not waited for, which is why this is no `sys.exit`."""
    os._exit(code)


def watch_parent(process_id: int, gone: Callable[[], None]) -> None:
    """Call `gone` in the running event loop's thread as soon as that process has ended."""
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        _in_thread(_wait_on_windows, process_id, lambda: loop.call_soon_threadsafe(gone))
        return
    try:
        descriptor = os.pidfd_open(process_id)
    except ProcessLookupError:
        gone()
    except (AttributeError, OSError):
        # Not Linux, or a sandbox that forbids it.
        _poll_parent(loop, process_id, gone)
    else:
        loop.add_reader(descriptor, _once(loop, descriptor, gone))


def _once(loop: asyncio.AbstractEventLoop, descriptor: int, gone: Callable[[], None]) -> Callable[[], None]:
    def readable() -> None:
        loop.remove_reader(descriptor)
        os.close(descriptor)
        gone()

    return readable


def _poll_parent(loop: asyncio.AbstractEventLoop, process_id: int, gone: Callable[[], None]) -> None:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        gone()
        return
    except PermissionError:
        logger.debug("The client's process %d is another user's, and alive", process_id)
    loop.call_later(_POLL, _poll_parent, loop, process_id, gone)


def _wait_on_windows(process_id: int, gone: Callable[[], None]) -> None:
    import ctypes

    synchronize, forever = 0x00100000, 0xFFFFFFFF
    kernel32 = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    handle = kernel32.OpenProcess(synchronize, False, process_id)
    if handle:
        kernel32.WaitForSingleObject(handle, forever)
    gone()


def _in_thread(work: Callable[[int, Callable[[], None]], None], process_id: int, gone: Callable[[], None]) -> None:
    threading.Thread(target=work, args=(process_id, gone), name="runekiln-parent", daemon=True).start()
