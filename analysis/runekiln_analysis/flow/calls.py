"""The types of calls: of own functions, of the host's, of closures."""

from __future__ import annotations

from runekiln_analysis.resolve.meaning import (
    HostFunctionMeaning,
    HostVariant,
    Meaning,
    ModuleFunction,
    OwnItem,
    OwnVariant,
)
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, FunctionOf, Named, Never, Type

from .hosts import Signature
from .lattice import stored
from .type_parameters import given_by, promised
from .walk import Walk


def call(walk: Walk, node: int) -> Type:
    """`f(a)`."""
    callee = node + 1
    arguments = walk.arguments(node)
    is_path = walk.kinds[callee] == K.PATH_EXPRESSION and callee + 1 not in walk.variables
    meaning = walk.meaning(callee) if is_path else None
    if meaning is not None:
        kind = _called(walk, callee, meaning, arguments)
    else:
        function = walk.peek(callee)
        walk.evaluate_all(arguments)
        kind = function.returns if isinstance(function, FunctionOf) else UNKNOWN
    return walk.leave() if isinstance(kind, Never) else kind


def _called(walk: Walk, callee: int, meaning: Meaning, arguments: list[int]) -> Type:
    match meaning:
        case OwnItem(place):
            walk.calls[callee] = meaning
            values = [walk.evaluate_directly(each) for each in arguments]
            kind = walk.world.kind(place)
            if kind == "function":
                takes = walk.world.takes(place)
                if len(takes) == len(arguments):
                    for argument, stated, found in zip(arguments, takes, values, strict=True):
                        walk.compare(argument, stated, found)
                return walk.world.call(place)
            return walk.world.own_type(place) or UNKNOWN if kind == "struct" else UNKNOWN
        case HostFunctionMeaning(host, function):
            walk.calls[callee] = meaning
            signature = walk.world.hosts.signature(host, function)
            if function.kind == "method":
                walk.evaluate_all(arguments)
                return promised(signature, signature.returns) if signature.is_plain else UNKNOWN
            return _made(walk, signature, arguments)
        case ModuleFunction(_, function):
            walk.calls[callee] = meaning
            return given_by(walk, walk.world.hosts.signature(None, function), arguments, {})
        case OwnVariant(enum):
            walk.evaluate_all(arguments)
            return walk.world.own_type(enum) or UNKNOWN
        case HostVariant(host, variant):
            values = [walk.evaluate_directly(each) for each in arguments]
            return _wrapped(walk, host.path, variant.name, values) or Named(walk.world.hosts.name_of(host))
    walk.evaluate_all(arguments)
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
    """What an associated function gives. What Rune makes empty, holds nothing yet, whatever comes."""
    host = signature.host
    found: dict[str, Type] = {}
    kind = given_by(walk, signature, arguments, found)
    if host is None or not host.generics or not isinstance(kind, Named) or kind.name != host.name:
        return kind
    if kind.arguments and UNKNOWN not in kind.arguments and not found:
        return kind
    is_empty = host.path.startswith("std::") and signature.function.name in ("new", "with_capacity")
    return Named(
        kind.name, tuple(found.get(each, NEVER if is_empty else UNKNOWN) for each in host.generics), None, True
    )
