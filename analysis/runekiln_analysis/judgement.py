"""All that we say of a script, and of its `mod` files, beyond what the guest says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from .deprecations import deprecated_calls
from .facts import Problem
from .grants import Granted
from .item_words import ATTRIBUTE, words_by_item
from .kiln_view import clashes_within
from .permission_calls import explored
from .permissions import permission_problems
from .registrations import Role, registrations
from .rules.entries import entry_problems
from .rules.files import plugin_file
from .rules.habits import habits
from .rules.misspelt_paths import misspelt_paths
from .rules.names import look_at, name_problems
from .rules.script import attribute_problems
from .rules.unused_imports import unused_imports
from .rules.unused_items import unused_items
from .script import Script


def judge(
    script: Script,
    *,
    granted: tuple[Granted, ...] | None = None,
    role: Role = "script",
    modules: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """What we say of a script beyond what the guest says of its files; the spans are absolute.

    `granted` is what the kiln's settings grant, `None` if they say nothing; `role` is what the host takes the file
    for; `modules` are the texts of the `mod` files, by the paths that the facts give them.
    """
    graph = explored(script, modules)
    found = (*permission_problems(script, granted, graph), *deprecated_calls(graph), *entry_problems(script))
    in_context = replace(script, modules=modules) if modules else script
    return (*found, *_of_text(in_context), *_of_registering(script, role))


def judge_module(module: Script, *, role: Role = "script") -> tuple[Problem, ...]:
    """What we say of a `mod` file, which comes first in `module`; the spans are absolute.

    The host loads each file of a folder by itself, whoever pulls it in, and registers what has attributes in it. What a
    module needs is asked for by the script that pulls it in, and the name of an entry may be there by chance: the
    script calls it by its path.
    """
    return (*deprecated_calls(explored(module, {})), *_of_text(module), *_of_registering(module, role))


def look_ahead(script: Script) -> None:
    """Find out what the rules remember of each item, of a script of which the compiler's problems are not known yet."""
    words_by_item(script)
    look_at(script)


def _of_text(script: Script) -> Iterator[Problem]:
    """What is unused, fails when it runs or does something else than it says, and what the guest says, said better."""
    yield from name_problems(script)
    yield from unused_imports(script)
    yield from unused_items(script)
    yield from habits(script)
    yield from misspelt_paths(script)


def _of_registering(script: Script, role: Role) -> tuple[Problem, ...]:
    """What keeps the host from registering what is meant, and what it registers that is not."""
    found: list[Problem] = []
    if any(ATTRIBUTE in words for words in words_by_item(script).values()):
        found += attribute_problems(script)
        found += clashes_within(registrations(script, role), script.main.path)
    return (*found, *plugin_file(script)) if role == "plugin" else tuple(found)
