"""The types in the header of a script's function."""

from __future__ import annotations

from .attributes import attributes_on
from .declarations import FunctionDeclaration, function_declaration
from .members import canonical, stub_type
from .script import ModulePlace, Script
from .stubs import Parameter
from .types import Type, Unknown, parse_type


def parameter_types(script: Script, number: int) -> tuple[Type | None, ...]:
    """The types of a function's parameters, `self` left out: as stated, else as the host declares who calls it.

    That is the entry of its name, or an attribute on it.
    """
    return types_of_parameters(script, number, function_declaration(script, number))


def types_of_parameters(script: Script, number: int, declaration: FunctionDeclaration) -> tuple[Type | None, ...]:
    """The same for a function whose header is at hand."""
    module = script.module_of(number)
    declared = _declared(script, number)
    types: list[Type | None] = []
    for place, parameter in enumerate(declaration.parameters):
        if parameter.type is not None:
            types.append(canonical(script, module, parameter.type))
        elif place < len(declared):
            types.append(stub_type(script.bindings, declared[place].type))
        else:
            types.append(None)
    return tuple(None if isinstance(kind, Unknown) else kind for kind in types)


def _declared(script: Script, number: int) -> tuple[Parameter, ...]:
    """What the host calls the function with, as far as it says so."""
    item = script.main.items[number]
    entry = script.bindings.entry_named(item.name) if item.public and item.parent is None else None
    if entry is not None:
        return entry.parameters
    for written in attributes_on(script, number):
        attribute = script.bindings.attribute_named(written.name)
        if attribute is not None and attribute.parameters is not None:
            return attribute.parameters
    return ()


def stated_type(script: Script, module: ModulePlace, text: str) -> Type | None:
    """The type that the text of an annotation states in that module."""
    parsed = parse_type(text)
    return None if parsed is None else canonical(script, module, parsed)
