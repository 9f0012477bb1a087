"""What we say of a script beyond what the guest says, by the settings of its kiln and the folder that it lies in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace
from runekiln_analysis.facts import Problem
from runekiln_analysis.grants import Granted, parse_grants
from runekiln_analysis.judgement import judge, judge_module
from runekiln_analysis.kiln_view import RegisteringFile, view_kiln
from runekiln_analysis.registrations import Role, registrations
from runekiln_analysis.script import Script, module_in
from runekiln_runtime.stub_files import SUFFIX as STUB_SUFFIX

from runekiln_server.discovery import folders_by, rank_of, role_of
from runekiln_server.settings import Settings

Seen = tuple[Script, Path | None, Settings]
"""A script, the folder of the kiln that it lies in, and the settings that hold for it."""


def judge_all(scripts: Sequence[Seen], texts: Mapping[str, bytes]) -> dict[str, tuple[Problem, ...]]:
    """The problems of each script and of each `mod` file, by path, with those that only show among several files.

    `texts` are those of all files. What one script pulls in is a module, also where it is one of `scripts` itself.
    """
    modules = _modules(scripts, texts)
    roots = [seen for seen in scripts if seen[0].main.path not in modules]
    found = {script.main.path: judge_script(script, kiln, settings, texts) for script, kiln, settings in roots}
    found |= {path: judge_module_file(*module) for path, module in modules.items()}
    for path, problems in _clashes([*roots, *modules.values()]).items():
        found[path] = (*found[path], *problems)
    return found


def _modules(scripts: Sequence[Seen], texts: Mapping[str, bytes]) -> dict[str, Seen]:
    """The `mod` files of the scripts, by path, each in the first script that pulls it in."""
    by_path = {script.main.path: (kiln, settings) for script, kiln, settings in scripts}
    found: dict[str, Seen] = {}
    for script, kiln, settings in scripts:
        in_context = replace(script, modules=texts)
        for file in script.facts.files[1:]:
            if file.path not in found and file.path in texts:
                own = by_path.get(file.path, (kiln, settings))
                found[file.path] = (module_in(in_context, file.path), *own)
    return found


def judge_script(
    script: Script, kiln: Path | None, settings: Settings, modules: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    """The problems of a script; `modules` are the texts of its `mod` files, by their paths. Stubs have none."""
    path = script.main.path
    if path.endswith(STUB_SUFFIX):
        return ()
    return judge(script, granted=granted_by(settings), role=role_in(path, kiln, settings), modules=modules)


def judge_module_file(module: Script, kiln: Path | None, settings: Settings) -> tuple[Problem, ...]:
    """The problems of a `mod` file that the rules find in it, by the folder that it lies in itself."""
    return judge_module(module, role=role_in(module.main.path, kiln, settings))


def granted_by(settings: Settings) -> tuple[Granted, ...] | None:
    """What the settings grant, `None` if they say nothing of it."""
    granted = settings.permissions.granted
    return None if granted is None else parse_grants(granted)


def role_in(path: str, kiln: Path | None, settings: Settings) -> Role:
    """What the host takes the file for."""
    if kiln is None:
        return "script"
    return role_of(Path(path).absolute(), folders_by(settings.discovery, kiln))


def _clashes(scripts: Sequence[Seen]) -> dict[str, tuple[Problem, ...]]:
    """The names that several of these scripts take in one folder of their kiln, by the paths of the scripts."""
    by_kiln: dict[Path, list[RegisteringFile]] = {}
    for script, kiln, settings in scripts:
        folders = () if kiln is None else folders_by(settings.discovery, kiln)
        rank = rank_of(Path(script.main.path).absolute(), folders)
        if kiln is not None and rank is not None:
            found = registrations(script, folders[rank].role)
            by_kiln.setdefault(kiln, []).append(RegisteringFile(script.main.path, rank, found))
    told: dict[str, tuple[Problem, ...]] = {}
    for files in by_kiln.values():
        for (path, _), problem in view_kiln(tuple(files)).clashes.items():
            told[path] = (*told.get(path, ()), problem)
    return told
