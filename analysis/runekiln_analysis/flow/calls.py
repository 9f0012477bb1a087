"""The types of calls: of own functions, of the host's with their type parameters, of closures and macros."""

from __future__ import annotations

from runekiln_analysis.resolve.meaning import (
    HostFunctionMeaning,
    HostTypeMeaning,
    HostVariant,
    Meaning,
    ModuleFunction,
    ModuleMember,
    OwnItem,
    OwnVariant,
)
from runekiln_analysis.stubs import Macro
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import (
    NEVER,
    UNIT,
    UNKNOWN,
    FunctionOf,
    Named,
    Never,
    ObjectOf,
    TupleOf,
    Type,
    Unknown,
    given,
)

from .closures import NESTING_LIMIT, closure
from .conditions import condition
from .containers import after_method, matched, member_name, now, object_method
from .hosts import Signature, held_by, returned
from .lattice import I64, OBJECT, STRING, U64, held, join, join_all, loosen, members_of, stored, weaken
from .walk import Walk

_MACROS: dict[str, Type] = {
    "assert": UNIT,
    "assert_eq": UNIT,
    "assert_ne": UNIT,
    "file": STRING,
    "format": STRING,
    "panic": NEVER,
    "print": UNIT,
    "println": UNIT,
    "stringify": STRING,
}
_SHOWING = frozenset(("assert", "assert_eq", "assert_ne", "format", "panic", "print", "println"))
_COLLECTED = {"Vec": 1, "VecDeque": 1, "HashSet": 1, "HashMap": 2}
_FOLD_LIMIT = 3


def call(walk: Walk, node: int) -> Type:
    """`f(a)`."""
    callee = node + 1
    arguments = _arguments(walk, node)
    is_path = walk.kinds[callee] == K.PATH_EXPRESSION and callee + 1 not in walk.variables
    meaning = walk.meaning(callee) if is_path else None
    if meaning is not None:
        kind = _called(walk, callee, meaning, arguments)
    else:
        function = walk.peek(callee)
        _evaluate_all(walk, arguments)
        kind = function.returns if isinstance(function, FunctionOf) else UNKNOWN
    return walk.leave() if isinstance(kind, Never) else kind


def _called(walk: Walk, callee: int, meaning: Meaning, arguments: list[int]) -> Type:
    match meaning:
        case OwnItem(place):
            walk.calls[callee] = meaning
            _evaluate_all(walk, arguments)
            kind = walk.world.kind(place)
            if kind == "function":
                return walk.world.call(place)
            return walk.world.own_type(place) or UNKNOWN if kind == "struct" else UNKNOWN
        case HostFunctionMeaning(host, function):
            walk.calls[callee] = meaning
            signature = walk.world.hosts.signature(host, function)
            if function.kind == "method":
                _evaluate_all(walk, arguments)
                return _promised(signature, signature.returns) if signature.is_plain else UNKNOWN
            return _made(walk, signature, arguments)
        case ModuleFunction(_, function):
            walk.calls[callee] = meaning
            return _given(walk, walk.world.hosts.signature(None, function), arguments, {})
        case OwnVariant(enum):
            _evaluate_all(walk, arguments)
            return walk.world.own_type(enum) or UNKNOWN
        case HostVariant(host, variant):
            values = [walk.evaluate(each) for each in arguments]
            return _wrapped(walk, host.path, variant.name, values) or Named(walk.world.hosts.name_of(host))
    _evaluate_all(walk, arguments)
    return UNKNOWN


def _wrapped(walk: Walk, path: str, name: str, values: list[Type]) -> Type | None:
    if len(values) != 1:
        return None
    inner = stored(values[0])
    if path == "std::option::Option":
        return Named("Option", (inner,), None, True)
    if path == "std::result::Result":
        return Named("Result", (inner, NEVER) if name == "Ok" else (NEVER, inner), None, True)
    return None


def _made(walk: Walk, signature: Signature, arguments: list[int]) -> Type:
    """What an associated function gives. An empty list holds nothing yet, whatever comes."""
    host = signature.host
    found: dict[str, Type] = {}
    kind = _given(walk, signature, arguments, found)
    if host is None or not host.generics or not isinstance(kind, Named) or kind.name != host.name:
        return kind
    is_empty = signature.function.name in ("new", "with_capacity")
    return Named(
        kind.name, tuple(found.get(each, NEVER if is_empty else UNKNOWN) for each in host.generics), None, True
    )


