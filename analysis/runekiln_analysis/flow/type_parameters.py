"""What the type parameters of a function of the host stand for in one call of it."""

from __future__ import annotations

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.types import NEVER, UNKNOWN, FunctionOf, Named, TupleOf, Type, UnionOf, given

from .closures import NESTING_LIMIT, closure
from .containers import item_of
from .hosts import Hosts, Signature, returned
from .lattice import held, join, stored
from .walk import Walk

_FOLD_LIMIT = 3


def given_by(
    walk: Walk,
    signature: Signature,
    arguments: list[int],
    found: dict[str, Type],
    known: dict[str, Type] | None = None,
    kinds: list[Type] | None = None,
) -> Type:
    """What a function gives for these arguments; adds to `found` what its type parameters stand for in them."""
    if signature.is_plain:
        walk.evaluate_all(arguments)
        return promised(signature, signature.returns)
    known = {} if known is None else known
    names = frozenset((*signature.inherited, *signature.own))
    hosts = walk.world.hosts
    for place, argument in enumerate(arguments):
        wanted = signature.parameters[place] if place < len(signature.parameters) else UNKNOWN
        if walk.kinds[argument] == K.CLOSURE_EXPRESSION and isinstance(wanted, FunctionOf):
            kind = _callback(walk, argument, wanted, known, found, names)
        else:
            kind = walk.evaluate_directly(argument)
        matched(wanted, kind, names, found, hosts)
        if kinds is not None:
            kinds.append(kind)
    return promised(signature, returned(signature, joined(known, found)))


def joined(known: dict[str, Type], found: dict[str, Type]) -> dict[str, Type]:
    """What type parameters stand for: `unwrap_or` gives what the option holds, or what it was called with."""
    return {**known, **{name: join(known.get(name, NEVER), kind) for name, kind in found.items()}}


def _callback(
    walk: Walk, node: int, wanted: FunctionOf, known: dict[str, Type], found: dict[str, Type], names: frozenset[str]
) -> Type:
    """The type of a closure, gone through with what it will be called with.

    What it gives may be what it is given the next time, as in `fold`.
    """
    for _ in range(_FOLD_LIMIT if walk.nesting < NESTING_LIMIT else 1):
        types = {**dict.fromkeys(names, UNKNOWN), **joined(known, found)}
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


def matched(pattern: Type, kind: Type, names: frozenset[str], found: dict[str, Type], hosts: Hosts) -> None:
    """Add to `found` what the type parameters `names` in a declared type stand for, when it is given a `kind`."""
    match pattern:
        case Named(name, ()) if name in names:
            found[name] = join(found.get(name, NEVER), stored(kind))
        case Named("Iterator", (inner,)):
            matched(inner, item_of(hosts, kind), names, found, hosts)
        case Named(name, arguments):
            is_same = isinstance(kind, Named) and kind.name == name and len(kind.arguments) == len(arguments)
            others = kind.arguments if isinstance(kind, Named) and is_same else (UNKNOWN,) * len(arguments)
            for inner, other in zip(arguments, others, strict=True):
                matched(inner, other, names, found, hosts)
        case UnionOf(members):
            # Of `Vec<T> | Iterator<T>` the last takes whatever can be gone through.
            matched(members[-1], kind, names, found, hosts)
        case TupleOf(members):
            others = kind.members if isinstance(kind, TupleOf) else ()
            for place, inner in enumerate(members):
                matched(inner, others[place] if place < len(others) else UNKNOWN, names, found, hosts)
        case FunctionOf(_, returns):
            matched(returns, kind.returns if isinstance(kind, FunctionOf) else UNKNOWN, names, found, hosts)


def promised(signature: Signature, kind: Type) -> Type:
    """What a call gives at once: of an `async` function that is a future."""
    return Named("Future", (kind,)) if signature.function.is_async else kind
