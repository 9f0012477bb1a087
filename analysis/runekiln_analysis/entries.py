"""The functions of a script that the host can call, and which of them a run means."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from .declarations import function_declaration
from .documentation import prose
from .facts import Facts, FileFacts, Offsets
from .functions import parameter_types
from .script import Script
from .stubs import Bindings
from .types import Named, Type, show


class EntryParameter(msgspec.Struct, frozen=True):
    """A parameter of an entry; `type` is a type of the host or of Rune as stubs write it, `None` if it is not known."""

    name: str
    type: str | None


class ScriptEntry(msgspec.Struct, frozen=True):
    """A function of a script that the host can call. Both spans are absolute; `span` takes in documentation."""

    name: str
    span: Offsets
    name_span: Offsets
    parameters: tuple[EntryParameter, ...]
    is_async: bool
    docs: str


class NoEntry(msgspec.Struct, frozen=True):
    """No entry is meant, and why, for the user to read; `names` are the entries that there are."""

    message: str
    names: tuple[str, ...]


def entries(file: FileFacts, text: bytes, bindings: Bindings) -> tuple[ScriptEntry, ...]:
    """Every public function at the root of the script, in the order of the text."""
    script = Script(Facts((file,)), text, bindings)
    return tuple(
        _entry(script, number)
        for number, item in file.children(None)
        if item.kind == "function" and item.public and item.name
    )


def choose_entry(entries: Iterable[ScriptEntry], wanted: str | None) -> ScriptEntry | NoEntry:
    """The entry called `wanted`; without a wish the only one, else `main`."""
    by_name = {entry.name: entry for entry in entries}
    names = tuple(by_name)
    listed = ", ".join(f"`{name}`" for name in names)
    if wanted is not None:
        if wanted in by_name:
            return by_name[wanted]
        offered = f"Its entries are {listed}." if names else "It has no entry: mark a function with `pub`."
        return NoEntry(f"The script has no entry `{wanted}`. {offered}", names)
    if not names:
        return NoEntry("The script has no entry: mark the function to run with `pub`.", names)
    chosen = by_name[names[0]] if len(names) == 1 else by_name.get("main")
    return chosen or NoEntry(f"The script has {len(names)} entries and none is `main`. Name one of {listed}.", names)


def _entry(script: Script, number: int) -> ScriptEntry:
    item = script.main.items[number]
    declaration = function_declaration(script, number)
    types = parameter_types(script, number)
    parameters = zip(declaration.parameters, types, strict=True)
    return ScriptEntry(
        name=item.name,
        span=item.span,
        name_span=(item.name_span[0] + item.span[0], item.name_span[1] + item.span[0]),
        parameters=tuple(EntryParameter(parameter.name, _outside_type(kind)) for parameter, kind in parameters),
        is_async=declaration.is_async,
        docs=prose(item.docs),
    )


def _outside_type(kind: Type | None) -> str | None:
    """The type as the host knows it; one that the script declares itself is not the host's."""
    if kind is None or (isinstance(kind, Named) and kind.item is not None):
        return None
    return show(kind)
