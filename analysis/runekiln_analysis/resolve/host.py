"""What the paths mean that begin with a crate of the host, or with Rune's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

import msgspec

from runekiln_analysis.stubs import Alias, Bindings, Constant, Function, HostType, Module, Variant

from .meaning import (
    NOTHING,
    UNKNOWN,
    Found,
    HostConstant,
    HostFunctionMeaning,
    HostModule,
    HostTypeMeaning,
    HostVariant,
    ModuleFunction,
    ModuleMember,
)
from .prelude import CONSTANTS, PRELUDE

_Named = TypeVar("_Named", Variant, Constant, Function)

# Another name for a type can itself stand for another one.
_OF_PRELUDE = frozenset(PRELUDE.values())
_ALIAS_LIMIT = 4


class HostNames(msgspec.Struct, frozen=True):
    """What a host binds, by path.

    `types` and `modules` are by their paths, `aliases` lead from paths to the paths of types, `prelude` from the names
    that work like a crate of their own; `crates` has those names, too. `members` are all but types and macros, whose
    names may be those of functions, too. `types_by_name` are the types as annotations may name them, without `use`.
    """

    types: dict[tuple[str, ...], HostType]
    modules: frozenset[tuple[str, ...]]
    aliases: dict[tuple[str, ...], tuple[str, ...]]
    prelude: dict[str, tuple[str, ...]]
    crates: frozenset[str]
    members: dict[tuple[str, ...], Found]
    macros: dict[tuple[str, ...], Found]
    types_by_name: dict[str, HostType]


NO_HOST = HostNames({}, frozenset(), {}, {}, frozenset(), {}, {}, {})


def host_names(bindings: Bindings) -> HostNames:
    """The names of a host, put together once for each."""
    return _names(SameBindings(bindings))


class SameBindings:
    """Bindings as a key: the same object, for comparing thousands of functions would take longer than the question."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings

    def __hash__(self) -> int:
        return id(self.bindings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameBindings) and self.bindings is other.bindings


def canonical_host_path(names: HostNames, path: tuple[str, ...]) -> tuple[str, ...]:
    """The path with its beginning replaced where that is another name of a type."""
    for _ in range(_ALIAS_LIMIT):
        if path and path[0] in names.prelude:
            path = (*names.prelude[path[0]], *path[1:])
        ends = (end for end in range(2, len(path) + 1) if path[:end] in names.aliases)
        if (end := next(ends, None)) is None:
            break
        path = (*names.aliases[path[:end]], *path[end:])
    return path


def host_meaning(names: HostNames, path: tuple[str, ...]) -> Found:
    """What stands at the path of the host, which begins with the name of a crate."""
    path = canonical_host_path(names, path)
    kind = names.types.get(path)
    if kind is not None:
        return Found(HostTypeMeaning(kind), path in CONSTANTS)
    if path in names.members:
        return names.members[path]
    owner = names.types.get(path[:-1])
    if owner is not None:
        return _in_type(owner, path)
    if path in names.modules:
        return Found(HostModule("::".join(path)), False)
    return _undeclared(path)


def host_macro(names: HostNames, path: tuple[str, ...]) -> Found:
    """The macro at the path of the host."""
    return names.macros.get(canonical_host_path(names, path), NOTHING)


def names_below(names: HostNames, path: tuple[str, ...]) -> Iterator[str]:
    """The names directly below a crate, module or type of the host: what `use path::*` brings in."""
    path = canonical_host_path(names, path)
    owner = names.types.get(path)
    if owner is not None:
        parts: tuple[tuple[Variant | Function | Constant, ...], ...] = (
            owner.variants,
            owner.functions,
            owner.constants,
        )
        yield from dict.fromkeys(each.name for part in parts for each in part)
    length = len(path)
    below = (*names.types, *names.modules, *names.members, *names.macros, *names.aliases)
    yield from dict.fromkeys(each[length] for each in below if len(each) > length and each[:length] == path)


@lru_cache(maxsize=4)
def _names(key: SameBindings) -> HostNames:
    bindings, std = key.bindings, key.bindings.std
    declared = [bindings] if std is None else [bindings, std.declared]
    rows = [module for each in declared for module in each.modules]
    types = {_split(kind.path): kind for each in declared for kind in each.types}
    if std is not None:
        types |= {path: std.types["::".join(path)] for path in types if "::".join(path) in std.types}
    # The type of an alias is written as shortly as it is known.
    aliases = [(row, alias) for row in rows for alias in row.aliases]
    aliased = {(*_split(row.path), alias.name): bindings.type_meant(alias.type) for row, alias in aliases}
    prelude = {name: _split(kind.path) for kind in bindings.types if kind.prelude for name in _names_of(kind)}
    paths = (*types, *(_split(row.path) for row in rows))
    modules = frozenset(path[:end] for path in paths for end in range(1, len(path) + 1) if path[:end] not in types)
    return HostNames(
        types=types,
        modules=modules,
        aliases={path: _split(kind.path) for path, kind in aliased.items() if kind is not None},
        prelude=prelude,
        crates=frozenset((*(path[0] for path in modules if path), *prelude, *(("std",) if std is None else ()))),
        members={(*_split(row.path), name): found for row in reversed(rows) for name, found in _members(row)},
        macros={
            (*_split(row.path), macro.name): Found(ModuleMember(row, macro), False)
            for row in reversed(rows)
            for macro in row.macros
        },
        types_by_name={
            **(std.types if std is not None else {}),
            **{name: kind for kind in reversed(bindings.types) for name in _names_of(kind)},
        },
    )


def _members(module: Module) -> Iterator[tuple[str, Found]]:
    """What a module holds besides types and macros, functions first where one name has several meanings."""
    others: tuple[Constant | Alias, ...] = (*module.aliases, *module.constants)
    for member in others:
        yield member.name, Found(ModuleMember(module, member), isinstance(member, Constant))
    for function in module.functions:
        yield function.name, Found(ModuleFunction(module, function), False)


def _in_type(owner: HostType, path: tuple[str, ...]) -> Found:
    name = path[-1]
    if (variant := _named(owner.variants, name)) is not None:
        return Found(HostVariant(owner, variant), path in CONSTANTS or not (variant.fields or variant.values))
    if (constant := _named(owner.constants, name)) is not None:
        return Found(HostConstant(owner, constant), True)
    function = _named(owner.functions, name)
    return _undeclared(path) if function is None else Found(HostFunctionMeaning(owner, function), False)


def _undeclared(path: tuple[str, ...]) -> Found:
    """What no stub declares: nobody knows whether it is there, but for the names that Rune makes known everywhere."""
    if path in CONSTANTS:
        return Found(None, True)
    return NOTHING if path in _OF_PRELUDE else UNKNOWN


def _named(rows: Iterable[_Named], name: str) -> _Named | None:
    return next((row for row in rows if row.name == name), None)


def _names_of(kind: HostType) -> tuple[str, ...]:
    return (kind.name, *kind.aliases)


def _split(path: str) -> tuple[str, ...]:
    return tuple(path.split("::"))
