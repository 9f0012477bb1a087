"""Pinned entries: run again on every save, unless the script does not compile; then the last result stays."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Literal

from runekiln_server.lsp.checking import read_file
from runekiln_server.lsp.protocol import RequestFailed
from runekiln_server.lsp.runs import Ended
from runekiln_server.lsp.threads import in_thread
from runekiln_server.lsp.transport import Json
from runekiln_server.lsp.uris import key_of_path
from runekiln_server.running import Needs, RunRefused, Wanted
from runekiln_server.session import Pinned, Unpinned
from runekiln_server.world import Key, Pin

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer

logger = logging.getLogger(__name__)

Reason = Literal["command", "save", "session"]

RAN = "runekiln/ran"
RELOAD_REFUSED = "runekiln/reloadRefused"


class Reloader:
    """Starts the runs that saves cause, never two at once for one pin: the newer one stops the older."""

    def __init__(self, ls: RuneServer) -> None:
        self._ls = ls
        self._tasks: dict[tuple[Key, str], asyncio.Task[None]] = {}

    def saved(self, key: Key) -> None:
        """The editor has saved that file."""
        for pin in tuple(self._ls.world.pins.values()):
            if key in pin.inputs:
                self._start(pin, _reason(pin, key))

    def files_changed(self, keys: frozenset[Key]) -> None:
        """Those files may have changed on disk; open documents are not among them, they are saved."""
        for pin in tuple(self._ls.world.pins.values()):
            inputs = keys & pin.inputs.keys() - self._ls.world.documents.keys()
            if inputs:
                task = asyncio.ensure_future(self._compare(pin, inputs))
                task.add_done_callback(_log_failure)

    def unpin(self, key: Key, entry: str | None) -> None:
        """Leave an entry, or all of a script's, alone from now on."""
        self._ls.handle(Unpinned(key, entry))
        for at in [at for at in self._tasks if at not in self._ls.world.pins]:
            self._tasks.pop(at).cancel()
        self._ls.refresh_lenses()

    def pin(self, pin: Pin) -> None:
        """Run the entry again from now on."""
        self._ls.handle(Pinned(pin))
        self._ls.refresh_lenses()

    async def _compare(self, pin: Pin, keys: frozenset[Key]) -> None:
        """Run again if a file has another content: watchers report every touch, and some more than once."""
        world = self._ls.world
        texts = await in_thread(lambda: {key: read_file(world, key, key) for key in keys})
        current = self._ls.world.pins.get((pin.key, pin.entry))
        changed = [key for key in keys if current is not None and current.inputs.get(key) != texts[key]]
        if current is not None and changed:
            self._start(current, _reason(current, changed[0]))

    def _start(self, pin: Pin, reason: Reason) -> None:
        at = (pin.key, pin.entry)
        older = self._tasks.get(at)
        if older is not None:
            older.cancel()
        self._tasks[at] = task = asyncio.ensure_future(self._run_again(pin, reason))
        task.add_done_callback(_log_failure)

    async def _run_again(self, pin: Pin, reason: Reason) -> None:
        wanted = Wanted(pin.entry, pin.session, pin.arguments)
        try:
            ended = await self._ls.run(pin.uri, wanted, newest=False)
        except RequestFailed as error:
            self._refuse(pin, error.message)
            return
        match ended:
            case Ended(compiled=True):
                self._ls.handle(Pinned(ended.pin))
                report(self._ls, ended, reason)
            case Ended():
                self._ls.handle(Pinned(ended.pin))
                self._refuse(pin, ended.result["error"]["message"])
            case Needs(message=message) | RunRefused(message):
                self._refuse(pin, message)

    def _refuse(self, pin: Pin, message: str) -> None:
        generation = self._ls.world.runs.get((pin.key, pin.entry), 0)
        params = {"uri": pin.uri, "entry": pin.entry, "generation": generation, "message": message}
        self._ls.notify(RELOAD_REFUSED, params, f"{pin.entry}: the result before stays. {message}")


def report(ls: RuneServer, ended: Ended, reason: Reason) -> None:
    """Tell the client of a result."""
    result = ended.result
    params = {key: result[key] for key in ("uri", "entry", "generation")}
    ls.notify(RAN, {**params, "reason": reason, "result": result}, _as_text(result))


def _as_text(result: dict[str, Json]) -> str:
    """A result for people to read in a log."""
    view, error = result["view"] or {}, result["error"]
    lines = [f"{result['entry']}: {result['outcome']}, generation {result['generation']}", result["output"]]
    lines.append(view.get("markdown") or view.get("text") or ("" if error else f"{result['value']}"))
    lines.append(f"{error['code']}: {error['message']}" if error else "")
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _reason(pin: Pin, key: Key) -> Reason:
    return "session" if pin.session is not None and key == key_of_path(pin.session.as_posix()) else "save"


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("A bug in reloading", exc_info=error)
