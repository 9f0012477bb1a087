"""Members that not the value has, but what it holds: an `Option`, a `Result`, or what is still to be awaited."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.facts import Edit, Fix
from runekiln_analysis.flow.lattice import members_of
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.rules.known_members import KnownMembers, known_members
from runekiln_analysis.rules.member_sites import MemberSite
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import Named, Type

_SAYS = {
    "Option": "but what it holds has: take that out with `?`, or with `if let Some(x) = …`",
    "Result": "but what it holds has: take that out with `?`, or with `if let Ok(x) = …`",
    "Future": "but what it gives has: wait for that with `.await`",
}


def wrapped_value(site: MemberSite, has: Callable[[KnownMembers], bool]) -> tuple[str, tuple[Fix, ...]] | None:
    """What to say of a member that is one of the value inside, as `has` tells; `None` if it is not."""
    kind = site.type
    if not isinstance(kind, Named) or kind.item is not None or kind.name not in _SAYS or not kind.arguments:
        return None
    if not _inner_has(site.item, kind.arguments[0], has):
        return None
    end = site.item.tree.end(site.receiver)
    is_awaited = kind.name == "Future" and is_in_async(site.item, site.node)
    fixes = (Fix("Await it", (Edit((end, end), ".await"),)),) if is_awaited else ()
    return f", {_SAYS[kind.name]}", fixes


def _inner_has(item: ResolvedItem, inner: Type, has: Callable[[KnownMembers], bool]) -> bool:
    known = [known_members(item, each) for each in members_of(inner)]
    return bool(known) and all(each is not None and each.fields is not None and has(each) for each in known)


def is_in_async(item: ResolvedItem, node: int) -> bool:
    """Whether `.await` may stand at the node."""
    tree = item.tree
    for around in reversed(tree.path_to(node)):
        if item.kinds[around] in (K.FUNCTION_ITEM, K.CLOSURE_EXPRESSION, K.BLOCK_EXPRESSION):
            if tree.first(around, K.ASYNC_KEYWORD) is not None:
                return True
            if item.kinds[around] != K.BLOCK_EXPRESSION:
                return False
    return False
