"""Blocks whose value is lost on the way out: 0.14.2 drops the variable that a block gives before it is read.

Where a value is only read, such as an operand or what is returned, the compiler remembers the variable and makes no
copy. If a block ends in between, it drops its variables first, and what is read is empty, or by then another value.
"""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.rules.blocks import LEAVING, body_of, branches_of, is_left, tail_of
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

_ROOTS = (K.BLOCK_EXPRESSION, K.IF_EXPRESSION, K.MATCH_EXPRESSION)
_RETURNING = (K.CLOSURE_EXPRESSION, K.RETURN_EXPRESSION, K.EXPRESSION_STATEMENT)
_READING = (
    K.CLOSURE_EXPRESSION,
    K.RETURN_EXPRESSION,
    K.IS_EXPRESSION,
    K.CAST_EXPRESSION,
    K.AWAIT_EXPRESSION,
    K.TRY_EXPRESSION,
    K.UNARY_EXPRESSION,
    K.INDEX_EXPRESSION,
    K.FIELD_EXPRESSION,
    K.RANGE_EXPRESSION,
    K.FOR_EXPRESSION,
    K.MATCH_EXPRESSION,
    K.CALL_EXPRESSION,
)
_PLAIN_PATTERNS = (K.IDENTIFIER_PATTERN, K.WILDCARD_PATTERN)
# Tuples of more values are put together from copies.
_LONGEST_TUPLE_OF_VARIABLES = 4
_SEMICOLON = bytes((K.SEMICOLON,))
_COPIED = -1
"""The value has a place of its own."""

_LEFT = -2
"""There is no value: nobody comes here."""


def lost_tail_values(item: ResolvedItem) -> Iterator[Finding]:
    """The values of blocks that are lost."""
    if item.is_broken or item.item.kind != "function":
        return
    declared = [binding.node for binding in item.resolution.bindings]
    for kind in _ROOTS:
        for node in item.nodes(kind):
            end = item.tree.after(node)
            if not any(node < each < end for each in declared):
                # Only what is declared in a block is dropped at its end.
                continue
            position = _position(item, node)
            if position is None:
                continue
            for variable, tail in _Values(item).lost(node):
                yield _told(item, variable, tail, can_return=position in _RETURNING)


def _told(item: ResolvedItem, variable: str, tail: int, *, can_return: bool) -> Finding:
    start = item.tree.start(tail)
    fixes = (Fix(f"Write `return {variable}`", (Edit((start, start), "return "),), is_safe=True),) if can_return else ()
    advice = f"write `return {variable}`" if can_return else "give the block's value a name with `let` first"
    message = f"Rune 0.14.2 drops `{variable}` before it is read, so that its value is lost; {advice}"
    return Finding(problem("lost-tail-value", message, item.tree.span(tail), *fixes), only_if_whole=True)


def _position(item: ResolvedItem, node: int) -> int | None:
    """The kind of what reads the value of an expression without copying it, `None` if nothing does."""
    tree, kinds = item.tree, item.kinds
    if kinds[node - 1] == K.EXPRESSION_STATEMENT and kinds.startswith(_SEMICOLON, tree.after(node)):
        return None
    path = tree.path_to(node)
    if any(_is_constant(tree, outer) for outer in path[:-1]):
        return None
    while len(path) > 1 and kinds[path[-2]] == K.PARENTHESIZED_EXPRESSION:
        path.pop()
    return kinds[path[-2]] if _reads(item, path) else None


def _reads(item: ResolvedItem, path: list[int]) -> bool:
    """Whether what is around the last node of the path reads its value."""
    tree, kinds = item.tree, item.kinds
    around, child = path[-2], path[-1]
    match kinds[around]:
        case K.BINARY_EXPRESSION:
            operators = (kinds[part] for part in tree.children(around) if tree.is_token(part))
            return next(operators, None) not in (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE)
        case K.TUPLE_EXPRESSION:
            count = sum(not tree.is_token(part) for part in tree.children(around))
            return count <= _LONGEST_TUPLE_OF_VARIABLES
        case K.ASSIGNMENT_EXPRESSION:
            target = tree.first_child(around)
            is_copied = kinds[target] == K.PATH_EXPRESSION and kinds[tree.after(target)] == K.EQUAL
            return child != target and not is_copied
        case K.LET_STATEMENT | K.LET_EXPRESSION:
            pattern = next((part for part in tree.children(around) if not tree.is_token(part)), child)
            return kinds[pattern] not in _PLAIN_PATTERNS
        case K.EXPRESSION_STATEMENT:
            return _is_whole_value(item, path)
    return kinds[around] in _READING


