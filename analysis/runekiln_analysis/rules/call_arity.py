"""Calls of functions of the host, of methods and of closures, with another number of arguments than they take."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.flows import flows_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, ModuleFunction, OwnItem
from runekiln_analysis.rules.all_declared import may_be_added
from runekiln_analysis.rules.arity import argument_count, takes_and_given
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.member_sites import is_written_inside
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.stubs import Function
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import FunctionOf

# Functions that are taken for macros: `arity` tells of these.
_LIKE_MACROS = frozenset(("print", "println", "panic"))


def wrong_arity_of_values(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The calls that the virtual machine refuses for the number of their arguments, where the type tells that."""
    for node, target in inferred.calls.items():
        is_method = item.kinds[node] == K.METHOD_CALL_EXPRESSION
        if not isinstance(target, OwnItem):
            yield from _of_host(item, node, target, is_method=is_method)
        elif is_method and item.is_all_declared and not is_written_inside(item, node + 1, node):
            yield from _of_own_method(item, node, target.place)
    if any(isinstance(kind, FunctionOf) for kind in inferred.types.values()):
        for call in item.nodes(K.CALL_EXPRESSION):
            kind = inferred.types.get(call + 1)
            if isinstance(kind, FunctionOf) and call + 1 not in inferred.calls:
                yield from _of_value(item, call, kind)


def _listed(item: ResolvedItem, node: int, *, is_method: bool) -> int | None:
    """The arguments of the call that a method or the path of a function is called with."""
    if is_method:
        return item.tree.first(node, K.ARGUMENT_LIST)
    listed = item.tree.after(node)
    return listed if listed < len(item.kinds) and item.kinds[listed] == K.ARGUMENT_LIST else None


def _of_host(
    item: ResolvedItem, node: int, target: HostFunctionMeaning | ModuleFunction, *, is_method: bool
) -> Iterator[Finding]:
    function = target.function
    takes_value = function.kind == "method" and not is_method
    count = len(function.parameters) + takes_value
    listed = _listed(item, node, is_method=is_method)
    given = None if listed is None else argument_count(item, listed)
    if listed is None or given is None or given == count:
        return
    if isinstance(target, ModuleFunction) and function.name in _LIKE_MACROS and given > 1:
        return
    if is_method and (may_be_added(item, function.name) or is_written_inside(item, node + 1, node)):
        return
    message = takes_and_given(_written(function, is_method=is_method, takes_value=takes_value), count, given)
    found = problem("wrong-arity", message, item.tree.span(listed), severity="error")
    yield Finding(found, without_method=function.name if is_method else None)


def _written(function: Function, *, is_method: bool, takes_value: bool) -> str:
    listed = [f"{each.name}: {each.type}" for each in function.parameters]
    parameters = ", ".join(["self", *listed] if takes_value else listed)
    return f"{'.' if is_method else ''}{function.name}({parameters})"


def _of_own_method(item: ResolvedItem, node: int, place: ItemPlace) -> Iterator[Finding]:
    header = flows_of(item.script).declared.header(place)
    listed = _listed(item, node, is_method=True)
    given = None if listed is None else argument_count(item, listed)
    if header is None or listed is None or given is None or given == len(header.parameters):
        return
    written = f".{header.name}({', '.join(each.name for each in header.parameters)})"
    message = takes_and_given(written, len(header.parameters), given)
    found = problem("wrong-arity", message, item.tree.span(listed), severity="error")
    yield Finding(found, place, without_method=header.name)


def _of_value(item: ResolvedItem, call: int, kind: FunctionOf) -> Iterator[Finding]:
    listed = _listed(item, call + 1, is_method=False)
    given = None if listed is None else argument_count(item, listed)
    if listed is None or given is None or given == len(kind.parameters) or is_written_inside(item, call + 1, call):
        return
    name = " ".join(item.tree.content(call + 1).split())
    written = name if item.kinds[call + 1] == K.PATH_EXPRESSION else ""
    message = takes_and_given(written, len(kind.parameters), given)
    yield Finding(problem("wrong-arity", message, item.tree.span(listed), severity="error"))
