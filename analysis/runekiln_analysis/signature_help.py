"""What the call around the cursor takes, and which of it is being written."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from . import signatures
from .declarations import fields_in, function_header
from .documentation import prose
from .facts import Offsets
from .host_notes import with_notes
from .referents import InnerName, LocalName, Referent, member_at, referents
from .resolve.meaning import HostFunctionMeaning, HostVariant, ModuleFunction, OwnItem, OwnVariant
from .script import ItemPlace
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import Type, show
from .views import Views
from .whereabouts import variant_node

_LISTS = (K.ARGUMENT_LIST, K.MACRO_ARGUMENTS, K.TOKEN_TREE)
_OPENING, _CLOSING = "([{<", ")]}>"


class SignatureHelp(msgspec.Struct, frozen=True):
    """A signature, its documentation as Markdown, and where its parameters are in it, in characters.

    `active` is the number of the one that is being written; there may be none of that number.
    """

    label: str
    docs: str
    parameters: tuple[Offsets, ...]
    active: int


class _Callee(msgspec.Struct, frozen=True):
    """What is called. `skipped` are the parameters before the first that stands between the parentheses."""

    label: str
    docs: str
    skipped: int = 0


def signature_help(snapshot: Snapshot, offset: int) -> SignatureHelp | None:
    """What the innermost call around `offset` takes; `None` if it is in none, or nobody knows."""
    script = snapshot.script
    number = script.item_at(offset)
    if number is None:
        return None
    views, place = Views(script), ItemPlace(0, number)
    tree = views.tree(place)
    listed = _list_around(tree, offset)
    if listed is None:
        return None
    callee = next(_callees(views, place, tree.parent(listed)), None)
    if callee is None:
        return None
    commas = sum(tree.kind(child) == K.COMMA and tree.start(child) < offset for child in tree.children(listed))
    return SignatureHelp(callee.label, callee.docs, parameters_in(callee.label), commas + callee.skipped)


def parameters_in(label: str) -> tuple[Offsets, ...]:
    """Where the parameters are in a signature."""
    found: list[Offsets] = []
    depth, start = 0, 0
    for place, character in enumerate(label):
        is_arrow = character == ">" and label[place - 1 : place] == "-"
        if character in _CLOSING and not is_arrow:
            depth -= 1
            if depth == 0 and character == ")":
                return (*found, *_trimmed(label, start, place))
        if depth == 1 and character == "," and start:
            found += _trimmed(label, start, place)
            start = place + 1
        if character in _OPENING:
            depth += 1
            if depth == 1:
                start = place + 1 if character == "(" else 0
    return ()


def _trimmed(label: str, start: int, end: int) -> Iterator[Offsets]:
    parameter = label[start:end]
    if parameter.strip():
        yield start + len(parameter) - len(parameter.lstrip()), end - (len(parameter) - len(parameter.rstrip()))


def _list_around(tree: TreeView, offset: int) -> int | None:
    """The arguments of the innermost call that the offset is in; a block in them is another matter."""
    before = tree.token_before(offset)
    for node in reversed(tree.path_to(before)) if before is not None else ():
        kind = tree.kind(node)
        if kind not in (*_LISTS, K.BLOCK) or tree.end(tree.first_child(node)) > offset:
            continue
        last = tree.last_child(node)
        is_closed = last is not None and tree.kind(last) in (K.CLOSE_PARENTHESIS, K.CLOSE_BRACE, K.CLOSE_BRACKET)
        if last is not None and is_closed and tree.end(last) <= offset:
            continue
        return None if kind == K.BLOCK else node
    return None


def _callees(views: Views, place: ItemPlace, call: int) -> Iterator[_Callee]:
    tree = views.tree(place)
    if tree.kind(call) == K.METHOD_CALL_EXPRESSION:
        token = member_at(tree, call)
    elif tree.kind(call) == K.CALL_EXPRESSION:
        token = tree.last_word(tree.first_child(call))
    else:
        return
    for referent in referents(views, place, token) if token is not None else ():
        callee = _callee(views, referent)
        if callee is not None:
            is_method = tree.kind(call) == K.METHOD_CALL_EXPRESSION and "(self" in callee.label
            yield msgspec.structs.replace(callee, skipped=1) if is_method else callee


def _callee(views: Views, referent: Referent) -> _Callee | None:
    script = views.script
    match referent:
        case OwnItem(place):
            return _own(views, place)
        case OwnVariant(enum, name):
            node = variant_node(views, enum, name)
            return None if node is None else _tuple(views.tree(enum), node, f"{script.item(enum).name}::{name}")
        case HostFunctionMeaning(host, function):
            label = signatures.of_host_function(script, host, function)
            return _Callee(label, with_notes(function.docs, function.about))
        case ModuleFunction(module, function):
            label = signatures.of_module_function(script, module, function)
            return _Callee(label, with_notes(function.docs, function.about))
        case HostVariant(host, variant) if variant.values:
            return _Callee(signatures.of_variant(host, variant), with_notes(variant.docs, variant.about))
        case InnerName(place, node):
            tree = views.tree(place)
            owner = tree.path_to(node)[-3]
            if tree.kind(owner) != K.FUNCTION_ITEM:
                return None
            return _Callee(signatures.of_local_function(function_header(tree, owner, "", tree.content(node))), "")
        case LocalName(place, number):
            return _closure(views, place, number)
    return None


def _own(views: Views, place: ItemPlace) -> _Callee | None:
    item = views.script.item(place)
    if item.kind == "function":
        seen = views.seen_from(place.file)
        return _Callee(signatures.of_own_function(seen, place.number), prose(item.docs))
    return _tuple(views.tree(place), 0, item.name) if item.kind == "struct" else None


def _tuple(tree: TreeView, node: int, name: str) -> _Callee | None:
    """A struct or variant that is made like a function is called."""
    listed = tree.first(node, K.TUPLE_FIELD_LIST)
    if listed is None:
        return None
    names = (tree.first(field, K.NAME) for field in tree.children(listed) if tree.kind(field) == K.FIELD)
    shown = [
        _with_type(tree.content(name), field.type)
        for name, field in zip((name for name in names if name is not None), fields_in(tree, node), strict=True)
    ]
    return _Callee(f"{name}({', '.join(shown)})", "")


def _with_type(name: str, kind: Type | None) -> str:
    return name if kind is None else f"{name}: {show(kind)}"


def _closure(views: Views, place: ItemPlace, number: int) -> _Callee | None:
    """A closure that a `let` gives the name to."""
    tree, resolution = views.tree(place), views.resolution(place)
    binding = None if resolution is None else resolution.bindings[number]
    if binding is None or binding.kind != "let" or tree.kind(binding.origin) != K.LET_STATEMENT:
        return None
    closure = tree.first(binding.origin, K.CLOSURE_EXPRESSION)
    if closure is None or tree.kind(binding.pattern) != K.IDENTIFIER_PATTERN:
        return None
    return _Callee(signatures.of_local_function(function_header(tree, closure, "", binding.name)), "")