def _is_constant(tree: TreeView, outer: int) -> bool:
    """Whether the compiler runs it itself, which it does right."""
    is_function = tree.kind(outer) in (K.FUNCTION_ITEM, K.BLOCK_EXPRESSION)
    return tree.kind(outer) == K.CONST_ITEM or (is_function and tree.first(outer, K.CONST_KEYWORD) is not None)


def _is_whole_value(item: ResolvedItem, path: list[int]) -> bool:
    """Whether it is what a function or an `async` block gives in its own block, which keeps its variables."""
    block, owner = path[-3], path[-4] if len(path) > 3 else path[0]
    is_owned = item.kinds[owner] == K.FUNCTION_ITEM or (
        item.kinds[owner] == K.BLOCK_EXPRESSION and item.tree.first(owner, K.ASYNC_KEYWORD) is not None
    )
    return item.kinds[block] == K.BLOCK and is_owned and tail_of(item.tree, block) == path[-1]


class _Values:
    """Follows a value inwards as the compiler does, branch by branch: the first one decides where the value is."""

    def __init__(self, item: ResolvedItem) -> None:
        self.item = item
        self.tree = item.tree
        self.found: list[tuple[str, int]] = []
        # Where the last variable was given, with its parentheses.
        self.tail = 0

    def lost(self, expression: int) -> list[tuple[str, int]]:
        """The names of the variables that are dropped, each with the expression that gives it."""
        self._variable(expression, expression)
        return self.found

    def _variable(self, expression: int, tail: int) -> int:
        """The number of the variable that the expression is, else _COPIED or _LEFT; `tail` is all that is around it."""
        tree, kind = self.tree, self.tree.kind(expression)
        match kind:
            case K.PATH_EXPRESSION if tree.after(expression) == expression + 2:
                self.tail = tail
                return self.item.resolution.variables.get(expression + 1, _COPIED)
            case K.PARENTHESIZED_EXPRESSION:
                return self._variable(tree.children(expression)[1], tail)
            case K.BLOCK_EXPRESSION:
                body = body_of(tree, expression)
                return _COPIED if body is None else self._of_block(body)
            case K.IF_EXPRESSION:
                blocks, last = branches_of(tree, expression)
                return _COPIED if last is None else self._of_first(self._of_block(block) for block in (last, *blocks))
            case K.MATCH_EXPRESSION:
                bodies = self._bodies(expression)
                return self._of_first(self._variable(body, body) for body in bodies)
        return _LEFT if kind in LEAVING else _COPIED

    def _of_first(self, values: Iterator[int]) -> int:
        return next((value for value in values if value != _LEFT), _COPIED)

    def _of_block(self, block: int) -> int:
        tail = tail_of(self.tree, block)
        if is_left(self.tree, block):
            return _LEFT
        number = _COPIED if tail is None else self._variable(tail, tail)
        if number < 0:
            return number
        binding = self.item.resolution.bindings[number]
        if not block < binding.node < self.tree.after(block):
            return number
        self.found.append((binding.name, self.tail))
        return _COPIED

    def _bodies(self, expression: int) -> list[int]:
        """The values of the arms up to one that matches anything; none if there is no such arm: then it is copied."""
        tree = self.tree
        arms = tree.first(expression, K.MATCH_ARM_LIST)
        bodies: list[int] = []
        for arm in () if arms is None else tree.children(arms):
            if tree.kind(arm) != K.MATCH_ARM:
                continue
            pattern, *rest = [part for part in tree.children(arm) if tree.kind(part) != K.ATTRIBUTE]
            body = next((part for part in reversed(rest) if not tree.is_token(part)), None)
            if body is None:
                # The arm is still being written.
                return []
            bodies.append(body)
            has_guard = tree.first(arm, K.MATCH_GUARD) is not None
            if not has_guard and self._matches_anything(pattern):
                return bodies
        return []

    def _matches_anything(self, pattern: int) -> bool:
        kind = self.tree.kind(pattern)
        is_variable = kind == K.IDENTIFIER_PATTERN and pattern + 1 not in self.item.resolution.names
        return kind == K.WILDCARD_PATTERN or is_variable
