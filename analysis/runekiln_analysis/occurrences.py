"""Every place in a script and its `mod` files where a thing is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from .facts import Offsets
from .referents import (
    MEMBERS,
    HostField,
    InnerField,
    InnerName,
    LocalName,
    Referent,
    field_names,
    member_at,
    members_at,
    referents,
)
from .resolve.entries import takes_self
from .resolve.meaning import HostFunctionMeaning, InnerItem, OwnField, OwnItem, OwnVariant
from .resolve.resolution import Resolution
from .script import ItemPlace
from .syntax import SyntaxKind as K
from .tree import TreeView
from .views import Views
from .whereabouts import field_node, variant_node

Access = Literal["declaration", "read", "write"]

_BEHIND_DOT = re.compile(re.escape(bytes([K.DOT])) + b"[" + re.escape(bytes([K.IDENTIFIER, K.NUMBER_LITERAL])) + b"]")
_ALIAS = re.compile(rb"\bas\s")


class Occurrence(msgspec.Struct, frozen=True):
    """A token that names the thing."""

    place: ItemPlace
    node: int
    access: Access


class Occurrences(msgspec.Struct, frozen=True):
    """All that surely name the thing, in the order of the text, and those of which nobody can say whether they do."""

    sure: tuple[Occurrence, ...]
    unsure: tuple[Occurrence, ...] = ()


def occurrences(views: Views, referent: Referent, file: int | None = None) -> Occurrences:
    """Where a thing is named, in all files or in one."""
    places = [place for place in views.places() if file in (None, place.file)]
    match referent:
        case LocalName(place, number):
            return _of_local(views, place, number)
        case InnerName(place, _) | InnerField(InnerName(place, _), _):
            places = [place]
    sure, unsure = list(_declarations(views, referent, places)), list[Occurrence]()
    names = _names(views, referent)
    for place in _which_have(views, places, names):
        resolution = views.resolution(place)
        if resolution is not None:
            sure += _named_in(views, place, resolution, referent)
            _look_at_members(views, place, referent, sure, unsure)
            unsure += _opaque(views, place, resolution, names)
    return Occurrences(_in_order(views, sure), _in_order(views, unsure))


def name_of(views: Views, referent: Referent) -> str | None:
    """The name that a thing was declared with; `None` for one of the host, unless it is a member of a type."""
    match referent:
        case LocalName(place, number):
            resolution = views.resolution(place)
            return None if resolution is None else resolution.bindings[number].name
        case OwnItem(place):
            return views.script.item(place).name
        case InnerName(place, node):
            return views.tree(place).content(node)
        case OwnVariant(_, name) | OwnField(_, name) | InnerField(_, name):
            return name
        case HostField(_, field):
            return field.name
        case HostFunctionMeaning(_, function):
            return function.name
    return None


def is_method(views: Views, referent: Referent) -> bool:
    """Whether a thing is a function of the script that is called on values."""
    if not isinstance(referent, OwnItem) or views.script.item(referent.place).kind != "function":
        return False
    return takes_self(views.tree(referent.place), 0) if views.script.item(referent.place).parent is not None else False


def _of_local(views: Views, place: ItemPlace, number: int) -> Occurrences:
    resolution, tree = views.resolution(place), views.tree(place)
    if resolution is None:
        return Occurrences(())
    binding = resolution.bindings[number]
    found = [Occurrence(place, binding.node, "declaration")]
    found += (Occurrence(place, node, "write" if node in binding.writes else "read") for node in binding.uses)
    opaque = [node for node in resolution.opaque if tree.content(node) == binding.name]
    return Occurrences(_in_order(views, found), tuple(Occurrence(place, node, "read") for node in opaque))


def _declarations(views: Views, referent: Referent, places: list[ItemPlace]) -> Iterator[Occurrence]:
    """Where a thing of the script is declared, if that is at one of the places."""
    node: int | None = None
    match referent:
        case OwnItem(place):
            node = views.tree(place).first(0, K.NAME)
        case InnerName(place, token):
            node = token - 1
        case OwnVariant(place, name):
            node = _name_in(views.tree(place), variant_node(views, place, name))
        case OwnField(OwnItem(place), name):
            node = _name_in(views.tree(place), field_node(views, place, 0, name))
        case OwnField(OwnVariant(place, variant), name):
            owner = variant_node(views, place, variant)
            node = None if owner is None else _name_in(views.tree(place), field_node(views, place, owner, name))
        case InnerField(InnerName(place, token), name):
            tree = views.tree(place)
            node = _name_in(tree, field_node(views, place, tree.path_to(token)[-3], name))
        case _:
            return
    if node is not None and place in places:
        yield Occurrence(place, node + 1, "declaration")


def _name_in(tree: TreeView, node: int | None) -> int | None:
    return None if node is None else tree.first(node, K.NAME)


def _names(views: Views, referent: Referent) -> frozenset[bytes] | None:
    """The words that a thing can be named with, `None` if that may be any: imports give other names."""
    name = name_of(views, referent)
    if name is None:
        return None
    is_member = isinstance(referent, OwnField | InnerField | HostField | HostFunctionMeaning)
    texts = (views.script.text_of(number) for number in range(len(views.script.facts.files)))
    if not is_member and any(text is not None and _ALIAS.search(text) for text in texts):
        return None
    return frozenset((name.encode(), b"Self") if isinstance(referent, OwnItem) else (name.encode(),))


def _which_have(views: Views, places: list[ItemPlace], names: frozenset[bytes] | None) -> Iterator[ItemPlace]:
    for place in places:
        text, span = views.script.text_of(place.file), views.script.item(place).span
        if names is None or (text is not None and any(text.find(name, *span) >= 0 for name in names)):
            yield place


def _named_in(views: Views, place: ItemPlace, resolution: Resolution, referent: Referent) -> Iterator[Occurrence]:
    """The names in paths, literals and patterns."""
    tree = views.tree(place)
    match referent:
        case OwnField():
            nodes = [node for node, field in resolution.fields.items() if field == referent]
            yield from (Occurrence(place, node, _access_of_field(tree, node)) for node in nodes)
        case InnerField(owner, name):
            wanted = OwnField(InnerItem(owner.node), name)
            nodes = [node for node, field in resolution.fields.items() if field == wanted]
            yield from (Occurrence(place, node, _access_of_field(tree, node)) for node in nodes)
        case HostField(_, field):
            tokens = (node for node in range(len(tree)) if tree.kind(node) == K.IDENTIFIER)
            literal = [node for node in tokens if tree.kind(tree.parent(node)) in _IN_LITERALS]
            named = (node for node in literal if tree.content(node) == field.name)
            found = (node for node in named if referent in referents(views, place, node))
            yield from (Occurrence(place, node, _access_of_field(tree, node)) for node in found)
        case InnerName(_, inner):
            nodes = [node for node, meaning in resolution.names.items() if meaning == InnerItem(inner)]
            yield from (Occurrence(place, node, "read") for node in nodes)
        case _:
            for node, meaning in resolution.names.items():
                if meaning == referent and tree.kind(node) in (K.IDENTIFIER, K.SELF_TYPE_KEYWORD):
                    yield Occurrence(place, node, "read")


_IN_LITERALS = (K.FIELD_INITIALIZER, K.FIELD_PATTERN, K.IDENTIFIER_PATTERN)


def _access_of_field(tree: TreeView, node: int) -> Access:
    return "write" if tree.kind(tree.parent(node)) == K.FIELD_INITIALIZER else "read"


def _look_at_members(
    views: Views, place: ItemPlace, referent: Referent, sure: list[Occurrence], unsure: list[Occurrence]
) -> None:
    """The fields and methods behind dots: those of the thing's type, and those of values that may be anything."""
    name = name_of(views, referent)
    kind = _kind_of_member(views, referent)
    if name is None or kind is None:
        return
    tree = views.tree(place)
    for token in behind_dots(views, place, name):
        node = tree.parent(token)
        if tree.kind(node) not in kind or member_at(tree, node) != token:
            continue
        found = Occurrence(place, token, _access_of_member(tree, node))
        owners = views.owners(place, node, name)
        if owners is None:
            unsure.append(found)
        elif referent in (members := list(members_at(views, place, node))):
            sure.append(found)
            if len(owners) > 1 and any(each != referent for each in members):
                # The value may be of another type, too, which has a member of that name.
                unsure.append(found)


