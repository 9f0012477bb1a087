"""Compares what stubs declare with what the guest binds by itself, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from runekiln_analysis.stubs import NOTHING_SAID, About, Bindings, Field, Function, HostType, Parameter
from runekiln_analysis.text import LineIndex
from runekiln_runtime.protocol import Source

NOTHING = "nothing"
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: what is compared of it, by the name of each facet, and where it is written."""

    facets: dict[str, str]
    about: About


@dataclass(frozen=True, slots=True)
class Difference:
    """One facet of a name that stub and guest do not say alike; places are like `src/session.rs:120`."""

    name: str
    facet: str
    stub: str
    stub_place: str
    guest: str
    guest_place: str

    def line(self) -> str:
        """The difference in words."""
        return (
            f"{self.name}: {self.facet} is {self.stub} in the stub ({self.stub_place})"
            f" and {self.guest} in the guest ({self.guest_place})"
        )


def differences(stubs: Sequence[Source], bound: Bindings, natives: Bindings) -> tuple[Difference, ...]:
    """What differs between stubs and the natives, in the order of the names.

    `bound` is what a guest that knows the stubs binds: of both, with the stubs' word where both have one.
    """
    texts = {stub.path: stub.text or b"" for stub in stubs}
    lines = {path: LineIndex(text) for path, text in texts.items()}
    declared = {
        name: _said_in(texts[declaration.about.place.path], declaration)
        for name, declaration in _flat(bound)
        if declaration.about.place is not None and declaration.about.place.path in texts
    }
    native = dict(_flat(natives))
    found: list[Difference] = []
    for name in sorted(declared.keys() | native.keys()):
        ours, theirs = declared.get(name), native.get(name)
        places = _stub_place(name, lines, ours), _guest_place(theirs)
        for facet in sorted({*(ours.facets if ours else ()), *(theirs.facets if theirs else ())}):
            said, real = _facet(ours, facet), _facet(theirs, facet)
            if said != real and (facet == "kind" or (ours and theirs)):
                found.append(Difference(name, facet, said, places[0], real, places[1]))
    return tuple(found)


def undeclared_attributes(bound: Bindings, natives: Bindings) -> tuple[Difference, ...]:
    """The native attributes that no stub declares under the same names."""
    declared = {attribute.name: attribute for attribute in bound.attributes if attribute.about.place is not None}
    found = []
    for native in natives.attributes:
        ours = declared.get(native.name)
        names = _shown((ours.name, *sorted(ours.aliases))) if ours else NOTHING
        real = _shown((native.name, *sorted(native.aliases)))
        if names != real:
            place = ours.about.place if ours else None
            found.append(
                Difference(
                    f"#[{native.name}]", "names", names, place.path if place else "-", real, _source_of(native.about)
                )
            )
    return tuple(found)


def _flat(bindings: Bindings) -> Iterator[tuple[str, Declared]]:
    """Every declaration by its full name; the members of a type behind a dot or `::`, as they are written."""
    for module in bindings.modules:
        for function in module.functions:
            yield f"{module.path}::{function.name}", _function(function)
        for constant in module.constants:
            facets = {"kind": "constant", "type": f"`{constant.type}`", "documentation": _text(constant.docs)}
            yield f"{module.path}::{constant.name}", Declared(facets, constant.about)
        for macro in module.macros:
            facets = {"kind": "macro", "arguments": macro.arguments, "documentation": _text(macro.docs)}
            yield f"{module.path}::{macro.name}!", Declared(facets, macro.about)
    for host_type in bindings.types:
        yield host_type.path, _host_type(host_type)
        for field in host_type.fields:
            yield f"{host_type.path}.{field.name}", _field(field)
        for function in host_type.functions:
            between = "." if function.kind == "method" else "::"
            yield f"{host_type.path}{between}{function.name}()", _function(function)


def _host_type(host_type: HostType) -> Declared:
    facets = {
        "kind": host_type.kind,
        "prelude": str(host_type.prelude).lower(),
        "aliases": _shown(sorted(host_type.aliases)),
        "sealed": str(host_type.sealed).lower(),
        "documentation": _text(host_type.docs),
        **_said(host_type.about),
    }
    return Declared(facets, host_type.about)


def _field(field: Field) -> Declared:
    facets = {
        "kind": "field",
        "type": f"`{field.type}`",
        "mutable": str(field.mutable).lower(),
        "operators": _shown(field.operators),
        "documentation": _text(field.docs),
        **_said(field.about),
    }
    return Declared(facets, field.about)


def _function(function: Function) -> Declared:
    facets = {
        "kind": function.kind,
        "signature": f"`({_parameters(function.parameters)}) -> {function.returns}`",
        "async": str(function.is_async).lower(),
        "consumes": str(function.consumes).lower(),
        "documentation": _text(function.docs),
        **_said(function.about),
    }
    return Declared(facets, function.about)


def _said(about: About) -> dict[str, str]:
    permission = about.permission
    scope = f" of `{permission.scope}`" if permission and permission.scope else ""
    return {
        "permission": f"`{permission.name}`{scope}" if permission else NOTHING,
        "profiles": _shown(about.profiles),
        "deprecated": _text(about.deprecated or ""),
        "since": _text(about.since or ""),
    }


def _said_in(text: bytes, declared: Declared) -> Declared:
    """The declaration with what its own lines say.

    Of a native type the guest knows documentation, aliases and prelude by itself, and goes on knowing them when the
    stub lacks them.
    """
    place = declared.about.place
    if place is None or "prelude" not in declared.facets:
        return declared
    above = text[: place.span[0]].decode("utf-8", "replace").split("\n")[:-1]
    lines: list[str] = []
    while above and above[-1].strip().startswith(("///", "#[")):
        lines.insert(0, above.pop().strip())
    docs = "\n".join(line.removeprefix("///").removeprefix(" ") for line in lines if line.startswith("///"))
    aliases = [name for line in lines if line.startswith("#[alias(") for name in _QUOTED.findall(line)]
    own = {
        "documentation": _text(docs.strip()),
        "aliases": _shown(sorted(aliases)),
        "prelude": str("#[prelude]" in lines).lower(),
    }
    return replace(declared, facets=declared.facets | own)


def _facet(declared: Declared | None, facet: str) -> str:
    return declared.facets.get(facet, NOTHING) if declared else NOTHING


def _parameters(parameters: Iterable[Parameter]) -> str:
    return ", ".join(f"{parameter.name}: {parameter.type}" for parameter in parameters)


def _shown(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or NOTHING


def _text(text: str) -> str:
    return repr(text) if text else NOTHING


def _stub_place(name: str, lines: Mapping[str, LineIndex], declared: Declared | None) -> str:
    """Where a stub declares the name; if none does, the stub of its crate, which should."""
    if declared is None or declared.about.place is None:
        crate = name.partition("::")[0]
        return next((path for path in lines if PurePath(path).stem == crate), "-")
    place = declared.about.place
    return f"{place.path}:{lines[place.path].position(place.span[0], 'utf-8')[0] + 1}"


def _guest_place(declared: Declared | None) -> str:
    return _source_of(declared.about if declared else NOTHING_SAID)


def _source_of(about: About) -> str:
    return f"{about.source.path}:{about.source.line}" if about.source else "-"
