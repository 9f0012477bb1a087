"""What stands behind the dot: the fields and methods of a type, the host's and the script's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from .declarations import fields, function_declaration
from .resolve.below import functions_of, imported_names
from .resolve.items import found_in_module
from .resolve.meaning import HostTypeMeaning, OwnItem
from .script import ItemPlace, ModulePlace, Script
from .stubs import NOTHING_SAID, About, Bindings, Field, Function, HostType, Parameter
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import (
    NOT_READABLE,
    UNKNOWN,
    FunctionOf,
    KeyedObject,
    Named,
    TupleOf,
    Type,
    UnionOf,
    given,
    parse_type,
    show,
)

PAYLOAD = "payload"
"""The field of an event that has what the event carries."""


class Member(msgspec.Struct, frozen=True):
    """A field or method of a value.

    `type` is that of the field, or what a host's method returns; `own` is the function of the script that the
    method is. `host` is the type that a host's member belongs to.
    """

    name: str
    kind: Literal["field", "method"]
    type: Type | None
    docs: str
    mutable: bool = False
    parameters: tuple[Parameter, ...] = ()
    is_async: bool = False
    consumes: bool = False
    host: HostType | None = None
    own: ItemPlace | None = None
    about: About = NOTHING_SAID


def members(script: Script, kind: Type) -> tuple[Member, ...]:
    """All members of a type, fields first, in the order of their declaration; none for types that are not known."""
    if isinstance(kind, KeyedObject):
        keys = (Member(key, "field", None, "", mutable=True) for key in kind.keys)
        return (*keys, *members(script, Named("Object")))
    if not isinstance(kind, Named):
        return ()
    if kind.item == NOT_READABLE:
        return ()
    if kind.item is not None:
        return _own_members(script, kind.item)
    host = script.bindings.type_meant(kind.name)
    if host is None:
        return ()
    methods = (function for function in host.functions if function.kind == "method")
    return (
        *(host_field(script, host, field, kind) for field in host.fields),
        *(host_method(script, host, function, kind) for function in methods),
    )


def member_named(script: Script, kind: Type, name: str) -> Member | None:
    """The member of that name."""
    if isinstance(kind, KeyedObject):
        is_key = name in kind.keys
        return Member(name, "field", None, "", mutable=True) if is_key else member_named(script, Named("Object"), name)
    if not isinstance(kind, Named):
        return None
    if kind.item is not None:
        return next((member for member in members(script, kind) if member.name == name), None)
    host = script.bindings.type_meant(kind.name)
    if host is None:
        return None
    fields_of_name = (host_field(script, host, field, kind) for field in host.fields if field.name == name)
    methods = (function for function in host.functions if function.name == name and function.kind == "method")
    return next(fields_of_name, None) or next((host_method(script, host, method, kind) for method in methods), None)


def member_name(tree: TreeView, node: int) -> str | None:
    """The name behind the dot of a field or method expression."""
    dot = tree.first(node, K.DOT)
    if dot is None:
        return None
    named = next((child for child in tree.children(node) if child > dot), None)
    return None if named is None else tree.content(named).partition("::")[0]


def host_field(script: Script, host: HostType, field: Field, of: Named) -> Member:
    """A field of a host type as a member of the type `of`, which says what the parameters of the other stand for."""
    kind = payload_of(of, field.name) or _in_type(stub_type(script.bindings, field.type), host, of)
    return Member(field.name, "field", kind, field.docs, mutable=field.mutable, host=host, about=field.about)


def host_method(script: Script, host: HostType, function: Function, of: Named) -> Member:
    """A method of a host type as a member of the type `of`."""
    return Member(
        function.name,
        "method",
        returned(script.bindings, host, function, of),
        function.docs,
        parameters=tuple(_parameter(script, host, of, function, each) for each in function.parameters),
        is_async=function.is_async,
        consumes=function.consumes,
        host=host,
        about=function.about,
    )


def payload_of(kind: Named, field: str) -> Type | None:
    """What an event carries whose handler says which event it is; `None` for any other field."""
    carried = kind.arguments[0] if field == PAYLOAD and len(kind.arguments) == 1 else None
    return carried if isinstance(carried, KeyedObject) or carried == Named("Object") else None


def returned(bindings: Bindings, host: HostType, function: Function, of: Named) -> Type | None:
    """What a method or protocol of a host type gives, called on a value of the type `of`."""
    return _in_type(stub_type(bindings, function.returns), host, of, function.generics)


def taken(bindings: Bindings, host: HostType, function: Function, of: Named) -> Type | None:
    """The same of what it takes first besides the value itself; `UNKNOWN` if that is nothing, or may be anything."""
    if not function.parameters:
        return UNKNOWN
    return _in_type(stub_type(bindings, function.parameters[0].type), host, of, function.generics)


def _parameter(script: Script, host: HostType, of: Named, function: Function, stated: Parameter) -> Parameter:
    if not host.generics and not function.generics:
        return stated
    kind = _in_type(stub_type(script.bindings, stated.type), host, of, function.generics)
    return stated if kind is None else Parameter(stated.name, show(kind))


def _in_type(stated: Type | None, host: HostType, of: Named, others: tuple[str, ...] = ()) -> Type | None:
    """A type that a member states, with what is known for the parameters of its type; `others` are not."""
    if stated is None or not (host.generics or others or "Self" in show(stated)):
        return stated
    known: dict[str, Type] = dict.fromkeys((*others, *host.generics), UNKNOWN)
    known.update(zip(host.generics, of.arguments, strict=False))
    return given(stated, {**known, "Self": of})


def stub_type(bindings: Bindings, text: str) -> Type | None:
    """The type that a text of a stub stands for, aliases replaced by the types' names."""
    parsed = parse_type(text)
    return None if parsed is None else _with_names(parsed, lambda name: _host_name(bindings, name))


