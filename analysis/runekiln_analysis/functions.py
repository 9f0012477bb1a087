"""The types in the header of a script's function."""

from __future__ import annotations

from .declarations import function_declaration
from .members import canonical, stub_type
from .script import ModulePlace, Script
from .types import Type, Unknown, parse_type


def parameter_types(script: Script, number: int) -> tuple[Type | None, ...]:
    """The types of a function's parameters, `self` left out: as stated, else as the entry of its name declares."""
    item = script.main.items[number]
    declaration = function_declaration(script, number)
    module = script.module_of(number)
    entry = script.bindings.entry_named(item.name) if item.public and item.parent is None else None
    types: list[Type | None] = []
    for place, parameter in enumerate(declaration.parameters):
        if parameter.type is not None:
            types.append(canonical(script, module, parameter.type))
        elif entry is not None and place < len(entry.parameters):
            types.append(stub_type(script, entry.parameters[place].type))
        else:
            types.append(None)
    return tuple(None if isinstance(kind, Unknown) else kind for kind in types)


def stated_type(script: Script, module: ModulePlace, text: str) -> Type | None:
    """The type that the text of an annotation states in that module."""
    parsed = parse_type(text)
    return None if parsed is None else canonical(script, module, parsed)
