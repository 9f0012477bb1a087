"""The bindings that a host gives to scripts, as data; types are in the grammar of `runekiln_analysis.types`."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from runekiln_analysis.facts import Offsets


class Permission(msgspec.Struct, frozen=True, gc=False):
    """What a script must have been granted; `scope` is the parameter whose value narrows the grant."""

    name: str
    scope: str | None = None


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a name stands in a stub."""

    path: str
    span: Offsets


class SourceLine(msgspec.Struct, frozen=True, gc=False):
    """A line of the host's Rust source, from 1; `path` is relative to the crate's folder."""

    path: str
    line: int


class About(msgspec.Struct, frozen=True, gc=False):
    """What is said of a declaration besides its type and its documentation.

    `profiles` are those that have it, none meaning all; `deprecated` says what to use in its place; `since` is the
    release of the host that it came with.
    """

    permission: Permission | None = None
    profiles: tuple[str, ...] = ()
    deprecated: str | None = None
    since: str | None = None
    place: Place | None = None
    source: SourceLine | None = None


NOTHING_SAID = About()


class Parameter(msgspec.Struct, frozen=True, gc=False):
    """A parameter of a binding or an entry."""

    name: str
    type: str


class Field(msgspec.Struct, frozen=True, gc=False):
    """A field of a host type; scripts may assign to it only if it is `mutable`.

    `operators` are what may change it besides, such as `+=`: Rune asks a host's field for each.
    """

    name: str
    type: str
    docs: str
    mutable: bool
    about: About = NOTHING_SAID
    operators: tuple[str, ...] = ()


class Variant(msgspec.Struct, frozen=True, gc=False):
    """A variant of an enum: with named `fields`, with the types of unnamed `values`, or with neither."""

    name: str
    docs: str = ""
    fields: tuple[Field, ...] = ()
    values: tuple[str, ...] = ()
    about: About = NOTHING_SAID


class Function(msgspec.Struct, frozen=True, gc=False):
    """A method (called on a value, which is not among `parameters`), an associated function, or one of a module.

    A method that `consumes` its value leaves the variable unusable, as builders do.
    """

    name: str
    kind: Literal["method", "associated-function", "function"]
    parameters: tuple[Parameter, ...]
    returns: str
    docs: str
    is_async: bool = msgspec.field(name="async", default=False)
    consumes: bool = False
    generics: tuple[str, ...] = ()
    about: About = NOTHING_SAID


class Constant(msgspec.Struct, frozen=True, gc=False):
    """A constant; `value` is JSON, and None where the stub does not say it."""

    name: str
    type: str
    value: Any = None  # any JSON value
    docs: str = ""
    about: About = NOTHING_SAID


class HostType(msgspec.Struct, frozen=True, gc=False):
    """A type of the host; one in the `prelude` is usable without `use`, under `name` and each of `aliases`.

    What a `sealed` type does not list does not exist. `protocols` are what Rune's own syntax asks of a value, by Rune's
    names for it, such as `ADD` for `+`. `traits` are written like types: `Iterator<T>`.
    """

    name: str
    path: str
    aliases: tuple[str, ...]
    docs: str
    prelude: bool
    fields: tuple[Field, ...]
    functions: tuple[Function, ...]
    kind: Literal["struct", "enum"] = "struct"
    generics: tuple[str, ...] = ()
    sealed: bool = False
    variants: tuple[Variant, ...] = ()
    protocols: tuple[Function, ...] = ()
    constants: tuple[Constant, ...] = ()
    traits: tuple[str, ...] = ()
    about: About = NOTHING_SAID


class Trait(msgspec.Struct, frozen=True, gc=False):
    """Functions that every type has which implements the trait."""

    name: str
    path: str
    functions: tuple[Function, ...] = ()
    generics: tuple[str, ...] = ()
    docs: str = ""
    about: About = NOTHING_SAID


class Macro(msgspec.Struct, frozen=True, gc=False):
    """A macro, and whether what stands between its parentheses is expressions."""

    name: str
    arguments: Literal["expressions", "tokens"] = "tokens"
    returns: str = "any"
    docs: str = ""
    about: About = NOTHING_SAID


class Alias(msgspec.Struct, frozen=True, gc=False):
    """Another name for a type."""

    name: str
    type: str
    generics: tuple[str, ...] = ()
    docs: str = ""
    about: About = NOTHING_SAID


class Module(msgspec.Struct, frozen=True, gc=False):
    """A module, or the root of a crate, with what it holds besides types; `path` is like `crucible::tools`."""

    path: str
    docs: str = ""
    functions: tuple[Function, ...] = ()
    constants: tuple[Constant, ...] = ()
    macros: tuple[Macro, ...] = ()
    aliases: tuple[Alias, ...] = ()
    about: About = NOTHING_SAID


class Key(msgspec.Struct, frozen=True, gc=False):
    """A key of an attribute: `key = value`."""

    name: str
    type: str
    required: bool = False
    docs: str = ""
    about: About = NOTHING_SAID


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """An attribute, and what the function that it stands on takes and returns, where the host says so."""

    name: str
    aliases: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    parameters: tuple[Parameter, ...] | None = None
    returns: str | None = None
    docs: str = ""
    about: About = NOTHING_SAID


class HostEvent(msgspec.Struct, frozen=True, gc=False):
    """An event that handlers can ask for by its name; `payload` is the type of what it carries."""

    name: str
    payload: str = "any"
    cancellable: bool = False
    docs: str = ""
    about: About = NOTHING_SAID


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A function that the host calls by name in a script; `kind` says for what."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    docs: str
    kind: str = ""
    about: About = NOTHING_SAID


class RuneStd(msgspec.Struct, frozen=True):
    """What every script has besides: Rune's own declarations, and its types by their names and paths.

    Each of `types` has the functions of its traits among its own.
    """

    declared: Bindings
    types: dict[str, HostType]


class Bindings(msgspec.Struct, frozen=True, gc=False):
    """Everything the host binds; `std` is what Rune binds by itself, which no answer of the guest has."""

    types: tuple[HostType, ...] = ()
    entries: tuple[Entry, ...] = ()
    modules: tuple[Module, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    events: tuple[HostEvent, ...] = ()
    traits: tuple[Trait, ...] = ()
    std: RuneStd | None = None

    def type_named(self, name: str) -> HostType | None:
        """The host type of that short name, alias or full path, if there is one."""
        bare = name.removeprefix("::")
        for candidate in self.types:
            if bare in (candidate.name, candidate.path, *candidate.aliases):
                return candidate
        return None

    def type_meant(self, name: str) -> HostType | None:
        """The same, or else Rune's own type of that name or path."""
        own = self.type_named(name)
        return own if own is not None or self.std is None else self.std.types.get(name.removeprefix("::"))

    def attribute_named(self, name: str) -> Attribute | None:
        """The attribute of that name or alias, if there is one."""
        return next((each for each in self.attributes if name in (each.name, *each.aliases)), None)

    def entry_named(self, name: str) -> Entry | None:
        """The declared entry of that name, if there is one."""
        return next((entry for entry in self.entries if entry.name == name), None)
