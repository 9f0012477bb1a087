"""The pass over an item's tree: which step finds the type of which kind of expression."""

from __future__ import annotations

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNIT, UNKNOWN, Type

from . import (
    blocks,
    branches,
    calls,
    closures,
    conditions,
    containers,
    exits,
    loops,
    macros,
    methods,
    operators,
    values,
)
from .hosts import Hosts
from .lattice import BOOL, CHAR, F64, I64, U64
from .lost import kept
from .walk import Step, Walk

_CAST: dict[str, Type] = {"i64": I64, "u64": U64, "f64": F64, "bool": BOOL, "char": CHAR, "u8": U64}


def parenthesized(walk: Walk, node: int) -> Type:
    """`(a)`."""
    operands = walk.operands(node)
    return walk.evaluate(operands[0]) if len(operands) == 1 else everything(walk, node)


def unary(walk: Walk, node: int) -> Type:
    """`-a`, `!a`."""
    operands = walk.operands(node)
    return (
        operators.unary(walk.content(node + 1), kept(walk, operands[0], walk.evaluate(operands[0])))
        if operands
        else UNKNOWN
    )


def binary(walk: Walk, node: int) -> Type:
    """`a + b`; `&&` and `||` look at the second value only in one case."""
    left = node + 1
    token = walk.after(left)
    if walk.kinds[token] in (K.AMPERSAND_AMPERSAND, K.PIPE_PIPE):
        return conditions.logical(walk, node)
    one = kept(walk, left, walk.peek(left))
    right = token + 1
    if right >= walk.after(node):
        return UNKNOWN
    other = walk.peek(right)
    return operators.binary(walk.world.hosts, walk.content(token), one, other)


def assignment(walk: Walk, node: int) -> Type:
    """`a = b`, `a += b`, `a.b = c`."""
    target = node + 1
    token = walk.after(target)
    value = token + 1
    if value >= walk.after(node):
        return everything(walk, node)
    kind = walk.evaluate(value)
    number = walk.variable(target)
    if walk.kinds[token] != K.EQUAL:
        current = walk.peek(target)
        operator = walk.content(token)
        hosts = walk.world.hosts
        is_variable = number is not None
        if is_variable:
            walk.members[node] = current
        kind = (operators.assigned if is_variable else _operated)(hosts, operator, current, kind)
    if number is not None:
        walk.types[target] = walk.state[number] = _allowed(walk, number, value, kind)
    elif walk.kinds[target] in (K.FIELD_EXPRESSION, K.INDEX_EXPRESSION):
        containers.assign(walk, target, kind)
    else:
        walk.evaluate(target)
    return UNIT


def _operated(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    return operators.binary(hosts, operator.removesuffix("="), left, right)


def _allowed(walk: Walk, number: int, value: int, kind: Type) -> Type:
    """The type of a variable behind an assignment: an annotation of it goes on saying what it says."""
    binding = walk.resolution.bindings[number]
    places = (binding.pattern, binding.origin) if binding.pattern == binding.node - 1 else (binding.pattern,)
    found = (walk.first(place, K.TYPE_ANNOTATION) for place in places)
    annotation = next((each for each in found if each is not None), None)
    if annotation is None:
        return kind
    stated = walk.world.stated(walk.content(annotation)[1:])
    walk.compare(value, stated, kind)
    return kind if value in walk.mismatches else stated


def cast(walk: Walk, node: int) -> Type:
    """`a as f64`."""
    operands = walk.operands(node)
    if operands:
        walk.evaluate(operands[0])
    return _CAST.get(walk.content(operands[-1]), UNKNOWN) if len(operands) == 2 else UNKNOWN


def everything(walk: Walk, node: int) -> Type:
    """What the grammar has no place for: its parts are gone through for what they do."""
    return walk.evaluate_all(walk.operands(node))


def nothing(walk: Walk, node: int) -> Type:
    """What is no expression."""
    return UNKNOWN


def _steps() -> list[Step]:
    steps: list[Step] = [nothing] * (max(K) + 1)
    for kind, step in _STEPS.items():
        steps[kind] = step
    return steps


_STEPS: dict[int, Step] = {
    K.ASSIGNMENT_EXPRESSION: assignment,
    K.AWAIT_EXPRESSION: exits.wait,
    K.BINARY_EXPRESSION: binary,
    K.BLOCK: blocks.block,
    K.BLOCK_EXPRESSION: blocks.block_expression,
    K.BREAK_EXPRESSION: loops.leave_loop,
    K.CALL_EXPRESSION: calls.call,
    K.CAST_EXPRESSION: cast,
    K.CLOSURE_EXPRESSION: closures.closure,
    K.CONTINUE_EXPRESSION: loops.go_on,
    K.ERROR: everything,
    K.EXPRESSION_STATEMENT: everything,
    K.FIELD_EXPRESSION: containers.field,
    K.FORMAT_STRING: values.template,
    K.FOR_EXPRESSION: loops.for_loop,
    K.FUNCTION_ITEM: closures.inner_function,
    K.IF_EXPRESSION: branches.if_expression,
    K.INDEX_EXPRESSION: containers.index,
    K.IS_EXPRESSION: conditions.is_test,
    K.LET_EXPRESSION: everything,
    K.LET_STATEMENT: blocks.let,
    K.LITERAL_EXPRESSION: values.literal,
    K.LOOP_EXPRESSION: loops.loop,
    K.MACRO_CALL: macros.macro,
    K.MATCH_EXPRESSION: branches.match,
    K.METHOD_CALL_EXPRESSION: methods.method_call,
    K.OBJECT_EXPRESSION: values.objects,
    K.PARENTHESIZED_EXPRESSION: parenthesized,
    K.PATH_EXPRESSION: values.path,
    K.RANGE_EXPRESSION: values.ranges,
    K.RETURN_EXPRESSION: exits.leave_function,
    K.SELECT_EXPRESSION: branches.select,
    K.STRUCT_EXPRESSION: values.struct,
    K.TEMPLATE_STRING: values.template,
    K.TRY_EXPRESSION: exits.attempt,
    K.TUPLE_EXPRESSION: values.tuples,
    K.UNARY_EXPRESSION: unary,
    K.VECTOR_EXPRESSION: values.vector,
    K.WHILE_EXPRESSION: loops.while_loop,
    K.YIELD_EXPRESSION: exits.give_and_wait,
}

STEPS = _steps()
