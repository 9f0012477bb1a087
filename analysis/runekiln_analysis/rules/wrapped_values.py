"""Members that not the value has, but what it holds: an `Option` or a `Result`."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.rules.known_members import KnownMembers, known_members
from runekiln_analysis.rules.member_sites import MemberSite
from runekiln_analysis.types import Named, Type

_SAYS = {
    "Option": "but what it holds has: take that out with `?`, or with `if let Some(x) = …`",
    "Result": "but what it holds has: take that out with `?`, or with `if let Ok(x) = …`",
}


def wrapped_value(site: MemberSite, has: Callable[[KnownMembers], bool]) -> tuple[str, tuple[()]] | None:
    """What to say of a member that is one of the value inside, as `has` tells; `None` if it is not."""
    kind = site.type
    if not isinstance(kind, Named) or kind.item is not None or kind.name not in _SAYS or not kind.arguments:
        return None
    return (f", {_SAYS[kind.name]}", ()) if _inner_has(site.item, kind.arguments[0], has) else None


def _inner_has(item: ResolvedItem, inner: Type, has: Callable[[KnownMembers], bool]) -> bool:
    known = [known_members(item, each) for each in members_of(inner)]
    return bool(known) and all(each is not None and each.fields is not None and has(each) for each in known)
