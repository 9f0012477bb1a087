"""The bindings that a host gives to scripts, as data."""

from __future__ import annotations

from typing import Literal

import msgspec


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a binding or an entry; `type` is in the type grammar, see `runekiln_analysis.types`."""

    name: str
    type: str


class Field(msgspec.Struct, frozen=True):
    """A field of a host type; scripts may write it only if it is `mutable`."""

    name: str
    type: str
    docs: str
    mutable: bool


class Function(msgspec.Struct, frozen=True):
    """A method (called on a value, which is not among `parameters`) or an associated function of a host type.

    A method that `consumes` its value leaves the variable unusable, as builders do.
    """

    name: str
    kind: Literal["method", "associated-function"]
    parameters: tuple[Parameter, ...]
    returns: str
    docs: str
    is_async: bool = msgspec.field(name="async", default=False)
    consumes: bool = False


class HostType(msgspec.Struct, frozen=True):
    """A type of the host; one in the `prelude` is usable without `use`, under `name` and each of `aliases`."""

    name: str
    path: str
    aliases: tuple[str, ...]
    docs: str
    prelude: bool
    fields: tuple[Field, ...]
    functions: tuple[Function, ...]


class Entry(msgspec.Struct, frozen=True):
    """A function that the host calls by name in a script."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    docs: str


class Bindings(msgspec.Struct, frozen=True):
    """Everything the host binds."""

    types: tuple[HostType, ...] = ()
    entries: tuple[Entry, ...] = ()

    def type_named(self, name: str) -> HostType | None:
        """The host type of that short name, alias or full path, if there is one."""
        bare = name.removeprefix("::")
        for candidate in self.types:
            if bare in (candidate.name, candidate.path, *candidate.aliases):
                return candidate
        return None

    def entry_named(self, name: str) -> Entry | None:
        """The declared entry of that name, if there is one."""
        return next((entry for entry in self.entries if entry.name == name), None)
