"""Futures whose value is used as if it were there, and those that are dropped, so that they never run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from runekiln_analysis.facts import Edit, Fix, Severity
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of, runtime_name
from runekiln_analysis.members import member_name
from runekiln_analysis.resolve.resolution import Binding
from runekiln_analysis.resolve.walk_scopes import PATTERNS
from runekiln_analysis.rules.futures import can_wait, how_to_wait
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.parameter_places import parameter_at
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, show

_NUMBERS_AND_TEXTS = ("i64", "u64", "f64", "bool", "char", "String", "Vec", "Bytes")
_LOGICAL = (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE)
_WRITING = ("print", "println", "format", "panic")
_ASSERTING = ("assert", "assert_eq", "assert_ne")
_CHOOSY = (K.TUPLE_PATTERN, K.VECTOR_PATTERN, K.OBJECT_PATTERN, K.LITERAL_PATTERN, K.PATH_PATTERN)
_RUNNING = (K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.BLOCK_EXPRESSION)
_BEFORE_DOT = (*_RUNNING, K.PATH_EXPRESSION, K.FIELD_EXPRESSION, K.INDEX_EXPRESSION, K.PARENTHESIZED_EXPRESSION)


class _Use(msgspec.Struct, frozen=True):
    """What is wrong with how a future is used; what surely fails is an error."""

    says: str
    severity: Severity = "error"


def missing_await(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The futures in an item that something is done with for which their value is needed."""
    # A rule looks at each node at each keystroke: a call for each would be the most of what that costs.
    found = [
        node
        for node, kind in inferred.types.items()
        if kind.__class__ is Named and kind.name == "Future" and kind.item is None
    ]
    for node in found:
        if item.tree.is_token(node) or item.kinds[node] == K.BLOCK:
            continue
        path = item.tree.path_to(node)
        judge = _USES.get(item.kinds[path[-2]])
        use = None if judge is None else judge(item, inferred, path)
        if use is not None:
            message = f"{use.says}; {how_to_wait(item, path)}"
            fixes = tuple(_fixes(item, path)) if can_wait(item, path) else ()
            yield Finding(problem("missing-await", message, item.tree.span(node), *fixes, severity=use.severity))


def _fixes(item: ResolvedItem, path: list[int]) -> Iterator[Fix]:
    """`.await` behind the future; a variable that is used again has the value from the start."""
    node = path[-1]
    variable = item.resolution.variables.get(node + 1) if item.kinds[node] == K.PATH_EXPRESSION else None
    if item.kinds[node] not in _BEFORE_DOT:
        return
    if variable is None or len(item.resolution.bindings[variable].uses) == 1:
        yield _waiting(item, node)
        return
    binding = item.resolution.bindings[variable]
    value = _value_of(item, binding)
    if value is not None and can_wait(item, item.tree.path_to(value)):
        yield _waiting(item, value)


def _waiting(item: ResolvedItem, node: int) -> Fix:
    end = item.tree.end(node)
    return Fix("Wait for the value with `.await`", (Edit((end, end), ".await"),))


def _value_of(item: ResolvedItem, binding: Binding) -> int | None:
    """What a `let` gives to a variable that nobody waits for and nothing else is given to."""
    tree, kinds = item.tree, item.kinds
    is_waited_for = any(kinds[tree.parent(use - 1)] == K.AWAIT_EXPRESSION for use in binding.uses)
    if binding.kind != "let" or binding.writes or binding.captured_by or is_waited_for:
        return None
    if binding.pattern != binding.node - 1:
        return None
    values = [child for child in tree.children(binding.origin) if kinds[child] in _BEFORE_DOT]
    return values[-1] if values else None


