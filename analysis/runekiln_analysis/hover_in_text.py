"""What a text or a comment under the cursor says: names of the kiln, states, events, permissions, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from . import signatures
from .allow_comments import allow_comments
from .attributes import WrittenKey, attributes_on
from .codes.known import known_codes
from .completion_in_attributes import EVENT_KEY
from .facts import Offsets
from .grants import header_of
from .host_notes import with_notes
from .machine_names import machine_name_at
from .names_in_text import NamedInText, named_at
from .permissions import known_permissions
from .script import Script
from .snapshot import Snapshot
from .state_names import events_of, machines_for, told
from .stubs import Attribute, Bindings
from .text_place import text_place

_LISTED = re.compile(r'"([^"]*)"')


class Said(msgspec.Struct, frozen=True):
    """A text in Markdown about the bytes in `span`; `code` is that of the problem that it is about."""

    markdown: str
    span: Offsets
    code: str | None = None


def said_at(snapshot: Snapshot, offset: int) -> Said | None:
    """What is known of the text or comment at `offset`; `None` if that is nothing, or something else is there."""
    text = snapshot.text
    line = text[text.rfind(b"\n", 0, offset) + 1 : offset + 1]
    if b"//" in line and (found := _in_comment(snapshot.script, offset)) is not None:
        return found
    return _in_text(snapshot, offset) if b'"' in line else None


def _in_text(snapshot: Snapshot, offset: int) -> Said | None:
    script = snapshot.script
    named = named_at(snapshot, offset)
    if named is not None:
        return Said(_about_name(named), named.span)
    in_machine = machine_name_at(script, offset)
    if in_machine is not None and in_machine.kind == "state":
        title = f'```rune\nstate "{in_machine.text}"\n```'
        about = told(in_machine.machine, in_machine.text)
        return Said(f"{title}\n\n{about}" if about else title, in_machine.span)
    return _in_attribute(script, offset) or _event(snapshot, offset)


def _about_name(named: NamedInText) -> str:
    name = named.name
    title = f"**{name.name}**" + (f": {name.title}" if name.title and name.title != name.name else "")
    return "\n\n---\n\n".join(part for part in (title, name.head) if part)


def _event(snapshot: Snapshot, offset: int) -> Said | None:
    """The name of a machine's event: the ways that are taken for it."""
    place = text_place(snapshot.script, offset)
    given = None if place is None else place.given
    if place is None or given is None or given.role != "machine-event":
        return None
    machines = machines_for(place.inference, place.token)
    event = place.text
    if event not in events_of(snapshot.script, machines, -1):
        return None
    ways = [way for machine in machines for way in machine.transitions if way.event.text == event]
    lines = [f"- from `{way.source.text or '?'}` to `{way.target.text or '?'}`" for way in ways]
    return Said("\n\n".join((f'```rune\nevent "{event}"\n```', "\n".join(lines))).rstrip(), place.word.span)


def _in_attribute(script: Script, offset: int) -> Said | None:
    """What a key of an attribute is set to: an event, or one of the texts that the host lists."""
    number = script.item_at(offset)
    if number is None:
        return None
    for written in attributes_on(script, number):
        host = script.bindings.attribute_named(written.name)
        for key in written.keys if host is not None else ():
            if host is not None and isinstance(key.value, str) and key.value_span[0] < offset < key.value_span[1]:
                return next(_about_value(script.bindings, host, key), None)
    return None


def _about_value(bindings: Bindings, host: Attribute, key: WrittenKey) -> Iterator[Said]:
    start, end = key.value_span
    declared = next((each for each in host.keys if each.name == key.name), None)
    for event in bindings.events if key.name == EVENT_KEY else ():
        if event.name == key.value:
            docs = with_notes(event.docs, event.about)
            yield Said(f"```rune\n{signatures.of_event(event)}\n```\n\n{docs}".rstrip(), (start + 1, end - 1))
    if declared is not None and key.value in _LISTED.findall(declared.type):
        head = f'```rune\n{key.name} = "{key.value}"\n```'
        yield Said(f"{head}\n\n{with_notes(declared.docs, declared.about)}".rstrip(), (start + 1, end - 1))


def _in_comment(script: Script, offset: int) -> Said | None:
    for written in header_of(script.text).grants or ():
        start, end = written.name_span
        if start <= offset < end and written.granted.name in known_permissions(script.bindings):
            return Said(_about_permission(script.bindings, written.granted.name), (start, end))
    for comment in allow_comments(script.main, script.text):
        for code in comment.codes:
            if code.span[0] <= offset < code.span[1] and (known := known_codes().get(code.code)) is not None:
                return Said(f"`{known.name}` ({known.severity}): {known.about}", code.span, known.name)
    return None


def _about_permission(bindings: Bindings, name: str) -> str:
    """The permission, and what of the host needs it."""
    functions = [(module.path, each) for module in bindings.modules for each in module.functions]
    functions += [(host.name, each) for host in bindings.types for each in host.functions]
    rows = [
        f"- `{path}::{each.name}`"
        + (f", for the value of `{each.about.permission.scope}`" * bool(each.about.permission.scope))
        for path, each in functions
        if each.about.permission is not None and each.about.permission.name == name
    ]
    return (
        "\n\n".join((f"The permission `{name}`, which these need:", "\n".join(rows)))
        if rows
        else f"The permission `{name}`."
    )
