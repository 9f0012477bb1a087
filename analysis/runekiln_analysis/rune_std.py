"""Rune's own types: what is extracted of them, with signatures that are written by hand, found by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from .stubs import Bindings, Function, HostType, RuneStd, Trait

ITERATORS = ("std::iter::Iterator", "std::iter::DoubleEndedIterator", "std::iter::ExactSizeIterator")
"""The traits whose functions are known on whatever is called an `Iterator`: which of them it has, is seldom said."""


def overlaid(extracted: Bindings, signatures: Bindings) -> Bindings:
    """All that is extracted, with type parameters and signatures from `signatures` where those have the same paths."""
    types = {each.path: each for each in signatures.types}
    traits = {each.path: each for each in signatures.traits}
    return replace(
        extracted,
        types=tuple(_type(each, types.get(each.path)) for each in extracted.types),
        traits=tuple(_trait(each, traits.get(each.path)) for each in extracted.traits),
    )


def rune_std(bindings: Bindings) -> RuneStd:
    """The types by their paths, and by their names where only one has it; each with the functions of its traits."""
    # The guest writes a trait by its name alone where only one trait or type has it.
    traits = {each: trait for trait in bindings.traits for each in (trait.name, trait.path)}
    types = [_with_traits(each, traits) for each in bindings.types]
    types += [_iterator(traits)] if ITERATORS[0] in traits else []
    names = Counter(each.name for each in types)
    by_name = {each.name: each for each in types if names[each.name] == 1}
    return RuneStd(bindings, {**by_name, **{each.path: each for each in types}})


def _with_traits(kind: HostType, traits: dict[str, Trait]) -> HostType:
    own = {function.name for function in kind.functions}
    inherited = [
        # What the trait's own parameters stand for is not said of the type.
        replace(function, generics=(*function.generics, *traits[path].generics))
        for path in kind.traits
        if path in traits
        for function in traits[path].functions
    ]
    by_name = {function.name: function for function in reversed(inherited) if function.name not in own}
    return replace(kind, functions=(*kind.functions, *by_name.values()))


def _iterator(traits: dict[str, Trait]) -> HostType:
    """What has the functions of all iterators, as a type with what it gives as its parameter."""
    first = traits[ITERATORS[0]]
    functions = {each.name: each for path in reversed(ITERATORS) if path in traits for each in traits[path].functions}
    return HostType(
        name=first.name,
        path=first.path,
        aliases=(),
        docs=first.docs,
        prelude=False,
        fields=(),
        functions=tuple(functions.values()),
        generics=first.generics,
        about=first.about,
    )


def _type(extracted: HostType, signed: HostType | None) -> HostType:
    if signed is None:
        return extracted
    values = {variant.name: variant.values for variant in signed.variants}
    return replace(
        extracted,
        generics=signed.generics,
        variants=tuple(replace(each, values=values.get(each.name, each.values)) for each in extracted.variants),
        functions=_functions(extracted.functions, signed.functions),
        protocols=_protocols(extracted.protocols, signed.protocols),
    )


def _trait(extracted: Trait, signed: Trait | None) -> Trait:
    if signed is None:
        return extracted
    return replace(extracted, generics=signed.generics, functions=_functions(extracted.functions, signed.functions))


def _functions(extracted: Iterable[Function], signed: Iterable[Function]) -> tuple[Function, ...]:
    by_name = {each.name: each for each in signed}
    return tuple(_function(each, by_name.get(each.name)) for each in extracted)


def _protocols(extracted: Iterable[Function], signed: Iterable[Function]) -> tuple[Function, ...]:
    """Those that are extracted, and those that are the virtual machine's own: nothing registers what it does itself."""
    known = _functions(extracted, signed)
    names = {each.name for each in known}
    return (*known, *(each for each in signed if each.name not in names))


def _function(extracted: Function, signed: Function | None) -> Function:
    if signed is None:
        return extracted
    return replace(
        extracted, kind=signed.kind, generics=signed.generics, parameters=signed.parameters, returns=signed.returns
    )
