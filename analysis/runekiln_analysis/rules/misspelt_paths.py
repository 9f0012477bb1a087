"""Paths to what does not exist, with what the host, Rune or the module around calls something much like it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runekiln_analysis.facts import Problem
from runekiln_analysis.resolve.below import imported_names
from runekiln_analysis.resolve.host import HostNames, canonical_host_path, host_names
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.script import ModulePlace, Script

_CODES = ("missing-item", "missing-import")
_PATH = re.compile(rb"\w+(?:\s*::\s*\w+)*\Z")
_WORD = re.compile(rb"\w+")
# One word alone may be a variable that is still to be declared.
_ALIKE_ALONE = 0.75
_RELATIVE = ("crate", "super", "self", "Self")


def misspelt_paths(script: Script) -> Iterator[Problem]:
    """The problems of the compiler about such paths, told again with the name that is likely meant."""
    for told in script.main.problems:
        if told.code not in _CODES or told.fixes:
            continue
        start, end = script.main.span_of(told)
        written = script.text[start:end]
        if not _PATH.match(written):
            continue
        words = [(found.group().decode("utf-8", "replace"), found.span()) for found in _WORD.finditer(written)]
        found = _meant(script, told, [word for word, _ in words])
        if found is not None:
            place, name = found
            first, last = words[place][1]
            message = f"{told.message}{did_you_mean(name)}"
            fixes = replacement(name, (start + first, start + last))
            yield problem(
                told.code, message, (start, end), *fixes, severity=told.severity, tags=told.tags, related=told.related
            )


def _meant(script: Script, told: Problem, words: list[str]) -> tuple[int, str] | None:
    """The first word of the path that is none of the names there, by its place, and the name that it is most like."""
    names = host_names(script.bindings)
    module = ModulePlace(0, None) if told.item is None else script.module_of(told.item)
    own = set(_own_names(script, module))
    # The path of an import says itself where it begins.
    imported = {} if told.code == "missing-import" else dict(imported_names(script, module))
    first = imported.get(words[0], (words[0],))
    if words[0] in _RELATIVE or first[0] in _RELATIVE or words[0] in own:
        return None
    if first[0] not in names.crates:
        known = own | imported.keys() | names.crates
        name = closest(words[0], sorted(known), 0.6 if len(words) > 1 else _ALIKE_ALONE)
        return None if name is None or words[0] in imported else (0, name)
    for place in range(1, len(words)):
        before = canonical_host_path(names, (*first, *words[1:place]))
        known = set(_below(names, before))
        if words[place] not in known:
            name = closest(words[place], sorted(known))
            return None if name is None else (place, name)
    return None


def _own_names(script: Script, module: ModulePlace) -> Iterator[str]:
    """The names of the items in a module."""
    return (item.name for _, item in script.members_of(module) if item.kind not in ("use", "impl", "macro-call"))


def _below(names: HostNames, path: tuple[str, ...]) -> Iterator[str]:
    """The names directly below a path of the host."""
    length = len(path)
    for known in (names.types, names.modules, names.aliases, names.members):
        for each in known:
            if len(each) > length and each[:length] == path:
                yield each[length]
    host = names.types.get(path)
    if host is not None:
        yield from (each.name for each in host.functions)
        yield from (each.name for each in host.variants)
        yield from (each.name for each in host.constants)
