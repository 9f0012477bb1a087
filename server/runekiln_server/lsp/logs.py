"""The log, on standard error: written by a thread, so that a client that does not read it blocks nothing."""

from __future__ import annotations

import logging
import os
import queue
import threading

_STANDARD_ERROR = 2


class Log(logging.Handler):
    """Hands each line to the thread that writes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._write_all, name="runekiln-log", daemon=True).start()

    def emit(self, record: logging.LogRecord) -> None:
        """Queue the record; returns at once."""
        try:
            self._lines.put(self.format(record) + "\n")
        except Exception:
            self.handleError(record)

    def _write_all(self) -> None:
        while True:
            line = self._lines.get().encode("utf-8", "backslashreplace")
            try:
                os.write(_STANDARD_ERROR, line)
            except OSError:
                # Nobody is there to read it.
                return


def begin_log(level: str) -> None:
    """Log what is at least as grave as `level` from now on."""
    logging.basicConfig(handlers=[Log()], level=level.upper())
    if level != "debug":
        # pygls takes every late cancellation and every refused request for something to worry about.
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
