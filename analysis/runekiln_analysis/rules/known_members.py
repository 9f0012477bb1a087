"""What surely stands behind the dot of values of a type, and that nothing else does."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from runekiln_analysis.declarations import fields, variants
from runekiln_analysis.flow.flows import flows_of
from runekiln_analysis.flow.hosts import Hosts, hosts_of
from runekiln_analysis.resolve.below import functions_of
from runekiln_analysis.resolve.host import SameBindings
from runekiln_analysis.rules.item_rules import ResolvedItem
from runekiln_analysis.script import ItemPlace, Script
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.types import FunctionOf, KeyedObject, Named, ObjectOf, TupleOf, Type

ITERATOR = "std::iter::Iterator"
_WITH_ELEMENTS = frozenset(("std::vec::Vec", "std::tuple::Tuple"))
_WITH_ANY_FIELD = frozenset(("std::object::Object",))
# Several types of Rune's own go by these names, and what they have in common is not all that they have.
_OF_SEVERAL_TYPES = frozenset(("Type",))


class KnownMembers(msgspec.Struct, frozen=True):
    """All members of a type. `fields` is `None` where any name may be one, `has_elements` where any number may.

    `associated` are the functions of the script's own that are called on the type itself.
    """

    methods: frozenset[str]
    fields: frozenset[str] | None
    has_elements: bool = False
    associated: frozenset[str] = frozenset()

    def has_field(self, name: str) -> bool:
        """Whether a value may have a field, or an element, of that name."""
        if name.isdecimal() and self.has_elements:
            return True
        return self.fields is None or name in self.fields


def known_members(item: ResolvedItem, kind: Type) -> KnownMembers | None:
    """The members of a type that is no union; `None` if there may be others."""
    match kind:
        case Named(_, _, number) if number is not None:
            return _of_own_type(item, number)
        case Named(name):
            return None if name in _OF_SEVERAL_TYPES else _of_named(item.script.bindings, name)
        case ObjectOf():
            return _of_named(item.script.bindings, "Object")
        case KeyedObject(keys, _, is_whole):
            known = _of_named(item.script.bindings, "Object")
            return KnownMembers(known.methods, frozenset(keys)) if known is not None and is_whole else known
        case FunctionOf():
            return _of_named(item.script.bindings, "Function")
        case TupleOf(members):
            known = _of_named(item.script.bindings, "Tuple")
            places = frozenset(map(str, range(len(members))))
            return None if known is None else KnownMembers(known.methods, places)
    return None


def _of_named(bindings: Bindings, name: str) -> KnownMembers | None:
    return _of_host_type(SameBindings(bindings), name)


@lru_cache(maxsize=256)
def _of_host_type(key: SameBindings, name: str) -> KnownMembers | None:
    hosts: Hosts = hosts_of(key.bindings)
    host = hosts.host(name)
    if host is None or key.bindings.std is None:
        return None
    # What a type of Rust has is called on a value, too, whether it takes that or not: `"a".from()`.
    methods = frozenset(each.name for each in host.functions)
    if host.path == ITERATOR:
        return KnownMembers(methods | _of_iterators(key.bindings), frozenset())
    is_own = key.bindings.type_named(host.path) is None
    if not is_own and not host.sealed and not (methods or host.fields):
        # Where a host says nothing at all of a type, that need not be all there is.
        return None
    listed = (*host.fields, *(field for variant in host.variants for field in variant.fields))
    return KnownMembers(
        methods,
        None if host.path in _WITH_ANY_FIELD else frozenset(each.name for each in listed),
        host.path in _WITH_ELEMENTS or any(variant.values for variant in host.variants),
    )


def _of_iterators(bindings: Bindings) -> frozenset[str]:
    """The methods that any iterator has: which one it is, is not told from the name."""
    types = () if bindings.std is None else bindings.std.types.values()
    walking = (each for each in (*types, *bindings.types) if any("Iterator" in trait for trait in each.traits))
    return frozenset(function.name for each in walking for function in each.functions)


def _of_own_type(item: ResolvedItem, number: int) -> KnownMembers | None:
    script = item.script
    if number < 0 or not item.is_all_declared:
        return None
    methods, associated = _functions(script, ItemPlace(0, number))
    if script.main.items[number].kind == "struct":
        found = frozenset(each.name for each in fields(script, number))
    else:
        found = frozenset(each.name for variant in variants(script, number) for each in variant.fields)
    return KnownMembers(methods, found, associated=associated)


def _functions(script: Script, place: ItemPlace) -> tuple[frozenset[str], frozenset[str]]:
    """The names of a type's methods, and of its functions that do not take `self`."""
    declared = flows_of(script).declared
    headers = ((function.name, declared.header(each)) for each, function in functions_of(script, place))
    known = [(name, header is None or header.has_self) for name, header in headers]
    methods = frozenset(name for name, has_self in known if has_self)
    return methods, frozenset(name for name, _ in known) - methods
