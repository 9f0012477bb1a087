"""What is written about the tools of a script, as a host reads it."""

from __future__ import annotations

import msgspec

from .attributes import AttributedFunction, WrittenAttribute, names_of
from .script import Script


class ToolAttributes(msgspec.Struct, frozen=True, omit_defaults=True):
    """The keys of a `#[tool(…)]`, the name of its function, and the function's documentation."""

    function: str
    desc: str | None = None
    description: str | None = None
    version: str | None = None
    tags: tuple[str, ...] = ()
    category: str | None = None
    docs: str = ""


class ParamAttributes(msgspec.Struct, frozen=True, omit_defaults=True):
    """The keys of a `#[param(…)]`."""

    name: str
    type: str | None = None
    desc: str | None = None
    description: str | None = None
    required: bool | None = None


class WrittenTool(msgspec.Struct, frozen=True):
    """What is written before the function of a tool."""

    tool: ToolAttributes
    parameters: tuple[ParamAttributes, ...]


def written_tool(script: Script, function: AttributedFunction, attribute: WrittenAttribute) -> WrittenTool:
    """What `attribute`, a `#[tool]`, says together with the `#[param]`s behind it; those before it are not seen."""
    behind = (each for each in function.attributes if each.span > attribute.span)
    described = (each for each in behind if each.name in names_of(script.bindings, "param"))
    tags = attribute.key("tags")
    return WrittenTool(
        ToolAttributes(
            function.item.name,
            _text(attribute, "desc"),
            _text(attribute, "description"),
            _text(attribute, "version"),
            tags.value if tags is not None and isinstance(tags.value, tuple) else (),
            _text(attribute, "category"),
            function.item.docs,
        ),
        tuple(_parameter(each) for each in described if _text(each, "name") is not None),
    )


def _parameter(attribute: WrittenAttribute) -> ParamAttributes:
    required = attribute.key("required")
    return ParamAttributes(
        _text(attribute, "name") or "",
        _text(attribute, "type", "ty"),
        _text(attribute, "desc"),
        _text(attribute, "description"),
        required.value if required is not None and isinstance(required.value, bool) else None,
    )


def _text(attribute: WrittenAttribute, *names: str) -> str | None:
    """The text of the first of these keys that is there."""
    found = (key for name in names if (key := attribute.key(name)) is not None)
    return next((key.value for key in found if isinstance(key.value, str)), None)
