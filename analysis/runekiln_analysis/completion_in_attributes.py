"""What could stand in an attribute: its name, its keys, and what they can be set to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from . import signatures
from .attribute_place import AtAttributeName, AtKey, AttributePlace, AtValue, InKeyText
from .attributes import attributes_on
from .candidates import Candidate, candidate, keywords
from .declarations import function_declaration
from .host_notes import with_notes
from .script import Script
from .stubs import Attribute, Key

EVENT_KEY = "event"
"""The key of an attribute that names the event it is for."""

_TEXT = re.compile(r'"([^"]*)"')
_BEHIND = re.compile(
    rb"\s*(?:(?:#\[[^\n]*\]|//[^\n]*)\s*)*(?:pub(?:\s*\([^)]*\))?\s+)?(?:async\s+)?"
    rb"(?P<keyword>fn|struct|enum|impl|mod|use|const)\b"
)
_OF_RUNE: Mapping[str, str] = {
    "test": "A test: `rune test` calls the function, and what it panics with is what is wrong.",
    "bench": "A benchmark: `rune bench` calls the function with a `Bencher`.",
}
_BOOLEANS: Mapping[str, str] = {"true": "", "false": ""}


def in_attribute(script: Script, place: AttributePlace, offset: int) -> Iterable[Candidate]:
    """What fits at a place in an attribute."""
    if isinstance(place, AtAttributeName):
        return _names(script, offset)
    attribute = script.bindings.attribute_named(place.attribute)
    if attribute is None:
        return ()
    match place:
        case AtKey(_, _, given):
            return _keys(attribute, given)
        case AtValue(_, _, key):
            return _values(attribute, key)
        case InKeyText(_, _, key):
            return (*_parameters(script, attribute, key, offset), *_texts(script, attribute, key))


def _names(script: Script, offset: int) -> Iterator[Candidate]:
    """The attributes that fit what stands behind: the host's, as all of Rune's, are for functions."""
    end = script.text.find(b"\n", offset)
    behind = None if end < 0 else _BEHIND.match(script.text, end)
    if behind is None or behind["keyword"] == b"fn":
        yield from _attributes(script)
        for name, docs in _OF_RUNE.items():
            yield candidate(name, "attribute", f"#[{name}]", docs)


def _attributes(script: Script) -> Iterator[Candidate]:
    """What follows `#[`: the host's attributes, under each of their names."""
    for attribute in script.bindings.attributes:
        for name in (attribute.name, *attribute.aliases):
            docs = with_notes(attribute.docs, attribute.about)
            yield candidate(name, "attribute", signatures.of_attribute(attribute), docs)


def _keys(attribute: Attribute, given: Collection[str]) -> Iterator[Candidate]:
    """The keys of an attribute that are not given yet, required ones first."""
    for key in sorted(attribute.keys, key=lambda key: not key.required):
        if key.name not in given:
            yield candidate(key.name, "field", signatures.of_key(key), _about_key(key))


def _texts(script: Script, attribute: Attribute, name: str) -> Iterator[Candidate]:
    """What the key `name` of an attribute can be set to: the host's events, or the texts that its type lists."""
    key = next((key for key in attribute.keys if key.name == name), None)
    if key is None:
        return
    for text in _TEXT.findall(key.type):
        yield candidate(text, "constant", f'"{text}"', "")
    if key.name == EVENT_KEY:
        for event in script.bindings.events:
            docs = with_notes(event.docs, event.about)
            yield candidate(event.name, "event", signatures.of_event(event), docs)


def _values(attribute: Attribute, name: str) -> Iterator[Candidate]:
    """What can be written behind `name =` besides texts that are not known."""
    key = next((key for key in attribute.keys if key.name == name), None)
    if key is not None and "bool" in key.type:
        yield from keywords(_BOOLEANS)
    for text in () if key is None else _TEXT.findall(key.type):
        yield candidate(f'"{text}"', "constant", f'"{text}"', "")


def _parameters(script: Script, attribute: Attribute, name: str, offset: int) -> Iterator[Candidate]:
    """The parameters of the function that `#[param(name = "…")]` stands on and that no other one describes."""
    number = script.item_at(offset)
    if attribute.name != "param" or name != "name" or number is None:
        return
    if script.main.items[number].kind == "function":
        written = (each.key("name") for each in attributes_on(script, number) if each.span[1] < offset)
        described = {key.value for key in written if key is not None}
        for parameter in function_declaration(script, number).parameters:
            if parameter.name not in described:
                yield candidate(parameter.name, "parameter", parameter.name, "A parameter of the function.")


def _about_key(key: Key) -> str:
    needed = "Required." if key.required else ""
    return "\n\n".join(part for part in (with_notes(key.docs, key.about), needed) if part)
