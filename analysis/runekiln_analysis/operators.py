"""What Rune's operators give: `a + b`, `-a`, `a < b`, `a[b]`, `a += b`, and the items of what a `for` goes over.

The types of the operands decide, by the protocols that are declared of the left one. An answer is `None` where that is
not known, and `!` where Rune fails: only of its own types it is known that they have nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from .members import returned, taken
from .stubs import Bindings, Function, HostType
from .types import UNIT, UNKNOWN, FunctionOf, Named, Never, TupleOf, Type, UnionOf, Unknown, argument_of

NEVER = Never()

PROTOCOLS = {
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
"""What Rune asks the left one of two values for; for `+=` and its like with `_ASSIGN` behind it."""

COMPARISONS = {
    "==": "PARTIAL_EQ",
    "!=": "PARTIAL_EQ",
    "<": "PARTIAL_CMP",
    "<=": "PARTIAL_CMP",
    ">": "PARTIAL_CMP",
    ">=": "PARTIAL_CMP",
}
"""The same for what is always a `bool`."""

UNARY = {"-": ("i64", "f64"), "!": ("bool", "i64", "u64")}
"""The types that an operator before a value takes, and gives: Rune has no protocol for these."""


def unary(operator: str, operand: Type) -> Type | None:
    """The type of `-a` or `!a`."""
    if operator not in UNARY:
        return None
    return _of_each(operand, lambda kind: _unary(UNARY[operator], kind))


def binary(bindings: Bindings, operator: str, left: Type, right: Type) -> Type | None:
    """The type of `a + b`, `a == b` or `a && b`."""
    if operator in ("&&", "||"):
        # Rune looks at the left value alone, and gives either of them as it is.
        return left if left == right else None
    if operator in COMPARISONS:
        # Rune makes a `bool` of whatever order a type gives.
        return _of_each(left, lambda kind: _done(bindings, COMPARISONS[operator], kind, right, Named("bool")))
    if operator not in PROTOCOLS:
        return None
    return _of_each(left, lambda kind: _asked(bindings, PROTOCOLS[operator], kind, right))


def assigned(bindings: Bindings, operator: str, left: Type, right: Type) -> Type | None:
    """The type of `a += b` for a variable `a`: nothing, where it works."""
    protocol = PROTOCOLS.get(operator.removesuffix("="))
    if protocol is None:
        return None
    return _of_each(left, lambda kind: _done(bindings, f"{protocol}_ASSIGN", kind, right, UNIT))


def indexed(bindings: Bindings, of: Type, index: Type) -> Type | None:
    """The type of `a[b]`. A range as the index gives a part of the list: what is no declared index says nothing."""
    return _of_each(of, lambda kind: _indexed(bindings, kind, index))


def item(bindings: Bindings, of: Type) -> Type | None:
    """The type of what a `for` over it gives, one after the other."""
    return _of_each(of, lambda kind: _item(bindings, kind))


def _of_each(kind: Type, answer: Callable[[Type], Type | None]) -> Type | None:
    """The answer for each type that a value may have; those that fail give nothing."""
    if isinstance(kind, Never):
        return NEVER
    if isinstance(kind, Unknown):
        return None
    return _either([answer(each) for each in (kind.members if isinstance(kind, UnionOf) else (kind,))])


def _either(types: list[Type | None]) -> Type | None:
    found: list[Type] = []
    for each in types:
        if each is None or isinstance(each, Unknown):
            return None
        if each != NEVER and each not in found:
            found.append(each)
    if not found:
        return NEVER
    return found[0] if len(found) == 1 else UnionOf(tuple(found))


def _unary(takes: tuple[str, ...], kind: Type) -> Type:
    return kind if isinstance(kind, Named) and kind.item is None and kind.name in takes else NEVER


def _asked(bindings: Bindings, protocol: str, left: Type, right: Type) -> Type | None:
    """What the protocol of the left value gives for the right one."""
    host = _host(bindings, left)
    if host is None:
        return None
    is_own = bindings.type_named(host.path) is None
    found = _protocol(host, protocol)
    if found is None:
        return NEVER if is_own or host.sealed else None
    wanted = taken(bindings, host, found, _named(left))
    # What a host takes besides is for its Rust to say: an `i64` may be given as a `u64`.
    if is_own and wanted is not None and not _takes(bindings, wanted, right):
        return NEVER
    return returned(bindings, host, found, _named(left))


def _done(bindings: Bindings, protocol: str, left: Type, right: Type, result: Type) -> Type | None:
    """The result that it has whatever the protocol of the left value gives."""
    asked = _asked(bindings, protocol, left, right)
    return asked if asked is None or asked == NEVER else result


def _indexed(bindings: Bindings, kind: Type, index: Type) -> Type | None:
    host = _host(bindings, kind)
    found = None if host is None else _protocol(host, "INDEX_GET")
    if host is None or found is None:
        return None
    wanted = taken(bindings, host, found, _named(kind))
    is_known = wanted is not None and (wanted == UNKNOWN or index != UNKNOWN) and _takes(bindings, wanted, index)
    return returned(bindings, host, found, _named(kind)) if is_known else None


def _item(bindings: Bindings, kind: Type) -> Type | None:
    if isinstance(kind, TupleOf):
        return _either(list(kind.members)) if kind.members else NEVER
    # These are known even where Rune's own declarations are not at hand.
    if (known := argument_of(kind, "Iterator", "Vec", "Option")) is not None:
        return known
    host = _host(bindings, kind)
    found = None if host is None else _protocol(host, "INTO_ITER")
    if host is None or found is None:
        return None
    iterator = returned(bindings, host, found, _named(kind))
    if (known := argument_of(iterator, "Iterator")) is not None:
        return known
    # What is an iterator itself gives itself; its Rust says no more of that than `any`.
    walking = kind if iterator is None or isinstance(iterator, Unknown) else iterator
    walked = _host(bindings, walking)
    following = None if walked is None else _protocol(walked, "NEXT")
    if walked is None or following is None:
        return None
    return argument_of(returned(bindings, walked, following, _named(walking)), "Option")


def _takes(bindings: Bindings, wanted: Type, given: Type) -> bool:
    """Whether a value of the one type may be given where the other is wanted."""
    if isinstance(wanted, Unknown) or isinstance(given, Unknown):
        return True
    if isinstance(wanted, UnionOf):
        return any(_takes(bindings, each, given) for each in wanted.members)
    if isinstance(given, UnionOf):
        return any(_takes(bindings, wanted, each) for each in given.members)
    one, other = _host(bindings, wanted), _host(bindings, given)
    return one is not None and one is other


def _host(bindings: Bindings, kind: Type) -> HostType | None:
    named = _named(kind)
    return None if named.item is not None else bindings.type_meant(named.name)


def _named(kind: Type) -> Named:
    match kind:
        case Named():
            return kind
        case FunctionOf():
            return Named("Function")
    return Named("Tuple")


def _protocol(host: HostType, name: str) -> Function | None:
    return next((each for each in host.protocols if each.name == name), None)
