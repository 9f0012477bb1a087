"""What several files of a kiln register together: names that are taken twice, plugins that want each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from .facts import Problem, Related
from .registrations import Registration
from .rules.problems import closest, did_you_mean, problem

_DUPLICATES = {"tool": "duplicate-tool", "plugin": "duplicate-plugin"}

AMONG_FILES = (*_DUPLICATES.values(), "unknown-plugin", "plugin-cycle")
"""The codes of what shows only where several files are looked at together."""


class RegisteringFile(msgspec.Struct, frozen=True):
    """A file with what it registers; those of a higher `rank` override others of the same name."""

    path: str
    rank: int
    registrations: tuple[Registration, ...]


class KilnView(msgspec.Struct, frozen=True):
    """What becomes of the registrations of a kiln, by the file and the place in its list.

    `shadowed` holds those that another file overrides, with that file, and `clashes` those with another of the same
    rank. `problems` are all problems that only show when the files are seen together, by file.
    """

    shadowed: Mapping[tuple[str, int], str]
    clashes: Mapping[tuple[str, int], Problem]
    problems: Mapping[str, tuple[Problem, ...]]


class _Placed(msgspec.Struct, frozen=True):
    file: RegisteringFile
    number: int
    registration: Registration

    @property
    def key(self) -> tuple[str, int]:
        return (self.file.path, self.number)


def clashes_within(registrations: tuple[Registration, ...], path: str) -> tuple[Problem, ...]:
    """The names that one file takes twice."""
    return tuple(view_kiln((RegisteringFile(path, 0, registrations),)).clashes.values())


def view_kiln(files: tuple[RegisteringFile, ...]) -> KilnView:
    """What becomes of all that these files register."""
    taken: dict[tuple[str, str, bool], list[_Placed]] = {}
    for file in files:
        for number, registration in enumerate(file.registrations):
            if _is_named(registration) and registration.obstacle is None:
                # The tools of plugins are kept apart from the others.
                key = (registration.kind, registration.name, "plugin" in dict(registration.details))
                taken.setdefault(key, []).append(_Placed(file, number, registration))
    shadowed: dict[tuple[str, int], str] = {}
    clashes: dict[tuple[str, int], Problem] = {}
    for placed in taken.values():
        highest = max(each.file.rank for each in placed)
        winners = [each for each in placed if each.file.rank == highest]
        shadowed |= {each.key: winners[-1].file.path for each in placed if each.file.rank < highest}
        clashes |= {each.key: _clash(each, winners) for each in winners if len(winners) > 1}
    problems: dict[str, list[Problem]] = {}
    for (path, _), clash in clashes.items():
        problems.setdefault(path, []).append(clash)
    for path, found in _dependencies(files, shadowed):
        problems.setdefault(path, []).append(found)
    return KilnView(shadowed, clashes, {path: tuple(found) for path, found in problems.items()})


def _is_named(registration: Registration) -> bool:
    """Whether it is known by its name alone, so that there can be only one of it. Entries are those of their script."""
    if registration.kind == "plugin":
        return registration.is_attributed
    return registration.kind == "tool" and not registration.is_accident


def _clash(one: _Placed, all_of_it: list[_Placed]) -> Problem:
    kind, name = one.registration.kind, one.registration.name
    others = [each for each in all_of_it if each is not one]
    where = " and ".join(sorted({f"`{each.file.path}`" for each in others}))
    related = tuple(Related(each.file.path, each.registration.span, f"another {kind} `{name}`") for each in others)
    message = f"there is another {kind} `{name}` in {where}: only one of them is registered"
    return problem(_DUPLICATES[kind], message, one.registration.span, related=related)


def _dependencies(
    files: tuple[RegisteringFile, ...], shadowed: Mapping[tuple[str, int], str]
) -> Iterator[tuple[str, Problem]]:
    plugins = {
        registration.name: (file.path, registration)
        for file in files
        for number, registration in enumerate(file.registrations)
        if _is_named(registration)
        and registration.kind == "plugin"
        and registration.obstacle is None
        and (file.path, number) not in shadowed
    }
    for name, (path, registration) in plugins.items():
        for wanted in registration.dependencies:
            if wanted not in plugins:
                meant = closest(wanted, [other for other in plugins if other != name])
                message = f"the plugin `{name}` wants `{wanted}`, which is not there{did_you_mean(meant)}"
                yield (path, problem("unknown-plugin", message, registration.span, severity="error"))
        circle = _circle(name, {each: found.dependencies for each, (_, found) in plugins.items()})
        if circle is not None:
            way = " → ".join(f"`{each}`" for each in circle)
            message = f"each of these plugins wants the next one loaded before it ({way}): none of them is loaded"
            yield (path, problem("plugin-cycle", message, registration.span, severity="error"))


def _circle(start: str, wants: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """The way from a plugin along its dependencies back to it, the shortest if there are several."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for wanted in wants.get(way[-1], ()):
            if wanted == start:
                return [*way, start]
            if wanted not in seen:
                seen.add(wanted)
                ways.append([*way, wanted])
    return None
