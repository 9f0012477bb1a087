"""Values that are used again after a call has used them up, as builders, `drop` and `.await` do."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.parameter_places import parameter_at
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, FunctionOf, Named, ObjectOf, TupleOf, Type

_STATEMENTS = (K.EXPRESSION_STATEMENT, K.LET_STATEMENT)
# What is below these may not be evaluated, or not there.
_CONDITIONAL = (
    K.IF_EXPRESSION,
    K.MATCH_EXPRESSION,
    K.SELECT_EXPRESSION,
    K.CLOSURE_EXPRESSION,
    K.WHILE_EXPRESSION,
    K.FOR_EXPRESSION,
    K.LOOP_EXPRESSION,
    K.BLOCK_EXPRESSION,
    K.BINARY_EXPRESSION,
)
_LOGICAL = (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE)
_FAILING = (K.TRY_EXPRESSION, K.AWAIT_EXPRESSION, K.FOR_EXPRESSION, K.TEMPLATE_EXPRESSION, K.UNARY_EXPRESSION)
_FAILING_FIRST = (K.INDEX_EXPRESSION, K.FIELD_EXPRESSION, K.CALL_EXPRESSION, K.BINARY_EXPRESSION)
_WRITING = ("print", "println", "format", "panic")
_COPIED = ("i64", "u64", "f64", "bool", "char", "Type", "Ordering")


class _UsedUp(msgspec.Struct, frozen=True):
    """The variable of that number is used up by the expression at `node`; `says` is how, in words."""

    variable: int
    node: int
    says: str


def consumed_builder(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The first use of each value that is used up, and calls of builders of which nothing is kept."""
    for used_up in _used_up(item, inferred):
        statement = _statement_of(item, used_up.node)
        binding = item.resolution.bindings[used_up.variable]
        if statement is None or any(statement < token < item.tree.after(statement) for token in binding.writes):
            continue
        token = _first_use(item, inferred, used_up, statement)
        fixes = tuple(_fixes(item, inferred, used_up, statement, token))
        if token is not None:
            message = f"`{binding.name}` is used up: {used_up.says}"
            yield Finding(problem("consumed-builder", message, item.tree.span(token), *fixes, severity="error"))
        elif fixes:
            message = f"{used_up.says}; nothing keeps that here"
            yield Finding(problem("consumed-builder", message, item.tree.span(used_up.node), *fixes))


def _used_up(item: ResolvedItem, inferred: Inferred) -> Iterator[_UsedUp]:
    for node, target in inferred.calls.items():
        if target.__class__ is HostFunctionMeaning and target.function.consumes:
            variable = _variable(item, node + 1)
            if variable is not None and item.kinds[node] == K.METHOD_CALL_EXPRESSION:
                name, method = item.resolution.bindings[variable].name, target.function.name
                yield _UsedUp(variable, node, f"`{method}` takes `{name}` and gives another value in its place")
        elif target.__class__ is ModuleFunction and target.function.name == "drop" and target.module.path == "std::mem":
            yield from _dropped(item, inferred, node)
    if K.AWAIT_EXPRESSION in item.kinds:
        for node in item.nodes(K.AWAIT_EXPRESSION):
            variable = _variable(item, node + 1)
            kind = inferred.type_of(node + 1)
            if variable is not None and isinstance(kind, Named) and kind.name == "Future" and kind.item is None:
                yield _UsedUp(variable, node, "a future gives its value once, and it has been awaited before")


def _dropped(item: ResolvedItem, inferred: Inferred, callee: int) -> Iterator[_UsedUp]:
    listed = item.tree.after(callee)
    given = [child for child in item.tree.children(listed) if not item.tree.is_token(child)]
    variable = _variable(item, given[0]) if len(given) == 1 else None
    if variable is not None and _is_moved(inferred.type_of(given[0])):
        yield _UsedUp(variable, callee - 1, "`drop` has taken it before")


def _is_moved(kind: Type) -> bool:
    """Whether a value of the type is one and the same wherever it goes: numbers and their like are copied."""
    match kind:
        case Named(name, _, item):
            return item is not None or name not in _COPIED
        case TupleOf(members):
            return bool(members)
    return isinstance(kind, ObjectOf | FunctionOf)


