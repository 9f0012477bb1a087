"""The one shape in which programs and the reference are given what a host declares."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from .stubs import Parameter, Permission, Place, SourceLine

ItemKind = Literal[
    "module",
    "struct",
    "enum",
    "trait",
    "variant",
    "function",
    "method",
    "associated-function",
    "field",
    "constant",
    "macro",
    "alias",
    "protocol",
    "attribute",
    "event",
    "entry",
]
WITHOUT_MODULE: tuple[ItemKind, ...] = ("attribute", "event", "entry")
"""Kinds whose path is their bare name."""


class ItemKey(msgspec.Struct, frozen=True):
    """A key of an attribute; one that is not `required` may be left out."""

    name: str
    type: str
    required: bool
    docs: str


class HostItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A declaration of a host; in JSON it has each of these, from `module` on only where there is something to say.

    `declaration` is what a stub writes. `type` is what the item returns, holds or is, None where there is no such
    thing; `parameters` and `type` of an attribute are those of the function that it stands on. `profiles` are those
    that have it, none meaning all. `source` is the line of the host's Rust, `place` where the name stands in a stub.

    `module` is the path of the module that it is in, or is itself; `owner` that of the type, variant or trait around
    it. `traits` are those of a type: their functions are items of the traits alone. `values` are the types of what a
    variant holds without names, `arguments` is what a macro takes, `role` what the host calls an entry for.
    """

    path: str
    kind: ItemKind
    declaration: str
    parameters: tuple[Parameter, ...]
    type: str | None
    is_async: bool = msgspec.field(name="async")
    permission: Permission | None
    profiles: tuple[str, ...]
    docs: str
    source: SourceLine | None
    place: Place | None
    module: str | None = None
    owner: str | None = None
    aliases: tuple[str, ...] = ()
    generics: tuple[str, ...] = ()
    prelude: bool = False
    sealed: bool = False
    traits: tuple[str, ...] = ()
    mutable: bool = False
    operators: tuple[str, ...] = ()
    consumes: bool = False
    cancellable: bool = False
    deprecated: str | None = None
    since: str | None = None
    value: Any = None  # any JSON value
    values: tuple[str, ...] = ()
    arguments: str | None = None
    keys: tuple[ItemKey, ...] = ()
    role: str | None = None

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path if self.kind in WITHOUT_MODULE else self.path.rpartition("::")[2]