def method_call(walk: Walk, node: int) -> Type:
    """`a.f(b)`."""
    operands = walk.operands(node)
    name = member_name(walk, node)
    if not operands or name is None:
        return UNKNOWN
    receiver = operands[0]
    kind = walk.peek(receiver)
    number = walk.variable(receiver)
    arguments = _arguments(walk, node)
    if isinstance(kind, Unknown | Never):
        _evaluate_all(walk, arguments)
        return UNKNOWN
    walk.members[node] = kind
    if name == "collect":
        _evaluate_all(walk, arguments)
        return _collected(walk, node, kind)
    members = members_of(kind)
    if len(members) > 1:
        found = _method_of_each(walk, members, name, arguments)
        if number is not None:
            walk.state[number] = loosen(walk.state[number])
        return found
    found = _method(walk, number, kind, name, arguments)
    return walk.leave() if isinstance(found, Never) else found


def _method_of_each(walk: Walk, members: tuple[Type, ...], name: str, arguments: list[int]) -> Type:
    _evaluate_all(walk, arguments)
    found: list[Type] = []
    for each in members:
        if not isinstance(each, Named) or each.item is not None:
            return UNKNOWN
        signature = walk.world.hosts.method(each, name)
        if signature is None or not signature.is_plain:
            return UNKNOWN
        found.append(_promised(signature, signature.returns))
    return join_all(found)


def _method(walk: Walk, number: int | None, kind: Type, name: str, arguments: list[int]) -> Type:
    match kind:
        case Named(_, _, item) if item is not None:
            _evaluate_all(walk, arguments)
            member = walk.world.member(item, name)
            return UNKNOWN if member is None or member.place is None else walk.world.call(member.place)
        case ObjectOf():
            return _method_of_object(walk, number, kind, name, arguments)
        case Named():
            host_type = kind
        case FunctionOf():
            host_type = Named("Function")
        case TupleOf():
            host_type = Named("Tuple")
        case _:
            _evaluate_all(walk, arguments)
            return UNKNOWN
    signature = walk.world.hosts.method(host_type, name)
    if signature is None:
        _evaluate_all(walk, arguments)
        return UNKNOWN
    if signature.is_plain:
        _evaluate_all(walk, arguments)
        return _promised(signature, signature.returns)
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
    gives = _given(walk, signature, arguments, found, {**inherited, "Self": kind}, kinds)
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
    if is_made_here and isinstance(gives, Named) and gives.arguments and gives.name not in ("Iterator", "Future"):
        return Named(gives.name, gives.arguments, gives.item, True)
    return gives


def _method_of_object(walk: Walk, number: int | None, kind: ObjectOf, name: str, arguments: list[int]) -> Type:
    values = [(each, walk.evaluate(each)) for each in arguments]
    found = object_method(walk, number, kind, name, values)
    if found is not None:
        return found
    signature = walk.world.hosts.method(OBJECT, name)
    if name == "clone" or signature is None:
        return kind if name == "clone" else UNKNOWN
    return _promised(signature, returned(signature, {"Self": OBJECT}))


def _given(
    walk: Walk,
    signature: Signature,
    arguments: list[int],
    found: dict[str, Type],
    known: dict[str, Type] | None = None,
    kinds: list[Type] | None = None,
) -> Type:
    """What a function gives for these arguments; adds to `found` what its type parameters stand for in them."""
    if signature.is_plain:
        _evaluate_all(walk, arguments)
        return _promised(signature, signature.returns)
    known = {} if known is None else known
    names = frozenset((*signature.inherited, *signature.own))
    hosts = walk.world.hosts
    for place, argument in enumerate(arguments):
        wanted = signature.parameters[place] if place < len(signature.parameters) else UNKNOWN
        if walk.kinds[argument] == K.CLOSURE_EXPRESSION and isinstance(wanted, FunctionOf):
            kind = _callback(walk, argument, wanted, known, found, names)
        else:
            kind = walk.evaluate(argument)
        matched(wanted, kind, names, found, hosts)
        if kinds is not None:
            kinds.append(kind)
    return _promised(signature, returned(signature, _joined(known, found)))


