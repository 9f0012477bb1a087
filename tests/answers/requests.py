"""Every request of the server's own table, with parameters of its type: what is added there is asked, too."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import attrs
from lsprotocol import types as lsp
from runekiln_server.lsp.app import capabilities

from .direct import Json

NOT_ASKED = {lsp.INITIALIZE, lsp.SHUTDOWN, lsp.WORKSPACE_EXECUTE_COMMAND}
"""What begins and ends a conversation, and what a user starts by name: runs have tests of their own."""

WAITS = {lsp.WORKSPACE_DIAGNOSTIC}
"""What is answered only when there is something new, however long that takes: asked when everything is new."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is asked: a range in an open document, which begins with the cursor."""

    uri: str
    start: Json
    end: Json
    before: str = "."
    """The character that was typed last."""


@dataclass(frozen=True, slots=True)
class Request:
    """A method, and the names of what it must be given."""

    method: str
    params: type[Any]
    result: object

    @property
    def fields(self) -> Mapping[str, attrs.Attribute[Any]]:
        """The fields of the parameters."""
        return {field.name: field for field in attrs.fields(self.params)}

    @property
    def follows(self) -> type[Any] | None:
        """What another answer must have held for this to be asked about it."""
        item = self.fields.get("item")
        if item is not None:
            # `from __future__ import annotations` is not lsprotocol's.
            return typing.get_type_hints(self.params)["item"]  # type: ignore[no-any-return]
        return self.params if self.method.endswith("/resolve") else None

    @property
    def is_of_a_place(self) -> bool:
        """Whether it is about a place, and so another question at the next token."""
        return not {"position", "positions", "range"}.isdisjoint(self.fields) and self.follows is None

    @property
    def is_of_a_document(self) -> bool:
        """Whether it is about a document as a whole."""
        return "text_document" in self.fields and not self.is_of_a_place and self.follows is None

    def at(self, spot: Spot, contents: str = "") -> Json:
        """The parameters at that place. Raises KeyError at a field that nobody has thought of."""
        needed = [name for name, field in self.fields.items() if field.default is attrs.NOTHING or name in ("context",)]
        return {_camel(name): _VALUES[name](self, spot, contents) for name in needed}

    def about(self, found: Json) -> Json:
        """The parameters about something that another answer held."""
        return {"item": found} if "item" in self.fields else found


@cache
def requests() -> tuple[Request, ...]:
    """All that can be asked."""
    found = []
    for capability in capabilities():
        _, response, params, _ = lsp.METHOD_TO_TYPES[capability.method]
        if response is not None and capability.method not in NOT_ASKED:
            found.append(Request(capability.method, params, typing.get_type_hints(response)["result"]))
    return tuple(found)


def followers(request: Request) -> Iterator[Request]:
    """What can be asked about something in the answer of a request."""
    for other in requests():
        if other.follows is not None and _holds(request.result, other.follows):
            yield other


def things(result: Json, random: Random) -> Iterator[Json]:
    """One of the things in an answer that can be asked about, where there is one."""
    if isinstance(result, dict):
        result = result.get("items")
    # A command in the place of an action is complete, and so is a lens that has its command.
    found = [each for each in result or () if isinstance(each, dict) and "command" not in each]
    if found:
        yield random.choice(found)


def _holds(result: object, thing: object) -> bool:
    """Whether an answer of that type is a thing, or a list of them, or has one as its items."""
    if result is thing:
        return True
    if attrs.has(result) and isinstance(result, type):  # type: ignore[arg-type]
        items = typing.get_type_hints(result).get("items")
        return items is not None and _holds(items, thing)
    return any(_holds(part, thing) for part in typing.get_args(result))


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


def _context(request: Request, spot: Spot, contents: str) -> Json:
    match request.method:
        case lsp.TEXT_DOCUMENT_REFERENCES:
            return {"includeDeclaration": True}
        case lsp.TEXT_DOCUMENT_CODE_ACTION:
            return {"diagnostics": [], "only": [""]}
        case lsp.TEXT_DOCUMENT_COMPLETION:
            return {"triggerKind": 1}
        case lsp.TEXT_DOCUMENT_SIGNATURE_HELP:
            return {"triggerKind": 1, "isRetrigger": False}
    raise KeyError(f"the context of {request.method}")


def _range(spot: Spot) -> Json:
    return {"start": spot.start, "end": spot.end}


_VALUES: Mapping[str, Callable[[Request, Spot, str], Json]] = {
    "text_document": lambda request, spot, contents: {"uri": spot.uri},
    "position": lambda request, spot, contents: spot.start,
    "positions": lambda request, spot, contents: [spot.start, spot.end],
    "range": lambda request, spot, contents: _range(spot),
    "ranges": lambda request, spot, contents: [_range(spot)],
    "context": _context,
    "new_name": lambda request, spot, contents: "freshly_named",
    "options": lambda request, spot, contents: {"tabSize": 4, "insertSpaces": True},
    "ch": lambda request, spot, contents: spot.before,
    "query": lambda request, spot, contents: "a",
    "previous_result_id": lambda request, spot, contents: "none",
    "previous_result_ids": lambda request, spot, contents: [],
    "files": lambda request, spot, contents: [{"oldUri": spot.uri, "newUri": f"{spot.uri[:-3]}_moved.rn"}],
    "uri": lambda request, spot, contents: contents,
}
"""What each field of parameters is filled with."""
