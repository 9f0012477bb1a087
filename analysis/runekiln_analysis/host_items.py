"""Everything that a host declares, as a flat list of items of one shape."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Protocol

import msgspec
from msgspec.structs import replace

from . import stub_text
from .host_item import WITHOUT_MODULE, HostItem, ItemKey, ItemKind
from .stubs import (
    About,
    Alias,
    Attribute,
    Bindings,
    Constant,
    Entry,
    Field,
    Function,
    HostEvent,
    HostType,
    Macro,
    Module,
    Trait,
    Variant,
)


def host_items(*hosts: Bindings) -> tuple[HostItem, ...]:
    """Every declaration of these bindings, each once.

    Modules come in the order of their paths, each with what is in it behind it, by path. Attributes, events and entries
    come last. A module that only lies on the way to something is an item too.
    """
    once: dict[tuple[str, ItemKind], HostItem] = {}
    for host in hosts:
        for item in _of_host(host):
            once.setdefault((item.path, item.kind), item)
    for path in _paths_of_modules(hosts):
        once.setdefault((path, "module"), _of_module(Module(path)))
    return tuple(sorted(once.values(), key=_order))


def _order(item: HostItem) -> tuple[int, str, bool, list[str], str]:
    rank = WITHOUT_MODULE.index(item.kind) + 1 if item.kind in WITHOUT_MODULE else 0
    return (rank, item.module or "", item.kind != "module", item.path.split("::"), item.kind)


def _paths_of_modules(hosts: Iterable[Bindings]) -> Iterator[str]:
    """The paths of all modules, also of those around others and around types that no stub declares."""
    for host in hosts:
        inner = (*(kind.path for kind in host.types), *(trait.path for trait in host.traits))
        for path in (*(module.path for module in host.modules), *map(_module_of, inner)):
            while path:
                yield path
                path = _module_of(path)


def _of_host(host: Bindings) -> Iterator[HostItem]:
    for module in host.modules:
        yield _of_module(module)
        yield from _in_module(module)
    of_traits: dict[str, frozenset[str]] = {}
    for trait in host.traits:
        names = frozenset(function.name for function in trait.functions)
        of_traits |= {trait.name: names, trait.path: names}
        yield from _of_trait(trait)
    for kind in host.types:
        implemented = (of_traits.get(trait.partition("<")[0], frozenset()) for trait in kind.traits)
        yield from _of_type(kind, frozenset[str]().union(*implemented))
    yield from map(_of_attribute, host.attributes)
    yield from map(_of_event, host.events)
    yield from map(_of_entry, host.entries)


class _Around(msgspec.Struct, frozen=True):
    """What a declaration stands in, and the profiles that hold for it unless it says others."""

    module: str
    owner: str | None
    profiles: tuple[str, ...]


def _of_module(module: Module) -> HostItem:
    return replace(_item("module", module.path, stub_text.of_module(module), module), module=module.path)


def _in_module(module: Module) -> Iterator[HostItem]:
    around = _Around(module.path, None, module.about.profiles)
    yield from (_of_function(around, function) for function in module.functions)
    yield from (_of_constant(around, constant) for constant in module.constants)
    yield from (_of_macro(around, macro) for macro in module.macros)
    yield from (_of_alias(around, alias) for alias in module.aliases)


def _of_trait(trait: Trait) -> Iterator[HostItem]:
    around = _Around(_module_of(trait.path), trait.path, trait.about.profiles)
    item = _item("trait", trait.path, stub_text.of_trait(trait), trait)
    yield replace(item, module=around.module, generics=trait.generics)
    yield from (_of_function(around, function) for function in trait.functions)


def _of_type(kind: HostType, of_traits: Container[str]) -> Iterator[HostItem]:
    """A type with its members, but for the functions that it has from its traits."""
    around = _Around(_module_of(kind.path), kind.path, kind.about.profiles)
    own = tuple(function for function in kind.functions if function.name not in of_traits)
    yield replace(
        _item(kind.kind, kind.path, stub_text.of_host_type(replace(kind, functions=own)), kind),
        module=around.module,
        aliases=kind.aliases,
        generics=kind.generics,
        prelude=kind.prelude,
        sealed=kind.sealed,
        traits=kind.traits,
    )
    yield from (_of_field(around, field) for field in kind.fields)
    for variant in kind.variants:
        yield from _of_variant(around, variant)
    yield from (_of_constant(around, constant) for constant in kind.constants)
    yield from (_of_function(around, function) for function in own)
    yield from (_of_protocol(around, protocol) for protocol in kind.protocols)


def _of_variant(around: _Around, variant: Variant) -> Iterator[HostItem]:
    item = _inner("variant", around, stub_text.of_variant(variant), variant)
    yield replace(item, values=variant.values)
    inside = _Around(around.module, item.path, item.profiles)
    yield from (_of_field(inside, field) for field in variant.fields)


def _of_field(around: _Around, field: Field) -> HostItem:
    item = _inner("field", around, stub_text.of_field(field), field)
    return replace(item, type=field.type, mutable=field.mutable, operators=field.operators)


def _of_constant(around: _Around, constant: Constant) -> HostItem:
    item = _inner("constant", around, stub_text.of_constant(constant), constant)
    return replace(item, type=constant.type, value=constant.value)


def _of_function(around: _Around, function: Function) -> HostItem:
    return _called(_inner(function.kind, around, stub_text.of_function(function), function), function)


def _of_protocol(around: _Around, protocol: Function) -> HostItem:
    return _called(_inner("protocol", around, stub_text.of_protocol(protocol), protocol), protocol)


def _called(item: HostItem, function: Function) -> HostItem:
    return replace(
        item,
        parameters=function.parameters,
        type=function.returns,
        is_async=function.is_async,
        consumes=function.consumes,
        generics=function.generics,
    )


def _of_macro(around: _Around, macro: Macro) -> HostItem:
    item = _inner("macro", around, stub_text.of_macro(macro), macro)
    return replace(item, type=macro.returns, arguments=macro.arguments)


def _of_alias(around: _Around, alias: Alias) -> HostItem:
    return replace(_inner("alias", around, stub_text.of_alias(alias), alias), type=alias.type, generics=alias.generics)


def _of_attribute(attribute: Attribute) -> HostItem:
    return replace(
        _item("attribute", attribute.name, stub_text.of_attribute(attribute), attribute),
        parameters=attribute.parameters or (),
        type=attribute.returns,
        aliases=attribute.aliases,
        keys=tuple(ItemKey(key.name, key.type, key.required, key.docs) for key in attribute.keys),
    )


def _of_event(event: HostEvent) -> HostItem:
    item = _item("event", event.name, stub_text.of_event(event), event)
    return replace(item, type=event.payload, cancellable=event.cancellable)


def _of_entry(entry: Entry) -> HostItem:
    item = _item("entry", entry.name, stub_text.of_entry(entry), entry)
    return replace(item, parameters=entry.parameters, type=entry.returns, role=entry.kind)


class _Said(Protocol):
    """What every declaration says of itself."""

    @property
    def docs(self) -> str: ...

    @property
    def about(self) -> About: ...


class _Named(_Said, Protocol):
    @property
    def name(self) -> str: ...


def _inner(kind: ItemKind, around: _Around, declaration: str, said: _Named) -> HostItem:
    item = _item(kind, f"{around.owner or around.module}::{said.name}", declaration, said)
    return replace(item, module=around.module, owner=around.owner, profiles=item.profiles or around.profiles)


def _item(kind: ItemKind, path: str, declaration: str, said: _Said) -> HostItem:
    about = said.about
    return HostItem(
        path,
        kind,
        declaration,
        parameters=(),
        type=None,
        is_async=False,
        permission=about.permission,
        profiles=about.profiles,
        docs=said.docs,
        source=about.source,
        place=about.place,
        deprecated=about.deprecated,
        since=about.since,
    )


def _module_of(path: str) -> str:
    return path.rpartition("::")[0]
