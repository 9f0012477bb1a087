"""All rules over functions and constants, in one place."""

from __future__ import annotations

from runekiln_analysis.rules.absent_keys import absent_keys
from runekiln_analysis.rules.argument_types import wrong_arguments
from runekiln_analysis.rules.arity import wrong_arity
from runekiln_analysis.rules.await_not_future import await_not_future
from runekiln_analysis.rules.call_arity import wrong_arity_of_values
from runekiln_analysis.rules.condition_types import wrong_conditions
from runekiln_analysis.rules.consumed_builder import consumed_builder
from runekiln_analysis.rules.contradicted_annotations import contradicted_annotations
from runekiln_analysis.rules.endless_values import endless_values
from runekiln_analysis.rules.index_types import wrong_indexes
from runekiln_analysis.rules.item_rules import Rule, TypedRule
from runekiln_analysis.rules.label_breaks import label_breaks
from runekiln_analysis.rules.lost_tail_values import lost_tail_values
from runekiln_analysis.rules.missing_await import missing_await
from runekiln_analysis.rules.native_recursion import native_recursion
from runekiln_analysis.rules.non_exhaustive_match import non_exhaustive_match
from runekiln_analysis.rules.not_callable import not_callable
from runekiln_analysis.rules.not_iterable import not_iterable
from runekiln_analysis.rules.operand_types import wrong_operands
from runekiln_analysis.rules.options import unknown_options
from runekiln_analysis.rules.read_only_fields import read_only_fields
from runekiln_analysis.rules.reordered_fields import reordered_fields
from runekiln_analysis.rules.results import wrong_result
from runekiln_analysis.rules.spread_operators import spread_operators
from runekiln_analysis.rules.state_graphs import state_machines
from runekiln_analysis.rules.statement_calls import statement_calls
from runekiln_analysis.rules.unknown_fields import unknown_fields
from runekiln_analysis.rules.unknown_methods import unknown_methods
from runekiln_analysis.rules.unreachable import unreachable_arms, unreachable_statements
from runekiln_analysis.rules.unused_variables import unused_variables
from runekiln_analysis.syntax import SyntaxKind as K

Needs = frozenset[int]
"""Kinds of nodes of which a rule needs one; none if it looks at something else. Most items lack most of them."""


def _needs(*kinds: int) -> Needs:
    return frozenset(kinds)


_CALLS = _needs(K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION)
_ANYTHING = _needs()

ITEM_RULES: tuple[tuple[Rule, Needs], ...] = (
    (unused_variables, _ANYTHING),
    (wrong_arity, _needs(K.CALL_EXPRESSION)),
    (
        statement_calls,
        _needs(K.IF_EXPRESSION, K.MATCH_EXPRESSION, K.LOOP_EXPRESSION, K.BLOCK_EXPRESSION, K.SELECT_EXPRESSION),
    ),
    (lost_tail_values, _needs(K.BLOCK_EXPRESSION, K.IF_EXPRESSION, K.MATCH_EXPRESSION)),
    (reordered_fields, _needs(K.STRUCT_EXPRESSION)),
    (label_breaks, _needs(K.LABEL_DECLARATION)),
    (endless_values, _needs(K.MACRO_CALL)),
    (native_recursion, _needs(K.METHOD_CALL_EXPRESSION)),
    (state_machines, _CALLS),
    (unknown_options, _needs(K.OBJECT_EXPRESSION)),
    (unreachable_arms, _needs(K.MATCH_ARM_LIST)),
    (spread_operators, _needs(K.RANGE_EXPRESSION)),
)
"""Each rule looks at one function or constant."""

TYPED_RULES: tuple[tuple[TypedRule, Needs], ...] = (
    (wrong_result, _needs(K.PUB_KEYWORD)),
    (missing_await, _ANYTHING),
    (await_not_future, _needs(K.AWAIT_EXPRESSION)),
    (unreachable_statements, _ANYTHING),
    (non_exhaustive_match, _needs(K.MATCH_EXPRESSION)),
    (consumed_builder, _ANYTHING),
    (unknown_methods, _needs(K.METHOD_CALL_EXPRESSION)),
    (unknown_fields, _needs(K.FIELD_EXPRESSION)),
    (absent_keys, _needs(K.OBJECT_EXPRESSION)),
    (read_only_fields, _needs(K.ASSIGNMENT_EXPRESSION)),
    (wrong_arity_of_values, _CALLS),
    (wrong_arguments, _CALLS),
    (
        wrong_operands,
        _needs(K.BINARY_EXPRESSION, K.UNARY_EXPRESSION, K.ASSIGNMENT_EXPRESSION, K.TRY_EXPRESSION),
    ),
    (wrong_indexes, _needs(K.INDEX_EXPRESSION)),
    (wrong_conditions, _needs(K.IF_EXPRESSION, K.ELSE_BRANCH, K.WHILE_EXPRESSION, K.MATCH_GUARD)),
    (contradicted_annotations, _ANYTHING),
    (not_callable, _needs(K.CALL_EXPRESSION)),
    (not_iterable, _needs(K.FOR_EXPRESSION)),
)
"""Each rule looks at one function or constant with its types."""
