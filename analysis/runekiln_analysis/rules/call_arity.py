"""Calls of methods and of closures with another number of arguments than they take."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.flow.flows import flows_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.resolve.meaning import OwnItem
from runekiln_analysis.rules.all_declared import may_be_added
from runekiln_analysis.rules.arity import argument_count, takes_and_given
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.member_sites import is_written_inside
from runekiln_analysis.rules.problems import problem
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.stubs import Function
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import FunctionOf


def wrong_arity_of_values(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The calls that the virtual machine refuses for the number of their arguments, where the type tells that."""
    for node, target in inferred.calls.items():
        is_method = item.kinds[node] == K.METHOD_CALL_EXPRESSION
        if not is_method or is_written_inside(item, node + 1, node):
            # Of what is called by its path, the names alone tell.
            continue
        if not isinstance(target, OwnItem):
            yield from _of_host(item, node, target.function)
        elif item.is_all_declared:
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


def _of_host(item: ResolvedItem, node: int, function: Function) -> Iterator[Finding]:
    count = len(function.parameters)
    listed = _listed(item, node, is_method=True)
    given = None if listed is None else argument_count(item, listed)
    if listed is None or given is None or given == count or may_be_added(item, function.name):
        return
    written = f".{function.name}({', '.join(f'{each.name}: {each.type}' for each in function.parameters)})"
    found = problem("wrong-arity", takes_and_given(written, count, given), item.tree.span(listed), severity="error")
    yield Finding(found, without_method=function.name)


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
