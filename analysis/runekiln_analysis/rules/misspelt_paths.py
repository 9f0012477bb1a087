"""Paths to what does not exist, with what the host, Rune or the module around calls something much like it."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator

from runekiln_analysis.facts import Problem
from runekiln_analysis.resolve.below import imported_names
from runekiln_analysis.resolve.host import HostNames, canonical_host_path, host_names
from runekiln_analysis.resolve.table import Table, table_of
from runekiln_analysis.rules.problems import closest, did_you_mean, problem, replacement
from runekiln_analysis.script import ModulePlace, Script

_CODES = ("missing-item", "missing-import")
_PATH = re.compile(rb"\w+(?:\s*::\s*\w+)*\Z")
_WORD = re.compile(rb"\w+")
_REMEMBERED = 256
Meant = tuple[int, str] | None
_RELATIVE = ("crate", "super", "self", "Self")


def misspelt_paths(script: Script) -> Iterator[Problem]:
    """The problems of the compiler about such paths, told again with the name that is likely meant."""
    for told in script.main.problems:
        if told.code not in _CODES or told.fixes:
            continue
        start, end = script.main.span_of(told)
        written = script.text[start:end]
        if (b"::" not in written and told.code != "missing-import") or not _PATH.match(written):
            # One word alone may be a variable that is still to be declared; the guest has compared it with all names.
            continue
        words = [(found.group().decode("utf-8", "replace"), found.span()) for found in _WORD.finditer(written)]
        module = ModulePlace(0, None) if told.item is None else script.module_of(told.item)
        found = _meant(script, module, tuple(word for word, _ in words), is_import=told.code == "missing-import")
        if found is not None:
            place, name = found
            first, last = words[place][1]
            message = f"{told.message}{did_you_mean(name)}"
            fixes = replacement(name, (start + first, start + last))
            yield problem(
                told.code, message, (start, end), *fixes, severity=told.severity, tags=told.tags, related=told.related
            )


def _meant(script: Script, module: ModulePlace, words: tuple[str, ...], *, is_import: bool) -> Meant:
    """The first word of the path that is none of the names there, by its place, and the name that it is most like.

    It is remembered while the script declares the same: what is missing is asked about at each edit.
    """
    table = table_of(script)
    key = (id(table), module, words, is_import)
    known = _remembered.get(key)
    if known is None or known[0] is not table:
        known = _remembered[key] = (table, _looked_for(script, module, words, is_import=is_import))
        if len(_remembered) > _REMEMBERED:
            _remembered.popitem(last=False)
    return known[1]


def _looked_for(script: Script, module: ModulePlace, words: tuple[str, ...], *, is_import: bool) -> Meant:
    names = host_names(script.bindings)
    own = set(_own_names(script, module))
    # The path of an import says itself where it begins.
    imported = {} if is_import else dict(imported_names(script, module))
    first = imported.get(words[0], (words[0],))
    if words[0] in _RELATIVE or first[0] in _RELATIVE or words[0] in own:
        return None
    if first[0] not in names.crates:
        known = own | imported.keys() | names.crates
        name = closest(words[0], sorted(known))
        return None if name is None or words[0] in imported else (0, name)
    for place in range(1, len(words)):
        before = canonical_host_path(names, (*first, *words[1:place]))
        known = set(_below(names, before))
        if words[place] not in known:
            name = closest(words[place], sorted(known))
            return None if name is None else (place, name)
    return None


_remembered: OrderedDict[tuple[int, ModulePlace, tuple[str, ...], bool], tuple[Table, Meant]] = OrderedDict()


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
