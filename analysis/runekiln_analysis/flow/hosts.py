"""What a host declares, with its types read once: whatever a function is inferred with asks for the same few again."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from runekiln_analysis.members import payload_of, stub_type
from runekiln_analysis.resolve.host import SameBindings
from runekiln_analysis.stubs import Bindings, Function, HostType
from runekiln_analysis.types import NEVER, UNKNOWN, FunctionOf, Named, TupleOf, Type, UnionOf, Unknown, given, show


class Signature(msgspec.Struct, frozen=True):
    """A function of the host, of a type or of a module.

    `inherited` are the type parameters of its type, and `own` those of the function; what they stand for is not in
    `parameters` and `returns`. It is choosy if one of its parameters does not take any value.
    """

    host: HostType | None
    function: Function
    inherited: tuple[str, ...]
    own: tuple[str, ...]
    parameters: tuple[Type, ...]
    returns: Type
    is_choosy: bool

    @property
    def is_plain(self) -> bool:
        """Whether it gives the same type, whatever it is called with."""
        return not self.inherited and not self.own and not _names(self.returns, "Self")


class Hosts:
    """The types and functions of one host, as far as they were asked for."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self._types: dict[str, Type] = {}
        self._hosts: dict[str, HostType | None] = {}
        self._members: dict[tuple[str, str], Signature | None] = {}
        self._fields: dict[tuple[str, str], Type | None] = {}
        self._functions: dict[int, tuple[Function, Signature]] = {}

    def type(self, text: str) -> Type:
        """The type that a text of a stub stands for."""
        found = self._types.get(text)
        if found is None:
            found = self._types[text] = stub_type(self.bindings, text) or UNKNOWN
        return found

    def host(self, name: str) -> HostType | None:
        """The type of that name."""
        if name not in self._hosts:
            self._hosts[name] = self.bindings.type_meant(name)
        return self._hosts[name]

    def name_of(self, host: HostType) -> str:
        """What the type is called in types: its name, or its path if the name means another one."""
        return host.name if self.host(host.name) is host else host.path

    def method(self, kind: Named, name: str) -> Signature | None:
        """The method of that name that values of the type have."""
        key = (kind.name, name)
        if key not in self._members:
            host = self.host(kind.name)
            methods = () if host is None else host.functions
            found = next((each for each in methods if each.name == name and each.kind == "method"), None)
            self._members[key] = None if found is None else self.signature(host, found)
        return self._members[key]

    def protocol(self, kind: Named, name: str) -> Signature | None:
        """What Rune's own syntax asks values of the type for, by the name of the protocol."""
        key = (kind.name, f"!{name}")
        if key not in self._members:
            host = self.host(kind.name)
            protocols = () if host is None else host.protocols
            found = next((each for each in protocols if each.name == name), None)
            self._members[key] = None if found is None else self.signature(host, found)
        return self._members[key]

    def field(self, kind: Named, name: str) -> Type | None:
        """The type of the field of that name, if values of the type have it."""
        carried = payload_of(kind, name)
        if carried is not None:
            return carried
        key = (kind.name, name)
        if key not in self._fields:
            host = self.host(kind.name)
            fields = () if host is None else host.fields
            self._fields[key] = next((self.type(each.type) for each in fields if each.name == name), None)
        declared = self._fields[key]
        host = self.host(kind.name)
        if declared is None or host is None or not host.generics:
            return declared
        return given(declared, held_by(host, kind))

    def signature(self, host: HostType | None, function: Function) -> Signature:
        """A function with its types."""
        known = self._functions.get(id(function))
        if known is not None and known[0] is function:
            return known[1]
        inherited = () if host is None else host.generics
        parameters = tuple([self.type(each.type) for each in function.parameters])
        others = (*inherited, *function.generics, "Self")
        is_choosy = any(not isinstance(each, Unknown) and show(each) not in others for each in parameters)
        returns = self.type(function.returns)
        made = Signature(host, function, inherited, function.generics, parameters, returns, is_choosy)
        self._functions[id(function)] = (function, made)
        return made


def hosts_of(bindings: Bindings) -> Hosts:
    """The one for these bindings."""
    return _hosts(SameBindings(bindings))


@lru_cache(maxsize=4)
def _hosts(key: SameBindings) -> Hosts:
    return Hosts(key.bindings)


def held_by(host: HostType, kind: Named) -> dict[str, Type]:
    """What the type parameters of a host type stand for in one type."""
    if not host.generics:
        return {}
    missing = (UNKNOWN,) * (len(host.generics) - len(kind.arguments))
    return dict(zip(host.generics, (*kind.arguments, *missing), strict=False))


def returned(signature: Signature, types: dict[str, Type]) -> Type:
    """What it gives; a type parameter of which nothing is known may be anything."""
    unknown: dict[str, Type] = dict.fromkeys((*signature.inherited, *signature.own), UNKNOWN)
    for name, kind in types.items():
        unknown[name] = UNKNOWN if kind == NEVER else kind
    return given(signature.returns, unknown)


def _names(kind: Type, name: str) -> bool:
    match kind:
        case Named(own, arguments):
            return own == name or any(_names(each, name) for each in arguments)
        case TupleOf(members) | UnionOf(members):
            return any(_names(each, name) for each in members)
        case FunctionOf(parameters, returns):
            return any(_names(each, name) for each in (*parameters, returns))
    return False
