"""What a host declares as a stub (`.rni`) writes it: without documentation, and without the lines of its source."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .host_declarations import (
    alias_head,
    arrow,
    constant_head,
    event_head,
    in_angles,
    key_head,
    macro_head,
    variant_head,
)
from .stubs import (
    About,
    Alias,
    Attribute,
    Constant,
    Entry,
    Field,
    Function,
    HostEvent,
    HostType,
    Key,
    Macro,
    Module,
    Parameter,
    Trait,
    Variant,
)

WIDEST = 100
_INDENT = "    "


def of_module(module: Module) -> str:
    """A module; what is in it is left out."""
    return _below_attributes(module.about, f"pub mod {module.path.rpartition('::')[2]} {{ … }}")


def of_host_type(host: HostType) -> str:
    """A struct with its fields, or an enum with its variants, and the `impl`s with the heads of what they have."""
    name = f"{host.name}{in_angles(host.generics)}"
    inside = [f"{spaced(changes(field))}pub {field.name}: {field.type}," for field in host.fields]
    if host.kind == "enum":
        inside = [f"{variant_head(variant.name, variant)}," for variant in host.variants]
    body = _block(inside) if inside or host.kind == "enum" else ";"
    marks = (*_mark("prelude", host.prelude), *_aliases(host.aliases), *_mark("sealed", host.sealed))
    return "\n".join((_below_attributes(host.about, f"pub {host.kind} {name}{body}", *marks), *_impls(host, name)))


def of_trait(trait: Trait) -> str:
    """A trait with the heads of its functions."""
    members = (of_function(_as_inside(function, trait.about)) for function in trait.functions)
    return _below_attributes(trait.about, f"pub trait {trait.name}{in_angles(trait.generics)}{_block(members)}")


def of_variant(variant: Variant) -> str:
    """A variant as it stands in its enum."""
    return _below_attributes(variant.about, f"{variant_head(variant.name, variant)},")


def of_field(field: Field) -> str:
    """A field as it stands in its struct."""
    return _below_attributes(field.about, f"pub {field.name}: {field.type},", *changes(field))


def changes(field: Field) -> tuple[str, ...]:
    """The attribute that says by what scripts may change a field, if by anything."""
    if not field.operators:
        return _mark("mut", field.mutable)
    return (f"#[mut({_quoted((*(('=',) if field.mutable else ()), *field.operators))})]",)


def spaced(marks: Iterable[str]) -> str:
    """Attributes on the line of what they are about."""
    return "".join(f"{mark} " for mark in marks)


def of_function(function: Function) -> str:
    """A function of a module or of an `impl`."""
    return _below_attributes(function.about, _head(function, "fn"), *_mark("consumes", function.consumes))


def of_protocol(protocol: Function) -> str:
    """What Rune's own syntax asks of a value, as it stands in an `impl`."""
    return _below_attributes(protocol.about, _head(protocol, "protocol"))


def of_constant(constant: Constant) -> str:
    """A constant of a module or of an `impl`."""
    return _below_attributes(constant.about, f"pub {constant_head(constant.name, constant)};")


def of_macro(macro: Macro) -> str:
    """A macro of a module."""
    return _below_attributes(macro.about, f"pub {macro_head(macro.name, macro)};")


def of_alias(alias: Alias) -> str:
    """Another name of a type, in a module."""
    return _below_attributes(alias.about, f"pub {alias_head(alias.name, alias)};")


def of_attribute(attribute: Attribute) -> str:
    """An attribute with its keys, and what the function that it stands on takes and returns."""
    keys = _block(f"{key_head(key)}," for key in attribute.keys) if attribute.keys else ""
    takes = ""
    if attribute.parameters is not None:
        takes = f" for fn({', '.join(_written(attribute.parameters))}){arrow(attribute.returns or '')}"
    whole = f"pub attribute {attribute.name}{keys}{takes};"
    return _below_attributes(attribute.about, whole, *_aliases(attribute.aliases))


def of_key(key: Key) -> str:
    """A key as it stands in its attribute."""
    return _below_attributes(key.about, f"{key_head(key)},")


def of_event(event: HostEvent) -> str:
    """An event that handlers can ask for."""
    return _below_attributes(event.about, f"pub {event_head(event)};", *_mark("cancellable", event.cancellable))


def of_entry(entry: Entry) -> str:
    """A function that the host calls in a script."""
    whole = _call("pub fn ", entry.name, _written(entry.parameters), entry.returns)
    return _below_attributes(entry.about, whole, f"#[entry({_quoted((entry.kind,))})]")


def _impls(host: HostType, name: str) -> Iterable[str]:
    members = [
        *(f"pub {constant_head(constant.name, constant)};" for constant in host.constants),
        *(of_function(_as_inside(function, host.about)) for function in host.functions),
        *(of_protocol(_as_inside(protocol, host.about)) for protocol in host.protocols),
    ]
    head = f"impl{in_angles(host.generics)}"
    if members:
        yield f"{head} {name}{_block(members)}"
    for trait in host.traits:
        yield f"{head} {trait} for {name};"


def _as_inside(function: Function, outer: About) -> Function:
    """The function as it is written inside of something that has said its profiles already."""
    if function.about.profiles != outer.profiles:
        return function
    return msgspec.structs.replace(function, about=msgspec.structs.replace(function.about, profiles=()))


def _head(function: Function, keyword: str) -> str:
    own = ("self",) if function.kind == "method" else ()
    start = f"pub {'async ' if function.is_async else ''}{keyword} "
    name = f"{function.name}{in_angles(function.generics)}"
    return _call(start, name, (*own, *_written(function.parameters)), function.returns)


def _call(start: str, name: str, parameters: tuple[str, ...], returns: str) -> str:
    """A function's head, each parameter on a line of its own if it is too long for one."""
    line = f"{start}{name}({', '.join(parameters)}){arrow(returns)};"
    if len(line) <= WIDEST or not parameters:
        return line
    listed = "".join(f"{_INDENT}{parameter},\n" for parameter in parameters)
    return f"{start}{name}(\n{listed}){arrow(returns)};"


def _written(parameters: Iterable[Parameter]) -> tuple[str, ...]:
    return tuple(f"{parameter.name}: {parameter.type}" for parameter in parameters)


def _block(declarations: Iterable[str]) -> str:
    """Declarations between braces, indented."""
    lines = [f"{_INDENT}{line}\n" for declaration in declarations for line in declaration.splitlines()]
    return f" {{\n{''.join(lines)}}}" if lines else " {}"


def _below_attributes(about: About, text: str, *marks: str) -> str:
    """A declaration below its attributes, in the order in which stubs are written."""
    lines = []
    if about.permission is not None:
        scope = f", scope = {_quoted((about.permission.scope,))}" if about.permission.scope else ""
        lines.append(f"#[permission({_quoted((about.permission.name,))}{scope})]")
    lines += marks
    if about.profiles:
        lines.append(f"#[profile({_quoted(about.profiles)})]")
    for name, said in (("deprecated", about.deprecated), ("since", about.since)):
        if said is not None:
            lines.append(f"#[{name}({_quoted((said,))})]")
    return "\n".join((*lines, text))


def _aliases(aliases: tuple[str, ...]) -> tuple[str, ...]:
    return (f"#[alias({_quoted(aliases)})]",) if aliases else ()


def _mark(name: str, holds: bool) -> tuple[str, ...]:
    return (f"#[{name}]",) if holds else ()


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(msgspec.json.encode(text).decode() for text in texts)
