"""What a parameter of unknown type may be, by the members that a function uses of it. A guess, and for editors alone.

Rules never see it: who uses a member of one type may mean another one that has it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from runekiln_analysis.members import member_name, members
from runekiln_analysis.resolve.below import imported_names
from runekiln_analysis.resolve.host import SameBindings
from runekiln_analysis.resolve.resolution import Binding, Resolution
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import HostType
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView
from runekiln_analysis.types import UNKNOWN, Named, Type

from .hosts import hosts_of

Used = frozenset[tuple[str, bool]]
"""Members by their names, each with whether it is called."""


def guessed_parameters(
    script: Script, number: int, resolution: Resolution, stated: tuple[Type, ...], left_out: int = -1
) -> tuple[Type, ...]:
    """The types of a function's parameters, those that are not known guessed by what is used of them.

    `left_out` is the token of a use that does not count: what stands behind its dot is still being written.
    """
    tree = script.tree(number)
    listed = tree.first(0, K.PARAMETER_LIST)
    nodes = () if listed is None else tree.children(listed)
    parameters = [each for each in nodes if tree.kind(each) in (K.PARAMETER, K.SELF_PARAMETER)]
    found = list(stated)
    for place, parameter in enumerate(parameters[: len(found)]):
        bindings = (each for each in resolution.bindings if each.pattern == parameter)
        binding = next(bindings, None) if tree.kind(parameter) == K.PARAMETER else None
        is_name = binding is not None and tree.kind(parameter + 1) == K.IDENTIFIER_PATTERN
        if found[place] == UNKNOWN and binding is not None and is_name and not binding.writes:
            used = frozenset(members_used(tree, binding, left_out))
            found[place] = (_guess(script, number, used) if used else None) or UNKNOWN
    return tuple(found)


def members_used(tree: TreeView, binding: Binding, left_out: int) -> Iterator[tuple[str, bool]]:
    """The members that are used of a local variable, besides behind its token `left_out`."""
    for token in binding.reads:
        path = token - 1
        around = tree.parent(path)
        is_member = tree.kind(around) in (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION)
        if token != left_out and is_member and tree.first_child(around) == path:
            name = member_name(tree, around)
            if name:
                yield name, tree.kind(around) == K.METHOD_CALL_EXPRESSION


def _guess(script: Script, number: int, used: Used) -> Type | None:
    """The one type that has all members used: of the script's own and those at hand, or else of all of the host."""
    key = SameBindings(script.bindings)
    if types_having(key, used, is_rune=True):
        return None
    fitting = types_having(key, used, is_rune=False)
    imported = {"::".join(path) for _, path in imported_names(script, script.module_of(number))}
    at_hand: list[Type] = list(_own_having(script, used))
    at_hand += (_named(script, host) for host in fitting if host.prelude or host.path in imported)
    if at_hand:
        return at_hand[0] if len(at_hand) == 1 else None
    return _named(script, fitting[0]) if len(fitting) == 1 else None


def _named(script: Script, host: HostType) -> Named:
    return Named(hosts_of(script.bindings).name_of(host))


def _own_having(script: Script, used: Used) -> Iterator[Named]:
    for number, item in enumerate(script.main.items):
        if item.kind in ("struct", "enum"):
            kind = Named(item.name, (), number)
            if used <= {(each.name, each.kind == "method") for each in members(script, kind)}:
                yield kind


@lru_cache(maxsize=256)
def types_having(key: SameBindings, used: Used, *, is_rune: bool) -> tuple[HostType, ...]:
    """The types of the host, or else of Rune's own, that have all of these."""
    std = key.bindings.std
    types: Iterable[HostType] = key.bindings.types
    if is_rune:
        types = () if std is None else std.types.values()
    return tuple(each for each in types if used <= _members_of(each))


def _members_of(host: HostType) -> Used:
    methods = {(each.name, True) for each in host.functions if each.kind == "method"}
    return frozenset(methods | {(each.name, False) for each in host.fields})
