"""The outline of a script: its items, and what is inside of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from .declarations import fields, function_declaration, variants
from .facts import Item, Offsets
from .script import Script
from .snapshot import Snapshot
from .types import show

SymbolKind = Literal[
    "function",
    "method",
    "struct",
    "field",
    "enum",
    "variant",
    "constant",
    "module",
    "impl",
    "type",
    "macro",
    "attribute",
    "event",
    "trait",
    "protocol",
]


class Symbol(msgspec.Struct, frozen=True):
    """A name in the outline. Both spans are absolute, `name_span` lies inside `span`; `detail` may be empty."""

    name: str
    kind: SymbolKind
    detail: str
    span: Offsets
    name_span: Offsets
    children: tuple[Symbol, ...] = ()


def symbols(snapshot: Snapshot) -> tuple[Symbol, ...]:
    """The outline of the script, in the order of the text. An item without a name is left out."""
    return _inside(snapshot.script, None)


def _inside(script: Script, parent: int | None) -> tuple[Symbol, ...]:
    found = (_symbol(script, number, item) for number, item in script.main.children(parent) if item.name)
    return tuple(symbol for symbol in found if symbol is not None)


def _symbol(script: Script, number: int, item: Item) -> Symbol | None:
    start = item.span[0]
    name_span = (start + item.name_span[0], start + item.name_span[1])
    match item.kind:
        case "function":
            is_method = item.parent is not None and script.main.items[item.parent].kind in ("impl", "trait")
            kind: SymbolKind = "method" if is_method else "function"
            return Symbol(item.name, kind, _parameters(script, number), item.span, name_span)
        case "struct":
            return Symbol(item.name, "struct", "", item.span, name_span, _fields(script, number))
        case "enum":
            return Symbol(item.name, "enum", "", item.span, name_span, _variants(script, number))
        case "const":
            return Symbol(item.name, "constant", "", item.span, name_span)
        case "module":
            return Symbol(item.name, "module", "", item.span, name_span, _inside(script, number))
        case "impl":
            return Symbol(f"impl {item.name}", "impl", "", item.span, name_span, _inside(script, number))
        # Those that only stubs have.
        case "trait":
            return Symbol(item.name, "trait", "", item.span, name_span, _inside(script, number))
        case "type" | "macro" | "event" | "protocol":
            return Symbol(item.name, item.kind, "", item.span, name_span)
        case "attribute":
            return Symbol(item.name, "attribute", "", item.span, name_span, _fields(script, number))
    return None


def _parameters(script: Script, number: int) -> str:
    """A function's parameters and result as they are stated: `(session: Session) -> Workflow`."""
    declaration = function_declaration(script, number)
    stated = declaration.parameters
    shown = (each.name if each.type is None else f"{each.name}: {show(each.type)}" for each in stated)
    listed = ", ".join((*(("self",) if declaration.has_self else ()), *shown))
    return f"({listed})" + (f" -> {show(declaration.returns)}" if declaration.returns else "")


def _fields(script: Script, number: int) -> tuple[Symbol, ...]:
    declared = (field for field in fields(script, number) if not field.name.isdecimal())
    return tuple(
        Symbol(field.name, "field", "" if field.type is None else show(field.type), field.name_span, field.name_span)
        for field in declared
    )


def _variants(script: Script, number: int) -> tuple[Symbol, ...]:
    declared = variants(script, number)
    return tuple(Symbol(variant.name, "variant", "", variant.span, variant.name_span) for variant in declared)
