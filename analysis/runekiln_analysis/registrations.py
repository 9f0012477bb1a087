"""What a file of scripts registers with the host, and what in it would not be registered and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from .attributes import AttributedFunction, OtherLiteral, WrittenAttribute, attributed_functions
from .facts import Offsets, Problem
from .rules import entries, handlers, keys, recognition
from .rules.files import is_meant_as_tool, tool_of_file
from .rules.plugins import PluginTool, PluginTools, plugin_tools
from .rules.problems import problem
from .script import Script
from .tools import WrittenTool, written_tool

Role = Literal["script", "plugin"]
"""What the host takes a file for, by the folder that it lies in."""

# A function with one of these problems is registered for nothing, or for something else.
PREVENTING = recognition.PREVENTING | {"missing-attribute-key", "unknown-event"}
# One with this is registered, and each call of it fails.
UNCALLABLE = "wrong-handler-signature"


class Registration(msgspec.Struct, frozen=True):
    """Something that the host would know by `name`; `span` is that of the function's name.

    `details` are pairs for people. `dependencies` are the plugins that a plugin wants before it. An `obstacle` says
    why it is not registered, a `flaw` why each call of it fails. `tool` is what is written about a tool that has
    attributes. What is not `is_attributed` is known to the host by its name alone.
    """

    kind: str
    name: str
    function: str
    span: Offsets
    details: tuple[tuple[str, str], ...] = ()
    dependencies: tuple[str, ...] = ()
    obstacle: Problem | None = None
    flaw: Problem | None = None
    tool: WrittenTool | None = None
    is_attributed: bool = False

    @property
    def is_accident(self) -> bool:
        """Whether nobody meant it: a file of helpers among the plugins."""
        return ("by", "accident") in self.details


def registrations(script: Script, role: Role) -> tuple[Registration, ...]:
    """Everything that the script registers or means to, in the order of the text."""
    found = [*_entries(script, role), *_attributed(script)]
    if role == "plugin":
        found += _whole_file(script)
    broken = _does_not_compile(script)
    in_order = sorted(found, key=lambda each: each.span)
    if broken is not None:
        return tuple(msgspec.structs.replace(each, obstacle=broken) for each in in_order)
    return tuple(in_order)


def _does_not_compile(script: Script) -> Problem | None:
    """The first error of the script: what does not compile registers nothing."""
    errors = [(script.main.span_of(found), found) for found in script.main.problems if found.severity == "error"]
    if not errors:
        return None
    span, first = min(errors, key=lambda pair: pair[0])
    return problem(first.code, f"the script does not compile: {first.message}", span, severity="error")


def _entries(script: Script, role: Role) -> Iterator[Registration]:
    """The functions that the host calls by their name."""
    for named in entries.named_entries(script):
        name = named.item.name
        # In a plugin `main` is what the tool of the whole file calls.
        if name == "main" and role == "plugin":
            continue
        obstacle, flaw = _what_is_wrong(entries.obstacles(script, named))
        yield Registration(named.entry.kind or "entry", name, name, named.name_span, obstacle=obstacle, flaw=flaw)


def _attributed(script: Script) -> Iterator[Registration]:
    for function in attributed_functions(script):
        for kind, attribute in recognition.registering(script, function):
            found = _registration(script, function, kind, attribute)
            obstacle, flaw = _what_is_wrong(_problems(script, function, kind, attribute))
            listed = plugin_tools(script, function) if kind == "plugin" else PluginTools((), complete=True)
            details = found.details if listed.complete else (*found.details, ("tools", "perhaps more"))
            yield msgspec.structs.replace(found, details=details, obstacle=obstacle, flaw=flaw, is_attributed=True)
            for tool in listed.tools:
                yield _tool_of(tool, found.name, obstacle)


def _registration(script: Script, function: AttributedFunction, kind: str, attribute: WrittenAttribute) -> Registration:
    name = function.item.name
    match kind:
        case "tool":
            written = written_tool(script, function, attribute)
            return Registration("tool", f"rune_{name}", name, function.name_span, tool=written)
        case "plugin":
            return Registration(
                "plugin",
                _text(attribute, "name") or name,
                name,
                function.name_span,
                _details(attribute, "deps", "watch"),
                _list(attribute, "deps"),
            )
        case "handler":
            event = _text(attribute, "event")
            details = _details(attribute, "pattern", "priority", "enabled")
            return Registration(attribute.name, event, name, function.name_span, details)
    label = _text(attribute, "name") or _text(attribute, "type") or name
    host = script.bindings.attribute_named(attribute.name)
    others = (key.name for key in (() if host is None else host.keys) if key.name not in ("name", "type"))
    return Registration(kind, label, name, function.name_span, _details(attribute, *others))


def _tool_of(tool: PluginTool, plugin: str, obstacle: Problem | None) -> Registration:
    """A tool of a plugin goes the way of the plugin."""
    obstacle = obstacle or tool.obstacle
    return Registration(
        "tool", tool.name, "dispatch", tool.span, (("plugin", plugin),), obstacle=obstacle, is_attributed=True
    )


def _problems(
    script: Script, function: AttributedFunction, kind: str, attribute: WrittenAttribute
) -> Iterator[Problem]:
    alone = msgspec.structs.replace(function, attributes=(attribute,))
    yield from recognition.obstacles(script, function, kind, attribute)
    yield from keys.keys(script, alone)
    yield from handlers.handlers(script, alone)


def _what_is_wrong(problems: Iterator[Problem]) -> tuple[Problem | None, Problem | None]:
    """The first obstacle and the first flaw among problems."""
    found = tuple(problems)
    obstacle = next((each for each in found if each.code in PREVENTING), None)
    return obstacle, next((each for each in found if each.code == UNCALLABLE), None)


def _whole_file(script: Script) -> Iterator[Registration]:
    name = tool_of_file(script)
    if name is not None:
        details = () if is_meant_as_tool(script) else (("by", "accident"),)
        yield Registration("tool", name, "main", (0, 0), details)


def _text(attribute: WrittenAttribute, name: str) -> str:
    key = attribute.key(name)
    return key.value if key is not None and isinstance(key.value, str) else ""


def _list(attribute: WrittenAttribute, name: str) -> tuple[str, ...]:
    key = attribute.key(name)
    return key.value if key is not None and isinstance(key.value, tuple) else ()


def _details(attribute: WrittenAttribute, *names: str) -> tuple[tuple[str, str], ...]:
    """The keys of these names that are set to something, as they are shown."""
    keys_set = (key for key in attribute.keys if key.name in names and key.value not in (None, (), ""))
    return tuple((key.name, _shown(key.value)) for key in keys_set)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, OtherLiteral):
        return value.text
    return str(value).lower() if isinstance(value, bool) else str(value)
