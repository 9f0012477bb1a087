"""How functions, fields, types and local names are written in hover and completion."""

from __future__ import annotations

import msgspec

from .declarations import FunctionDeclaration, fields, function_declaration
from .facts import Item
from .functions import parameter_types
from .infer import return_type
from .members import Member, stub_type
from .script import ItemPlace, Script
from .stubs import (
    Alias,
    Attribute,
    Constant,
    Entry,
    Function,
    HostEvent,
    HostType,
    Key,
    Macro,
    Module,
    Parameter,
    Variant,
)
from .types import UNIT, Type, show


def of_item(script: Script, place: ItemPlace) -> str:
    """An own item: `pub fn slug(title: String) -> String`; just kind and name if it is in a `mod` file."""
    item = script.item(place)
    if place.file == 0 and item.kind == "function":
        return of_own_function(script, place.number)
    if place.file == 0 and item.kind == "struct":
        return _of_own_struct(script, item, place.number)
    return f"{_public(item)}{KEYWORDS.get(item.kind, item.kind)} {item.name}"


def of_own_function(script: Script, number: int) -> str:
    """A function of the script, with the types of its parameters as far as they are known."""
    declaration = function_declaration(script, number)
    returns = declaration.returns and return_type(script, number)
    return _of_declaration(declaration, parameter_types(script, number), declaration.returns if returns else None)


def of_local_function(declaration: FunctionDeclaration) -> str:
    """A function inside a function, with the types that are stated."""
    types = tuple(parameter.type for parameter in declaration.parameters)
    return _of_declaration(declaration, types, declaration.returns)


def of_member(script: Script, member: Member) -> str:
    """A field or method: `phases(self) -> Vec<Phase>`, `name: String`."""
    if member.own is not None:
        return of_item(script, member.own)
    if member.kind == "field":
        return member.name if member.type is None else f"{member.name}: {show(member.type)}"
    header = _function(script, member.name, ("self",), member.parameters, member.type)
    return f"async {header}" if member.is_async else header


def of_host_function(script: Script, host: HostType, function: Function) -> str:
    """A function of a host type, under the type's name: `fn Workflow::new() -> Workflow`."""
    own = ("self",) if function.kind == "method" else ()
    header = _function(
        script, f"{host.name}::{function.name}", own, function.parameters, _stub(script, function.returns)
    )
    return f"async {header}" if function.is_async else header


def of_module_function(script: Script, module: Module, function: Function) -> str:
    """A function of a module of the host, by its path: `fn crucible::tools::list() -> Vec<Tool>`."""
    name = f"{module.path}::{function.name}{_generics(function.generics)}"
    header = _function(script, name, (), function.parameters, _stub(script, function.returns))
    return f"async {header}" if function.is_async else header


def of_module_member(module: Module, member: Constant | Macro | Alias) -> str:
    """What else a module of the host holds: `const crucible::LIMIT: i64 = 3`, `macro crucible::log!`."""
    match member:
        case Constant(name, kind, value):
            shown = "" if value is None else f" = {msgspec.json.encode(value).decode()}"
            return f"const {module.path}::{name}: {kind}{shown}"
        case Macro(name, arguments, returns):
            given = "expressions" if arguments == "expressions" else "tokens"
            return f"macro {module.path}::{name}!({given}){'' if returns == '()' else f' -> {returns}'}"
        case Alias(name, kind, generics):
            return f"type {module.path}::{name}{_generics(generics)} = {kind}"


def of_host_type(host: HostType) -> str:
    """A type of the host by its path: `enum crucible::agent::Agent`."""
    return f"{host.kind} {host.path}{_generics(host.generics)}"


def of_variant(host: HostType, variant: Variant) -> str:
    """A variant of an enum of the host: `Agent::Named { name: String }`."""
    name = f"{host.name}::{variant.name}"
    if variant.fields:
        return f"{name} {{ {', '.join(f'{field.name}: {field.type}' for field in variant.fields)} }}"
    return f"{name}({', '.join(variant.values)})" if variant.values else name


def of_attribute(attribute: Attribute) -> str:
    """An attribute with its keys: `#[handler(event: String, priority: Option<i64>)]`."""
    keys = ", ".join(of_key(key) for key in attribute.keys)
    return f"#[{attribute.name}({keys})]" if keys else f"#[{attribute.name}]"


def of_key(key: Key) -> str:
    """A key of an attribute: `event: String`, `priority: Option<i64>`."""
    return f"{key.name}: {key.type}" if key.required else f"{key.name}: Option<{key.type}>"


def of_event(event: HostEvent) -> str:
    """An event with what it carries: `event "tool:before": ToolEvent`."""
    return f'event "{event.name}": {event.payload}'


def of_entry(script: Script, entry: Entry) -> str:
    """A declared entry, as the host calls it."""
    return _function(script, entry.name, (), entry.parameters, _stub(script, entry.returns))


def parameter_list(script: Script, member: Member) -> str:
    """What stands between the parentheses when the method is called: `name: String, agent: String`."""
    return ", ".join(_parameter(script, parameter) for parameter in member.parameters)


def _function(
    script: Script, name: str, own: tuple[str, ...], parameters: tuple[Parameter, ...], returns: Type | None
) -> str:
    listed = ", ".join((*own, *(_parameter(script, parameter) for parameter in parameters)))
    return f"fn {name}({listed}){_returns(returns)}"


def _of_declaration(declaration: FunctionDeclaration, types: tuple[Type | None, ...], returns: Type | None) -> str:
    named = zip(declaration.parameters, types, strict=True)
    shown = (each.name if kind is None else f"{each.name}: {show(kind)}" for each, kind in named)
    listed = ", ".join((*(("self",) if declaration.has_self else ()), *shown))
    public = "pub " if declaration.is_public else ""
    is_async = "async " if declaration.is_async else ""
    return f"{public}{is_async}fn {declaration.name}({listed}){_returns(returns)}"


def _of_own_struct(script: Script, item: Item, number: int) -> str:
    declared = fields(script, number)
    header = f"{_public(item)}struct {item.name}"
    if not declared:
        return header
    if declared[0].name == "0":
        return f"{header}({', '.join('any' if field.type is None else show(field.type) for field in declared)})"
    lines = (f"    {field.name}{'' if field.type is None else f': {show(field.type)}'}," for field in declared)
    return "\n".join((f"{header} {{", *lines, "}"))


def _parameter(script: Script, parameter: Parameter) -> str:
    kind = _stub(script, parameter.type)
    return parameter.name if kind is None else f"{parameter.name}: {show(kind)}"


def _stub(script: Script, text: str) -> Type | None:
    return stub_type(script, text)


def _returns(kind: Type | None) -> str:
    if kind is None or kind == UNIT:
        return ""
    return f" -> {show(kind)}"


def _generics(names: tuple[str, ...]) -> str:
    return f"<{', '.join(names)}>" if names else ""


def _public(item: Item) -> str:
    return "pub " if item.public else ""


KEYWORDS = {"function": "fn", "module": "mod", "struct": "struct", "enum": "enum", "const": "const"}
