"""Which local names a place in a function body sees, and where each of them gets its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from .resolve.way import way_down
from .syntax import SyntaxKind as K
from .tree import TreeView

_BLOCKS = (K.BLOCK, K.FUNCTION_BODY_FILE)


class Binding(msgspec.Struct, frozen=True):
    """A local name.

    `name_node` is where it is declared, `pattern` the whole pattern around that (the parameter for a parameter),
    and `origin` the node that gives it a value: a parameter, `let`, `for`, `if let`, match arm, select arm or
    closure, or the function item itself if it is a function inside a function.
    """

    name: str
    kind: Literal["parameter", "variable", "function"]
    name_node: int
    pattern: int
    origin: int


class Locals:
    """The local names of one item. Remembers what the statements of a block declare, so that long blocks stay quick."""

    def __init__(self, tree: TreeView) -> None:
        self._tree = tree
        self._declared: dict[int, dict[str, list[Binding]]] = {}

    def visible(self, offset: int) -> dict[str, Binding]:
        """The local names that a place sees, each with the binding that is not shadowed, the innermost last.

        Works in text that does not parse: a block without its brace reaches as far as its parent.
        """
        seen: dict[str, Binding] = {}
        for node, child in way_down(self._tree, offset):
            if self._tree.kind(node) == K.FUNCTION_ITEM:
                # A function inside a function captures nothing; it sees the functions around it.
                seen = {name: binding for name, binding in seen.items() if binding.kind == "function"}
            for binding in self._introduced(node, child, offset):
                seen.pop(binding.name, None)
                seen[binding.name] = binding
        return seen

    def find(self, name: str, offset: int) -> Binding | None:
        """What `name` means at a place, `None` if it is no local name there."""
        functions_only = False
        for node, child in reversed(way_down(self._tree, offset)):
            found = self._introduced_as(name, node, child, offset)
            if found is not None and (found.kind == "function" or not functions_only):
                return found
            functions_only = functions_only or self._tree.kind(node) == K.FUNCTION_ITEM
        return None

    def declared_at(self, name_node: int) -> Binding | None:
        """The local name that is declared at `name_node`: an identifier pattern, or `self` among the parameters."""
        for around in reversed(self._tree.path_to(name_node)):
            found = (binding for binding in _all_introduced(self._tree, around) if binding.name_node == name_node)
            if (binding := next(found, None)) is not None:
                return binding
        return None

    def _introduced(self, node: int, child: int | None, offset: int) -> Iterator[Binding]:
        if self._tree.kind(node) not in _BLOCKS:
            return _introduced(self._tree, node, child, offset)
        declared = (binding for each in self._of_block(node).values() for binding in each)
        visible = (binding for binding in declared if self._is_declared(binding, child, offset))
        return iter(sorted(visible, key=lambda binding: binding.name_node))

    def _introduced_as(self, name: str, node: int, child: int | None, offset: int) -> Binding | None:
        if self._tree.kind(node) in _BLOCKS:
            declared = reversed(self._of_block(node).get(name, []))
            return next((binding for binding in declared if self._is_declared(binding, child, offset)), None)
        found = [each for each in _introduced(self._tree, node, child, offset) if each.name == name]
        return found[-1] if found else None

    def _is_declared(self, binding: Binding, child: int | None, offset: int) -> bool:
        """Whether the block's binding is known at its child `child`, or at `offset` if that is in none."""
        if binding.kind == "function":
            return True
        return binding.origin < child if child is not None else self._tree.end(binding.origin) <= offset

    def _of_block(self, block: int) -> dict[str, list[Binding]]:
        """What the statements of a block declare for those behind them, by name."""
        declared = self._declared.get(block)
        if declared is None:
            declared = self._declared[block] = {}
            for binding in _declared_in_block(self._tree, block):
                declared.setdefault(binding.name, []).append(binding)
        return declared