def _member(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    around, node = path[-2], path[-1]
    name = member_name(item.tree, around)
    return _Use(f"This is a future, which has no `{name}`") if node == around + 1 and name is not None else None


def _indexed(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    is_indexed = path[-1] == path[-2] + 1
    return _Use(f"This is a future, which {'has nothing at an index' if is_indexed else 'is no index'}")


def _called(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    # Arguments behind a block are those of `statement-call`.
    is_called = path[-1] == path[-2] + 1 and item.kinds[path[-1]] != K.BLOCK_EXPRESSION
    return _Use("This is a future, which cannot be called") if is_called else None


def _operand(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    tree, around, node = item.tree, path[-2], path[-1]
    left = around + 1
    operator = tree.after(left)
    if item.kinds[operator] in _LOGICAL:
        return _Use("This is a future, which is no condition", "warning")
    kind = inferred.type_of(left)
    is_known = node == left or (isinstance(kind, Named) and kind.item is None and kind.name in _NUMBERS_AND_TEXTS)
    return _Use(f"This is a future, on which `{tree.content(operator)}` does not work") if is_known else None


def _unary(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    return _Use(f"This is a future, on which `{item.tree.content(path[-2] + 1)}` does not work")


def _cast(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    return _Use("This is a future, on which `as` does not work")


def _tried(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    return _Use("This is a future, on which `?` does not work")


def _condition(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    return _Use("This is a future, which as a condition never holds", "warning")


def _walked(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    return _Use("This is a future, which a `for` cannot go over")


def _written(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    return _Use("This is a future, which cannot stand in a text")


def _in_macro(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    """An argument of a macro that writes it without `{:?}`, or that holds it against something."""
    tree, listed = item.tree, path[-2]
    name = tree.content(tree.first_child(path[-3]))
    text = tree.first(listed, K.FORMAT_STRING)
    if name in _ASSERTING:
        first = next((child for child in tree.children(listed) if not tree.is_token(child)), None)
        return _Use("This is a future, which cannot be held against anything") if first == path[-1] else None
    is_plain = text is not None and text < path[-1] and not set("?$*") & set(tree.content(text))
    return _written(item, inferred, path) if name in _WRITING and is_plain else None


def _matched(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    """What is matched against patterns of which the first wants more than any value."""
    tree, around, node = item.tree, path[-2], path[-1]
    first = next((each for each in range(around + 1, tree.after(around)) if item.kinds[each] in PATTERNS), None)
    if first is None or item.kinds[first] not in _CHOOSY or (item.kinds[around] == K.MATCH_EXPRESSION and first < node):
        return None
    is_let = item.kinds[around] == K.LET_STATEMENT
    return _Use("This is a future, which does not fit the pattern", "error" if is_let else "warning")


def _dropped(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    around, node = path[-2], path[-1]
    is_dropped = item.kinds[item.tree.after(around) - 1] == K.SEMICOLON
    if not is_dropped or item.kinds[node] not in _RUNNING:
        return None
    return _Use("This future is dropped, so that it never runs", "warning")


def _argument(item: ResolvedItem, inferred: Inferred, path: list[int]) -> _Use | None:
    """What is given to a function that takes something else; of annotations the machine knows nothing."""
    found = parameter_at(item, inferred, path)
    if found is None or any(runtime_name(member) is None for member in members_of(found.type)):
        return None
    return _Use(f"This is a future, and `{show(found.type)}` is expected", "error" if found.by_host else "warning")


_USES: dict[int, Callable[[ResolvedItem, Inferred, list[int]], _Use | None]] = {
    K.FIELD_EXPRESSION: _member,
    K.METHOD_CALL_EXPRESSION: _member,
    K.INDEX_EXPRESSION: _indexed,
    K.CALL_EXPRESSION: _called,
    K.BINARY_EXPRESSION: _operand,
    K.UNARY_EXPRESSION: _unary,
    K.CAST_EXPRESSION: _cast,
    K.TRY_EXPRESSION: _tried,
    K.IF_EXPRESSION: _condition,
    K.ELSE_BRANCH: _condition,
    K.WHILE_EXPRESSION: _condition,
    K.FOR_EXPRESSION: _walked,
    K.TEMPLATE_EXPRESSION: _written,
    K.MACRO_ARGUMENTS: _in_macro,
    K.MATCH_EXPRESSION: _matched,
    K.LET_EXPRESSION: _matched,
    K.LET_STATEMENT: _matched,
    K.EXPRESSION_STATEMENT: _dropped,
    K.ARGUMENT_LIST: _argument,
}
"""What a future is a part of, and whether it can be."""
