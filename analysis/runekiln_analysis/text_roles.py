"""What a text means that a function of the host is given: the name of a note, of a state, and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, cast

from .kiln_names import Thing

TextRole = Thing | Literal["state", "new-state", "machine-event"]

STATED: tuple[Thing, ...] = ("note", "file", "title", "agent", "tool", "session")
"""What documentation can say that a text names."""

_TAG = re.compile(r"^\s*@names[ \t]+(\w+)[ \t]*:[ \t]*(note|file|title|agent|tool|session)\b", re.MULTILINE)
_MACHINE = "crucible::StateMachine"
_EVENT = "crucible::RuneSessionEvent"

# These stubs are written of documentation in Rust, which has no tags.
OF_PARAMETERS: Mapping[tuple[str, str], TextRole] = {
    (f"{_MACHINE}::state", "name"): "new-state",
    (f"{_MACHINE}::initial", "name"): "state",
    (f"{_MACHINE}::terminal", "name"): "state",
    (f"{_MACHINE}::transition", "from"): "state",
    (f"{_MACHINE}::transition", "to"): "state",
    (f"{_MACHINE}::transition", "on"): "machine-event",
    (f"{_MACHINE}::fire", "event"): "machine-event",
    (f"{_MACHINE}::fire_async", "event"): "machine-event",
    (f"{_EVENT}::note_modified", "path"): "note",
    (f"{_EVENT}::tool_called", "name"): "tool",
    (f"{_EVENT}::tool_completed", "name"): "tool",
    (f"{_EVENT}::tool_error", "name"): "tool",
    ("crucible::workflow::Workflow::add_step", "agent"): "agent",
    ("graph::find", "title"): "title",
    ("graph::inlinks", "title"): "title",
    ("graph::outlinks", "title"): "title",
}
"""By the path of the function and the name of its parameter."""


def role_of_parameter(path: str, name: str, docs: str) -> TextRole | None:
    """What a parameter of the function at `path` names, by its documentation or by the table."""
    return roles_in(docs).get(name) or OF_PARAMETERS.get((path, name))


def roles_in(docs: str) -> dict[str, Thing]:
    """What the tags `@names path: note` say, by the parameter."""
    if "@names" not in docs:
        return {}
    return {name: cast(Thing, thing) for name, thing in _TAG.findall(docs)}
