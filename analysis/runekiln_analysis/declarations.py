"""What the script's items declare: the parameters of functions, the fields of structs, the variants of enums."""

from __future__ import annotations

import msgspec

from .documentation import doc_lines, tagged_parameters, tagged_return
from .facts import Offsets
from .script import Script
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import Type, parse_type


class DeclaredParameter(msgspec.Struct, frozen=True):
    """A parameter of a script's function, `self` left out; its type is the one stated, as written."""

    name: str
    type: Type | None


class FunctionDeclaration(msgspec.Struct, frozen=True):
    """The header of a script's function; `returns` is the type stated, as written."""

    name: str
    parameters: tuple[DeclaredParameter, ...]
    returns: Type | None
    has_self: bool
    is_async: bool
    is_public: bool


class DeclaredField(msgspec.Struct, frozen=True):
    """A field of a struct or a variant, in a script; tuple fields are named by their number."""

    name: str
    type: Type | None
    docs: str
    name_span: Offsets


class DeclaredVariant(msgspec.Struct, frozen=True):
    """A variant of an enum in a script."""

    name: str
    docs: str
    span: Offsets
    name_span: Offsets
    fields: tuple[DeclaredField, ...]


def function_declaration(script: Script, number: int) -> FunctionDeclaration:
    """The header of the function that is the script's item of that number."""
    item = script.main.items[number]
    return function_header(script.tree(number), 0, item.docs, item.name)


def function_header(tree: TreeView, node: int, docs: str, name: str) -> FunctionDeclaration:
    """The header of the `FUNCTION_ITEM` at `node`. An annotation goes before a tag of the documentation."""
    tagged = tagged_parameters(docs)
    listed = tree.first(node, K.PARAMETER_LIST)
    nodes = [] if listed is None else list(tree.children(listed))
    parameters = (_parameter(tree, child, tagged) for child in nodes if tree.kind(child) == K.PARAMETER)
    return FunctionDeclaration(
        name=name,
        parameters=tuple(parameters),
        returns=annotation(tree, node, K.RETURN_TYPE) or tagged_return(docs),
        has_self=any(tree.kind(child) == K.SELF_PARAMETER for child in nodes),
        is_async=tree.first(node, K.ASYNC_KEYWORD) is not None,
        is_public=tree.first(node, K.VISIBILITY) is not None,
    )


def parameter_names(tree: TreeView, node: int) -> tuple[str, ...]:
    """What the parameters of the `FUNCTION_ITEM` at `node` are called, without `self`: sooner than the whole header."""
    listed = tree.first(node, K.PARAMETER_LIST)
    nodes = () if listed is None else tree.children(listed)
    return tuple(tree.content(tree.first_child(child)) for child in nodes if tree.kind(child) == K.PARAMETER)


def fields(script: Script, number: int) -> tuple[DeclaredField, ...]:
    """The fields of the struct that is the script's item of that number."""
    return fields_in(script.tree(number), 0)


def variants(script: Script, number: int) -> tuple[DeclaredVariant, ...]:
    """The variants of the enum that is the script's item of that number."""
    tree = script.tree(number)
    found: list[DeclaredVariant] = []
    for node in tree.descendants(0, K.VARIANT):
        name = tree.first(node, K.NAME)
        if name is not None:
            docs = docs_before(tree, node)
            found.append(
                DeclaredVariant(tree.content(name), docs, tree.span(node), tree.span(name), fields_in(tree, node))
            )
    return tuple(found)


def annotation(tree: TreeView, node: int, kind: int = K.TYPE_ANNOTATION) -> Type | None:
    """The type written in the annotation or return type that is a child of `node`."""
    child = tree.first(node, kind)
    return None if child is None else parse_type(tree.content(child).lstrip(":->"))


def docs_before(tree: TreeView, node: int) -> str:
    """The `///` lines before the first token of a declaration inside an item."""
    first = next((token for token in range(node, tree.after(node)) if tree.is_token(token)), node)
    before = tree.previous_token(first)
    return "" if before is None else doc_lines(tree.between(before, first))


def _parameter(tree: TreeView, node: int, tagged: dict[str, Type]) -> DeclaredParameter:
    pattern = tree.first_child(node)
    name = tree.content(pattern)
    return DeclaredParameter(name, annotation(tree, node) or tagged.get(name))


def fields_in(tree: TreeView, node: int) -> tuple[DeclaredField, ...]:
    """The fields of the struct or variant at `node`."""
    listed = tree.first(node, K.FIELD_LIST, K.TUPLE_FIELD_LIST)
    if listed is None:
        return ()
    found: list[DeclaredField] = []
    for field in tree.children(listed):
        if tree.kind(field) != K.FIELD:
            continue
        name = tree.first(field, K.NAME)
        if name is None:
            continue
        # What stands in `struct Point(x, y)` are names for people; the fields are called `0` and `1`.
        is_numbered = tree.kind(listed) == K.TUPLE_FIELD_LIST
        label = str(len(found)) if is_numbered else tree.content(name)
        found.append(DeclaredField(label, annotation(tree, field), docs_before(tree, field), tree.span(name)))
    return tuple(found)
