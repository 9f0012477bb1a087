"""What a function gives against what the host takes from it."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.attributes import attributes_on
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import F64, I64, U64, excludes, members_of, settled
from runekiln_analysis.members import stub_type
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.stubs import Parameter
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, Named, Type, show

_NUMBERS = (I64, U64, F64)
_EMPTY = bytes((K.OPEN_BRACE, K.CLOSE_BRACE))


def wrong_result(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """A function that the host calls, and that on some way gives what the host does not take."""
    own = item.item
    if not own.public or own.parent is not None or item.is_broken or inferred.returns in (UNKNOWN, NEVER):
        return
    if item.kinds.endswith(_EMPTY):
        # Nobody has begun to write it.
        return
    declared = _declared(item)
    # A host that takes nothing does not look at what it is given.
    wanted = None if declared is None or declared == "()" else stub_type(item.script.bindings, declared)
    if wanted is None:
        return
    wrong = [show(settled(each)) for each in members_of(_given(item, inferred)) if _is_refused(wanted, each)]
    if wrong:
        gives = " or ".join(f"`{each}`" for each in wrong)
        message = f"the host takes `{show(wanted)}` from `{own.name}`, which gives {gives}"
        yield Finding(problem("wrong-handler-result", message, own.name_span), only_if_whole=True)


def _is_refused(wanted: Type, given: Type) -> bool:
    """Whether the host cannot take the value. A number becomes one of another kind where the host wants that."""
    is_number = any(each in _NUMBERS for each in members_of(wanted)) and given in _NUMBERS
    return excludes(wanted, given) and not is_number


def _declared(item: ResolvedItem) -> str | None:
    """What the host takes, if it calls the function by its name or an attribute, and says so.

    What it cannot call, for the number of its parameters, gives nothing.
    """
    bindings, script = item.script.bindings, item.script
    entry = bindings.entry_named(item.item.name) if script.root is None else None
    if entry is not None:
        return entry.returns if _takes(item, entry.parameters) else None
    if K.ATTRIBUTE not in item.kinds:
        return None
    hosts = (bindings.attribute_named(written.name) for written in attributes_on(script, item.number))
    calling = (host for host in hosts if host is not None and host.parameters is not None)
    return next((host.returns for host in calling if _takes(item, host.parameters or ())), None)


def _takes(item: ResolvedItem, given: tuple[Parameter, ...]) -> bool:
    listed = item.tree.first(0, K.PARAMETER_LIST)
    taken = () if listed is None else item.tree.children(listed)
    return sum(item.kinds[each] == K.PARAMETER for each in taken) == len(given)


def _given(item: ResolvedItem, inferred: Inferred) -> Type:
    """What the host has at last: it waits for what is async."""
    match inferred.returns:
        case Named("Future", (gives,)) if item.tree.first(0, K.ASYNC_KEYWORD) is not None:
            return gives
    return inferred.returns
