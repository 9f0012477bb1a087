"""The names that a host gives: types without `use`, and what is below its paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from . import signatures
from .candidates import Candidate, CandidateKind, candidate
from .host_declarations import constant_head
from .host_notes import with_notes
from .resolve.prelude import STD
from .script import Script
from .stubs import Alias, Bindings, Constant, Function, HostType, Macro, Module


def host_types(script: Script) -> Iterator[Candidate]:
    """The host's types that need no `use`, under each of their names."""
    for host in script.bindings.types:
        if host.prelude:
            for name in (host.name, *host.aliases):
                yield _type(name, host)


def other_types(script: Script) -> Iterator[Candidate]:
    """The host's types that only an annotation names without `use`."""
    return (_type(host.name, host) for host in script.bindings.types if not host.prelude)


def below_host_type(script: Script, host: HostType) -> Iterator[Candidate]:
    """What follows `Workflow::`: the variants of a host type, then its associated functions."""
    for variant in host.variants:
        docs = with_notes(variant.docs, variant.about)
        yield candidate(variant.name, "variant", signatures.of_variant(host, variant), docs)
    for constant in host.constants:
        detail = constant_head(f"{host.name}::{constant.name}", constant)
        yield candidate(constant.name, "constant", detail, with_notes(constant.docs, constant.about))
    for function in host.functions:
        if function.kind == "associated-function":
            describe = partial(_describe_associated, script, host, function)
            yield Candidate(function.name, "function", describe, parameters=partial(_names_of, function))


def host_path(script: Script, path: str, *, is_import: bool = False) -> Iterator[Candidate]:
    """What is directly below the path of a host's module, or the host's crates for an empty path.

    A macro is written with `!` where it is called, and without where it is imported.
    """
    prefix = f"{path}::" if path else ""
    crates = _crates(script, path)
    for bindings in crates:
        yield from _modules_and_types(bindings, prefix)
    for module in (module for bindings in crates for module in bindings.modules if path):
        if module.path == path:
            for function in module.functions:
                describe = partial(_describe_function, script, module, function)
                yield Candidate(function.name, "function", describe, parameters=partial(_names_of, function))
            members: tuple[Constant | Macro | Alias, ...] = (*module.constants, *module.macros, *module.aliases)
            for member in members:
                yield _member(module, member, is_import)


def _names_of(function: Function) -> tuple[str, ...]:
    return tuple(each.name for each in function.parameters)


def _crates(script: Script, path: str) -> tuple[Bindings, ...]:
    """What declares the crate that a path begins with, or everything that declares crates."""
    std = script.bindings.std
    if std is None or path.partition("::")[0] not in ("", STD):
        return (script.bindings,)
    return (std.declared,) if path else (script.bindings, std.declared)


def _modules_and_types(bindings: Bindings, prefix: str) -> Iterator[Candidate]:
    declared = {module.path: module for module in bindings.modules}
    seen: set[str] = set()
    # One pass over all: there may be hundreds of types.
    for path, host in (*((host.path, host) for host in bindings.types), *((path, None) for path in declared)):
        name, deeper, _ = path.removeprefix(prefix).partition("::")
        if not path.startswith(prefix) or name in seen:
            continue
        seen.add(name)
        yield _type(name, host) if host is not None and not deeper else _module(prefix + name, name, declared)


def _module(path: str, name: str, declared: Mapping[str, Module]) -> Candidate:
    module = declared.get(path)
    docs = "A module of the host." if module is None else with_notes(module.docs, module.about)
    return candidate(name, "module", path, docs)


def _type(name: str, host: HostType) -> Candidate:
    kind: CandidateKind = "enum" if host.kind == "enum" else "type"
    return Candidate(name, kind, lambda: (host.path, with_notes(host.docs, host.about)))


def _member(module: Module, member: Constant | Macro | Alias, is_import: bool) -> Candidate:
    kind: CandidateKind = "type"
    label = member.name
    if isinstance(member, Constant):
        kind = "constant"
    elif isinstance(member, Macro):
        kind, label = "macro", member.name if is_import else f"{member.name}!"
    return candidate(label, kind, signatures.of_module_member(module, member), with_notes(member.docs, member.about))


def _describe_associated(script: Script, host: HostType, function: Function) -> tuple[str, str]:
    return signatures.of_host_function(script, host, function), with_notes(function.docs, function.about)


def _describe_function(script: Script, module: Module, function: Function) -> tuple[str, str]:
    return signatures.of_module_function(script, module, function), with_notes(function.docs, function.about)
