"""What the event carries that a handler asks for by its name."""

from __future__ import annotations

import re

from .attributes import WrittenAttribute, attributes_on
from .members import PAYLOAD
from .script import Script
from .stubs import HostEvent
from .types import KeyedObject, Named, Type, parse_keyed

_PUT_IN_PLACE = re.compile(rb"\.\s*payload\s*=(?![=>])")
_READ = re.compile(
    rb"\s*\.\s*payload\s*\.\s*\w+\b(?!\s*\()(?!\s*=(?![=>]))"  # a key, neither called nor set
    rb"|\s*\.\s*(?!payload\b)\w+\b(?!\s*\()"  # another field
)
_GIVEN_BACK = re.compile(rb"(?:[;}]|\breturn)\s*\Z")
_END = re.compile(rb"\s*(?:;\s*)?\}")


def event_of(script: Script, attribute: WrittenAttribute) -> HostEvent | None:
    """The event that a handler asks for, if the host has it."""
    key = attribute.key("event")
    return next((event for event in script.bindings.events if key is not None and event.name == key.value), None)


def with_payload(script: Script, number: int, name: str, kind: Type) -> Type:
    """The type of a handler's parameter, with what its event carries if it is the event."""
    host = script.bindings.type_meant(kind.name) if isinstance(kind, Named) and kind.item is None else None
    if host is None or not isinstance(kind, Named) or not any(field.name == PAYLOAD for field in host.fields):
        return kind
    events = (event_of(script, written) for written in attributes_on(script, number))
    event = next((each for each in events if each is not None), None)
    text = script.text[slice(*script.main.items[number].span)]
    if event is None or _PUT_IN_PLACE.search(text):
        return kind
    keyed = parse_keyed(event.payload)
    if keyed is not None:
        return Named(kind.name, (KeyedObject(keyed.keys, keyed.optional, _is_only_read(text, name)),))
    return Named(kind.name, (Named("Object"),)) if event.payload == "Object" else kind


def _is_only_read(text: bytes, name: str) -> bool:
    """Whether a function puts nothing into the payload of its parameter, nor gives it to somebody who may.

    What is not plain to see counts as if it did.
    """
    body = text.find(b"{")
    uses = re.compile(rb"\b%s\b" % re.escape(name.encode())).finditer(text, max(body, 0))
    return all(_READ.match(text, use.end()) or _is_given_back(text, use) for use in uses)


def _is_given_back(text: bytes, use: re.Match[bytes]) -> bool:
    return _END.match(text, use.end()) is not None and _GIVEN_BACK.search(text[: use.start()]) is not None
