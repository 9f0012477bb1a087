"""How what a host declares is written in Rune, under the name that a reader is shown: its path, or its bare name."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .stubs import Alias, Constant, HostEvent, Key, Macro, Variant

_UNIT = ("", "()")


def function_head(
    name: str, parameters: Iterable[str], returns: str, generics: Iterable[str] = (), *, is_async: bool = False
) -> str:
    """A function with the texts of its parameters: `async fn read(path: String) -> Note`."""
    return f"{'async ' if is_async else ''}fn {name}{in_angles(generics)}({', '.join(parameters)}){arrow(returns)}"


def constant_head(name: str, constant: Constant) -> str:
    """A constant, with its value if that is known: `const LIMIT: i64 = 3`."""
    value = "" if constant.value is None else f" = {msgspec.json.encode(constant.value).decode()}"
    return f"const {name}: {constant.type}{value}"


def macro_head(name: str, macro: Macro) -> str:
    """A macro: `macro log(expressions)`."""
    return f"macro {name}({macro.arguments}){arrow(macro.returns)}"


def alias_head(name: str, alias: Alias) -> str:
    """Another name of a type: `type Id = String | i64`."""
    return f"type {name}{in_angles(alias.generics)} = {alias.type}"


def variant_head(name: str, variant: Variant) -> str:
    """A variant of an enum with what it holds: `Named { name: String }`."""
    if variant.fields:
        return f"{name} {{ {', '.join(f'{field.name}: {field.type}' for field in variant.fields)} }}"
    return f"{name}({', '.join(variant.values)})" if variant.values else name


def key_head(key: Key) -> str:
    """A key of an attribute: `event: String`, `priority: Option<i64>`."""
    return f"{key.name}: {key.type}" if key.required else f"{key.name}: Option<{key.type}>"


def event_head(event: HostEvent) -> str:
    """An event with what it carries: `event "tool:before": ToolEvent`."""
    return f'event "{event.name}": {event.payload}'


def in_angles(names: Iterable[str]) -> str:
    """Type parameters: `<T, E>`, nothing without any."""
    listed = ", ".join(names)
    return f"<{listed}>" if listed else ""


def arrow(returns: str) -> str:
    """What a function returns, behind its parameters; nothing for `()` and for what is not known."""
    return "" if returns in _UNIT else f" -> {returns}"
