"""The compilation of the guest, which the first start waits seconds for, as the client can show it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from runekiln_server.lsp.server import RuneServer

TITLE = "Runekiln"

logger = logging.getLogger(__name__)


class Progress:
    """Tells the client what is being waited for, once the client is ready to hear it."""

    def __init__(self, ls: RuneServer) -> None:
        self._ls = ls
        self._is_heard = False
        self._before: list[tuple[str, asyncio.Future[Any]]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown = 0

    def begin(self) -> None:
        """The client has said `initialized`: before that it may be told nothing."""
        self._is_heard = True
        for message, done in self._before:
            self.show(message, done)
        self._before.clear()

    def show(self, message: str, done: asyncio.Future[Any]) -> None:
        """Show the message until the future is done, in whatever way it ends; else write it to the client's log."""
        if not self._is_heard:
            self._before.append((message, done))
        elif self._ls.client.progress and not done.done():
            # The event loop itself holds tasks by weak references only.
            task = asyncio.ensure_future(self._show(message, done))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._ls.log(message)

    async def _show(self, message: str, done: asyncio.Future[Any]) -> None:
        self._shown += 1
        token = f"runekiln-{self._shown}"
        create = lsp.WorkDoneProgressCreateParams(token)
        try:
            await self._ls.protocol.send_request_async(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE, create)
        except JsonRpcException as error:
            logger.info("The client shows no progress: %s", error)
            self._ls.log(message)
            return
        self._report(token, lsp.WorkDoneProgressBegin(title=TITLE, message=message))
        await asyncio.wait({done})
        failed = done.cancelled() or done.exception() is not None
        self._report(token, lsp.WorkDoneProgressEnd(message="Failed" if failed else "Ready"))

    def _report(self, token: str, value: lsp.WorkDoneProgressBegin | lsp.WorkDoneProgressEnd) -> None:
        self._ls.protocol.notify(lsp.PROGRESS, lsp.ProgressParams(token, value))
