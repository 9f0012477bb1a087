"""The types of expressions, one rule for each kind of expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .members import member_named, stub_type
from .resolve.meaning import HostFunctionMeaning, HostVariant, ModuleFunction, OwnItem
from .script import ItemPlace, Script
from .stubs import Function
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import UNIT, UNKNOWN, Named, TupleOf, Type, argument_of, generic

if TYPE_CHECKING:
    from .infer import Inference

_WRAPPERS = ("std::option::Option", "std::result::Result")


def expression_type(inference: Inference, node: int) -> Type | None:
    """The type of the expression at `node` of the inference's tree, `None` if it is not plain to see."""
    tree = inference.tree
    operands = [child for child in tree.children(node) if not tree.is_token(child)]
    match tree.kind(node):
        case K.PATH_EXPRESSION:
            return _path(inference, node)
        case K.LITERAL_EXPRESSION:
            return _literal(tree, node)
        case K.TEMPLATE_STRING | K.FORMAT_STRING:
            return Named("String")
        case K.PARENTHESIZED_EXPRESSION | K.EXPRESSION_STATEMENT if operands:
            return inference.type_of(operands[0])
        case K.BLOCK_EXPRESSION if tree.first(node, K.ASYNC_KEYWORD, K.LABEL_DECLARATION) is None:
            block = tree.first(node, K.BLOCK)
            return None if block is None else _tail(inference, block)
        case K.BLOCK:
            return _tail(inference, node)
        case K.STRUCT_EXPRESSION:
            path = tree.first(node, K.PATH, K.PATH_EXPRESSION)
            return None if path is None else _constructed(inference, path)
        case K.CALL_EXPRESSION:
            return _call(inference, node)
        case K.METHOD_CALL_EXPRESSION:
            return _method_call(inference, node)
        case K.FIELD_EXPRESSION:
            return _field(inference, node)
        case K.INDEX_EXPRESSION if len(operands) == 2:
            return _index(inference, *operands)
        case K.TRY_EXPRESSION if operands:
            return argument_of(inference.type_of(operands[0]), "Option", "Result")
        case K.AWAIT_EXPRESSION if operands:
            return argument_of(inference.type_of(operands[0]), "Future")
        case K.IF_EXPRESSION:
            return _branches(inference, node)
        case K.RANGE_EXPRESSION:
            return Named("Range")
        case K.VECTOR_EXPRESSION:
            return Named("Vec")
        case K.OBJECT_EXPRESSION:
            return Named("Object")
        case K.TUPLE_EXPRESSION:
            return TupleOf(tuple(inference.type_of(member) or UNKNOWN for member in operands))
        case K.CLOSURE_EXPRESSION:
            return Named("Function")
        case K.IS_EXPRESSION:
            return Named("bool")
        case K.MACRO_CALL:
            return _macro(inference, node)
    return None


def member_name(tree: TreeView, node: int) -> str | None:
    """The name behind the dot of a field or method expression."""
    dot = tree.first(node, K.DOT)
    if dot is None:
        return None
    named = next((child for child in tree.children(node) if child > dot), None)
    return None if named is None else tree.content(named).partition("::")[0]


def own_type(script: Script, place: ItemPlace) -> Type | None:
    """The type that an own struct or enum is; none if it is in another file."""
    return Named(script.item(place).name, (), place.number) if place.file == 0 else None


def _path(inference: Inference, node: int) -> Type | None:
    local = inference.local(node)
    if local is not None:
        return inference.type_of_binding(local)
    match inference.meaning(node):
        case OwnItem(place) if inference.script.item(place).kind == "function":
            return Named("Function")
        case OwnItem(place) if inference.script.item(place).kind == "struct":
            return own_type(inference.script, place)
    return None


def _constructed(inference: Inference, path: int) -> Type | None:
    match inference.meaning(path):
        case OwnItem(place) if inference.script.item(place).kind == "struct":
            return own_type(inference.script, place)
    return None


def _call(inference: Inference, node: int) -> Type | None:
    callee = inference.tree.first_child(node)
    if inference.tree.kind(callee) != K.PATH_EXPRESSION:
        return None
    match inference.meaning(callee):
        case HostFunctionMeaning(_, function) if function.kind == "associated-function":
            return _given_by(inference, function)
        case ModuleFunction(_, function):
            return _given_by(inference, function)
        case OwnItem(place) if place.file == 0:
            return _own_call(inference, place)
        case HostVariant(kind, variant) if kind.path in _WRAPPERS and variant.values:
            return _wrapped(inference, variant.name, node)
    return None


