"""What values hold, how that is taken out, and what is still known of it when something else is put in."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis import operators
from runekiln_analysis.literals import literal_text
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, Named, Never, ObjectOf, TupleOf, Type, UnionOf, Unknown

from .hosts import Hosts, Signature, held_by, returned
from .lattice import I64, OBJECT, STRING, U64, held, join, join_all, loosen, stored, weaken
from .walk import Walk

_CHANGING = frozenset(("Vec", "Object", "HashMap", "HashSet", "VecDeque"))
"""What other values can be put into, by methods that only look like others."""

_ADDING = frozenset(("push", "insert", "extend", "resize", "push_back", "push_front", "append"))
_KEEPING = frozenset(
    (
        "back",
        "capacity",
        "clear",
        "clone",
        "contains",
        "contains_key",
        "difference",
        "first",
        "front",
        "get",
        "intersection",
        "into_iter",
        "is_empty",
        "iter",
        "keys",
        "last",
        "len",
        "next",
        "pop",
        "pop_back",
        "pop_front",
        "remove",
        "reserve",
        "rotate_left",
        "rotate_right",
        "sort",
        "sort_by",
        "truncate",
        "union",
        "values",
    )
)
_RANGES = frozenset(("Range", "RangeInclusive", "RangeFrom"))


def now(walk: Walk, number: int | None, kind: Type) -> Type:
    """The type of a value that was a `kind` before more was evaluated, which may have changed what it holds."""
    return kind if number is None else walk.state[number]


def item_of(hosts: Hosts, kind: Type) -> Type:
    """The type of what a `for` over the value gives, one after the other."""
    return _of_each(kind, lambda each: _item(hosts, each))


def _item(hosts: Hosts, kind: Type) -> Type:
    if isinstance(kind, TupleOf):
        return join_all(kind.members)
    if isinstance(kind, ObjectOf):
        return TupleOf((STRING, UNKNOWN))
    if not isinstance(kind, Named) or kind.item is not None:
        return UNKNOWN
    if kind.arguments and kind.name in ("Vec", "Iterator", "Option"):
        return kind.arguments[0]
    if kind.name in _RANGES:
        return kind.arguments[0] if kind.arguments else UNKNOWN
    found = hosts.protocol(kind, "INTO_ITER")
    if found is None or found.host is None:
        return UNKNOWN
    walked = returned(found, held_by(found.host, kind))
    return (
        walked.arguments[0] if isinstance(walked, Named) and walked.name == "Iterator" and walked.arguments else UNKNOWN
    )


def index(walk: Walk, node: int) -> Type:
    """`a[b]`."""
    operands = walk.operands(node)
    if len(operands) != 2:
        return walk.evaluate_all(operands)
    kind = walk.peek(operands[0])
    key = walk.evaluate(operands[1])
    kind = now(walk, walk.variable(operands[0]), kind)
    name = _literal_key(walk, operands[1])
    return held(_of_each(kind, lambda each: _indexed(walk.world.hosts, each, key, name)))


def _indexed(hosts: Hosts, kind: Type, key: Type, name: str | None) -> Type:
    if isinstance(kind, ObjectOf):
        return dict(kind.keys).get(name, UNKNOWN) if name is not None else UNKNOWN
    if not isinstance(kind, Named) or kind.item is not None:
        return UNKNOWN
    # A range as the index gives a part of the list, so the index must be known to be a number.
    if kind.name == "Vec":
        return kind.arguments[0] if kind.arguments and key in (I64, U64) else UNKNOWN
    if kind.name == "Object":
        return kind.arguments[0] if kind.arguments and key == STRING else UNKNOWN
    found = operators.indexed(hosts.bindings, kind, key)
    return UNKNOWN if found is None or isinstance(found, Never) else found


def assign(walk: Walk, target: int, value: Type) -> None:
    """`a.b = c` or `a[b] = c`: what the value holds is another."""
    operands = walk.operands(target)
    if not operands:
        return
    number = walk.variable(operands[0])
    kind = walk.peek(operands[0])
    key = UNKNOWN if len(operands) < 2 else walk.evaluate(operands[-1])
    if number is None:
        if isinstance(kind, Named) and kind.arguments:
            put(walk, None, kind, tuple(join(each, stored(value)) for each in kind.arguments))
        return
    kind = now(walk, number, kind)
    name = member_name(walk, target) if walk.kinds[target] == K.FIELD_EXPRESSION else _literal_key(walk, operands[-1])
    _replace(walk, number, kind, key, name, stored(value))


def _replace(walk: Walk, number: int, kind: Type, key: Type, name: str | None, value: Type) -> None:
    match kind:
        case ObjectOf(keys):
            walk.state[number] = OBJECT if name is None else ObjectOf(tuple({**dict(keys), name: value}.items()))
        case TupleOf(members, True) if name is not None and name.isdecimal() and int(name) < len(members):
            place = int(name)
            walk.state[number] = TupleOf((*members[:place], value, *members[place + 1 :]), True)
        case Named("Vec", (inner,)):
            put(walk, number, kind, (join(inner, value),))
        case Named("HashMap", (keys, values)):
            put(walk, number, kind, (join(keys, key), join(values, value)))
        case Named(_, arguments) if arguments and not kind.fresh:
            put(walk, number, kind, tuple(join(each, value) for each in arguments))
        case TupleOf(members, False) if members:
            put(walk, number, kind, (UNKNOWN,))
        case _:
            walk.state[number] = loosen(kind)


def put(walk: Walk, number: int | None, kind: Named | TupleOf, arguments: tuple[Type, ...]) -> None:
    """A container now holds what its type is then to say.

    If that is more than the host or an annotation allows, nobody knows in which variables it lies besides.
    """
    if isinstance(kind, Named) and kind.arguments == arguments:
        return
    if not kind.fresh:
        walk.state = [loosen(each) for each in walk.state]
    elif number is not None and isinstance(kind, Named):
        walk.state[number] = Named(kind.name, arguments, kind.item, True)


def after_method(
    walk: Walk, number: int | None, kind: Type, name: str, found: dict[str, Type], host: Signature
) -> None:
    """What a call of a method leaves of what is known of its value: `found` are the type parameters of what it took."""
    kind = now(walk, number, kind)
    if not isinstance(kind, Named) or kind.name not in _CHANGING or not kind.arguments or name in _KEEPING:
        return
    if name in _ADDING:
        known = () if host.host is None else host.host.generics
        joined = tuple(
            join(held, found.get(generic, NEVER)) for generic, held in zip(known, kind.arguments, strict=False)
        )
        put(walk, number, kind, joined)
    elif kind.fresh and number is not None:
        walk.state[number] = weaken(kind)


def object_method(
    walk: Walk, number: int | None, kind: ObjectOf, name: str, arguments: list[tuple[int, Type]]
) -> Type | None:
    """What a method gives of an object whose keys are known, `None` if any object gives the same."""
    key = _literal_key(walk, arguments[0][0]) if arguments else None
    if now(walk, number, kind) != kind:
        return UNKNOWN
    if name == "get" and key is not None:
        return Named("Option", (dict(kind.keys).get(key, UNKNOWN),))
    if number is None or name in ("contains_key", "get", "is_empty", "iter", "keys", "len", "values", "clone"):
        return None
    if name == "insert" and key is not None and len(arguments) == 2:
        walk.state[number] = ObjectOf(tuple({**dict(kind.keys), key: stored(arguments[1][1])}.items()))
    else:
        walk.state[number] = OBJECT
    return None


def field(walk: Walk, node: int) -> Type:
    """`a.b`."""
    operands = walk.operands(node)
    if not operands:
        return UNKNOWN
    kind = walk.peek(operands[0])
    name = member_name(walk, node)
    if name is None or isinstance(kind, Unknown):
        return UNKNOWN
    walk.members[node] = kind
    return held(_of_each(kind, lambda each: _field(walk, each, name)))


def _field(walk: Walk, kind: Type, name: str) -> Type:
    match kind:
        case TupleOf(members):
            return members[int(name)] if name.isdecimal() and int(name) < len(members) else UNKNOWN
        case ObjectOf(keys):
            return dict(keys).get(name, UNKNOWN)
        case Named(_, _, item) if item is not None:
            member = walk.world.member(item, name)
            return UNKNOWN if member is None or member.place is not None else member.type
        case Named("Object", (inner,)):
            return inner
        case Named():
            return walk.world.hosts.field(kind, name) or UNKNOWN
    return UNKNOWN


def member_name(walk: Walk, node: int) -> str | None:
    """The name behind the dot of a field or method expression."""
    dot = walk.first(node, K.DOT)
    if dot is None or dot + 1 >= walk.after(node):
        return None
    name = walk.content(dot + 1)
    return name.partition("::")[0]


def _literal_key(walk: Walk, node: int) -> str | None:
    is_text = walk.kinds[node] == K.LITERAL_EXPRESSION and walk.kinds[node + 1] == K.STRING_LITERAL
    return literal_text(walk.content(node)) if is_text else None


def _of_each(kind: Type, answer: Callable[[Type], Type]) -> Type:
    return join_all(map(answer, kind.members)) if isinstance(kind, UnionOf) else answer(kind)
