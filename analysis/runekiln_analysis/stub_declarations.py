"""What the declarations of a stub have come to be: the rows of the bindings by where their names stand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from . import signatures
from .script import Script
from .stub_text import changes, spaced
from .stubs import About, Alias, Bindings, Constant, Field, Function, HostType, Macro, Module, Variant

ModuleMember = Constant | Macro | Alias


class Declared(msgspec.Struct, frozen=True):
    """A declaration as scripts see it: its signature in Rune, its documentation, and what else is said of it."""

    name: str
    signature: str
    docs: str
    about: About


def declared_at(script: Script, offset: int) -> Declared | None:
    """The declaration of the stub `script` whose name stands at the offset; `None` while the stub in force is older."""
    for declared in _all(script, script.bindings):
        place = declared.about.place
        if place is not None and place.path == script.main.path and place.span[0] <= offset <= place.span[1]:
            written = script.text[slice(*place.span)].decode("utf-8", "replace").strip('"')
            return declared if written == declared.name else None
    return None


def _all(script: Script, bindings: Bindings) -> Iterator[Declared]:
    for host in bindings.types:
        yield from _of_type(script, host)
    for module in bindings.modules:
        yield from _of_module(script, module)
    for attribute in bindings.attributes:
        yield Declared(attribute.name, signatures.of_attribute(attribute), attribute.docs, attribute.about)
        for key in attribute.keys:
            yield Declared(key.name, signatures.of_key(key), key.docs, key.about)
    for event in bindings.events:
        yield Declared(event.name, signatures.of_event(event), event.docs, event.about)
    for entry in bindings.entries:
        yield Declared(entry.name, signatures.of_entry(script, entry), entry.docs, entry.about)


def _of_type(script: Script, host: HostType) -> Iterator[Declared]:
    yield Declared(host.name, signatures.of_host_type(host), host.docs, host.about)
    for field in host.fields:
        yield _of_field(host.name, field)
    for variant in host.variants:
        yield from _of_variant(host, variant)
    for function in host.functions:
        yield _of_function(function, signatures.of_host_function(script, host, function))


def _of_variant(host: HostType, variant: Variant) -> Iterator[Declared]:
    yield Declared(variant.name, signatures.of_variant(host, variant), variant.docs, variant.about)
    for field in variant.fields:
        yield _of_field(f"{host.name}::{variant.name}", field)


def _of_module(script: Script, module: Module) -> Iterator[Declared]:
    yield Declared(module.path.rpartition("::")[2], f"mod {module.path}", module.docs, module.about)
    for function in module.functions:
        yield _of_function(function, signatures.of_module_function(script, module, function))
    members: tuple[ModuleMember, ...] = (*module.constants, *module.macros, *module.aliases)
    for member in members:
        yield Declared(member.name, signatures.of_module_member(module, member), member.docs, member.about)


def _of_field(owner: str, field: Field) -> Declared:
    marks = spaced(changes(field))
    return Declared(field.name, f"{marks}{owner}.{field.name}: {field.type}", field.docs, field.about)


def _of_function(function: Function, signature: str) -> Declared:
    return Declared(function.name, signature, function.docs, function.about)
