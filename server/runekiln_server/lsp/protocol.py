"""JSON-RPC as it is specified: one answer a request, none to a notification, and no exit for bad input."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from cattrs import BaseValidationError, Converter
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from runekiln_server.lsp.transport import Json, NotJson, encode

logger = logging.getLogger(__name__)

Id: TypeAlias = int | str

Handler: TypeAlias = Callable[[Any], Any]
"""Takes the typed parameters of a method; gives its result, or an awaitable of it."""

_VERSION = "2.0"
_UNREADABLE = object()


class RequestFailed(JsonRpcException):
    """The request was fine and still cannot be served; the message says why, in words for the user."""

    CODE = lsp.LSPErrorCodes.RequestFailed
    MESSAGE = "Request failed"


class Protocol:
    """Both directions of one connection. pygls's own loses futures, answers, the order of messages, and its temper.

    `write` takes the bytes of a message; `ended` is called with an exit code when the client says `exit`.
    """

    def __init__(self, converter: Converter, write: Callable[[bytes], None], ended: Callable[[int], None]) -> None:
        self._converter = converter
        self._write = write
        self._ended = ended
        self._handlers: dict[str, Handler] = {}
        self._raw: set[str] = set()
        self._initialized = False
        self._shut_down = False
        self._tasks: dict[Id | None, set[asyncio.Task[Any]]] = {}
        self._asked = 0
        self._waiting: dict[Id, tuple[asyncio.Future[Any], Any]] = {}

    def handle(self, method: str, handler: Handler) -> None:
        """Let `handler` answer the requests, or take the notifications, of that method."""
        self._handlers[method] = handler

    def handle_raw(self, method: str, handler: Handler) -> None:
        """The same, but `handler` takes the parameters as the JSON object that they came as."""
        self._handlers[method] = handler
        self._raw.add(method)

    @property
    def exit_code(self) -> int:
        """How the process would end now: well, if the client has asked for it."""
        return 0 if self._shut_down else 1

    # What comes in

    def receive(self, message: Json) -> None:
        """Handle one message as decoded from JSON, or as the `NotJson` that it turned out to be."""
        if isinstance(message, NotJson):
            self._fail(None, lsp.ErrorCodes.ParseError, f"The message is no JSON: {message}")
        elif not isinstance(message, dict):
            self._fail(None, lsp.ErrorCodes.InvalidRequest, "A message is a JSON object")
        elif isinstance(method := message.get("method"), str):
            if "id" in message:
                self._receive_request(message["id"], method, message)
            else:
                self._receive_notification(method, message)
        elif "id" in message and ("result" in message or "error" in message):
            self._receive_response(message)
        else:
            self._fail(None, lsp.ErrorCodes.InvalidRequest, "The message is neither request, notification nor response")

    def _receive_request(self, request_id: Json, method: str, message: dict[str, Json]) -> None:
        if not isinstance(request_id, int | str):
            self._fail(None, lsp.ErrorCodes.InvalidRequest, "The id of a request is a number or a string")
        elif self._shut_down or (self._initialized and method == lsp.INITIALIZE):
            self._fail(request_id, lsp.ErrorCodes.InvalidRequest, f"Too late for {method}")
        elif not self._initialized and method != lsp.INITIALIZE:
            self._fail(request_id, lsp.ErrorCodes.ServerNotInitialized, f"Too early for {method}")
        elif (handler := self._handlers.get(method)) is None:
            self._fail(request_id, lsp.ErrorCodes.MethodNotFound, f"No such method: {method}")
        else:
            params = self._params(method, message)
            if params is _UNREADABLE:
                self._fail(request_id, lsp.ErrorCodes.InvalidParams, f"Parameters that make no sense for {method}")
            else:
                self._answer(request_id, method, handler, params)

    def _receive_notification(self, method: str, message: dict[str, Json]) -> None:
        if method == lsp.EXIT:
            self._ended(self.exit_code)
            return
        if self._shut_down or not self._initialized:
            return
        if method == lsp.CANCEL_REQUEST:
            self._cancel(message.get("params"))
            return
        handler = self._handlers.get(method)
        if handler is None:
            logger.debug("A notification that means nothing to us: %s", method)
            return
        params = self._params(method, message)
        if params is _UNREADABLE:
            return
        try:
            result = handler(params)
        except Exception:
            logger.exception("A bug in the handling of %s", method)
            return
        if isinstance(result, Awaitable):
            self._start(None, result, lambda task: self._log_failure(task, method))

    def _receive_response(self, message: dict[str, Json]) -> None:
        waiting = self._waiting.pop(message["id"], None) if isinstance(message["id"], int | str) else None
        if waiting is None or waiting[0].done():
            logger.debug("An answer that nobody waits for: %r", message["id"])
            return
        future, result_type = waiting
        if "error" in message:
            future.set_exception(RequestFailed(f"The client answers: {message['error']}"))
            return
        try:
            message.setdefault("jsonrpc", _VERSION)
            future.set_result(self._converter.structure(message, result_type).result)
        except Exception as error:
            # Whatever cattrs meets in it: the answer is not what the specification says.
            future.set_exception(RequestFailed(f"The client's answer makes no sense: {error!r}"))

    # What is done with it

    def _params(self, method: str, message: dict[str, Json]) -> Json:
        """The parameters as the handler takes them, or `_UNREADABLE`."""
        if method in self._raw:
            params = message.get("params")
            return params if isinstance(params, dict) else _UNREADABLE
        message.setdefault("jsonrpc", _VERSION)
        try:
            return self._converter.structure(message, lsp.METHOD_TO_TYPES[method][0]).params
        except (BaseValidationError, TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            logger.warning("Parameters that make no sense for %s: %r", method, error)
            return _UNREADABLE

    def _answer(self, request_id: Id, method: str, handler: Callable[[Any], Any], params: Json) -> None:
        try:
            result = handler(params)
        except Exception as error:
            self._reply_error(request_id, method, error)
            return
        self._initialized = self._initialized or method == lsp.INITIALIZE
        self._shut_down = self._shut_down or method == lsp.SHUTDOWN
        if isinstance(result, Awaitable):
            self._start(request_id, result, lambda task: self._reply_task(request_id, method, task))
        else:
            self._reply(request_id, method, result)

    def _start(self, owner: Id | None, work: Awaitable[Any], done: Callable[[asyncio.Task[Any]], None]) -> None:
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self._tasks.setdefault(owner, set()).add(task)

        def forget(task: asyncio.Task[Any]) -> None:
            tasks = self._tasks[owner]
            tasks.discard(task)
            if not tasks:
                del self._tasks[owner]
            done(task)

        task.add_done_callback(forget)

    def _cancel(self, params: Json) -> None:
        request_id = params.get("id") if isinstance(params, dict) else None
        for task in tuple(self._tasks.get(request_id, ())) if isinstance(request_id, int | str) else ():
            task.cancel()

    def _log_failure(self, task: asyncio.Task[Any], method: str) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("A bug in the handling of %s", method, exc_info=error)

    # What goes out

    def _reply_task(self, request_id: Id, method: str, task: asyncio.Task[Any]) -> None:
        if task.cancelled():
            self._fail(request_id, lsp.LSPErrorCodes.RequestCancelled, "Cancelled")
        elif (error := task.exception()) is not None:
            self._reply_error(request_id, method, error)
        else:
            self._reply(request_id, method, task.result())

    def _reply_error(self, request_id: Id, method: str, error: BaseException) -> None:
        if isinstance(error, JsonRpcException):
            self._fail(request_id, error.code, error.message)
        else:
            logger.error("A bug in the handling of %s", method, exc_info=error)
            self._fail(request_id, lsp.ErrorCodes.InternalError, f"A bug of ours, see the log: {error!r}")

    def _reply(self, request_id: Id, method: str, result: object) -> None:
        try:
            plain = self._converter.unstructure(result)
        except Exception as error:
            self._reply_error(request_id, method, error)
            return
        self._send({"jsonrpc": _VERSION, "id": request_id, "result": plain})

    def _fail(self, request_id: Id | None, code: int, message: str) -> None:
        self._send({"jsonrpc": _VERSION, "id": request_id, "error": {"code": int(code), "message": message}})

    def _send(self, message: dict[str, Json]) -> None:
        self._write(encode(message))

    def notify(self, method: str, params: object = None) -> None:
        """Tell the client something."""
        self._send({"jsonrpc": _VERSION, "method": method, "params": self._converter.unstructure(params)})

    async def ask(self, method: str, params: object = None) -> Json:
        """Ask the client something; raises RequestFailed if it answers with an error or with nonsense."""
        self._asked += 1
        request_id = f"runekiln-{self._asked}"
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[request_id] = (future, lsp.METHOD_TO_TYPES[method][1])
        message = {"jsonrpc": _VERSION, "id": request_id, "method": method}
        if params is not None:
            message["params"] = self._converter.unstructure(params)
        self._send(message)
        try:
            return await future
        finally:
            self._waiting.pop(request_id, None)

    def ask_and_forget(self, method: str) -> None:
        """Ask the client to do something whose answer matters to nobody."""
        self._start(None, self.ask(method), lambda task: _note_refusal(task, method))


def _note_refusal(task: asyncio.Task[Json], method: str) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.info("%s: %s", method, error)