def behind_dots(views: Views, place: ItemPlace, name: str) -> Iterator[int]:
    """The tokens behind a dot that are that name."""
    tree = views.tree(place)
    for found in _BEHIND_DOT.finditer(views.script.item(place).tree[::16]):
        if tree.content(found.start() + 1) == name:
            yield found.start() + 1


def _kind_of_member(views: Views, referent: Referent) -> tuple[int, ...] | None:
    """How a member is written behind a dot: as a field, as a call, or either; `None` if it is no member."""
    if isinstance(referent, HostFunctionMeaning):
        return (K.METHOD_CALL_EXPRESSION,)
    if isinstance(referent, HostField):
        return (K.FIELD_EXPRESSION,)
    if isinstance(referent, OwnField) and isinstance(referent.owner, OwnItem):
        # The function in a field is called like a method, unless there is one.
        return MEMBERS if referent.name in field_names(views.script, referent.owner.place) else None
    if isinstance(referent, OwnField | InnerField):
        return MEMBERS
    return (K.METHOD_CALL_EXPRESSION,) if is_method(views, referent) else None


def _access_of_member(tree: TreeView, node: int) -> Access:
    around = tree.parent(node)
    is_assigned = tree.kind(around) == K.ASSIGNMENT_EXPRESSION and tree.first_child(around) == node
    return "write" if is_assigned else "read"


def _opaque(
    views: Views, place: ItemPlace, resolution: Resolution, names: frozenset[bytes] | None
) -> Iterator[Occurrence]:
    """The words that are given to a macro with a grammar of its own."""
    tree = views.tree(place)
    for node in resolution.opaque:
        if names is not None and tree.content(node).encode() in names:
            yield Occurrence(place, node, "read")


def _in_order(views: Views, found: list[Occurrence]) -> tuple[Occurrence, ...]:
    once = {(each.place, each.node): each for each in reversed(found)}
    return tuple(
        sorted(once.values(), key=lambda each: (each.place.file, views.tree(each.place).start(each.node), each.node))
    )


class NamedAt(msgspec.Struct, frozen=True):
    """An occurrence where a reader finds it."""

    path: str
    span: Offsets
    access: Access


def read_out(views: Views, found: tuple[Occurrence, ...]) -> tuple[NamedAt, ...]:
    """Occurrences by their files and bytes."""
    return tuple(
        NamedAt(views.path(each.place.file), views.tree(each.place).span(each.node), each.access) for each in found
    )
