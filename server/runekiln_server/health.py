"""What Runekiln needs and whether it is there, for `runekiln doctor` and for editors."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import msgspec
from runekiln_runtime.checker import Checker
from runekiln_runtime.code_cache import ABI_EXPORT, load_code
from runekiln_runtime.errors import GuestError
from runekiln_runtime.paths import GUEST_FILE, cache_dir
from runekiln_runtime.protocol import Described
from runekiln_runtime.std_stubs import std_bindings

from runekiln_server.kiln import Kiln, find_kiln
from runekiln_server.settings import resolve, setting_keys

PACKAGES = ("runekiln", "msgspec", "wasmtime", "pygls", "lsprotocol", "watchfiles")
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` says what to do if it is not all right."""

    name: str
    state: Literal["found", "missing", "doubtful"]
    detail: str
    advice: str = ""


def examine(start: Path | None = None) -> tuple[Finding, ...]:
    """Look at everything, from the folder `start` (the current one if it is not given)."""
    kiln = find_kiln(start or Path())
    return (_python(), *_packages(), *_guest(), examine_cache(), _kiln(kiln), *_settings(kiln))


def examine_cache() -> Finding:
    """Where compiled code is kept, how much of it there is, and whether more can be."""
    folder = cache_dir()
    files = [path for path in (folder / "code").glob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        advice = f"make {nearest} a writable folder, or set RUNEKILN_CACHE: every start compiles the guest again"
        return Finding("cache", "doubtful", f"{folder} is not writable", advice)
    return Finding("cache", "found", f"{folder}, {megabytes:.0f} MB of compiled code")


def _python() -> Finding:
    detail = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Finding("Python", "missing", detail, "install Python 3.11 or newer")
    return Finding("Python", "found", detail)


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, "found", version(name))
        except PackageNotFoundError:
            yield Finding(name, "missing", "not installed", "reinstall the package `runekiln` with its dependencies")


def _guest() -> Iterator[Finding]:
    """The guest and what it binds: both known only by asking it."""
    try:
        described = Checker.load().describe()
    except GuestError as error:
        yield Finding("guest", "missing", str(GUEST_FILE), str(error))
        return
    yield Finding("guest", "found", _guest_detail(described))
    bindings = described.bindings
    if not bindings.types:
        yield Finding("bindings", "missing", "the guest binds no host types", "run `make setup` in the source tree")
        return
    members = sum(len(kind.fields) + len(kind.functions) for kind in bindings.types)
    yield Finding(
        "bindings", "found", f"{len(bindings.types)} types with {members} members, {len(bindings.entries)} entries"
    )
    own = std_bindings(load_code(GUEST_FILE))
    if not own.types:
        yield Finding("std", "missing", "Rune's own functions are not known", "run `make setup` in the source tree")
        return
    yield Finding("std", "found", f"{len(own.types)} types and {len(own.traits)} traits of Rune's own")


def _guest_detail(described: Described) -> str:
    import hashlib

    digest = hashlib.sha256(GUEST_FILE.read_bytes()).hexdigest()[:12]
    return f"{described.guest_version}, rune {described.rune_version}, {ABI_EXPORT}, sha256 {digest}, {GUEST_FILE}"


def _kiln(kiln: Kiln | None) -> Finding:
    if kiln is None:
        advice = "fine for single files; a kiln is a folder with `.crucible` in it"
        return Finding("kiln", "doubtful", f"none around {Path().absolute()}", advice)
    return Finding("kiln", "found", f"{kiln.root}, {len(kiln.scripts())} scripts, {len(kiln.sessions())} sessions")


def _settings(kiln: Kiln | None) -> Iterator[Finding]:
    """Where the settings come from, then each value and who gave it."""
    file = kiln.settings_file if kiln else None
    resolved = resolve(file)
    yield Finding(
        "settings", "found", str(file) if file and os.access(file, os.F_OK) else "no .crucible/runekiln.toml: defaults"
    )
    for mistake in resolved.mistakes:
        yield Finding("settings", "missing", str(mistake), "mend or remove it")
    values = msgspec.to_builtins(resolved.settings)
    for key in setting_keys():
        section, name = key.split(".", 1)
        value = msgspec.json.encode(values[section][name]).decode()
        yield Finding("setting", "found", f"{key} = {value} ({resolved.origins.get(key, 'default')})")
