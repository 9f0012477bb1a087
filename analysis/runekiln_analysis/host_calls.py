"""Which functions of a script the host itself calls: by their place, by an attribute, or on what a plugin is."""

from __future__ import annotations

from collections.abc import Iterator

from .attributes import attributed_functions
from .rules.plugins import called_methods
from .rules.recognition import registering
from .script import Script


def called_by_host(script: Script) -> tuple[int, ...]:
    """The numbers of the functions that the host calls, in the order of the text.

    Others, such as the public methods of a type, are called by the script itself or not at all.
    """
    return tuple(sorted({*_entries(script), *_registered(script)}))


def _entries(script: Script) -> Iterator[int]:
    """The public functions at the root of the script."""
    for number, item in script.main.children(None):
        if item.kind == "function" and item.public and item.name:
            yield number


def _registered(script: Script) -> Iterator[int]:
    """The public functions with an attribute by which the host finds them, and the methods of a plugin."""
    for function in attributed_functions(script):
        for kind, attribute in registering(script, function):
            if function.item.public:
                yield function.number
                yield from called_methods(script, function, attribute) if kind == "plugin" else ()
