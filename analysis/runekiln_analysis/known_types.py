"""The types in a script one by one, as they are known: what functions give, what names are, what expressions have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from .facts import Offsets
from .flow.flows import Flows, flows_of
from .flow.lattice import settled
from .resolve.resolution import Binding
from .script import ItemPlace, Script
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import UNKNOWN, Type

KnownKind = Literal["returns", "constant", "parameter", "local", "expression"]

_NO_VALUES = ("label", "format-argument")
_PARAMETERS = ("parameter", "closure-parameter")


class Known(msgspec.Struct, frozen=True):
    """What is known of one thing: a function's returned value, a constant, a name where it is declared, an expression.

    `text` is what stands at `span`, and `type` is `None` where nothing is known.
    """

    kind: KnownKind
    text: str
    span: Offsets
    type: Type | None


def known_types(script: Script, *, expressions: bool = False) -> tuple[Known, ...]:
    """All that is known of the script, in the order of its text; each expression, too, if that is wanted."""
    flows = flows_of(script)
    found = [each for number in range(len(script.main.items)) for each in _of_item(flows, number, expressions)]
    return tuple(sorted(found, key=lambda each: (each.span[0], -each.span[1])))


def _of_item(flows: Flows, number: int, expressions: bool) -> Iterator[Known]:
    script, place = flows.script, ItemPlace(0, number)
    item, tree = script.main.items[number], script.tree(number)
    resolution = flows.resolution(place) if item.kind in ("function", "const") else None
    if resolution is None:
        return
    inferred = flows.inferred(place)
    start, end = item.name_span
    kind: KnownKind = "returns" if item.kind == "function" else "constant"
    yield Known(kind, item.name, (start + item.span[0], end + item.span[0]), _told(flows.call(place)))
    for binding in resolution.bindings:
        if binding.kind not in _NO_VALUES:
            yield _of_binding(tree, binding, inferred.type_of(binding.node))
    for node, found in inferred.types.items() if expressions else ():
        if not tree.is_token(node) and tree.kind(node) not in (K.BLOCK, K.LET_STATEMENT, K.EXPRESSION_STATEMENT):
            yield Known("expression", tree.content(node), tree.span(node), _told(found))


def _of_binding(tree: TreeView, binding: Binding, kind: Type) -> Known:
    name: KnownKind = "parameter" if binding.kind in _PARAMETERS else "local"
    return Known(name, binding.name, tree.span(binding.node), _told(kind))


def _told(kind: Type) -> Type | None:
    told = settled(kind)
    return None if told == UNKNOWN else told
