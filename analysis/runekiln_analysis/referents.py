"""What a name in a script refers to, whether a local name, an item, a member of a type or something of the host."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .declarations import fields_in
from .members import member_named
from .resolve.below import functions_of
from .resolve.entries import takes_self
from .resolve.meaning import (
    HostFunctionMeaning,
    HostTypeMeaning,
    InnerItem,
    Meaning,
    OwnField,
    OwnItem,
    OwnVariant,
)
from .script import ItemPlace, Script
from .stubs import Attribute, Field, HostType, Key
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import FunctionOf, Named, ObjectOf, TupleOf, Type
from .views import Views


class LocalName(msgspec.Struct, frozen=True):
    """A local name of an item, by its number in the item's resolution."""

    place: ItemPlace
    number: int


class InnerName(msgspec.Struct, frozen=True):
    """An item inside the item at `place`, or a variant of one, by the node of its name."""

    place: ItemPlace
    node: int


class InnerField(msgspec.Struct, frozen=True):
    """A field of a struct or variant inside an item."""

    owner: InnerName
    name: str


class HostField(msgspec.Struct, frozen=True):
    """A field of a host type."""

    type: HostType
    field: Field


class HostAttribute(msgspec.Struct, frozen=True):
    """An attribute of the host, or one of its keys."""

    attribute: Attribute
    key: Key | None = None


Referent = LocalName | InnerName | InnerField | OwnField | HostField | HostAttribute | Meaning
"""What a name can refer to."""

MEMBERS = (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION)
NAMES = frozenset((K.IDENTIFIER, K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD, K.LABEL, K.CRATE_KEYWORD, K.SUPER_KEYWORD))
_OBJECT_LIKE = (K.STRUCT_EXPRESSION, K.OBJECT_PATTERN)


def token_at(tree: TreeView, offset: int) -> int | None:
    """The token that a cursor at `offset` is on: a name that it is in, or else one that it is at the end of."""
    on, before = tree.token_at(offset), tree.token_at(offset - 1) if offset else None
    named = (token for token in (on, before) if token is not None and tree.kind(token) in (*NAMES, K.NUMBER_LITERAL))
    return next(named, on)


def referents(views: Views, place: ItemPlace, token: int) -> tuple[Referent, ...]:
    """What the token of an item refers to: two things where it is the short form of a field and a variable."""
    found: list[Referent] = []
    for each in _referents(views, place, token):
        # What a host declares cannot be hashed: a constant may be any JSON.
        if each not in found:
            found.append(each)
    return tuple(found)


def _referents(views: Views, place: ItemPlace, token: int) -> Iterator[Referent]:
    tree, resolution = views.tree(place), views.resolution(place)
    if resolution is None or tree.kind(token) not in (*NAMES, K.NUMBER_LITERAL):
        return
    around = tree.parent(token)
    if tree.kind(around) == K.NAME:
        yield from _declared(views, place, around)
        return
    if token in resolution.variables:
        yield LocalName(place, resolution.variables[token])
    yield from (LocalName(place, number) for number, each in enumerate(resolution.bindings) if each.node == token)
    if token in resolution.fields:
        yield _placed_field(place, resolution.fields[token])
    meaning = resolution.names.get(token)
    if meaning is not None:
        yield _placed(place, meaning)
    elif tree.kind(around) in MEMBERS:
        yield from members_at(views, place, around)
    elif tree.kind(around) in (K.FIELD_INITIALIZER, K.FIELD_PATTERN, K.IDENTIFIER_PATTERN):
        yield from _host_field_of_literal(views, place, token)
    elif any(tree.kind(node) == K.ATTRIBUTE for node in tree.path_to(token)):
        yield from _of_attribute(views.script, tree, token)


def members_at(views: Views, place: ItemPlace, node: int) -> Iterator[Referent]:
    """The members that a field expression or method call may mean."""
    name = member_at(views.tree(place), node)
    is_call = views.tree(place).kind(node) == K.METHOD_CALL_EXPRESSION
    written = "" if name is None else views.tree(place).content(name)
    for owner in views.owners(place, node, written) or () if name is not None else ():
        found = (
            own_member(views.script, owner, written, is_call=is_call)
            if isinstance(owner, ItemPlace)
            else _host_member(views.script, owner, written)
        )
        if found is not None:
            yield found


def member_at(tree: TreeView, node: int) -> int | None:
    """The token behind the dot of a field expression or method call."""
    dot = tree.first(node, K.DOT)
    return None if dot is None else next((child for child in tree.children(node) if child > dot), None)


