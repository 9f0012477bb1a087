"""What we say of a script beyond what the guest says, by the settings of its kiln and the folder that it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from runekiln_analysis.diagnostics import judge
from runekiln_analysis.facts import Problem
from runekiln_analysis.grants import Granted, parse_grants
from runekiln_analysis.registrations import Role
from runekiln_analysis.script import Script
from runekiln_runtime.stub_files import SUFFIX as STUB_SUFFIX

from runekiln_server.discovery import folders_by, role_of
from runekiln_server.settings import Settings


def judge_script(
    script: Script, kiln: Path | None, settings: Settings, modules: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    """The problems of a script; `modules` are the texts of its `mod` files, by their paths. Stubs have none."""
    path = script.main.path
    if path.endswith(STUB_SUFFIX):
        return ()
    return judge(script, granted=granted_by(settings), role=role_in(path, kiln, settings), modules=modules)


def granted_by(settings: Settings) -> tuple[Granted, ...] | None:
    """What the settings grant, `None` if they say nothing of it."""
    granted = settings.permissions.granted
    return None if granted is None else parse_grants(granted)


def role_in(path: str, kiln: Path | None, settings: Settings) -> Role:
    """What the host takes the file for."""
    if kiln is None:
        return "script"
    return role_of(Path(path).absolute(), folders_by(settings.discovery, kiln))