def _variable(item: ResolvedItem, node: int) -> int | None:
    is_name = item.kinds[node] == K.PATH_EXPRESSION and item.tree.after(node) == node + 2
    return item.resolution.variables.get(node + 1) if is_name else None


def _statement_of(item: ResolvedItem, node: int) -> int | None:
    """The statement that surely does what the expression does; `None` if that is up to something."""
    path = item.tree.path_to(node)
    for place in range(len(path) - 2, 0, -1):
        around = path[place]
        if item.kinds[around] in _STATEMENTS:
            return around
        if item.kinds[around] in _CONDITIONAL and not _is_plain_operator(item, around):
            return None
    return None


def _is_plain_operator(item: ResolvedItem, node: int) -> bool:
    return item.kinds[node] == K.BINARY_EXPRESSION and item.kinds[item.tree.after(node + 1)] not in _LOGICAL


def _first_use(item: ResolvedItem, inferred: Inferred, used_up: _UsedUp, statement: int) -> int | None:
    """The first token behind the statement, in the same block, at which the machine misses the value."""
    end = item.tree.after(item.tree.parent(statement))
    binding = item.resolution.bindings[used_up.variable]
    for token in (use for use in binding.uses if item.tree.after(statement) <= use < end):
        if token in binding.writes:
            return None
        if item.kinds[token - 1] == K.PATH_EXPRESSION and _fails(item, inferred, item.tree.path_to(token - 1)):
            return token
    return None


def _fails(item: ResolvedItem, inferred: Inferred, path: list[int]) -> bool:
    """Whether what is around a value needs it to be there: it may be handed on all the same."""
    tree, around, node = item.tree, path[-2], path[-1]
    kind = item.kinds[around]
    if kind == K.METHOD_CALL_EXPRESSION:
        # A method of the script is given what is left of the value.
        known = inferred.type_of(node)
        is_own = isinstance(known, Named) and known.item is not None
        return node == around + 1 and known != UNKNOWN and not is_own
    if kind in _FAILING_FIRST:
        is_logical = kind == K.BINARY_EXPRESSION and item.kinds[tree.after(around + 1)] in _LOGICAL
        is_target = item.kinds[path[-3]] == K.ASSIGNMENT_EXPRESSION and around == path[-3] + 1
        return node == around + 1 and not is_logical and not is_target
    if kind == K.MACRO_ARGUMENTS:
        return tree.content(tree.first_child(path[-3])) in _WRITING
    if kind == K.ARGUMENT_LIST:
        found = parameter_at(item, inferred, path)
        return found is not None and found.by_host and isinstance(found.type, Named) and _is_of_host(found.function)
    return kind in _FAILING


def _is_of_host(function: object) -> bool:
    match function:
        case HostFunctionMeaning(host):
            return not host.path.startswith("std::")
        case ModuleFunction(module):
            return not module.path.startswith("std")
    return False


def _fixes(
    item: ResolvedItem, inferred: Inferred, used_up: _UsedUp, statement: int, token: int | None
) -> Iterator[Fix]:
    """Go on with what the builder gives: keep it under the same name, or use the name that it has."""
    tree, name = item.tree, item.resolution.bindings[used_up.variable].name
    value = statement + 1
    if item.kinds[statement] == K.LET_STATEMENT:
        value = next((child for child in tree.children(statement) if tree.start(child) == tree.start(used_up.node)), 0)
    before, given = inferred.type_of(used_up.node + 1), inferred.type_of(value)
    is_builder = item.kinds[used_up.node] == K.METHOD_CALL_EXPRESSION and before == given
    if not is_builder or tree.start(value) != tree.start(used_up.node):
        return
    if item.kinds[statement] == K.EXPRESSION_STATEMENT and item.kinds[tree.after(statement) - 1] == K.SEMICOLON:
        start = tree.start(value)
        yield Fix(f"Keep it as `{name}`", (Edit((start, start), f"{name} = "),))
    elif token is not None and item.kinds[statement + 2] == K.IDENTIFIER_PATTERN:
        new = tree.content(statement + 2)
        yield Fix(f"Use `{new}`", (Edit(tree.span(token), new),))