def own_member(script: Script, owner: ItemPlace, name: str, *, is_call: bool) -> OwnField | OwnItem | None:
    """The method or field of that name of a struct or enum of the script."""
    functions = (each for each in functions_of(script, owner) if each[1].name == name)
    methods = (OwnItem(place) for place, item in functions if takes_self(TreeView(item.tree, b"", 0), 0))
    has_field = name in field_names(script, owner)
    found = next(methods, None)
    if found is None or (has_field and not is_call):
        return OwnField(OwnItem(owner), name) if has_field else None
    return found


def field_names(script: Script, owner: ItemPlace) -> tuple[str, ...]:
    """The names of the fields of a struct of the script; an enum has none."""
    item = script.item(owner)
    text = script.text_of(owner.file)
    if item.kind != "struct" or text is None:
        return ()
    return tuple(each.name for each in fields_in(TreeView(item.tree, text, item.span[0]), 0))


def _host_member(script: Script, owner: Type, name: str) -> Referent | None:
    match owner:
        case TupleOf():
            owner = Named("Tuple")
        case ObjectOf():
            owner = Named("Object")
        case FunctionOf():
            owner = Named("Function")
    if not isinstance(owner, Named):
        return None
    member = member_named(script, owner, name)
    if member is None or member.host is None:
        return None
    if member.kind == "field":
        return next((HostField(member.host, each) for each in member.host.fields if each.name == name), None)
    return next((HostFunctionMeaning(member.host, each) for each in member.host.functions if each.name == name), None)


def _declared(views: Views, place: ItemPlace, name: int) -> Iterator[Referent]:
    """What the `NAME` at that node declares."""
    tree = views.tree(place)
    path = tree.path_to(name)
    owner = path[-2]
    match tree.kind(owner):
        case K.FIELD:
            yield from _declared_field(views, place, path, name)
        case K.VARIANT:
            item = next((node for node in path if tree.kind(node) == K.ENUM_ITEM), 0)
            written = tree.content(name)
            yield OwnVariant(place, written) if item == 0 else InnerName(place, name + 1)
        case K.USE_ALIAS:
            resolution = views.resolution(place)
            meaning = None if resolution is None else resolution.names.get(name + 1)
            if meaning is not None:
                yield _placed(place, meaning)
        case _:
            yield OwnItem(place) if owner == 0 else InnerName(place, name + 1)


def _declared_field(views: Views, place: ItemPlace, path: list[int], name: int) -> Iterator[Referent]:
    tree = views.tree(place)
    owner, listed = path[-4], path[-3]
    numbered = tree.kind(listed) == K.TUPLE_FIELD_LIST
    before = [child for child in tree.children(listed) if tree.kind(child) == K.FIELD and child < path[-2]]
    written = str(len(before)) if numbered else tree.content(name)
    declared = tree.first(owner, K.NAME)
    if declared is None or views.script.item(place).kind not in ("struct", "enum", "function", "const"):
        return
    if owner == 0:
        yield OwnField(OwnItem(place), written)
    elif tree.kind(0) == K.ENUM_ITEM:
        yield OwnField(OwnVariant(place, tree.content(declared)), written)
    else:
        yield InnerField(InnerName(place, declared + 1), written)


def _placed(place: ItemPlace, meaning: Meaning) -> Referent:
    """A meaning that is true of every item, although nodes are of one."""
    return InnerName(place, meaning.node) if isinstance(meaning, InnerItem) else meaning


def _placed_field(place: ItemPlace, field: OwnField) -> Referent:
    owner = field.owner
    return InnerField(InnerName(place, owner.node), field.name) if isinstance(owner, InnerItem) else field


def _host_field_of_literal(views: Views, place: ItemPlace, token: int) -> Iterator[Referent]:
    """The field of a host type that a literal or a pattern names."""
    tree, resolution = views.tree(place), views.resolution(place)
    literal = next((node for node in reversed(tree.path_to(token)) if tree.kind(node) in _OBJECT_LIKE), None)
    path = None if literal is None else tree.first(literal, K.PATH)
    word = None if path is None else tree.last_word(path)
    meaning = None if word is None or resolution is None else resolution.names.get(word)
    if isinstance(meaning, HostTypeMeaning):
        name = tree.content(token)
        yield from (HostField(meaning.type, each) for each in meaning.type.fields if each.name == name)


def _of_attribute(script: Script, tree: TreeView, token: int) -> Iterator[Referent]:
    node = next(node for node in tree.path_to(token) if tree.kind(node) == K.ATTRIBUTE)
    path = tree.first(node, K.PATH)
    attribute = None if path is None else script.bindings.attribute_named(tree.content(path))
    if attribute is None or path is None:
        return
    if token < tree.after(path):
        yield HostAttribute(attribute)
    else:
        name = tree.content(token)
        yield from (HostAttribute(attribute, key) for key in attribute.keys if key.name == name)
