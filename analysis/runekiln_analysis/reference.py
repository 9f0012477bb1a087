"""Tables of what a host binds, as Markdown, for people who read and not type."""

from __future__ import annotations

from collections.abc import Iterable

from runekiln_analysis.documentation import first_sentence
from runekiln_analysis.markdown import Row, code, in_cell, table
from runekiln_analysis.stubs import About, Bindings, Field, Function, HostType, Parameter


def types_table(bindings: Bindings, module: str) -> str:
    """The types of a module, such as `crucible::workflow`, with the first sentence on each."""
    rows = []
    for kind in _types_of(bindings, module):
        aliases = ", ".join(map(code, kind.aliases))
        rows.append((code(kind.name), aliases, "yes" if kind.prelude else "", _said(kind.docs)))
    return table(("type", "also", "without `use`", "what it is"), rows)


def members_table(bindings: Bindings, name: str) -> str:
    """The fields, variants and functions of a type. Raises KeyError if there is no such type."""
    kind = bindings.type_named(name)
    if kind is None:
        raise KeyError(name)
    return table(("member", "type", "what it is"), [*_fields(kind.fields), *_variants(kind), *_functions(kind)])


def functions_table(bindings: Bindings, module: str) -> str:
    """The functions of a module, with the permissions that they need."""
    found = [function for each in bindings.modules if each.path == module for function in each.functions]
    rows = [(code(signature(function)), _permission(function.about), _said(function.docs)) for function in found]
    return table(("function", "permission", "what it does"), rows)


def entries_table(bindings: Bindings) -> str:
    """The functions that the host calls in scripts."""
    rows = [
        (code(f"{entry.name}({_parameters(entry.parameters)})"), code(entry.returns), _said(entry.docs))
        for entry in bindings.entries
    ]
    return table(("entry", "returns", "what for"), rows)


def attributes_table(bindings: Bindings) -> str:
    """The attributes of functions, with their keys; those that must be there are in bold."""
    rows = [
        (
            ", ".join(code(f"#[{name}]") for name in (attribute.name, *attribute.aliases)),
            ", ".join(f"**{code(key.name)}**" if key.required else code(key.name) for key in attribute.keys),
            _said(attribute.docs),
        )
        for attribute in bindings.attributes
    ]
    return table(("attribute", "keys", "what for"), rows)


def events_table(bindings: Bindings) -> str:
    """The events that handlers can ask for."""
    rows = [
        (code(event.name), code(event.payload), "yes" if event.cancellable else "", _said(event.docs))
        for event in bindings.events
    ]
    return table(("event", "`event.payload`", "can be cancelled", "when"), rows)


def signature(function: Function) -> str:
    """A function as a script calls it: `async send(message: String) -> Result<ChatResponse, AgentError>`."""
    arrow = "" if function.returns == "()" else f" -> {function.returns}"
    prefix = "async " if function.is_async else ""
    return f"{prefix}{function.name}({_parameters(function.parameters)}){arrow}"


def _types_of(bindings: Bindings, module: str) -> Iterable[HostType]:
    return (kind for kind in bindings.types if kind.path.rpartition("::")[0] == module)


def _fields(fields: Iterable[Field]) -> Iterable[Row]:
    for field in fields:
        mutable = ", can be assigned" if field.mutable else ""
        yield (code(f".{field.name}"), f"{code(field.type)}{mutable}", _said(field.docs))


def _variants(kind: HostType) -> Iterable[Row]:
    for variant in kind.variants:
        named = ", ".join(f"{field.name}: {field.type}" for field in variant.fields)
        values = ", ".join(variant.values)
        shown = f" {{ {named} }}" if named else f"({values})" if values else ""
        yield (code(f"{kind.name}::{variant.name}{shown}"), "", _said(variant.docs))


def _functions(kind: HostType) -> Iterable[Row]:
    for function in kind.functions:
        dot = "." if function.kind == "method" else f"{kind.name}::"
        name = f"{dot}{function.name}({_parameters(function.parameters)})"
        returns = f"{'async ' if function.is_async else ''}{code(function.returns)}"
        needs = _permission(function.about)
        docs = f"{_said(function.docs)} Needs {needs}." if needs else _said(function.docs)
        yield (code(name), returns, docs)


def _parameters(parameters: Iterable[Parameter]) -> str:
    return ", ".join(f"{parameter.name}: {parameter.type}" for parameter in parameters)


def _permission(about: About) -> str:
    return code(about.permission.name) if about.permission is not None else ""


def _said(docs: str) -> str:
    return in_cell(first_sentence(docs))
