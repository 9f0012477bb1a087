"""What the word at the cursor is: a signature in Rune, and its documentation."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from . import signatures
from .constant_values import constant_value, written_value
from .declarations import fields, function_header, variants
from .documentation import prose
from .facts import Item, Offsets
from .flow.inference import Inference
from .host_notes import with_notes
from .hover_in_text import said_at
from .members import Member, member_name
from .place import word_at
from .registrations import registrations
from .resolve.meaning import (
    HostFunctionMeaning,
    HostModule,
    HostTypeMeaning,
    HostVariant,
    Meaning,
    ModuleFunction,
    ModuleMember,
    OwnItem,
    OwnVariant,
)
from .resolve.resolution import InnerDeclaration, Local
from .script import ItemPlace, Script
from .snapshot import Snapshot
from .stub_declarations import declared_at
from .stubs import NOTHING_SAID, About, Attribute
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import Type, show

_STUB_SUFFIX = ".rni"
_MEMBERS = (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION)
_NAMING = (
    K.PATH_EXPRESSION,
    K.PATH_PATTERN,
    K.PATH,
    K.PATH_TYPE,
    K.USE_TREE,
    K.IDENTIFIER_PATTERN,
    K.SELF_PARAMETER,
    K.FORMAT_CAPTURE,
)


class Hover(msgspec.Struct, frozen=True):
    """A text in Markdown about the bytes in `span`; `code` is that of a problem whose page says more."""

    markdown: str
    span: Offsets
    code: str | None = None


def hover(snapshot: Snapshot, offset: int) -> Hover | None:
    """What is known about the word at `offset`; `None` if that is nothing."""
    script = snapshot.script
    if script.main.path.endswith(_STUB_SUFFIX) and (found := _declaration_of_stub(script, offset)) is not None:
        return found
    said = said_at(snapshot, offset)
    if said is not None:
        return Hover(said.markdown, said.span, said.code)
    number = script.item_at(offset)
    if number is None:
        return None
    inference = Inference(script, number)
    start, end = word_at(script.text, offset).span
    token = inference.tree.token_at(start)
    if token is None or inference.tree.span(token) != (start, end):
        return None
    markdown = _about(inference, number, token)
    return None if markdown is None else Hover(markdown, (start, end))


def _declaration_of_stub(script: Script, offset: int) -> Hover | None:
    """What a name that a stub declares is to scripts."""
    declared = declared_at(script, offset)
    if declared is None or declared.about.place is None:
        return None
    return Hover(_host(declared.signature, declared.docs, declared.about), declared.about.place.span)


def _about(inference: Inference, number: int, token: int) -> str | None:
    """What is known about the identifier or `self` at `token`."""
    tree = inference.tree
    if tree.kind(token) not in (K.IDENTIFIER, K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD):
        return None
    around, outer = _around(tree, token)
    kind = tree.kind(around)
    if K.ATTRIBUTE in (tree.kind(node) for node in tree.path_to(token)):
        return _about_attribute(inference, token)
    if kind == K.NAME:
        return _about_declaration(inference, number, around, outer)
    if kind in _MEMBERS:
        return _about_member(inference, around)
    if kind == K.FIELD_INITIALIZER:
        return _about_key(inference, around, outer, token)
    if kind in _NAMING:
        return _about_local(inference, token) or _meaning(inference.script, inference.meaning(token))
    return None


def _about_declaration(inference: Inference, number: int, name: int, owner: int) -> str | None:
    """The name of an item, field or variant where it is declared."""
    tree, script = inference.tree, inference.script
    match tree.kind(owner):
        case K.FIELD:
            declared = (each for each in fields(script, number) if each.name_span == tree.span(name))
            return next((_field(each.name, each.type, each.docs) for each in declared), None)
        case K.VARIANT:
            declared_variants = (each for each in variants(script, number) if each.name_span == tree.span(name))
            item = script.main.items[number]
            return next((_drawn(f"{item.name}::{each.name}", each.docs) for each in declared_variants), None)
        case K.FUNCTION_ITEM if owner != 0:
            return _drawn(signatures.of_local_function(function_header(tree, owner, "", tree.content(name))), "")
    return _own_item(script, ItemPlace(0, number))


def _about_attribute(inference: Inference, token: int) -> str | None:
    """The name of an attribute, or one of its keys."""
    tree = inference.tree
    node = next(node for node in tree.path_to(token) if tree.kind(node) == K.ATTRIBUTE)
    path = tree.first(node, K.PATH)
    attribute = None if path is None else inference.script.bindings.attribute_named(tree.content(path))
    if attribute is None or path is None:
        return None
    if token < tree.after(path):
        return _host(signatures.of_attribute(attribute), attribute.docs, attribute.about)
    return _attribute_key(attribute, tree.content(token))


def _attribute_key(attribute: Attribute, name: str) -> str | None:
    found = (key for key in attribute.keys if key.name == name)
    return next((_host(signatures.of_key(key), key.docs, key.about) for key in found), None)


def _about_member(inference: Inference, node: int) -> str | None:
    name = member_name(inference.tree, node)
    kind = inference.likely_type_of(inference.tree.first_child(node), behind_dot=True)
    member = None if name is None or kind is None else inference.member_of_type(kind, name)
    return None if member is None else _member(inference.script, member)


def _about_local(inference: Inference, token: int) -> str | None:
    local = inference.local(token)
    return None if local is None else _local(inference, local, token)


def _about_key(inference: Inference, initializer: int, literal: int, token: int) -> str | None:
    """A key in a struct literal, which names a field; one without a value names a variable too."""
    tree = inference.tree
    name = tree.content(token)
    if tree.first(initializer, K.COLON) is None and (local := _about_local(inference, token)) is not None:
        return local
    kind = inference.type_of(literal) if tree.kind(literal) == K.STRUCT_EXPRESSION else None
    found = None if kind is None else inference.member_of_type(kind, name)
    return None if found is None else _member(inference.script, found)


def _meaning(script: Script, meaning: Meaning | None) -> str | None:
    match meaning:
        case OwnItem(place):
            return _own_item(script, place)
        case OwnVariant(enum, name) if enum.file == 0:
            found = (each for each in variants(script, enum.number) if each.name == name)
            return next((_drawn(f"{script.item(enum).name}::{each.name}", each.docs) for each in found), None)
        case HostTypeMeaning(host):
            return _host(signatures.of_host_type(host), host.docs, host.about)
        case HostVariant(host, variant):
            return _host(signatures.of_variant(host, variant), variant.docs, variant.about)
        case HostFunctionMeaning(host, function):
            return _host(signatures.of_host_function(script, host, function), function.docs, function.about)
        case ModuleFunction(module, function):
            return _host(signatures.of_module_function(script, module, function), function.docs, function.about)
        case ModuleMember(module, member):
            return _host(signatures.of_module_member(module, member), member.docs, member.about)
        case HostModule(name):
            return _host_module(script, name)
    return None


def _own_item(script: Script, place: ItemPlace) -> str:
    item = script.item(place)
    entry = script.bindings.entry_named(item.name) if item.kind == "function" else None
    is_entry = entry is not None and item.public and item.parent is None and place.file == 0
    docs = prose(item.docs)
    if entry is not None and is_entry:
        docs = "\n\n---\n\n".join(part for part in (docs, prose(entry.docs)) if part)
    if item.kind == "function" and place.file == 0:
        docs = "\n\n".join(part for part in (docs, *_registered(script, item)) if part)
    signature = signatures.of_item(script, place)
    if item.kind == "const" and place.file == 0:
        written, value = written_value(script, place.number), constant_value(script, place.number)
        signature += "" if written is None else f" = {written}"
        docs = "\n\n".join((f"Its value is `{value}`.", docs)) if value not in (None, written) else docs
    return _drawn(signature, docs)


def _registered(script: Script, item: Item) -> Iterator[str]:
    """What the host makes of a function for its attributes."""
    name = item.span[0] + item.name_span[0]
    for found in registrations(script, "script"):
        if not found.is_attributed or found.span[0] != name:
            continue
        if found.obstacle is not None:
            yield f"Registers nothing: {found.obstacle.message}."
            continue
        details = "".join(f", {key} `{value}`" for key, value in found.details)
        flaw = "" if found.flaw is None else f"; each call of it fails: {found.flaw.message}"
        yield f"Registers the {found.kind} `{found.name}`{details}{flaw}."


def _member(script: Script, member: Member) -> str:
    if member.own is not None:
        return _own_item(script, member.own)
    owner = f"{member.host.name}." if member.host is not None else ""
    if member.kind == "field":
        return _field(f"{owner}{member.name}", member.type, member.docs, member.about)
    notes = "This uses up the value: go on with what it returns." if member.consumes else ""
    docs = "\n\n".join(part for part in (with_notes(member.docs, member.about), notes) if part)
    return _drawn(signatures.of_member(script, member), docs)


def _local(inference: Inference, binding: Local, token: int) -> str | None:
    if isinstance(binding, InnerDeclaration):
        tree = inference.tree
        if tree.kind(binding.item) != K.FUNCTION_ITEM:
            return None
        return _drawn(signatures.of_local_function(function_header(tree, binding.item, "", binding.name)), "")
    kind = inference.likely_type_of(token)
    return None if kind is None else _drawn(f"{binding.name}: {show(kind)}", "")


def _host_module(script: Script, path: str) -> str | None:
    """A module that is declared, which those that only lie on the way to a type are not."""
    module = next((module for module in script.bindings.modules if module.path == path), None)
    return None if module is None else _host(f"mod {path}", module.docs, module.about)


def _host(signature: str, docs: str, about: About) -> str:
    return _drawn(signature, with_notes(docs, about))


def _field(name: str, kind: Type | None, docs: str, about: About = NOTHING_SAID) -> str:
    return _host(name if kind is None else f"{name}: {show(kind)}", docs, about)


def _drawn(signature: str, docs: str) -> str:
    text = prose(docs)
    block = f"```rune\n{signature}\n```"
    return f"{block}\n\n{text}" if text else block


def _around(tree: TreeView, token: int) -> tuple[int, int]:
    """The node around a token, and the node around that."""
    path = tree.path_to(token)
    return (path[-2] if len(path) > 1 else 0, path[-3] if len(path) > 2 else 0)
