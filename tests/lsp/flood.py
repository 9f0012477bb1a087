"""Messages of every kind, right and wrong, from a seed, and for each the answer that it is owed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from .editor import Json, framed

REQUESTS = (
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/codeLens",
    "textDocument/documentSymbol",
    "textDocument/diagnostic",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/rangesFormatting",
    "textDocument/onTypeFormatting",
    "textDocument/linkedEditingRange",
    "textDocument/inlayHint",
    "codeLens/resolve",
    "inlayHint/resolve",
    "workspace/textDocumentContent",
    "workspace/executeCommand",
    "initialize",
    "textDocument/unheard",
    "$/unheard",
    "",
)
NOTIFICATIONS = (
    "initialized",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "window/workDoneProgress/cancel",
    "$/setTrace",
    "$/cancelRequest",
    "$/unheard",
    "unheard",
)
URIS = (
    *(
        "untitled:a",
        "untitled:b",
        "untitled:",
        "file:///nowhere/a.rn",
        "file:///%FF",
        "file:///nowhere/%00.rn",
        "a",
        "",
    ),
    *(
        "http://[",
        "file://host/a.rn",
        "FILE:///nowhere/a.rn",
        "file:nowhere",
        "untitled:\ud83d",
        "untitled:ü 🦀",
        "::::",
    ),
)
NUMBERS = (0, 1, -1, 3, 2**31 - 1, 2**31, -(2**31), 2**53, 2**63, 2**64, -(10**30), 1.5, 1e308)
TEXTS = ("pub fn main() { absent(); }", "mod m;", "", "\0", "\ud83d", "{{{{", "/*", "`${", "é🦀\r\n\u2028")
VALUES: tuple[Json, ...] = (None, True, [], {}, [None], "off", "file", "full", *URIS, *NUMBERS, *TEXTS)
NAMES = (
    *("textDocument", "uri", "position", "line", "character", "version", "contentChanges", "range", "start", "end"),
    *("text", "languageId", "settings", "runekiln", "command", "arguments", "changes", "id", "type", "capabilities"),
    *(
        "positions",
        "options",
        "tabSize",
        "previousResultId",
        "identifier",
        "event",
        "added",
        "removed",
        "token",
        "value",
    ),
)
BROKEN = (
    b"{",
    b"\xff\xfe",
    b"nonsense",
    b'{"id": 1, "method": "shutdown"',
    b"[" * 100_000,
    b"NaN",
    b'"text"',
    b"1",
)


@dataclass
class Flood:
    """What was sent, and what is owed for it."""

    random: Random
    requests: Sequence[str] = REQUESTS
    owed: list[str] = field(default_factory=list)
    """The ids, as JSON, of the answers that must come: one for each time that an id stands here."""

    def message(self) -> bytes:
        """The next message with its header."""
        kinds: dict[Callable[[], bytes], int] = {
            self._request: 30,
            self._plausible_request: 20,
            self._notification: 20,
            self._plausible_notification: 20,
            self._cancel: 5,
            self._unasked_response: 5,
            self._no_message: 4,
            self._broken: 2,
        }
        [kind] = self.random.choices(list(kinds), list(kinds.values()))
        return kind()

    def _request(self) -> bytes:
        return self._asked({"method": self.random.choice((*self.requests, *NOTIFICATIONS)), **self._params()})

    def _plausible_request(self) -> bytes:
        position = self._position()
        params = {
            "textDocument": {"uri": self._uri()},
            "position": position,
            "positions": [position, self._position()],
            "range": {"start": position, "end": self._position()},
            "options": {"tabSize": 4, "insertSpaces": True},
            "command": self.random.choice(("runekiln.stop", "runekiln.sessions", "runekiln.unpin", "rm")),
            "arguments": [{"uri": self._uri()}],
        }
        return self._asked({"method": self.random.choice(self.requests), "params": params})

    def _notification(self) -> bytes:
        return framed({"method": self.random.choice((*self.requests, *NOTIFICATIONS)), **self._params()})

    def _plausible_notification(self) -> bytes:
        range_ = {"start": self._position(), "end": self._position()}
        text = self.random.choice(TEXTS)
        uri, version = self._uri(), self.random.choice((1, 2, 3, 2, -7, 2**31 - 1))
        params = {
            "textDocument": {"uri": uri, "version": version, "languageId": "rune", "text": text},
            "contentChanges": [{"range": range_, "text": text}, {"text": text}][: self.random.randrange(3)],
            "settings": {"runekiln": self._anything(3)},
            "changes": [{"uri": uri, "type": self.random.randrange(5)}],
            "event": {"added": [{"uri": uri, "name": ""}], "removed": [{"uri": self._uri(), "name": ""}]},
            "value": "off",
        }
        return framed({"method": self.random.choice(NOTIFICATIONS), "params": params})

    def _cancel(self) -> bytes:
        known = [json.loads(name) for name in self.owed[-20:]]
        return framed({"method": "$/cancelRequest", "params": {"id": self.random.choice([*known, *VALUES])}})

    def _unasked_response(self) -> bytes:
        answer = {"result": self._anything(2)} if self.random.random() < 0.5 else {"error": self._anything(2)}
        return framed({"id": self._id(), **answer})

    def _no_message(self) -> bytes:
        """JSON, but no message: batches among it, which the protocol does not have."""
        self.owed.append("null")
        return framed(
            self.random.choice(
                (
                    {},
                    [],
                    [{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}, {"jsonrpc": "2.0", "method": "initialized"}],
                    {"id": self._id()},
                    {"method": 5},
                    {"id": None, "method": "textDocument/hover", "params": {}},
                    {"id": [], "method": "textDocument/hover", "params": {}},
                    {"id": {"a": 1}, "result": None},
                    {"id": 1.5, "method": "shutdown"},
                    7,
                    None,
                )
            )
        )

    def _broken(self) -> bytes:
        self.owed.append("null")
        body = self.random.choice(BROKEN)
        return b"Content-Length: %d\r\nX-Unheard: yes\r\n\r\n" % len(body) + body

    def _asked(self, message: Json) -> bytes:
        name = self._id()
        self.owed.append(json.dumps(name))
        return framed({"id": name, **message})

    def _id(self) -> Json:
        """Mostly a new one; some were used before, and may still be under way."""
        choices = (len(self.owed) + 10**6, f"flood-{len(self.owed)}", -len(self.owed) - 1)
        return self.random.choice((*choices, *choices, 0, "", "seven", 2**31, -(2**31), 2**53, "\ud83d", "é"))

    def _params(self) -> Json:
        return {} if self.random.random() < 0.1 else {"params": self._anything(4)}

    def _anything(self, depth: int) -> Json:
        if depth and self.random.random() < 0.7:
            names = self.random.sample(NAMES, self.random.randrange(5))
            return {name: self._anything(depth - 1) for name in names}
        return self.random.choice(VALUES)

    def _uri(self) -> str:
        return self.random.choice(URIS)

    def _position(self) -> Json:
        return {name: self.random.choice((0, 1, 5, 10**6, 2**31 - 1)) for name in ("line", "character")}