def canonical(script: Script, module: ModulePlace, stated: Type) -> Type:
    """A type stated in `module`, its names resolved: own items get their number, aliases the type's name."""
    return _with_names(stated, lambda name: _meant(script, module, name))


def _own_members(script: Script, number: int) -> tuple[Member, ...]:
    item = script.main.items[number]
    module = script.module_of(number)
    own: list[Member] = []
    for field in fields(script, number) if item.kind == "struct" else ():
        kind = None if field.type is None else canonical(script, module, field.type)
        own.append(Member(field.name, "field", kind, field.docs, mutable=True))
    for place, function in functions_of(script, ItemPlace(0, number)):
        if function_declaration(script, place.number).has_self:
            own.append(Member(function.name, "method", None, function.docs, own=place))
    return tuple(own)


def _with_names(kind: Type, meant: Callable[[str], Named]) -> Type:
    """The type with each of its names replaced by what it means."""
    match kind:
        case Named(name, arguments):
            found = meant(name)
            return Named(found.name, tuple(_with_names(argument, meant) for argument in arguments), found.item)
        case TupleOf(parts):
            return TupleOf(tuple(_with_names(part, meant) for part in parts))
        case UnionOf(parts):
            return UnionOf(tuple(_with_names(part, meant) for part in parts))
        case FunctionOf(parameters, returns):
            return FunctionOf(tuple(_with_names(each, meant) for each in parameters), _with_names(returns, meant))
    return kind


def _host_name(bindings: Bindings, name: str) -> Named:
    host = bindings.type_meant(name)
    return Named(name if host is None else _shortest_name(bindings, host))


def _meant(script: Script, module: ModulePlace, name: str) -> Named:
    path = name.split("::")
    found = found_in_module(script, module, path)
    match found.meaning:
        case OwnItem(place) if script.item(place).kind in ("struct", "enum"):
            return Named(name, (), place.number if place.file == 0 else NOT_READABLE)
        case HostTypeMeaning(host):
            return Named(_shortest_name(script.bindings, host))
    if found.constant is None or path[0] in (each for each, _ in imported_names(script, module)):
        return Named(name, (), NOT_READABLE)
    # An annotation may name a host type that is not in the prelude without importing it.
    return _host_name(script.bindings, name)


def _shortest_name(bindings: Bindings, host: HostType) -> str:
    return host.name if bindings.type_meant(host.name) is host else host.path
