"""Which files a host finds scripts in, what they register, and what becomes of that when all are seen together."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from runekiln_analysis.facts import Facts, Problem
from runekiln_analysis.kiln_view import KilnView, RegisteringFile, view_kiln
from runekiln_analysis.registrations import Registration, Role, registrations
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.text import LineIndex

from runekiln_server.script_files import find_loaded
from runekiln_server.settings import DiscoverySettings

_OUTSIDE = "the host does not look into the folder that this file lies in"

Status = Literal["registered", "uncallable", "shadowed", "not-registered"]
"""`uncallable` is registered, and each call of it fails."""
CheckFile = Callable[[Path, bytes], tuple[Facts, Bindings]]
"""The facts of a script, and the bindings that it was checked with."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the host looks into, with what it takes the files for; a later one overrides an earlier one."""

    path: Path
    role: Role


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A script that was looked at: `path` is relative to the kiln if it lies in it.

    `rank` is the place of its folder, `None` outside of all of them.
    """

    path: str
    role: Role
    rank: int | None
    text: bytes
    registrations: tuple[Registration, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One registration and what becomes of it.

    `by` is the file that overrides it, `reason` why it is not registered, or why each call of it fails. Paths are
    relative to the kiln if they lie in it.
    """

    path: str
    index: LineIndex
    registration: Registration
    status: Status
    by: str | None = None
    reason: Problem | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """All that the files of a kiln register; `problems` are those that only show among several files, by file."""

    folders: tuple[Folder, ...]
    listed: tuple[Listed, ...]
    problems: Mapping[str, tuple[Problem, ...]]


def folders_of(
    kiln: Path, additional: Sequence[Path] = (), *, use_defaults: bool = True, user: Path | None = None
) -> tuple[Folder, ...]:
    """Where the host looks for the scripts of a kiln: what comes later overrides what comes earlier.

    `additional` are further folders for plugins, relative to the kiln. `user` stands in for the folder of the user.
    """
    more = tuple(Folder(kiln / path.expanduser(), "plugin") for path in additional)
    if not use_defaults:
        return more
    return (
        *more,
        Folder(kiln / ".crucible" / "scripts", "script"),
        Folder(user_plugins() if user is None else user, "plugin"),
        Folder(kiln / ".crucible" / "plugins", "plugin"),
        Folder(kiln / "plugins", "plugin"),
    )


def folders_by(settings: DiscoverySettings, kiln: Path, also: Sequence[Path] = ()) -> tuple[Folder, ...]:
    """Where the host looks for the scripts of a kiln with these settings, and in `also`."""
    additional = (*also, *(Path(path) for path in settings.additional_paths))
    return folders_of(kiln, additional, use_defaults=settings.use_defaults)


def user_plugins() -> Path:
    """Where the host keeps the plugins of the user."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "crucible" / "plugins"


def role_of(path: Path, folders: Sequence[Folder]) -> Role:
    """What the host takes a file for, by the folder that it lies in."""
    rank = rank_of(path, folders)
    return "script" if rank is None else folders[rank].role


def rank_of(path: Path, folders: Sequence[Folder]) -> int | None:
    """The place of the nearest folder that a file lies in, `None` if it lies in none."""
    around = [(len(folder.path.parts), rank) for rank, folder in enumerate(folders) if path.is_relative_to(folder.path)]
    return max(around)[1] if around else None


def name_in(kiln: Path, path: Path) -> str:
    """What a file is called: relative to the kiln if it lies in it, with `/` between the parts."""
    return (path.relative_to(kiln) if path.is_relative_to(kiln) else path).as_posix()


def discover(kiln: Path, folders: tuple[Folder, ...], others: Iterable[Path], check: CheckFile) -> Discovered:
    """Look at every script in the folders, and at the `others`, which the host does not find.

    Of those the registrations that somebody has meant by an attribute are told. What cannot be read is left out.
    """
    found = tuple(_found(kiln, folders, others, check))
    view = view_kiln(tuple(_seen(file) for file in found if file.rank is not None))
    in_order = sorted(found, key=lambda file: (len(folders) if file.rank is None else file.rank, file.path))
    listed = tuple(listed for file in in_order for listed in _listed(file, view))
    return Discovered(folders, listed, view.problems)


def _found(kiln: Path, folders: tuple[Folder, ...], others: Iterable[Path], check: CheckFile) -> Iterator[ScriptFile]:
    seen: set[Path] = set()
    # A folder within another is the nearer one.
    for rank, folder in sorted(enumerate(folders), key=lambda pair: len(pair[1].path.parts), reverse=True):
        for path in find_loaded(folder.path):
            if path not in seen:
                seen.add(path)
                yield from _read(kiln, path, folder.role, rank, check)
    for path in others:
        if path not in seen:
            yield from _read(kiln, path, "script", None, check)


def _read(kiln: Path, path: Path, role: Role, rank: int | None, check: CheckFile) -> Iterator[ScriptFile]:
    try:
        text = path.read_bytes()
    except OSError:
        return
    facts, bindings = check(path, text)
    found = registrations(Script(facts, text, bindings), role)
    yield ScriptFile(name_in(kiln, path), role, rank, text, found)


def _seen(file: ScriptFile) -> RegisteringFile:
    return RegisteringFile(file.path, file.rank or 0, file.registrations)


def _listed(file: ScriptFile, view: KilnView) -> Iterator[Listed]:
    index = LineIndex(file.text)
    lost = _lost(file, view)
    for number, registration in enumerate(file.registrations):
        key = (file.path, number)
        if file.rank is None:
            if registration.is_attributed:
                reason = Problem("outside", "warning", _OUTSIDE, registration.span, "runekiln")
                yield Listed(file.path, index, registration, "not-registered", reason=reason)
            continue
        plugin = registration.name if registration.kind == "plugin" else dict(registration.details).get("plugin")
        found = registration.obstacle or view.clashes.get(key) or lost.get(plugin)
        if found is not None:
            yield Listed(file.path, index, registration, "not-registered", reason=found)
        elif key in view.shadowed:
            yield Listed(file.path, index, registration, "shadowed", by=view.shadowed[key])
        elif registration.flaw is not None:
            yield Listed(file.path, index, registration, "uncallable", reason=registration.flaw)
        else:
            yield Listed(file.path, index, registration, "registered")


def _lost(file: ScriptFile, view: KilnView) -> dict[str | None, Problem]:
    """The plugins of a file that are not loaded, by their names."""
    errors = {found.span: found for found in view.problems.get(file.path, ()) if found.severity == "error"}
    plugins = (each for each in file.registrations if each.kind == "plugin")
    return {plugin.name: errors[plugin.span] for plugin in plugins if plugin.span in errors}
