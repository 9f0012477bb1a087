"""Methods that the value they are called on surely does not have."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit, Fix, Offsets
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.rules.all_declared import may_be_added
from runekiln_analysis.rules.item_rules import Finding, ResolvedItem
from runekiln_analysis.rules.known_members import known_members
from runekiln_analysis.rules.member_habits import member_habit
from runekiln_analysis.rules.member_sites import MemberSite, called, candidates, host_name, renamed
from runekiln_analysis.rules.problems import closest, did_you_mean, problem
from runekiln_analysis.rules.wrapped_values import wrapped_value
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named

_SIMPLE = (K.PATH_EXPRESSION, K.LITERAL_EXPRESSION, K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.CALL_EXPRESSION)
_TEXT_OF_VALUE = frozenset(("toString", "to_string", "to_str", "str", "string", "ToString"))


def unknown_methods(item: ResolvedItem, inferred: Inferred) -> Iterator[Finding]:
    """The calls of methods that no type of the value has."""
    for site in candidates(item, inferred, K.METHOD_CALL_EXPRESSION):
        if site.known is None or any(site.name in each.methods for each in site.known):
            continue
        if may_be_added(item, site.name):
            continue
        says, fixes = _advice(site)
        message = f"{called(site.type)} has no method `{site.name}`{says}"
        found = problem("unknown-method", message, site.name_span, *fixes, severity="error")
        yield Finding(found, without_method=site.name)


Advice = tuple[str, tuple[Fix, ...]]


def _advice(site: MemberSite) -> Advice:
    """What is said of a method that does not exist, and what would mend the call."""
    known = site.known or ()
    if site.name in site.fields:
        return _of_field(site)
    if any(site.name in each.associated for each in known):
        return f": it takes no `self`, and is called as `{_type_name(site)}::{site.name}(…)`", ()
    habits = {member_habit(host_name(each), site.name) for each in members_of(site.type)}
    if len(habits) == 1 and (habit := habits.pop()) is not None:
        return _of_habit(site, habit.says, habit.new)
    return (
        wrapped_value(site, lambda known: site.name in known.methods)
        or _of_iterator(site)
        or _of_name(site)
        or (_of_object(site) if _is_object(site) else ("", ()))
    )


def _of_field(site: MemberSite) -> Advice:
    if site.arguments:
        return f": it is a field, and what it holds is called as `{_in_parentheses(site)}`", _call_of_field(site)
    end = site.name_span[1]
    return ": it is a field", (Fix("Remove the `()`", (Edit((end, site.behind_name[1]), ""),)),)


def _of_habit(site: MemberSite, says: str, new: str | None) -> Advice:
    if new is None:
        return f"; {says}", _as_template(site) if site.name in _TEXT_OF_VALUE else ()
    shown = new.replace("{}", "…")
    written = _written(site, new)
    fixes = () if written is None else (Fix(f"Replace with `{shown}`", (Edit(site.behind_name, written),)),)
    return f"; {says or f'it is `{shown}` in Rune'}", fixes


def _written(site: MemberSite, new: str) -> str | None:
    """The call in its new words, `None` if they have no place for what it is called with."""
    tree, arguments = site.item.tree, site.arguments
    if "(" not in new:
        return new + tree.content(_listed(site))
    if ("{}" in new) != bool(arguments):
        return None
    if not arguments:
        return new
    first, last = arguments[0], arguments[-1]
    if "== {}" in new and (len(arguments) > 1 or tree.kind(first) not in _SIMPLE):
        return None
    text = site.item.script.text
    start = site.item.item.span[0]
    between = text[start + tree.start(first) : start + tree.end(last)].decode("utf-8", "replace")
    return new.replace("{}", between)


def _listed(site: MemberSite) -> int:
    listed = site.item.tree.first(site.node, K.ARGUMENT_LIST)
    assert listed is not None, "a method call has arguments"
    return listed


def _as_template(site: MemberSite) -> tuple[Fix, ...]:
    """The value in a template, where it can stand in one as it is written."""
    tree, receiver = site.item.tree, site.receiver
    text = tree.content(receiver)
    is_plain = tree.kind(receiver) in (K.PATH_EXPRESSION, K.FIELD_EXPRESSION) and not set(text) & set("`{}\\")
    if site.arguments or not is_plain:
        return ()
    return (Fix(f"Replace with `` `${{{text}}}` ``", (Edit(tree.span(site.node), f"`${{{text}}}`"),)),)


def _of_iterator(site: MemberSite) -> Advice | None:
    """`list.map(…)`: what goes through the values of a list is a method of its iterator."""
    if not all("iter" in each.methods for each in site.known or ()):
        return None
    iterator = known_members(site.item, Named("Iterator"))
    if iterator is None or site.name not in iterator.methods:
        return None
    start = site.name_span[0]
    fix = Fix("Go through it with `iter()`", (Edit((start, start), "iter()."),))
    return f": `iter()` gives what has it, `iter().{site.name}(…)`", (fix,)


def _of_name(site: MemberSite) -> Advice | None:
    name = closest(site.name, site.methods)
    if name is not None:
        return did_you_mean(name), (renamed(site, name),)
    field = closest(site.name, site.fields, 0.75) if not site.arguments else None
    if field is None:
        return None
    fix = Fix(f"Replace with `{field}`", (Edit(site.behind_name, field),))
    return f"; did you mean the field `{field}`?", (fix,)


def _of_object(site: MemberSite) -> Advice:
    return f"; what is held by its key is called as `{_in_parentheses(site)}`", _call_of_field(site)


def _is_object(site: MemberSite) -> bool:
    return host_name(site.type) == "Object"


def _in_parentheses(site: MemberSite) -> str:
    return f"({site.item.tree.content(site.receiver)}.{site.name})(…)"


def _call_of_field(site: MemberSite) -> tuple[Fix, ...]:
    tree = site.item.tree
    around: Offsets = tree.span(site.node)
    if any(
        tree.kind(each) == K.EXPRESSION_STATEMENT and tree.start(each) == around[0] for each in tree.path_to(site.node)
    ):
        # Behind a block, what begins with a parenthesis would go on with it.
        return ()
    end = site.name_span[1]
    edits = (Edit((around[0], around[0]), "("), Edit((end, end), ")"))
    return (Fix("Call what the field holds", edits),)


def _type_name(site: MemberSite) -> str:
    first = members_of(site.type)[0]
    return first.name if isinstance(first, Named) else host_name(first)
