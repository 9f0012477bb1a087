"""The type of a name inside a pattern, from the type of what the pattern is matched with."""

from __future__ import annotations

from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import Named, TupleOf, Type

_HELD = {"Some": ("Option", 0), "Ok": ("Result", 0), "Err": ("Result", 1)}


def type_in_pattern(tree: TreeView, pattern: int, name: int, whole: Type) -> Type | None:
    """The type of the name at node `name` when `pattern` matches a value of type `whole`, `None` if not plain."""
    while pattern != name:
        inner = next((child for child in tree.children(pattern) if child <= name < tree.after(child)), None)
        if inner is None:
            return None
        part = _part(tree, pattern, inner, whole)
        if part is None:
            return None
        pattern, whole = inner, part
    return whole


def _part(tree: TreeView, pattern: int, inner: int, whole: Type) -> Type | None:
    """The type that the child `inner` of a pattern is matched with."""
    match tree.kind(pattern):
        case K.PARAMETER:
            return whole
        case K.TUPLE_PATTERN:
            return _tuple_part(tree, pattern, inner, whole)
        case K.VECTOR_PATTERN if isinstance(whole, Named) and whole.name == "Vec" and whole.arguments:
            return whole.arguments[0]
    return None


def _tuple_part(tree: TreeView, pattern: int, inner: int, whole: Type) -> Type | None:
    path = tree.first(pattern, K.PATH, K.PATH_EXPRESSION)
    parts = [child for child in tree.children(pattern) if not tree.is_token(child) and child != path]
    if path is not None:
        owner, place = _HELD.get(tree.content(path), ("", 0))
        is_held = isinstance(whole, Named) and whole.name == owner and place < len(whole.arguments)
        return whole.arguments[place] if isinstance(whole, Named) and is_held and parts == [inner] else None
    has_rest = any(tree.kind(part) == K.REST_PATTERN for part in parts)
    if isinstance(whole, TupleOf) and not has_rest and len(parts) == len(whole.members):
        return whole.members[parts.index(inner)]
    return None
