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

ITEM_RULES: tuple[Rule, ...] = (
    unused_variables,
    wrong_arity,
    statement_calls,
    lost_tail_values,
    reordered_fields,
    label_breaks,
    endless_values,
    native_recursion,
    state_machines,
    unknown_options,
    unreachable_arms,
    spread_operators,
)
"""Each rule looks at one function or constant."""

TYPED_RULES: tuple[TypedRule, ...] = (
    wrong_result,
    missing_await,
    await_not_future,
    unreachable_statements,
    non_exhaustive_match,
    consumed_builder,
    unknown_methods,
    unknown_fields,
    absent_keys,
    read_only_fields,
    wrong_arity_of_values,
    wrong_arguments,
    wrong_operands,
    wrong_indexes,
    wrong_conditions,
    contradicted_annotations,
    not_callable,
    not_iterable,
)
"""Each rule looks at one function or constant with its types."""
