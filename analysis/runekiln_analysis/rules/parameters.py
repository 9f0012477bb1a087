"""The parameters of tools: what `#[param]` says of them, and what the function has."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.attributes import AttributedFunction, WrittenAttribute, names_of
from runekiln_analysis.declarations import DeclaredParameter, function_declaration
from runekiln_analysis.facts import Edit, Fix, Problem
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.script import Script
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, Type, show

# More are handed over as one array.
MOST_PARAMETERS = 4

_SCHEMA_TYPES = {
    **dict.fromkeys(("string", "str", "String"), "string"),
    **dict.fromkeys(("number", "int", "integer", "i32", "i64"), "integer"),
    **dict.fromkeys(("float", "f32", "f64"), "number"),
    **dict.fromkeys(("bool", "boolean"), "boolean"),
    **dict.fromkeys(("array", "list", "Vec"), "array"),
    **dict.fromkeys(("object", "map", "Object"), "object"),
}
_WRITTEN_TYPES = {
    "i64": "integer",
    "u64": "integer",
    "f64": "float",
    "bool": "boolean",
    "Vec": "array",
    "Object": "object",
}


def parameters(script: Script, function: AttributedFunction) -> Iterator[Problem]:
    """What is wrong between a tool's `#[param]` attributes and the parameters of its function."""
    if not function.named(*names_of(script.bindings, "tool")):
        return
    described = function.named(*names_of(script.bindings, "param"))
    declared = function_declaration(script, function.number).parameters
    for attribute in described:
        yield from _name(attribute, declared)
        yield from _type(attribute)
    yield from _undescribed(script, function, described, declared)
    yield from _required_after_optional(described)
    if len(declared) > MOST_PARAMETERS:
        only = f"only up to {MOST_PARAMETERS} come one by one"
        message = f"a tool with {len(declared)} parameters gets them as one array; {only}"
        yield problem("too-many-parameters", message, _list_span(script, function.number))


def _name(attribute: WrittenAttribute, declared: tuple[DeclaredParameter, ...]) -> Iterator[Problem]:
    key = attribute.key("name")
    names = [parameter.name for parameter in declared]
    if key is None or not isinstance(key.value, str) or key.value in names:
        return
    meant = closest(key.value, names)
    message = f"the function has no parameter `{key.value}`{did_you_mean(meant)}"
    fixes = replacement(meant, key.value_span, f'"{meant}"')
    yield problem("param-without-parameter", message, key.value_span, *fixes)


def _type(attribute: WrittenAttribute) -> Iterator[Problem]:
    key = attribute.key("type", "ty")
    if key is None or not isinstance(key.value, str):
        return
    if key.value == "number":
        fixes = (*replacement("integer", key.value_span, '"integer"'), *replacement("float", key.value_span, '"float"'))
        message = "`number` means whole numbers here: write `integer`, or `float` for numbers with a fraction"
        yield problem("number-is-integer", message, key.value_span, *fixes, severity="info")
    elif key.value not in _SCHEMA_TYPES:
        meant = closest(key.value, _SCHEMA_TYPES)
        message = f"`{key.value}` is no type of parameters and taken for `string`{did_you_mean(meant)}"
        fixes = replacement(meant, key.value_span, f'"{meant}"')
        yield problem("unknown-param-type", message, key.value_span, *fixes)


def _undescribed(
    script: Script,
    function: AttributedFunction,
    described: tuple[WrittenAttribute, ...],
    declared: tuple[DeclaredParameter, ...],
) -> Iterator[Problem]:
    """Parameters without `#[param]`: nobody who calls the tool knows of them."""
    keys = [attribute.key("name") for attribute in described]
    if any(key is None or not isinstance(key.value, str) for key in keys):
        return
    names = {key.value for key in keys if key is not None}
    strangers = names - {parameter.name for parameter in declared}
    tree = script.tree(function.number)
    listed = tree.first(0, K.PARAMETER_LIST)
    nodes = [] if listed is None else [child for child in tree.children(listed) if tree.kind(child) == K.PARAMETER]
    for node, parameter in zip(nodes, declared, strict=True):
        # One that is misspelt in its `#[param]` is told there.
        is_misspelt = closest(parameter.name, [str(name) for name in strangers]) is not None
        if parameter.name in names or is_misspelt or not parameter.name.isidentifier():
            continue
        message = f"`{parameter.name}` has no `#[param]`: who calls the tool does not know of it"
        yield problem(
            "parameter-without-param",
            message,
            tree.span(tree.first_child(node)),
            _describe(script, function, parameter),
        )


def _describe(script: Script, function: AttributedFunction, parameter: DeclaredParameter) -> Fix:
    """Write a `#[param]` for the parameter as the last attribute."""
    line = script.text.rfind(b"\n", 0, function.header) + 1
    before = script.text[line : function.header]
    indentation = before.decode() if not before.strip() else " "
    line_end = "\r\n" if b"\r\n" in script.text else "\n"
    separator = line_end + indentation if indentation != " " or not before else " "
    written = f'#[param(name = "{parameter.name}", type = "{_written_type(parameter.type)}")]{separator}'
    return Fix(f"Describe `{parameter.name}`", (Edit((function.header, function.header), written),))


def _written_type(kind: Type | None) -> str:
    if isinstance(kind, Named):
        return _WRITTEN_TYPES.get(kind.name, "string")
    return "string" if kind is None else _WRITTEN_TYPES.get(show(kind), "string")


def _required_after_optional(described: tuple[WrittenAttribute, ...]) -> Iterator[Problem]:
    """Values are handed over by their places, so one that is left out in the middle moves the others."""
    optional: str | None = None
    for attribute in described:
        name, required = attribute.key("name"), attribute.key("required")
        if required is not None and required.value is False:
            optional = str(name.value) if name is not None else None
        elif optional is not None:
            label = str(name.value) if name is not None else ""
            message = f"`{label}` is required and comes after `{optional}`, which is not: it may get the wrong place"
            yield problem("required-after-optional", message, attribute.span)


def _list_span(script: Script, number: int) -> tuple[int, int]:
    tree = script.tree(number)
    listed = tree.first(0, K.PARAMETER_LIST)
    return tree.span(0 if listed is None else listed)
