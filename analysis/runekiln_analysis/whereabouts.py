"""Where the things are declared that names refer to."""

from __future__ import annotations

import msgspec

from .facts import Offsets
from .host_item import ItemKind
from .referents import HostAttribute, HostField, InnerField, InnerName, LocalName, Referent
from .resolve.meaning import (
    HostConstant,
    HostFunctionMeaning,
    HostModule,
    HostTypeMeaning,
    HostVariant,
    InnerItem,
    ModuleFunction,
    ModuleMember,
    OwnField,
    OwnItem,
    OwnVariant,
)
from .script import ItemPlace
from .stubs import About, Alias, Macro, Place, SourceLine
from .syntax import SyntaxKind as K
from .views import Views


class Declared(msgspec.Struct, frozen=True):
    """A declaration in a file of the script: all of it, with its documentation, and the name in that."""

    path: str
    span: Offsets
    name_span: Offsets


class DeclaredByHost(msgspec.Struct, frozen=True):
    """A declaration of the host by its path and kind.

    `place` is where its name stands in a stub, `source` where the host's own Rust has it, if that is known.
    """

    path: str
    kind: ItemKind
    place: Place | None
    source: SourceLine | None = None


Whereabouts = Declared | DeclaredByHost


def whereabouts(views: Views, referent: Referent) -> Whereabouts | None:
    """Where a thing is declared; `None` if nobody knows."""
    match referent:
        case LocalName(place, number):
            return _of_local(views, place, number)
        case InnerName(place, node):
            tree = views.tree(place)
            return Declared(views.path(place.file), tree.span(tree.path_to(node)[-3]), tree.span(node))
        case OwnItem(place):
            return of_item(views, place)
        case OwnVariant(enum, name):
            return _of_variant(views, enum, name)
        case OwnField(owner, name) if not isinstance(owner, InnerItem):
            return _of_own_field(views, owner, name)
        case InnerField(InnerName(place, node), name):
            tree = views.tree(place)
            return _of_field(views, place, tree.path_to(node)[-3], name)
    return of_host(referent)


def of_item(views: Views, place: ItemPlace) -> Declared:
    """Where an item of the script is declared."""
    item = views.script.item(place)
    start, end = item.name_span
    return Declared(views.path(place.file), item.span, (item.span[0] + start, item.span[0] + end))


def of_host(referent: Referent) -> DeclaredByHost | None:
    """The name of something that the host declares."""
    match referent:
        case HostTypeMeaning(host):
            return _by_host(host.path, host.kind, host.about)
        case HostFunctionMeaning(host, function):
            return _by_host(f"{host.path}::{function.name}", function.kind, function.about)
        case HostConstant(host, constant):
            return _by_host(f"{host.path}::{constant.name}", "constant", constant.about)
        case HostVariant(host, variant):
            return _by_host(f"{host.path}::{variant.name}", "variant", variant.about)
        case HostField(host, field):
            return _by_host(f"{host.path}::{field.name}", "field", field.about)
        case ModuleFunction(module, function):
            return _by_host(f"{module.path}::{function.name}", function.kind, function.about)
        case ModuleMember(module, member):
            kind: ItemKind = (
                "macro" if isinstance(member, Macro) else "alias" if isinstance(member, Alias) else "constant"
            )
            return _by_host(f"{module.path}::{member.name}", kind, member.about)
        case HostModule(path):
            return DeclaredByHost(path, "module", None)
        case HostAttribute(attribute, key):
            return _by_host(attribute.name, "attribute", attribute.about if key is None else key.about)
    return None


def _by_host(path: str, kind: ItemKind, about: About) -> DeclaredByHost:
    return DeclaredByHost(path, kind, about.place, about.source)


def _of_local(views: Views, place: ItemPlace, number: int) -> Declared | None:
    resolution = views.resolution(place)
    if resolution is None:
        return None
    binding, tree = resolution.bindings[number], views.tree(place)
    return Declared(views.path(place.file), tree.span(binding.pattern), tree.span(binding.node))


def variant_node(views: Views, enum: ItemPlace, name: str) -> int | None:
    """The `VARIANT` of that name in an enum."""
    tree = views.tree(enum)
    for node in tree.descendants(0, K.VARIANT):
        written = tree.first(node, K.NAME)
        if written is not None and tree.content(written) == name:
            return node
    return None


def _of_variant(views: Views, enum: ItemPlace, name: str) -> Declared | None:
    node = variant_node(views, enum, name)
    written = None if node is None else views.tree(enum).first(node, K.NAME)
    if node is None or written is None:
        return None
    return Declared(views.path(enum.file), views.tree(enum).span(node), views.tree(enum).span(written))


def _of_own_field(views: Views, owner: OwnItem | OwnVariant, name: str) -> Declared | None:
    if isinstance(owner, OwnItem):
        return _of_field(views, owner.place, 0, name)
    node = variant_node(views, owner.enum, owner.name)
    return None if node is None else _of_field(views, owner.enum, node, name)


def _of_field(views: Views, place: ItemPlace, owner: int, name: str) -> Declared | None:
    node = field_node(views, place, owner, name)
    if node is None:
        return None
    tree = views.tree(place)
    written = tree.first(node, K.NAME)
    return Declared(views.path(place.file), tree.span(node), tree.span(node if written is None else written))


def field_node(views: Views, place: ItemPlace, owner: int, name: str) -> int | None:
    """The `FIELD` of that name of the struct or variant at the node `owner`."""
    tree = views.tree(place)
    listed = tree.first(owner, K.FIELD_LIST, K.TUPLE_FIELD_LIST)
    fields = [] if listed is None else [node for node in tree.children(listed) if tree.kind(node) == K.FIELD]
    if listed is not None and tree.kind(listed) == K.TUPLE_FIELD_LIST:
        return fields[int(name)] if name.isdecimal() and int(name) < len(fields) else None
    named = ((node, tree.first(node, K.NAME)) for node in fields)
    return next((node for node, word in named if word is not None and tree.content(word) == name), None)
