"""What is surely not so of the values of a type, as far as Rune itself decides it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from runekiln_analysis.flow.hosts import hosts_of
from runekiln_analysis.flow.inferred import Inferred
from runekiln_analysis.flow.lattice import excludes, members_of, settled
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.rules.known_members import known_members
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import FunctionOf, Named, Never, ObjectOf, TupleOf, Type, UnionOf, Unknown, show

WHOLE = frozenset(("i64", "u64"))
# Rune has several types for each of these, with protocols of their own.
_OF_SEVERAL_TYPES = frozenset(("Iterator", "Type"))
WITH_BLOCKS = frozenset(
    (K.BLOCK_EXPRESSION, K.IF_EXPRESSION, K.MATCH_EXPRESSION, K.LOOP_EXPRESSION, K.SELECT_EXPRESSION)
)
"""Expressions whose value 0.14.2 may lose where they are operands."""


def members_known(kind: Type | None) -> tuple[Type, ...]:
    """The types that a value may have; none if that is not known, or if it may be there only later."""
    if kind is None or isinstance(kind, Unknown | Never):
        return ()
    members = members_of(kind)
    return () if any(map(is_future, members)) else members


def is_future(kind: Type) -> bool:
    """Whether the value has to be waited for, of which `missing_await` tells."""
    return isinstance(kind, Named) and kind.name == "Future" and kind.item is None


def inside_parentheses(item: ResolvedItem, node: int) -> int:
    """The expression at the node without the parentheses around it."""
    while item.kinds[node] == K.PARENTHESIZED_EXPRESSION:
        inner = [each for each in item.tree.children(node) if not item.tree.is_token(each)]
        if len(inner) != 1:
            break
        node = inner[0]
    return node


def type_of_operand(item: ResolvedItem, inferred: Inferred, node: int) -> Type | None:
    """The type of an operand, unless Rune may lose its value, or the script doubts it."""
    inner = inside_parentheses(item, node)
    is_lost = item.kinds[inner] in WITH_BLOCKS or is_doubted(item, inferred, inner)
    return None if is_lost else inferred.types.get(inner)


def is_doubted(item: ResolvedItem, inferred: Inferred, node: int) -> bool:
    """Whether the expression is a variable of which the script asks if it is what we take for impossible."""
    if K.IS_EXPRESSION not in item.kinds or item.kinds[node] != K.PATH_EXPRESSION:
        return False
    if item.doubted is None:
        item.doubted = frozenset(_doubted_variables(item, inferred))
    return item.resolution.variables.get(node + 1) in item.doubted


def _doubted_variables(item: ResolvedItem, inferred: Inferred) -> Iterator[int]:
    """Where an annotation says less than there is, `if x is String` is no mistake, and nor is what stands behind it."""
    tree = item.tree
    for node in item.nodes(K.IS_EXPRESSION):
        number = item.resolution.variables.get(node + 2)
        tested = [each for each in tree.children(node) if not tree.is_token(each)][-1]
        name = tree.content(tested).rpartition("::")[2]
        if number is not None and name not in map(_tested_name, members_known(inferred.types.get(node + 1))):
            yield number


def _tested_name(kind: Type) -> str:
    if isinstance(kind, TupleOf | FunctionOf):
        return "Tuple" if isinstance(kind, TupleOf) else "Function"
    return bare_name(kind).rpartition("::")[2]


def lacks_protocol(item: ResolvedItem, kind: Type, protocol: str, given: Callable[[str], bool] | None = None) -> bool:
    """Whether Rune surely cannot ask values of the type for a protocol.

    `given` names the types that have it without being asked, in the virtual machine itself.
    """
    match kind:
        case Named(_, _, number) if number is not None:
            return number >= 0
        case Named(name):
            path_name = name
        case ObjectOf():
            path_name = "Object"
        case FunctionOf():
            path_name = "Function"
        case TupleOf():
            path_name = "Tuple"
        case _:
            return False
    if path_name in _OF_SEVERAL_TYPES or (given is not None and given(path_name)):
        return False
    host = hosts_of(item.script.bindings).host(path_name)
    if host is None or any(each.name == protocol for each in host.protocols):
        return False
    is_sure = item.script.bindings.type_named(host.path) is None or host.sealed
    return is_sure and known_members(item, kind) is not None


def refuses(wanted: Type, found: Type) -> bool:
    """Whether Rust that wants a value of one type surely takes none of the other."""
    if isinstance(wanted, UnionOf):
        return all(refuses(each, found) for each in wanted.members)
    if isinstance(found, UnionOf):
        return all(refuses(wanted, each) for each in found.members)
    if is_future(found):
        return False
    if isinstance(wanted, Named) and wanted.name in WHOLE:
        return excludes(wanted, found) and not (isinstance(found, Named) and found.name in WHOLE)
    is_judged = isinstance(wanted, FunctionOf | ObjectOf) or (isinstance(wanted, Named) and wanted.name != "Tuple")
    return is_judged and excludes(wanted, found)


def with_article(kind: Type) -> str:
    """The type in a sentence: `an i64`."""
    if isinstance(kind, FunctionOf):
        return "a function"
    if isinstance(kind, UnionOf):
        return " or ".join(with_article(each) for each in kind.members)
    name = bare_name(kind)
    return f"{'an' if name[:1] in 'aeioAEIO' or name == 'f64' else 'a'} `{name}`"


def bare_name(kind: Type) -> str:
    """The name of a type with nothing of what it holds, as far as it has one."""
    match kind:
        case Named(name):
            return name
        case ObjectOf():
            return "Object"
    return show(settled(kind))
