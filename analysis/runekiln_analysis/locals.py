"""Which local names a place in a function body sees, and where each of them gets its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .syntax import SyntaxKind as K
from .tree import TreeView

_CLOSING_TOKENS = (K.CLOSE_BRACE, K.SEMICOLON, K.COMMA)
_TOKENS_BEFORE_A_BODY = (K.FAT_ARROW, K.PIPE, K.PIPE_PIPE)
_CLOSED_BY = {
    K.BLOCK: K.CLOSE_BRACE,
    K.MATCH_ARM_LIST: K.CLOSE_BRACE,
    K.SELECT_ARM_LIST: K.CLOSE_BRACE,
    K.ARGUMENT_LIST: K.CLOSE_PARENTHESIS,
    K.PARENTHESIZED_EXPRESSION: K.CLOSE_PARENTHESIS,
    K.VECTOR_EXPRESSION: K.CLOSE_BRACKET,
    K.OBJECT_EXPRESSION: K.CLOSE_BRACE,
    K.STRUCT_EXPRESSION: K.CLOSE_BRACE,
}


@dataclass(frozen=True, slots=True)
class Binding:
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


def visible_locals(tree: TreeView, offset: int) -> dict[str, Binding]:
    """The local names that a place in the item sees, each with the binding that is not shadowed, innermost last.

    Works in text that does not parse: a block without its brace reaches as far as its parent.
    """
    seen: dict[str, Binding] = {}
    node, limit = 0, tree.end(0) if not _is_open(tree, 0) else max(offset, tree.end(0))
    while True:
        child, child_limit = _child_holding(tree, node, offset, limit)
        if tree.kind(node) == K.FUNCTION_ITEM:
            # A function inside a function captures nothing; it sees the functions around it.
            seen = {name: binding for name, binding in seen.items() if binding.kind == "function"}
        for binding in _introduced(tree, node, child, offset):
            seen.pop(binding.name, None)
            seen[binding.name] = binding
        if child is None:
            return seen
        node, limit = child, child_limit


def declared_local(tree: TreeView, name_node: int) -> Binding | None:
    """The local name that is declared at `name_node`: an identifier pattern, or `self` among the parameters."""
    for around in reversed(tree.path_to(name_node)):
        found = (binding for binding in _all_introduced(tree, around) if binding.name_node == name_node)
        if (binding := next(found, None)) is not None:
            return binding
    return None


def pattern_bindings(tree: TreeView, pattern: int, origin: int) -> Iterator[Binding]:
    """The names that a pattern binds. A capital first letter means a variant or a constant, which binds nothing."""
    for node in tree.descendants(pattern, K.IDENTIFIER_PATTERN):
        name = tree.content(node)
        if not name[:1].isupper():
            yield Binding(name, "variable", node, pattern, origin)


def _child_holding(tree: TreeView, node: int, offset: int, limit: int) -> tuple[int | None, int]:
    """The last child that `offset` is in, and how far it reaches."""
    children = list(tree.children(node))
    ends = [tree.start(child) for child in children[1:]] + [limit]
    for child, reach in zip(reversed(children), reversed(ends), strict=True):
        if tree.start(child) > offset or tree.is_token(child):
            continue
        if offset < tree.end(child):
            return child, tree.end(child)
        is_touched = offset == tree.end(child) and tree.kind(tree.after(child) - 1) not in _CLOSING_TOKENS
        is_reaching = offset <= reach and _is_open(tree, child)
        # Behind the second `|` of a closure its body begins, even if nothing is there yet.
        if (is_touched or is_reaching) and tree.kind(child) != K.PARAMETER_LIST:
            return child, reach
    return None, limit


def _is_open(tree: TreeView, node: int) -> bool:
    """Whether the node lacks its end: its closing brace, or the body behind its arrow or parameters."""
    while True:
        last = tree.last_child(node)
        if last is None:
            return False
        closing = _CLOSED_BY.get(K(tree.kind(node)))
        if closing is not None:
            return tree.kind(last) != closing
        if tree.is_token(last):
            return tree.kind(last) in _TOKENS_BEFORE_A_BODY
        node = last


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
        case K.BLOCK | K.FUNCTION_BODY_FILE:
            yield from _of_block(tree, node, child, offset)
        case K.FUNCTION_ITEM:
            yield from _of_parameters(tree, node, child)
        case K.CLOSURE_EXPRESSION:
            yield from _of_parameters(tree, node, child)
        case K.FOR_EXPRESSION if child is not None and tree.kind(child) == K.BLOCK:
            pattern = _first_pattern(tree, node)
            yield from () if pattern is None else pattern_bindings(tree, pattern, node)
        case K.IF_EXPRESSION | K.ELSE_BRANCH | K.WHILE_EXPRESSION if child is not None and tree.kind(child) == K.BLOCK:
            yield from _of_condition(tree, node, child)
        case K.MATCH_ARM | K.SELECT_ARM:
            yield from _of_arm(tree, node, child, offset)


def _of_block(tree: TreeView, node: int, child: int | None, offset: int) -> Iterator[Binding]:
    for statement in tree.children(node):
        is_before = statement < child if child is not None else tree.end(statement) <= offset
        match tree.kind(statement):
            case K.LET_STATEMENT if is_before:
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
