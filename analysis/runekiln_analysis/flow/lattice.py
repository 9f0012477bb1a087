"""How types meet where ways through a function do, and what is left of one that is known no more."""

from __future__ import annotations

from collections.abc import Iterable

from runekiln_analysis.types import (
    NEVER,
    UNKNOWN,
    FunctionOf,
    KeyedObject,
    Named,
    Never,
    ObjectOf,
    TupleOf,
    Type,
    UnionOf,
    Unknown,
)

MOST_MEMBERS = 4
"""A union of more types than these says nothing that would help anybody."""

BOOL, CHAR, STRING, BYTES = Named("bool"), Named("char"), Named("String"), Named("Bytes")
I64, U64, F64 = Named("i64"), Named("u64"), Named("f64")
OBJECT, FUNCTION = Named("Object"), Named("Function")

# Rune has several types for each of these, and a stub may call any of them so.
_SEVERAL = frozenset(("Iterator", "Future", "Type"))


def join(one: Type, other: Type) -> Type:
    """The type of what has either type."""
    if one is other or one == other:
        return one
    if isinstance(one, Never):
        return other
    if isinstance(other, Never):
        return one
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return UNKNOWN
    return _union((*members_of(one), *members_of(other)))


def join_all(types: Iterable[Type]) -> Type:
    """The type of what has any of the types."""
    joined: Type = NEVER
    for each in types:
        joined = join(joined, each)
    return joined


def join_states(one: list[Type], other: list[Type]) -> list[Type]:
    """The types of all variables where two ways meet."""
    return [a if a is b else join(a, b) for a, b in zip(one, other, strict=True)]


def join_ways(one: list[Type] | None, other: list[Type] | None) -> list[Type] | None:
    """The same where one of the ways may not be taken at all."""
    if one is None or other is None:
        return one if other is None else other
    return join_states(one, other)


def members_of(kind: Type) -> tuple[Type, ...]:
    """The members of a union, any other type alone."""
    return kind.members if isinstance(kind, UnionOf) else (kind,)


def weaken(kind: Type) -> Type:
    """What is left of a type when others may change what the value holds.

    What the host or an annotation says of a value, it says for as long as the value lives.
    """
    match kind:
        case Named(name, _, item, True):
            return Named(name, (), item)
        case TupleOf(members, True):
            return TupleOf((UNKNOWN,) * len(members))
        case ObjectOf():
            return OBJECT
        case UnionOf(members):
            return join_all(weaken(member) for member in members)
    return kind


def loosen(kind: Type) -> Type:
    """What is left of a type when something was put in that it does not allow."""
    match kind:
        case Named(name, arguments, item) if arguments:
            return Named(name, (), item)
        case TupleOf(members) if members:
            return TupleOf((UNKNOWN,) * len(members))
        case ObjectOf():
            return OBJECT
        case UnionOf(members):
            return join_all(loosen(member) for member in members)
    return kind


def held(kind: Type) -> Type:
    """The type of a value that is taken out: of what nothing was put into, nothing is said."""
    return UNKNOWN if isinstance(kind, Never) else kind


def stored(kind: Type) -> Type:
    """The type of a value that is put into another: what it holds itself can be reached through both."""
    return weaken(kind)


def runtime_name(kind: Type) -> str | int | None:
    """What tells the type from others at run time: a name, or the number of an own one; `None` if it has several."""
    match kind:
        case Named(name, _, item):
            return item if item is not None else None if name in _SEVERAL else name
        case TupleOf():
            return "Tuple"
        case ObjectOf() | KeyedObject():
            return "Object"
        case FunctionOf():
            return "Function"
    return None


def narrowed(kind: Type, wanted: Named) -> Type:
    """The type of a value of which a test has just said that it is a `wanted`."""
    name = runtime_name(wanted)
    members = members_of(kind)
    same = [member for member in members if runtime_name(member) == name and name is not None]
    if same:
        return join_all(same)
    # What cannot be leads nowhere, so that nothing new is said.
    return wanted if name is None or any(runtime_name(member) is None for member in members) else kind


def without(kind: Type, excluded: Named) -> Type:
    """The type of a value of which a test has just said that it is no `excluded`."""
    name = runtime_name(excluded)
    others = [member for member in members_of(kind) if runtime_name(member) != name]
    return join_all(others) if others and name is not None else kind


def excludes(one: Type, other: Type) -> bool:
    """Whether no value has both types."""
    names = {runtime_name(member) for member in members_of(one)}
    others = {runtime_name(member) for member in members_of(other)}
    return None not in names | others and not names & others


def settled(kind: Type) -> Type:
    """The type as it is told: what holds nothing yet, holds anything."""
    match kind:
        case Named(name, arguments, item):
            inner = tuple(UNKNOWN if isinstance(each, Never) else settled(each) for each in arguments)
            return Named(name, () if all(each == UNKNOWN for each in inner) else inner, item)
        case TupleOf(members):
            return TupleOf(tuple(UNKNOWN if isinstance(each, Never) else settled(each) for each in members))
        case ObjectOf(keys):
            return ObjectOf(tuple((key, settled(held(each))) for key, each in keys))
        case UnionOf(members):
            return join_all(settled(member) for member in members)
        case FunctionOf(parameters, returns):
            return FunctionOf(tuple(map(settled, parameters)), settled(returns))
    return kind


def _union(types: Iterable[Type]) -> Type:
    found: list[Type] = []
    for each in types:
        for place, other in enumerate(found):
            merged = _merged(other, each)
            if merged is not None:
                found[place] = merged
                break
        else:
            found.append(each)
    if len(found) > MOST_MEMBERS:
        return UNKNOWN
    return found[0] if len(found) == 1 else UnionOf(tuple(found))


def _merged(one: Type, other: Type) -> Type | None:
    """One type for two that are told apart only by what they hold."""
    if one == other:
        return one
    match one, other:
        case Named(name, inner, item, fresh), Named(second, others, number, is_fresh):
            if name != second or item != number:
                return None
            is_alike = len(inner) == len(others)
            arguments = tuple(map(join, inner, others)) if is_alike else ()
            return Named(name, arguments, item, fresh or is_fresh)
        case TupleOf(inner, fresh), TupleOf(others, is_fresh) if len(inner) == len(others):
            return TupleOf(tuple(map(join, inner, others)), fresh or is_fresh)
        case ObjectOf(keys), ObjectOf(others):
            second_keys = dict(others)
            return ObjectOf(tuple((key, join(each, second_keys[key])) for key, each in keys if key in second_keys))
        case FunctionOf(inner, returns), FunctionOf(others, second_returns) if len(inner) == len(others):
            return FunctionOf((UNKNOWN,) * len(inner), join(returns, second_returns))
    common = runtime_name(one)
    is_known_by_name = common in ("Object", "Function") and common == runtime_name(other)
    return Named(common) if isinstance(common, str) and is_known_by_name else None