def pattern_bindings(tree: TreeView, pattern: int, origin: int) -> Iterator[Binding]:
    """The names that a pattern binds. A capital first letter means a variant or a constant, which binds nothing."""
    for node in tree.descendants(pattern, K.IDENTIFIER_PATTERN):
        name = tree.content(node)
        if not name[:1].isupper():
            yield Binding(name, "variable", node, pattern, origin)


def _all_introduced(tree: TreeView, node: int) -> Iterator[Binding]:
    """The names that `node` declares for any part of itself or, as a `let` does, for what follows it."""
    match tree.kind(node):
        case K.FUNCTION_ITEM | K.CLOSURE_EXPRESSION:
            yield from _of_parameters(tree, node, None)
        case K.LET_STATEMENT | K.LET_EXPRESSION | K.FOR_EXPRESSION | K.MATCH_ARM | K.SELECT_ARM:
            pattern = _first_pattern(tree, node)
            yield from () if pattern is None else pattern_bindings(tree, pattern, node)


def _introduced(tree: TreeView, node: int, child: int | None, offset: int) -> Iterator[Binding]:
    """The names that `node` makes known to its child `child`, or to `offset` if that is in none."""
    match tree.kind(node):
        case K.FUNCTION_ITEM | K.CLOSURE_EXPRESSION:
            yield from _of_parameters(tree, node, child)
        case K.FOR_EXPRESSION if child is not None and tree.kind(child) == K.BLOCK:
            pattern = _first_pattern(tree, node)
            yield from () if pattern is None else pattern_bindings(tree, pattern, node)
        case K.IF_EXPRESSION | K.ELSE_BRANCH | K.WHILE_EXPRESSION if child is not None and tree.kind(child) == K.BLOCK:
            yield from _of_condition(tree, node, child)
        case K.MATCH_ARM | K.SELECT_ARM:
            yield from _of_arm(tree, node, child, offset)


def _declared_in_block(tree: TreeView, node: int) -> Iterator[Binding]:
    for statement in tree.children(node):
        match tree.kind(statement):
            case K.LET_STATEMENT:
                pattern = _first_pattern(tree, statement)
                yield from () if pattern is None else pattern_bindings(tree, pattern, statement)
            case K.FUNCTION_ITEM:
                name = tree.first(statement, K.NAME)
                if name is not None:
                    yield Binding(tree.content(name), "function", name, name, statement)


def _of_parameters(tree: TreeView, node: int, child: int | None) -> Iterator[Binding]:
    listed = tree.first(node, K.PARAMETER_LIST)
    if listed is None or child == listed:
        return
    for parameter in tree.children(listed):
        if tree.kind(parameter) == K.SELF_PARAMETER:
            yield Binding("self", "parameter", parameter, parameter, node)
        if tree.kind(parameter) == K.PARAMETER:
            for binding in pattern_bindings(tree, parameter, node):
                yield Binding(binding.name, "parameter", binding.name_node, parameter, node)


def _of_condition(tree: TreeView, node: int, block: int) -> Iterator[Binding]:
    for condition in tree.children(node):
        if condition >= block:
            return
        for let in tree.descendants(condition, K.LET_EXPRESSION):
            pattern = _first_pattern(tree, let)
            yield from () if pattern is None else pattern_bindings(tree, pattern, let)


def _of_arm(tree: TreeView, node: int, child: int | None, offset: int) -> Iterator[Binding]:
    pattern = _first_pattern(tree, node)
    if pattern is None or child == pattern:
        return
    arrow = tree.first(node, K.FAT_ARROW)
    is_behind_arrow = arrow is not None and offset >= tree.end(arrow)
    is_in_guard = child is not None and tree.kind(child) == K.MATCH_GUARD
    if is_behind_arrow or is_in_guard:
        yield from pattern_bindings(tree, pattern, node)


def _first_pattern(tree: TreeView, node: int) -> int | None:
    return tree.first(
        node,
        K.IDENTIFIER_PATTERN,
        K.PATH_PATTERN,
        K.LITERAL_PATTERN,
        K.WILDCARD_PATTERN,
        K.TUPLE_PATTERN,
        K.VECTOR_PATTERN,
        K.OBJECT_PATTERN,
    )
