"""What Rune's operators give, as inference asks for it: numbers and texts at once, all others by their protocols."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis import operators
from runekiln_analysis.types import NEVER, UNKNOWN, Named, Never, Type, UnionOf

from .hosts import Hosts
from .lattice import BOOL, F64, I64, U64, join_all

_ARITHMETIC = frozenset("+-*/%")
_WHOLE = (I64, U64)


def unary(operator: str, operand: Type) -> Type:
    """The type of `-a` or `!a`."""
    taken = operators.UNARY.get(operator, ())
    return _of_each(operand, lambda kind: kind if isinstance(kind, Named) and kind.name in taken else UNKNOWN)


def binary(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    """The type of `a + b` or `a == b`: the left value decides, where the operator works at all."""
    if operator in operators.COMPARISONS:
        return BOOL
    if left in _WHOLE and right in _WHOLE:
        return left
    return _of_each(left, lambda kind: _asked(hosts, operator, kind, right))


def _asked(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    if left == right == F64 and operator in _ARITHMETIC:
        return left
    if not isinstance(left, Named) or left.item is not None:
        return UNKNOWN
    found = operators.binary(hosts.bindings, operator, left, right)
    # Where Rune fails there is no value, and nothing is to be said of it.
    return UNKNOWN if found is None or isinstance(found, Never) else found


def assigned(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    """The type of the variable `a` behind `a += b`: numbers are replaced, other values change in place."""
    if isinstance(left, Named) and left not in (I64, U64, F64, BOOL):
        return Named(left.name, (), left.item) if left.arguments else left
    return binary(hosts, operator.removesuffix("="), left, right)


def _of_each(kind: Type, answer: Callable[[Type], Type]) -> Type:
    if isinstance(kind, Never):
        return NEVER
    return join_all(answer(each) for each in kind.members) if isinstance(kind, UnionOf) else answer(kind)
