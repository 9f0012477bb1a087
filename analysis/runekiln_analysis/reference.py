"""Tables of what a host binds, as Markdown, for people who read and not type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from runekiln_analysis.stubs import About, Bindings, Field, Function, HostType, Parameter

Row = Sequence[str]


def types_table(bindings: Bindings, module: str) -> str:
    """The types of a module, such as `crucible::workflow`, with the first sentence on each."""
    rows = []
    for kind in _types_of(bindings, module):
        aliases = ", ".join(map(_code, kind.aliases))
        rows.append((_code(kind.name), aliases, "yes" if kind.prelude else "", _first_sentence(kind.docs)))
    return _table(("type", "also", "without `use`", "what it is"), rows)


def members_table(bindings: Bindings, name: str) -> str:
    """The fields, variants and functions of a type. Raises KeyError if there is no such type."""
    kind = bindings.type_named(name)
    if kind is None:
        raise KeyError(name)
    return _table(("member", "type", "what it is"), [*_fields(kind.fields), *_variants(kind), *_functions(kind)])


def functions_table(bindings: Bindings, module: str) -> str:
    """The functions of a module, with the permissions that they need."""
    found = [function for each in bindings.modules if each.path == module for function in each.functions]
    rows = [
        (_code(signature(function)), _permission(function.about), _first_sentence(function.docs)) for function in found
    ]
    return _table(("function", "permission", "what it does"), rows)


def entries_table(bindings: Bindings) -> str:
    """The functions that the host calls in scripts."""
    rows = [
        (_code(f"{entry.name}({_parameters(entry.parameters)})"), _code(entry.returns), _first_sentence(entry.docs))
        for entry in bindings.entries
    ]
    return _table(("entry", "returns", "what for"), rows)


def attributes_table(bindings: Bindings) -> str:
    """The attributes of functions, with their keys; those that must be there are in bold."""
    rows = [
        (
            ", ".join(_code(f"#[{name}]") for name in (attribute.name, *attribute.aliases)),
            ", ".join(f"**{_code(key.name)}**" if key.required else _code(key.name) for key in attribute.keys),
            _first_sentence(attribute.docs),
        )
        for attribute in bindings.attributes
    ]
    return _table(("attribute", "keys", "what for"), rows)


def events_table(bindings: Bindings) -> str:
    """The events that handlers can ask for."""
    rows = [
        (_code(event.name), _code(event.payload), "yes" if event.cancellable else "", _first_sentence(event.docs))
        for event in bindings.events
    ]
    return _table(("event", "`event.payload`", "can be cancelled", "when"), rows)


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
        yield (_code(f".{field.name}"), f"{_code(field.type)}{mutable}", _first_sentence(field.docs))


def _variants(kind: HostType) -> Iterable[Row]:
    for variant in kind.variants:
        named = ", ".join(f"{field.name}: {field.type}" for field in variant.fields)
        values = ", ".join(variant.values)
        shown = f" {{ {named} }}" if named else f"({values})" if values else ""
        yield (_code(f"{kind.name}::{variant.name}{shown}"), "", _first_sentence(variant.docs))


def _functions(kind: HostType) -> Iterable[Row]:
    for function in kind.functions:
        dot = "." if function.kind == "method" else f"{kind.name}::"
        name = f"{dot}{function.name}({_parameters(function.parameters)})"
        returns = f"{'async ' if function.is_async else ''}{_code(function.returns)}"
        needs = _permission(function.about)
        docs = f"{_first_sentence(function.docs)} Needs {needs}." if needs else _first_sentence(function.docs)
        yield (_code(name), returns, docs)


def _parameters(parameters: Iterable[Parameter]) -> str:
    return ", ".join(f"{parameter.name}: {parameter.type}" for parameter in parameters)


def _permission(about: About) -> str:
    return _code(about.permission.name) if about.permission is not None else ""


def _code(text: str) -> str:
    """As code within a cell of a table, where a bar would end the cell."""
    return f"`{text}`".replace("|", "\\|")


def _first_sentence(docs: str) -> str:
    """The first sentence, up to a full stop that ends it."""
    paragraph = " ".join(docs.partition("\n\n")[0].split())
    head, stop, _ = paragraph.partition(". ")
    return (head + stop.strip()).replace("|", "\\|")


def _table(header: Row, rows: Iterable[Row]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
