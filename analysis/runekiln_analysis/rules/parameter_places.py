"""Which parameter the argument of a call is for, and of what type that is."""

from __future__ import annotations

import msgspec

from runekiln_analysis.flow.hosts import hosts_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction, OwnItem
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, Type


class ParameterPlace(msgspec.Struct, frozen=True):
    """The parameter of the `function` takes a `type`; `by_host` is what the host really asks for."""

    type: Type
    function: OwnItem | HostFunctionMeaning | ModuleFunction

    @property
    def by_host(self) -> bool:
        """Whether the call fails with a value of another type: the machine knows nothing of annotations."""
        return not isinstance(self.function, OwnItem)


def parameter_at(item: ResolvedItem, inferred: Inferred, path: list[int]) -> ParameterPlace | None:
    """The parameter that an argument, the last node of a path, is for, if that always takes the same."""
    tree, listed, call = item.tree, path[-2], path[-3]
    is_method = item.kinds[call] == K.METHOD_CALL_EXPRESSION
    place = [child for child in tree.children(listed) if not tree.is_token(child)].index(path[-1])
    target = inferred.calls.get(call if is_method else call + 1)
    if target is None:
        return None
    if isinstance(target, OwnItem):
        stated = _at(inferred.asked.get(("takes", target.place)), place + is_method)
    else:
        before = target.function.kind == "method" and not is_method
        stated = _taken(item, target, place - before)
    return None if stated is None or stated == UNKNOWN else ParameterPlace(stated, target)


def _taken(item: ResolvedItem, target: HostFunctionMeaning | ModuleFunction, place: int) -> Type | None:
    host = target.type if isinstance(target, HostFunctionMeaning) else None
    signature = hosts_of(item.script.bindings).signature(host, target.function)
    return None if signature.inherited or signature.own else _at(signature.parameters, place)


def _at(types: object, place: int) -> Type | None:
    return types[place] if isinstance(types, tuple) and 0 <= place < len(types) else None
