"""The attributes on a script's functions, with their keys and values, as they are written."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .facts import Item, Offsets
from .literals import PLAIN_LITERALS, literal_text
from .script import Script
from .stubs import Bindings
from .syntax import SyntaxKind as K
from .tree import TreeView

_LISTED = {*PLAIN_LITERALS, K.NUMBER_LITERAL, K.TRUE_KEYWORD, K.FALSE_KEYWORD}


class OtherLiteral(msgspec.Struct, frozen=True):
    """A value that is plain to see and none of those that hosts commonly take: a character, a template, `[1]`."""

    text: str


Value = str | bool | int | float | tuple[str, ...] | OtherLiteral | None
"""What a key is set to; `None` for anything that is neither a literal nor a list of literals."""


class WrittenKey(msgspec.Struct, frozen=True):
    """`name = value`; a bare `name` is true. What has no name, as in `#[handler("note:created")]`, is called ``."""

    name: str
    value: Value
    span: Offsets
    name_span: Offsets
    value_span: Offsets


class WrittenAttribute(msgspec.Struct, frozen=True):
    """`#[name(key = value, …)]`; `arguments` is the span inside of the parentheses, `None` if there are none."""

    name: str
    keys: tuple[WrittenKey, ...]
    span: Offsets
    name_span: Offsets
    arguments: Offsets | None

    def key(self, *names: str) -> WrittenKey | None:
        """The first key of one of these names."""
        return next((key for key in self.keys if key.name in names), None)


class AttributedFunction(msgspec.Struct, frozen=True):
    """A function of the script with its attributes, in order; `header` is where `pub` or `fn` begins."""

    number: int
    item: Item
    attributes: tuple[WrittenAttribute, ...]
    header: int

    @property
    def name_span(self) -> Offsets:
        """Where the name of the function is."""
        start = self.item.span[0]
        return (self.item.name_span[0] + start, self.item.name_span[1] + start)

    def named(self, *names: str) -> tuple[WrittenAttribute, ...]:
        """The attributes of these names."""
        return tuple(attribute for attribute in self.attributes if attribute.name in names)


def attributed_functions(script: Script) -> tuple[AttributedFunction, ...]:
    """The functions of the script that have attributes, wherever they stand."""
    return tuple(
        function
        for number, item in enumerate(script.main.items)
        if item.kind == "function" and item.name
        if (function := _attributed(script, number)) is not None
    )


def attributes_on(script: Script, number: int) -> tuple[WrittenAttribute, ...]:
    """The attributes on the script's function of that number, in order."""
    function = _attributed(script, number)
    return () if function is None else function.attributes


def names_of(bindings: Bindings, name: str) -> tuple[str, ...]:
    """The names that the host's attribute `name` goes by, none if the host has no such attribute."""
    found = bindings.attribute_named(name)
    return () if found is None else (found.name, *found.aliases)


def _attributed(script: Script, number: int) -> AttributedFunction | None:
    item = script.main.items[number]
    # To look for a few letters takes less time than to read a tree.
    if script.text.find(b"#[", *item.span) < 0:
        return None
    tree = script.tree(number)
    nodes = [child for child in tree.children(0) if tree.kind(child) == K.ATTRIBUTE]
    if not nodes:
        return None
    header = tree.after(nodes[-1])
    start = tree.start(header) if header < len(tree) else item.span[1]
    return AttributedFunction(number, item, tuple(_attribute(tree, node) for node in nodes), start)


def _attribute(tree: TreeView, node: int) -> WrittenAttribute:
    path = tree.first(node, K.PATH)
    arguments = tree.first(node, K.TOKEN_TREE)
    return WrittenAttribute(
        name="" if path is None else tree.content(path),
        keys=() if arguments is None else tuple(_keys(tree, arguments)),
        span=tree.span(node),
        name_span=tree.span(node if path is None else path),
        arguments=None if arguments is None else (tree.start(arguments) + 1, tree.end(arguments) - 1),
    )


def _keys(tree: TreeView, arguments: int) -> Iterator[WrittenKey]:
    """The keys between the parentheses at `arguments`."""
    part: list[int] = []
    for child in (*tree.children(arguments)[1:], None):
        if child is None or tree.kind(child) in (K.COMMA, K.CLOSE_PARENTHESIS):
            if part:
                yield _key(tree, part)
            part = []
        else:
            part.append(child)


def _key(tree: TreeView, part: list[int]) -> WrittenKey:
    span = (tree.start(part[0]), tree.end(part[-1]))
    if len(part) > 1 and tree.kind(part[1]) == K.EQUAL:
        values = part[2:]
        value_span = (tree.start(values[0]), span[1]) if values else (span[1], span[1])
        return WrittenKey(tree.content(part[0]), _value(tree, values), span, tree.span(part[0]), value_span)
    is_bare = len(part) == 1 and tree.content(part[0]).isidentifier()
    return WrittenKey(tree.content(part[0]) if is_bare else "", True if is_bare else None, span, span, span)


def _value(tree: TreeView, values: list[int]) -> Value:
    if len(values) == 1 and tree.kind(values[0]) == K.TOKEN_TREE:
        return _list(tree, values[0])
    text = "".join(tree.content(node) for node in values)
    kinds = [tree.kind(node) for node in values]
    if kinds == [K.STRING_LITERAL]:
        return literal_text(text)
    if kinds in ([K.TRUE_KEYWORD], [K.FALSE_KEYWORD]):
        return text == "true"
    if kinds in ([K.NUMBER_LITERAL], [K.MINUS, K.NUMBER_LITERAL]):
        return _number(text)
    is_literal = bool(kinds) and (kinds[0] == K.TEMPLATE_QUOTE or (len(kinds) == 1 and kinds[0] in PLAIN_LITERALS))
    return OtherLiteral(text) if is_literal else None


def _list(tree: TreeView, node: int) -> tuple[str, ...] | OtherLiteral | None:
    """The texts in `["a", "b"]`."""
    opening, *values, _ = (child for child in tree.children(node) if tree.kind(child) != K.COMMA)
    kinds = {tree.kind(child) for child in values}
    if tree.kind(opening) != K.OPEN_BRACKET or not kinds <= _LISTED:
        return None
    if kinds <= {K.STRING_LITERAL}:
        return tuple(literal_text(tree.content(child)) for child in values)
    return OtherLiteral(tree.content(node))


def _number(text: str) -> int | float | None:
    try:
        return int(text, 0)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
