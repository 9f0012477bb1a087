"""Where a member of a value is named, and how the rules tell of one that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from runekiln_analysis.facts import Edit, Fix, Offsets
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import members_of, settled
from runekiln_analysis.members import member_name
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.rules.known_members import KnownMembers, known_members
from runekiln_analysis.rules.sure_types import is_doubted, is_future
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, FunctionOf, KeyedObject, Named, ObjectOf, TupleOf, Type, show


class MemberSite:
    """`receiver.name` or `receiver.name(…)` at `node`, where `receiver` surely is a `type`."""

    def __init__(self, item: ResolvedItem, node: int, name: str, kind: Type) -> None:
        self.item = item
        self.node = node
        self.name = name
        self.type = kind

    @cached_property
    def token(self) -> int:
        """The name behind the dot."""
        dot = self.item.tree.first(self.node, K.DOT)
        assert dot is not None, "what has a name behind the dot has a dot"
        return dot + 1

    @property
    def name_span(self) -> Offsets:
        """Where the name stands."""
        start = self.item.tree.start(self.token)
        return (start, start + len(self.name.encode()))

    @property
    def receiver(self) -> int:
        """The expression before the dot."""
        return self.item.tree.first_child(self.node)

    @cached_property
    def known(self) -> tuple[KnownMembers, ...] | None:
        """The members of each type that the value may have; `None` if one of them is not known."""
        found: list[KnownMembers] = []
        for each in members_of(self.type):
            known = known_members(self.item, each)
            if known is None:
                return None
            found.append(known)
        return tuple(found)

    @property
    def methods(self) -> list[str]:
        """The names of all methods of the value."""
        return sorted(frozenset[str]().union(*(each.methods for each in self.known or ())))

    @property
    def fields(self) -> list[str]:
        """The names of all fields of the value."""
        return sorted(frozenset[str]().union(*(each.fields or () for each in self.known or ())))

    @property
    def arguments(self) -> tuple[int, ...]:
        """What the method is called with."""
        tree = self.item.tree
        listed = tree.first(self.node, K.ARGUMENT_LIST)
        return () if listed is None else tuple(each for each in tree.children(listed) if not tree.is_token(each))

    @property
    def behind_name(self) -> Offsets:
        """From the name to the end of the call."""
        return (self.name_span[0], self.item.tree.end(self.node))

    @property
    def is_set(self) -> bool:
        """Whether something is assigned to the field."""
        tree = self.item.tree
        around = tree.parent(self.node)
        return tree.kind(around) == K.ASSIGNMENT_EXPRESSION and tree.first_child(around) == self.node


def candidates(item: ResolvedItem, inferred: Inferred, kind: int) -> Iterator[MemberSite]:
    """The members of values of known types of which nothing is known."""
    types, calls, kinds = inferred.types, inferred.calls, item.kinds
    for node, receiver in inferred.receivers.items():
        if kinds[node] != kind or node in calls or types.get(node, UNKNOWN) is not UNKNOWN or is_future(receiver):
            continue
        name = member_name(item.tree, node)
        is_whole = not item.is_broken or not is_around_error(item, node)
        if (
            name
            and is_whole
            and not is_written_inside(item, node + 1, node)
            and not is_doubted(item, inferred, node + 1)
        ):
            yield MemberSite(item, node, name, receiver)


def is_written_inside(item: ResolvedItem, operand: int, around: int) -> bool:
    """Whether the operand is a variable that gets another value before what is around it is done."""
    number = item.resolution.variables.get(operand + 1) if item.kinds[operand] == K.PATH_EXPRESSION else None
    if number is None:
        return False
    end = item.tree.after(around)
    return any(around < token < end for token in item.resolution.bindings[number].writes)


def is_around_error(item: ResolvedItem, node: int) -> bool:
    """Whether what stands at the node is not whole."""
    return item.kinds.find(K.ERROR, node, item.tree.after(node)) >= 0


def called(kind: Type) -> str:
    """What a type is called in a message, with nothing of what it holds."""
    match kind:
        case Named(name):
            return f"`{name}`"
        case ObjectOf() | KeyedObject():
            return "`Object`"
        case FunctionOf():
            return "`Function`"
    return f"`{show(settled(kind))}`"


def host_name(kind: Type) -> str:
    """The name of a type of the host's or Rune's own; nothing for those of the script."""
    match kind:
        case Named(name, _, None):
            return name
        case ObjectOf() | KeyedObject():
            return "Object"
        case FunctionOf():
            return "Function"
        case TupleOf():
            return "Tuple"
    return ""


def renamed(site: MemberSite, name: str) -> Fix:
    """The fix that writes another name behind the dot."""
    return Fix(f"Replace with `{name}`", (Edit(site.name_span, name),))
