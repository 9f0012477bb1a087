"""What could be named if it were imported: items of other modules, of the host and of the script, with their `use`."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache, partial

import msgspec

from .candidates import Candidate, CandidateKind, own_function
from .importing import import_of
from .resolve.host import SameBindings
from .resolve.meaning import OwnItem
from .resolve.table import table_of
from .script import ItemPlace, ModulePlace, Script
from .signatures import of_item
from .stubs import Bindings, Function, Module

FAR = 3
"""The tier of what is not imported yet."""


class _Row(msgspec.Struct, frozen=True):
    """Something at a path of the host."""

    name: str
    path: str
    kind: CandidateKind
    docs: str
    function: Function | None = None


def unimported(script: Script, module: ModulePlace, written: str, known: Container[str]) -> Iterator[Candidate]:
    """What fits the word that is written, each with the `use`; by its full path where its name means something here."""
    if not written:
        return
    for row in _rows(SameBindings(script.bindings)):
        if _fits(row.name, written):
            yield _host_candidate(script, module, row, row.name in known or f"{row.name}!" in known)
    yield from _own(script, module, written, known)


def _fits(name: str, written: str) -> bool:
    """Whether the name begins so: of hundreds, many would have the letters somewhere."""
    return name[: len(written)].lower() == written.lower()


def _host_candidate(script: Script, module: ModulePlace, row: _Row, is_clash: bool) -> Candidate:
    function = row.function
    sign = "!" if row.kind == "macro" else ""
    return Candidate(
        f"{row.path if is_clash else row.name}{sign}",
        row.kind,
        partial(_describe, row),
        FAR,
        parameters=None if function is None else lambda: tuple(each.name for each in function.parameters),
        matched=row.name if is_clash else None,
        edits=() if is_clash else (import_of(script, module, row.path),),
    )


def _describe(row: _Row) -> tuple[str, str]:
    return (f"use {row.path}", row.docs)


def _own(script: Script, module: ModulePlace, written: str, known: Container[str]) -> Iterator[Candidate]:
    """Public items of other modules of the script."""
    here, table = script.path_of(module), table_of(script)
    for place, path in table.paths.items():
        item, (home, owner) = script.item(place), table.homes[place]
        is_other = home != here and owner is None and item.public and item.name not in known
        if is_other and _fits(item.name, written) and table.entries[path].found.meaning == OwnItem(place):
            full = "::".join(str(part) for part in (path if not here else ("crate", *path)))
            base = own_function(script, item.name, "function", place)
            yield Candidate(
                item.name,
                _KINDS.get(item.kind, "type"),
                partial(_describe_own, script, place, full),
                FAR,
                parameters=base.parameters if item.kind == "function" else None,
                edits=(import_of(script, module, full),),
            )


_KINDS: dict[str, CandidateKind] = {
    "function": "function",
    "struct": "struct",
    "enum": "enum",
    "const": "constant",
    "module": "module",
}


def _describe_own(script: Script, place: ItemPlace, path: str) -> tuple[str, str]:
    return (f"use {path}", f"```rune\n{of_item(script, place)}\n```")


@lru_cache(maxsize=2)
def _rows(key: SameBindings) -> tuple[_Row, ...]:
    std = key.bindings.std
    declared = (key.bindings,) if std is None else (key.bindings, std.declared)
    return tuple(row for bindings in declared for row in _rows_of(bindings))


def _rows_of(bindings: Bindings) -> Iterator[_Row]:
    for host in bindings.types:
        if not host.prelude and host.path.count("::"):
            yield _Row(host.name, host.path, "enum" if host.kind == "enum" else "type", host.docs)
    for module in bindings.modules:
        yield from _rows_in(module)


def _rows_in(module: Module) -> Iterator[_Row]:
    for function in module.functions:
        yield _Row(function.name, f"{module.path}::{function.name}", "function", function.docs, function)
    for macro in module.macros:
        yield _Row(macro.name, f"{module.path}::{macro.name}", "macro", macro.docs)
    for constant in module.constants:
        yield _Row(constant.name, f"{module.path}::{constant.name}", "constant", constant.docs)
