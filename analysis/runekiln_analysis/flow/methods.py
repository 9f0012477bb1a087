"""The types of method calls, and what they leave of what is known of their value."""

from __future__ import annotations

from runekiln_analysis.collected import CHOSEN, chosen
from runekiln_analysis.resolve.meaning import HostFunctionMeaning, HostTypeMeaning, OwnItem
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import UNKNOWN, FunctionOf, KeyedObject, Named, Never, ObjectOf, TupleOf, Type, Unknown

from .containers import after_method, member_name, now, object_method
from .hosts import Signature, held_by, returned
from .lattice import I64, OBJECT, U64, join_all, loosen, members_of, weaken
from .type_parameters import given_by, promised
from .walk import Walk


def method_call(walk: Walk, node: int) -> Type:
    """`a.f(b)`."""
    operands = walk.operands(node)
    name = member_name(walk, node)
    if not operands or name is None:
        return UNKNOWN
    receiver = operands[0]
    kind = walk.peek(receiver)
    number = walk.variable(receiver)
    arguments = walk.arguments(node)
    if isinstance(kind, Unknown | Never):
        walk.evaluate_all(arguments)
        return UNKNOWN
    walk.members[node] = kind
    if name in CHOSEN:
        walk.evaluate_all(arguments)
        return _collected(walk, node, kind, name) or UNKNOWN
    members = members_of(kind)
    if len(members) > 1:
        found = _method_of_each(walk, members, name, arguments)
        if number is not None:
            walk.state[number] = loosen(walk.state[number])
        return found
    found = _method(walk, node, number, kind, name, arguments)
    return walk.leave() if isinstance(found, Never) else found


def _method_of_each(walk: Walk, members: tuple[Type, ...], name: str, arguments: list[int]) -> Type:
    walk.evaluate_all(arguments)
    found: list[Type] = []
    for each in members:
        if not isinstance(each, Named):
            return UNKNOWN
        if each.item is not None:
            member = walk.world.member(each.item, name)
            found.append(UNKNOWN if member is None or member.place is None else walk.world.call(member.place))
            continue
        signature = walk.world.hosts.method(each, name)
        if signature is None or not signature.is_plain:
            return UNKNOWN
        found.append(promised(signature, signature.returns))
    return join_all(found)


def _method(walk: Walk, node: int, number: int | None, kind: Type, name: str, arguments: list[int]) -> Type:
    match kind:
        case Named(_, _, item) if item is not None:
            walk.evaluate_all(arguments)
            member = walk.world.member(item, name)
            if member is None or member.place is None:
                return UNKNOWN
            walk.calls[node] = OwnItem(member.place)
            return walk.world.call(member.place)
        case ObjectOf():
            return _method_of_object(walk, node, number, kind, name, arguments)
        case Named():
            host_type = kind
        case FunctionOf():
            host_type = Named("Function")
        case KeyedObject():
            host_type = OBJECT
        case TupleOf():
            host_type = Named("Tuple")
        case _:
            walk.evaluate_all(arguments)
            return UNKNOWN
    signature = walk.world.hosts.method(host_type, name)
    if signature is None:
        walk.evaluate_all(arguments)
        return UNKNOWN
    if signature.host is not None:
        walk.calls[node] = HostFunctionMeaning(signature.host, signature.function)
    if signature.is_plain:
        walk.evaluate_all(arguments)
        return promised(signature, signature.returns)
    return _of_type(walk, number, host_type, kind, signature, arguments)


def _of_type(
    walk: Walk, number: int | None, host_type: Named, kind: Type, signature: Signature, arguments: list[int]
) -> Type:
    """What a method gives whose type has type parameters, or that has some itself."""
    assert signature.host is not None, "methods belong to types"
    name = signature.function.name
    inherited = held_by(signature.host, host_type)
    found: dict[str, Type] = {}
    kinds: list[Type] = []
    gives = given_by(walk, signature, arguments, found, {**inherited, "Self": kind}, kinds)
    if now(walk, number, kind) != kind:
        gives = UNKNOWN
    after_method(walk, number, kind, name, found, signature)
    if gives == kind and name != "clone":
        # It may be the very value that it was called on.
        gives = weaken(kind)
        if number is not None:
            walk.state[number] = gives
    if name == "get" and host_type.name == "Vec" and kinds[:1] not in ([I64], [U64]):
        # What `get` gives for a range is a part of the list.
        return Named("Option")
    is_made_here = bool(signature.own) or (isinstance(kind, Named) and kind.fresh)
    if is_made_here and isinstance(gives, Named) and gives.arguments and gives.name not in ("Iterator"):
        return Named(gives.name, gives.arguments, gives.item, True)
    return gives


def _method_of_object(
    walk: Walk, node: int, number: int | None, kind: ObjectOf, name: str, arguments: list[int]
) -> Type:
    values = [(each, walk.evaluate(each)) for each in arguments]
    signature = walk.world.hosts.method(OBJECT, name)
    if signature is not None and signature.host is not None:
        walk.calls[node] = HostFunctionMeaning(signature.host, signature.function)
    found = object_method(walk, number, kind, name, values)
    if found is not None:
        return found
    if name == "clone" or signature is None:
        return kind if name == "clone" else UNKNOWN
    return promised(signature, returned(signature, {"Self": OBJECT}))


def _collected(walk: Walk, node: int, kind: Type, name: str) -> Type | None:
    """What `collect::<Vec>()` gives, or `sum::<i64>()`; none if it is no function that says its type so."""
    generics = walk.first(node, K.GENERIC_ARGUMENTS)
    paths = [] if generics is None else walk.operands(generics)
    meaning = walk.meaning(paths[0]) if len(paths) == 1 else None
    if not isinstance(meaning, HostTypeMeaning):
        return None
    walked = kind.arguments if isinstance(kind, Named) and kind.name == "Iterator" else ()
    found = chosen(name, Named(walk.world.hosts.name_of(meaning.type)), walked[0] if walked else None)
    return Named(found.name, found.arguments, None, True) if isinstance(found, Named) and found.arguments else found
