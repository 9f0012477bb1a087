"""What Rune's operators give for the types that need no protocol of a host."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.types import NEVER, UNKNOWN, Named, Never, Type, UnionOf

from .hosts import Hosts, held_by, returned
from .lattice import BOOL, F64, I64, STRING, U64, join_all

COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">="))
_PROTOCOLS = {
    "+": "ADD",
    "-": "SUB",
    "*": "MUL",
    "/": "DIV",
    "%": "REM",
    "&": "BIT_AND",
    "|": "BIT_OR",
    "^": "BIT_XOR",
    "<<": "SHL",
    ">>": "SHR",
}
_ARITHMETIC = frozenset("+-*/%")
_WHOLE = (I64, U64)
_UNARY: dict[str, tuple[Type, ...]] = {"-": (I64, F64), "!": (BOOL, I64, U64)}


def unary(operator: str, operand: Type) -> Type:
    """The type of `-a` or `!a`."""
    taken = _UNARY.get(operator, ())
    return _of_each(operand, lambda kind: kind if kind in taken else UNKNOWN)


def binary(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    """The type of `a + b` or `a == b`: the left value decides, where the operator works at all."""
    if operator in COMPARISONS:
        return BOOL
    if left in _WHOLE:
        return left
    return _of_each(left, lambda kind: _asked(hosts, operator, kind, right))


def _asked(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    if left in _WHOLE or (left == F64 and operator in _ARITHMETIC):
        return left
    if left == STRING and operator == "+":
        return left
    if left == BOOL and operator in ("&", "|", "^"):
        return left
    protocol = _PROTOCOLS.get(operator)
    if protocol is None or not isinstance(left, Named) or left.item is not None:
        return UNKNOWN
    found = hosts.protocol(left, protocol)
    if found is None or found.host is None:
        return UNKNOWN
    return returned(found, {**held_by(found.host, left), "Self": left})


def assigned(hosts: Hosts, operator: str, left: Type, right: Type) -> Type:
    """The type of the variable `a` behind `a += b`: numbers are replaced, other values change in place."""
    if isinstance(left, Named) and left not in (I64, U64, F64, BOOL):
        return Named(left.name, (), left.item) if left.arguments else left
    return binary(hosts, operator.removesuffix("="), left, right)


def _of_each(kind: Type, answer: Callable[[Type], Type]) -> Type:
    if isinstance(kind, Never):
        return NEVER
    return join_all(answer(each) for each in kind.members) if isinstance(kind, UnionOf) else answer(kind)
