"""Fields that the value before the dot surely does not have."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.flows import flows_of
from runekiln_analysis.flow.hosts import hosts_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.members import member_name
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.member_habits import member_habit
from runekiln_analysis.rules.member_sites import MemberSite, called, candidates, host_name, renamed
from runekiln_analysis.rules.problems import closest, did_you_mean, problem
from runekiln_analysis.rules.sure_types import is_future
from runekiln_analysis.rules.wrapped_values import wrapped_value
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import KeyedObject, Named, Never, Type, Unknown

Advice = tuple[str, tuple[Fix, ...]]

_BY_KEY = frozenset(("HashMap",))


def unknown_fields(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The fields that are read or written and that no type of the value has."""
    for site in candidates(item, inferred, K.FIELD_EXPRESSION):
        yield from _looked_at(site)
    if K.ASSIGNMENT_EXPRESSION in item.kinds:
        for site in _assigned(item, inferred):
            yield from _looked_at(site)


def _looked_at(site: MemberSite) -> Iterator[Finding]:
    if site.known is None or any(each.has_field(site.name) for each in site.known):
        return
    if site.item.kinds[site.receiver] == K.RANGE_EXPRESSION:
        # `...x`, of which `spread_operators` tells.
        return
    says, fixes = _advice(site)
    what = "element" if site.name.isdecimal() else "field"
    message = f"{called(site.type)} has no {what} `{site.name}`{says}"
    if isinstance(site.type, KeyedObject):
        message = f"this object has no key `{site.name}`{says}"
    yield Finding(problem("unknown-field", message, site.name_span, *fixes, severity="error"))


def _assigned(item: ResolvedItem, inferred: Inferred) -> Iterator[MemberSite]:
    """`a.b = c`, where nothing was read of `b`."""
    tree, kinds = item.tree, item.kinds
    for node in item.nodes(K.ASSIGNMENT_EXPRESSION):
        target = node + 1
        if kinds[target] != K.FIELD_EXPRESSION or target in inferred.receivers:
            continue
        kind = inferred.types.get(target + 1)
        name = None if isinstance(kind, Unknown | Never | None) else member_name(tree, target)
        if kind is not None and name and not is_future(kind):
            yield MemberSite(item, target, name, kind)


def _advice(site: MemberSite) -> Advice:
    """What is said of a field that does not exist, and what would mend it."""
    if site.name in site.methods:
        return _of_method(site)
    habits = {member_habit(host_name(each), site.name) for each in members_of(site.type)}
    habit = habits.pop() if len(habits) == 1 else None
    if habit is not None and habit.new is not None and "{}" not in habit.new and "(" in habit.new:
        fixes = () if site.is_set else (Fix(f"Replace with `{habit.new}`", (Edit(site.name_span, habit.new),)),)
        return f"; it is `{habit.new}` in Rune", fixes
    if host_name(site.type) in _BY_KEY:
        return f'; what is held by its key is read with `get("{site.name}")`', ()
    return wrapped_value(site, lambda known: known.has_field(site.name)) or _of_name(site) or ("", ())


def _of_method(site: MemberSite) -> Advice:
    if site.is_set or any(_parameter_count(site, each) for each in members_of(site.type)):
        return ": it is a method", ()
    end = site.name_span[1]
    return f": it is a method, `{site.name}()`", (Fix("Call it", (Edit((end, end), "()"),)),)


def _parameter_count(site: MemberSite, kind: Type) -> int:
    """How many arguments the method of that name takes; one too many if that is not known."""
    if isinstance(kind, Named) and kind.item is not None:
        declared = flows_of(site.item.script).declared
        member = declared.member(kind.item, site.name)
        header = None if member is None or member.place is None else declared.header(member.place)
        return 1 if header is None else len(header.parameters)
    signature = hosts_of(site.item.script.bindings).method(Named(host_name(kind)), site.name)
    return 1 if signature is None else len(signature.parameters)


def _of_name(site: MemberSite) -> Advice | None:
    if site.name.isdecimal():
        return None
    name = closest(site.name, site.fields)
    if name is not None:
        return did_you_mean(name), (renamed(site, name),)
    method = closest(site.name, site.methods, 0.75)
    if method is None:
        return None
    if site.is_set or any(_parameter_count_of(site, each, method) for each in members_of(site.type)):
        return f"; did you mean the method `{method}`?", ()
    return did_you_mean(f"{method}()"), (Fix(f"Replace with `{method}()`", (Edit(site.name_span, f"{method}()"),)),)


def _parameter_count_of(site: MemberSite, kind: Type, method: str) -> int:
    return _parameter_count(MemberSite(site.item, site.node, method, site.type), kind)
