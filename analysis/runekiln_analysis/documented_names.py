"""Names that a script says again in text: in the tags of its documentation, and in attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .attributes import attributes_on
from .facts import Edit
from .referents import LocalName, Referent
from .resolve.items import found_in_module
from .resolve.meaning import OwnItem
from .script import ItemPlace, ModulePlace, Script
from .views import Views

_TAG = re.compile(rb"@(?:param\s+(?P<name>\w+)\s*:|returns?\b)(?P<type>[^\r\n]*)")
_DESCRIPTION = re.compile(r"\s[-\u2013\u2014]\s")


def documented(views: Views, referent: Referent, before: str, name: str) -> Iterator[tuple[int, Edit]]:
    """The edits, with the numbers of their files, that a new name of a parameter or a type needs in text."""
    match referent:
        case LocalName(place, number):
            resolution = views.resolution(place)
            binding = None if resolution is None else resolution.bindings[number]
            if binding is not None and binding.kind == "parameter" and binding.origin == 0:
                yield from ((place.file, edit) for edit in _of_parameter(views, place, before, name))
        case OwnItem(place) if views.script.item(place).kind in ("struct", "enum"):
            for other in views.places():
                yield from ((other.file, edit) for edit in _of_type(views, other, referent, before, name))


def _of_parameter(views: Views, place: ItemPlace, before: str, name: str) -> Iterator[Edit]:
    """`@param name: T`, and `#[param(name = "…")]`."""
    start, end = _before_header(views, place)
    text = views.script.text_of(place.file) or b""
    for found in _TAG.finditer(text, start, end):
        if found["name"] == before.encode():
            yield Edit(found.span("name"), name)
    if place.file != 0:
        return
    for attribute in attributes_on(views.script, place.number):
        key = attribute.key("name") if attribute.name == "param" else None
        if key is not None and key.value == before:
            yield Edit(key.value_span, f'"{name}"')


def _of_type(views: Views, place: ItemPlace, own: OwnItem, before: str, name: str) -> Iterator[Edit]:
    """The types that tags state."""
    if before not in views.script.item(place).docs:
        return
    start, end = _before_header(views, place)
    text = views.script.text_of(place.file) or b""
    module = _module(views.script, place)
    for tag in _TAG.finditer(text, start, end):
        stated = _DESCRIPTION.split(tag["type"].decode("utf-8", "replace"))[0].encode()
        for word in re.finditer(rb"[\w:]+", stated):
            path = word[0].decode("utf-8", "replace").split("::")
            if path[-1] == before and found_in_module(views.script, module, path).meaning == own:
                behind = tag.start("type") + word.end()
                yield Edit((behind - len(before.encode()), behind), name)


def _before_header(views: Views, place: ItemPlace) -> tuple[int, int]:
    """The bytes before an item's name: its documentation and attributes are there."""
    item = views.script.item(place)
    return item.span[0], item.span[0] + item.name_span[0]


def _module(script: Script, place: ItemPlace) -> ModulePlace:
    items = script.facts.files[place.file].items
    parent = items[place.number].parent
    while parent is not None and items[parent].kind != "module":
        parent = items[parent].parent
    return ModulePlace(place.file, parent)