def _given_by(inference: Inference, function: Function) -> Type | None:
    """What a call of a function of the host gives; that of its type parameters is for the arguments to say."""
    if function.generics:
        return None
    returns = stub_type(inference.script.bindings, function.returns)
    return generic("Future", returns) if function.is_async else returns


def _own_call(inference: Inference, place: ItemPlace) -> Type | None:
    item = inference.script.item(place)
    if item.kind == "struct":
        return own_type(inference.script, place)
    return inference.return_type(place.number) if item.kind == "function" else None


def _wrapped(inference: Inference, name: str, node: int) -> Type | None:
    listed = inference.tree.first(node, K.ARGUMENT_LIST)
    nodes = () if listed is None else inference.tree.children(listed)
    values = [child for child in nodes if not inference.tree.is_token(child)]
    if len(values) != 1:
        return None
    inner = inference.type_of(values[0])
    return {
        "Some": generic("Option", inner),
        "Ok": generic("Result", inner, None),
        "Err": generic("Result", None, inner),
    }[name]


def _method_call(inference: Inference, node: int) -> Type | None:
    receiver = inference.tree.first_child(node)
    kind = inference.type_of(receiver)
    name = member_name(inference.tree, node)
    if kind is None or name is None:
        return None
    if name == "collect":
        generics = inference.tree.first(node, K.GENERIC_ARGUMENTS)
        is_vector = generics is not None and inference.tree.content(generics) == "<Vec>"
        return generic("Vec", argument_of(kind, "Iterator")) if is_vector else None
    member = member_named(inference.script, kind, name)
    if member is None or member.kind != "method":
        return None
    if member.own is not None:
        return inference.return_type(member.own.number) if member.own.file == 0 else None
    return generic("Future", member.type) if member.is_async else member.type


def _field(inference: Inference, node: int) -> Type | None:
    kind = inference.type_of(inference.tree.first_child(node))
    name = member_name(inference.tree, node)
    if kind is None or name is None:
        return None
    if isinstance(kind, TupleOf) and name.isdecimal():
        return kind.members[int(name)] if int(name) < len(kind.members) else None
    member = member_named(inference.script, kind, name)
    return member.type if member is not None and member.kind == "field" else None


def _index(inference: Inference, receiver: int, index: int) -> Type | None:
    # A range as the index gives a part of the vector, so the index must be known to be a number.
    is_number = inference.type_of(index) in (Named("i64"), Named("u64"))
    return argument_of(inference.type_of(receiver), "Vec") if is_number else None


def _branches(inference: Inference, node: int) -> Type | None:
    """The type that all blocks of an `if` with a last `else` agree on."""
    branches = [child for child in inference.tree.children(node) if inference.tree.kind(child) == K.ELSE_BRANCH]
    if not branches or inference.tree.first(branches[-1], K.IF_KEYWORD) is not None:
        return None
    blocks = [inference.tree.first(branch, K.BLOCK) for branch in (node, *branches)]
    types = {None if block is None else inference.type_of(block) for block in blocks}
    return types.pop() if len(types) == 1 else None


def _tail(inference: Inference, block: int) -> Type | None:
    """The type of a block's last expression; a block that ends with `;` or `let` is the unit."""
    nodes = [child for child in inference.tree.children(block) if not inference.tree.is_token(child)]
    if not nodes or inference.tree.kind(nodes[-1]) == K.LET_STATEMENT:
        return UNIT
    last = inference.tree.last_child(nodes[-1])
    if inference.tree.kind(nodes[-1]) == K.EXPRESSION_STATEMENT and last is not None:
        return UNIT if inference.tree.kind(last) == K.SEMICOLON else inference.type_of(nodes[-1])
    return inference.type_of(nodes[-1])


def _macro(inference: Inference, node: int) -> Type | None:
    path = inference.tree.first(node, K.PATH, K.PATH_EXPRESSION)
    return Named("String") if path is not None and inference.tree.content(path) in ("format", "stringify") else None


def _literal(tree: TreeView, node: int) -> Type | None:
    token = tree.first_child(node)
    match tree.kind(token):
        case K.STRING_LITERAL:
            return Named("String")
        case K.NUMBER_LITERAL:
            return _number(tree.content(node))
        case K.TRUE_KEYWORD | K.FALSE_KEYWORD:
            return Named("bool")
        case K.CHARACTER_LITERAL:
            return Named("char")
        case K.BYTE_STRING_LITERAL:
            return Named("Bytes")
    return None


def _number(text: str) -> Type:
    for suffix in ("u8", "u64", "i64", "f64"):
        if text.endswith(suffix):
            return Named(suffix)
    is_decimal = not text.lstrip("-").startswith(("0x", "0b", "0o"))
    return Named("f64") if is_decimal and any(mark in text for mark in ".eE") else Named("i64")
