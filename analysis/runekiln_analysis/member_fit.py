"""How well a member does what is asked of it where it stands."""

from __future__ import annotations

from .asked_members import CHOSEN, Asked, Names, names_of
from .flow.hosts import hosts_of
from .flow.lattice import members_of
from .members import Member, member_named
from .script import Script
from .types import Named, Type, UnionOf

GIVES, HAS, TAKES, OPEN = 12, 12, 8, 8
"""How many uses it is worth that a member gives what is asked, that it has what follows, that it takes what is there,
and that it gives what is asked unless more is written behind it."""


def fit(script: Script, asked: Asked, member: Member) -> int:
    """How many uses it is worth that a member fits, less than nothing if it does not."""
    found = 0
    if asked.types:
        gives = _gives(asked.types, member)
        found += OPEN * max(gives, 0) if asked.open else GIVES * gives
    elif asked.then is not None:
        found += HAS * _has(script, member.type, asked.then)
    if asked.arguments is not None and member.kind == "method" and member.own is None:
        found += TAKES * _takes(script, asked.arguments, member)
    return found


def _gives(types: Names, member: Member) -> int:
    if CHOSEN in types:
        return 1 if isinstance(member.type, UnionOf) else -1
    given = frozenset(("Future",)) if member.is_async else names_of(member.type)
    return _judged(bool(given & types), known=bool(given))


def _has(script: Script, kind: Type | None, name: str) -> int:
    given = () if kind is None else members_of(kind)
    if not any(map(names_of, given)):
        return 0
    return 1 if any(_has_member(script, each, name) for each in given) else -1


def _has_member(script: Script, kind: Type, name: str) -> bool:
    if not isinstance(kind, Named) or kind.item is not None:
        return member_named(script, kind, name) is not None
    hosts = hosts_of(script.bindings)
    return hosts.method(kind, name) is not None or hosts.field(kind, name) is not None


def _takes(script: Script, arguments: tuple[Names, ...], member: Member) -> int:
    if len(arguments) != len(member.parameters):
        return -1
    hosts = hosts_of(script.bindings)
    for names, parameter in zip(arguments, member.parameters, strict=True):
        taken = names_of(hosts.type(parameter.type))
        if names and taken and not (names & taken or "Self" in taken):
            return -1
    return 1


def _judged(fits: bool, *, known: bool) -> int:
    return int(fits) - int(known and not fits)
