"""pygls's JSON-RPC, mended: one answer a request, none to a notification, and no exit for bad input."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from lsprotocol import types as lsp
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol.json_rpc import JsonRPCProtocol, JsonRPCRequestMessage, MsgId

from runekiln_server.lsp.edits import Edit, edit_in
from runekiln_server.lsp.transport import Json

if TYPE_CHECKING:
    from cattrs import Converter
    from pygls.protocol.json_rpc import MessageCallback, MessageHandler
    from pygls.server import JsonRPCServer


logger = logging.getLogger(__name__)

SLOW = 1.0
"""How many seconds an answer may take before the log tells of it."""
WAITING = frozenset((lsp.WORKSPACE_EXECUTE_COMMAND, lsp.WORKSPACE_DIAGNOSTIC))
"""What takes as long as a script runs, or until there is something to tell."""


class RequestFailed(JsonRpcException):
    """The request was fine and still cannot be served; the message says why, in words for the user."""

    CODE = lsp.LSPErrorCodes.RequestFailed
    MESSAGE = "Request failed"


class PullAgain(JsonRpcException):
    """The text has changed since it was asked what problems it has."""

    CODE = lsp.LSPErrorCodes.ServerCancelled
    MESSAGE = "The text has changed"

    def __init__(self) -> None:
        super().__init__(data={"retriggerRequest": True})


class RuneProtocol(JsonRPCProtocol):
    """Both directions of one connection; each override mends one thing, and says which."""

    is_initialized = False
    is_shut_down = False

    def __init__(self, server: JsonRPCServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self._asked: dict[MsgId, tuple[str, float]] = {}

    @property
    def exit_code(self) -> int:
        """How the process would end now: well, if the client has asked for it."""
        return 0 if self.is_shut_down else 1

    def get_message_type(self, method: str) -> type[Any] | None:
        """The type of a request or notification; None if it is not known."""
        if method == lsp.INITIALIZE:
            # To make types of all that a client can do takes 30 ms, and fails at what a sloppy client says of itself.
            return JsonRPCRequestMessage
        return lsp.METHOD_TO_TYPES.get(method, (None,))[0]

    def get_result_type(self, method: str) -> type[Any] | None:
        """The type of the answer to a request."""
        return lsp.METHOD_TO_TYPES.get(method, (None, None))[1]

    def hear(self, body: bytes) -> None:
        """Handle the body of a message; pygls's own loop leaves one that is no JSON without an answer."""
        if self.is_initialized and not self.is_shut_down and (edit := edit_in(body)) is not None:
            self._get_handler(lsp.TEXT_DOCUMENT_DID_CHANGE)(edit)
            return
        try:
            message = _decoded(body)
        except (ValueError, RecursionError) as error:
            self.refuse(JsonRpcParseError(f"The message is no JSON: {error}"))
        else:
            self.handle_message(message)

    def handle_message(self, message: Json) -> None:
        """Have pygls handle a message, after a look at what pygls drops or raises at: no answer is owed for long."""
        match message:
            case {"method": str(method), "id": int() | str() as request_id}:
                self._asked[request_id] = (method, time.monotonic())
                try:
                    self._check_time(method)
                    request = self._structured(message)
                    if not hasattr(request, "id"):
                        # pygls takes it for the notification that it should have been, and so gives no answer.
                        raise JsonRpcMethodNotFound.of(method)
                    super().handle_message(request)
                except JsonRpcException as error:
                    self._send_response(request_id, error=error.to_response_error())
            case {"method": str(method)} if "id" not in message:
                if method == lsp.EXIT or (self.is_initialized and not self.is_shut_down):
                    with suppress(JsonRpcException):
                        if method == lsp.TEXT_DOCUMENT_DID_CHANGE:
                            self._handle_edit(message.get("params"))
                        else:
                            super().handle_message(self._structured(message))
            case {"id": int() | str() as request_id, "result": _} | {"id": int() | str() as request_id, "error": _}:
                if not self._waits_for(request_id):
                    return
                try:
                    super().handle_message(self._structured(message))
                except JsonRpcException as error:
                    # Whoever waits for the answer would wait for ever.
                    self._handle_response(request_id, error=error.to_response_error())
            case _:
                self.refuse(JsonRpcInvalidRequest("The message is neither request, notification nor response"))

    def _handle_edit(self, params: Json) -> None:
        """Handle what comes most often, and is waited for, on the shortest way."""
        try:
            edit = msgspec.convert(params, Edit)
        except ValueError as error:
            # What does not fit, or half of a UTF-16 pair as a key.
            logger.warning("An edit that makes no sense: %s", error)
        else:
            self._get_handler(lsp.TEXT_DOCUMENT_DID_CHANGE)(edit)

    def tell(self, method: str, params: msgspec.Struct) -> None:
        """Send a notification that is waited for, on the shortest way."""
        if self.writer is not None:
            self.writer.write(_encoded({"jsonrpc": self.VERSION, "method": method, "params": params}))

    def _waits_for(self, request_id: MsgId) -> bool:
        """Whether we asked that: pygls would take an answer to the client's own request for that one's result."""
        future = self._request_futures.get(request_id)
        return future is not None and not asyncio.isfuture(future)

    def _handle_cancel_notification(self, msg_id: Json) -> None:
        """Look over ids that are none, and answers of ours that the client cannot cancel."""
        if isinstance(msg_id, int | str) and not self._waits_for(msg_id):
            super()._handle_cancel_notification(msg_id)

    def refuse(self, error: JsonRpcException) -> None:
        """Answer what has no id that could be read; lsprotocol would leave the id out, which is to be null."""
        self._send_data({"jsonrpc": self.VERSION, "id": None, "error": {"code": error.code, "message": error.message}})

    def _check_time(self, method: str) -> None:
        """Raise if it is too early or too late for a request, which pygls would handle, or leave unanswered."""
        if self.is_shut_down or (self.is_initialized and method == lsp.INITIALIZE):
            raise JsonRpcInvalidRequest(f"Too late for {method}")
        if not self.is_initialized and method != lsp.INITIALIZE:
            raise JsonRpcServerNotInitialized(f"Too early for {method}")

    def _structured(self, message: dict[str, Json]) -> Json:
        """The message with types; pygls drops what does not call itself JSON-RPC, and wants parameters."""
        return self.structure_message({"params": None, **message, "jsonrpc": self.VERSION})

    def _execute_handler(
        self,
        msg_id: MsgId,
        handler: MessageHandler,
        callback: MessageCallback,
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Forget each task that is done; pygls keeps those of notifications for ever."""

        def done(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    def _send_response(self, msg_id: MsgId, result: Json = None, error: lsp.ResponseError | None = None) -> None:
        """Send users to the log, where pygls sends them the traceback; and tell there what took long."""
        method, since = self._asked.pop(msg_id, ("", time.monotonic()))
        if time.monotonic() - since >= SLOW and method not in WAITING:
            logger.warning("%s took %.1f s", method, time.monotonic() - since)
        if error is not None and error.code == JsonRpcInternalError.CODE:
            error = lsp.ResponseError(error.code, f"A bug of ours, see the log: {error.message}")
        super()._send_response(msg_id, result, error)

    def _send_data(self, data: Json) -> None:
        """Let a failure rise to whoever answers a request; pygls logs it, and there is no answer."""
        if self.writer is not None:
            self.writer.write(_encoded(self._converter.unstructure(data)))


def _encoded(message: Json) -> bytes:
    try:
        # Ten times as fast as `json`, which also writes numbers that are none as no JSON has them.
        return msgspec.json.encode(message)
    except UnicodeEncodeError:
        # Half of a UTF-16 pair, which JavaScript clients can send, and get back.
        return json.dumps(msgspec.to_builtins(message)).encode()


def _decoded(body: bytes) -> Json:
    try:
        return msgspec.json.decode(body)
    except ValueError:
        # Half of a UTF-16 pair is what only `json` takes, and what is wrong it says as well.
        return json.loads(body)