def _joined(known: dict[str, Type], found: dict[str, Type]) -> dict[str, Type]:
    """What type parameters stand for: `unwrap_or` gives what the option holds, or what it was called with."""
    return {**known, **{name: join(known.get(name, NEVER), kind) for name, kind in found.items()}}


def _callback(
    walk: Walk, node: int, wanted: FunctionOf, known: dict[str, Type], found: dict[str, Type], names: frozenset[str]
) -> Type:
    """The type of a closure, gone through with what it will be called with.

    What it gives may be what it is given the next time, as in `fold`.
    """
    for _ in range(_FOLD_LIMIT if walk.nesting < NESTING_LIMIT else 1):
        types = {**dict.fromkeys(names, UNKNOWN), **_joined(known, found)}
        kind = closure(walk, node, tuple(held(given(each, types)) for each in wanted.parameters))
        before = dict(found)
        matched(wanted, kind, names, found, walk.world.hosts)
        if before == found or not _feeds_itself(wanted, names):
            walk.types[node] = kind
            return kind
    found.update(dict.fromkeys(names, UNKNOWN))
    kind = walk.types[node] = closure(walk, node, (UNKNOWN,) * len(wanted.parameters))
    return kind


def _feeds_itself(wanted: FunctionOf, names: frozenset[str]) -> bool:
    return isinstance(wanted.returns, Named) and wanted.returns.name in names and wanted.returns in wanted.parameters


def _promised(signature: Signature, kind: Type) -> Type:
    return Named("Future", (kind,)) if signature.function.is_async else kind


def _collected(walk: Walk, node: int, kind: Type) -> Type:
    """What `collect::<Vec>()` gives."""
    generics = walk.first(node, K.GENERIC_ARGUMENTS)
    paths = [] if generics is None else walk.operands(generics)
    meaning = walk.meaning(paths[0]) if len(paths) == 1 else None
    if not isinstance(meaning, HostTypeMeaning):
        return UNKNOWN
    name = walk.world.hosts.name_of(meaning.type)
    walked = kind.arguments if isinstance(kind, Named) and kind.name == "Iterator" else ()
    inner = walked[0] if walked else UNKNOWN
    match _COLLECTED.get(name):
        case 1:
            return Named(name, (inner,), None, True)
        case 2 if isinstance(inner, TupleOf) and len(inner.members) == 2:
            return Named(name, inner.members, None, True)
    return Named(name)


def macro(walk: Walk, node: int) -> Type:
    """`format!("{a}")`. The names in a macro with a grammar of its own may be written in it."""
    path = node + 1
    meaning = walk.meaning(path)
    name = walk.content(path)
    opaque = walk.first(node, K.TOKEN_TREE)
    if opaque is not None:
        _open_to(walk, opaque)
    arguments = walk.first(node, K.MACRO_ARGUMENTS)
    for place, each in enumerate([] if arguments is None else walk.operands(arguments)):
        if walk.kinds[each] == K.NAMED_ARGUMENT:
            each = (walk.operands(each) or [each])[-1]
        if place == 0 and name == "assert":
            walk.enter(condition(walk, each)[0])
        elif name in _SHOWING:
            walk.peek(each)
        else:
            walk.evaluate(each)
    kind: Type = UNKNOWN
    if isinstance(meaning, ModuleMember) and isinstance(meaning.member, Macro):
        is_own = meaning.module.path.partition("::")[0] == "std"
        kind = _MACROS.get(meaning.member.name, UNKNOWN) if is_own else walk.world.hosts.type(meaning.member.returns)
    return walk.leave() if isinstance(kind, Never) else kind


def _open_to(walk: Walk, opaque: int) -> None:
    end = walk.after(opaque)
    names = {walk.content(token) for token in walk.resolution.opaque if opaque <= token < end}
    for number, binding in enumerate(walk.resolution.bindings):
        if binding.name in names:
            walk.state[number] = UNKNOWN


def _arguments(walk: Walk, node: int) -> list[int]:
    listed = walk.first(node, K.ARGUMENT_LIST)
    return [] if listed is None else walk.operands(listed)


def _evaluate_all(walk: Walk, nodes: list[int]) -> None:
    for each in nodes:
        walk.evaluate(each)
