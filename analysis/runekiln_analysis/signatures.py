"""How functions, fields, types and local names are written in hover and completion."""

from __future__ import annotations

from .declarations import FunctionDeclaration, fields, function_declaration
from .facts import Item
from .flow.inference import return_type
from .functions import parameter_types
from .host_declarations import (
    alias_head,
    arrow,
    constant_head,
    event_head,
    function_head,
    in_angles,
    key_head,
    macro_head,
    variant_head,
)
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
from .types import Type, show


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
    listed = ("self", *_parameters(script, member.parameters))
    returns = "" if member.type is None else show(member.type)
    return function_head(member.name, listed, returns, is_async=member.is_async)


def of_host_function(script: Script, host: HostType, function: Function) -> str:
    """A function of a host type, under the type's name: `fn Workflow::new() -> Workflow`."""
    return _of_function(script, f"{host.name}::{function.name}", function)


def of_module_function(script: Script, module: Module, function: Function) -> str:
    """A function of a module of the host, by its path: `fn crucible::tools::list() -> Vec<Tool>`."""
    return _of_function(script, f"{module.path}::{function.name}", function)


def of_module_member(module: Module, member: Constant | Macro | Alias) -> str:
    """What else a module of the host holds: `const crucible::LIMIT: i64 = 3`, `macro crucible::log!`."""
    path = f"{module.path}::{member.name}"
    match member:
        case Constant():
            return constant_head(path, member)
        case Macro():
            return macro_head(f"{path}!", member)
        case Alias():
            return alias_head(path, member)


def of_host_type(host: HostType) -> str:
    """A type of the host by its path: `enum crucible::agent::Agent`."""
    return f"{host.kind} {host.path}{in_angles(host.generics)}"


def of_variant(host: HostType, variant: Variant) -> str:
    """A variant of an enum of the host: `Agent::Named { name: String }`."""
    return variant_head(f"{host.name}::{variant.name}", variant)


def of_attribute(attribute: Attribute) -> str:
    """An attribute with its keys: `#[handler(event: String, priority: Option<i64>)]`."""
    keys = ", ".join(of_key(key) for key in attribute.keys)
    return f"#[{attribute.name}({keys})]" if keys else f"#[{attribute.name}]"


def of_key(key: Key) -> str:
    """A key of an attribute: `event: String`, `priority: Option<i64>`."""
    return key_head(key)


def of_event(event: HostEvent) -> str:
    """An event with what it carries: `event "tool:before": ToolEvent`."""
    return event_head(event)


def of_entry(script: Script, entry: Entry) -> str:
    """A declared entry, as the host calls it."""
    return function_head(entry.name, _parameters(script, entry.parameters), _shown(script, entry.returns))


def parameter_list(script: Script, member: Member) -> str:
    """What stands between the parentheses when the method is called: `name: String, agent: String`."""
    return ", ".join(_parameters(script, member.parameters))


def _of_function(script: Script, name: str, function: Function) -> str:
    own = ("self",) if function.kind == "method" else ()
    listed = (*own, *_parameters(script, function.parameters))
    returns = _shown(script, function.returns)
    return function_head(name, listed, returns, function.generics, is_async=function.is_async)


def _of_declaration(declaration: FunctionDeclaration, types: tuple[Type | None, ...], returns: Type | None) -> str:
    named = zip(declaration.parameters, types, strict=True)
    shown = (each.name if kind is None else f"{each.name}: {show(kind)}" for each, kind in named)
    listed = ", ".join((*(("self",) if declaration.has_self else ()), *shown))
    public = "pub " if declaration.is_public else ""
    is_async = "async " if declaration.is_async else ""
    return f"{public}{is_async}fn {declaration.name}({listed}){arrow('' if returns is None else show(returns))}"


def _of_own_struct(script: Script, item: Item, number: int) -> str:
    declared = fields(script, number)
    header = f"{_public(item)}struct {item.name}"
    if not declared:
        return header
    if declared[0].name == "0":
        return f"{header}({', '.join('any' if field.type is None else show(field.type) for field in declared)})"
    lines = (f"    {field.name}{'' if field.type is None else f': {show(field.type)}'}," for field in declared)
    return "\n".join((f"{header} {{", *lines, "}"))


def _parameters(script: Script, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
    shown = ((parameter.name, _shown(script, parameter.type)) for parameter in parameters)
    return tuple(f"{name}: {kind}" if kind else name for name, kind in shown)


def _shown(script: Script, text: str) -> str:
    """A type of a stub by the names that scripts have for it; empty if the text is none."""
    kind = stub_type(script.bindings, text)
    return "" if kind is None else show(kind)


def _public(item: Item) -> str:
    return "pub " if item.public else ""


KEYWORDS = {"function": "fn", "module": "mod", "struct": "struct", "enum": "enum", "const": "const"}
