"""Which files below a folder are scripts or stubs: all of their suffix that are neither hidden nor ignored by git."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runekiln_runtime.stub_files import SUFFIX as STUB_SUFFIX

from runekiln_server.globs import pattern

SUFFIX = ".rn"
LOADED_SUFFIXES = (SUFFIX, ".rune")
# Hidden, but the place where a kiln keeps its scripts.
SHOWN = frozenset({".crucible"})


def find_scripts(folder: Path) -> tuple[Path, ...]:
    """Every script below the folder, in the order of their paths. Links to folders are not followed."""
    return _find(folder, (SUFFIX,))


def find_scripts_and_stubs(folder: Path) -> tuple[Path, ...]:
    """The same, with the stubs among them."""
    return _find(folder, (SUFFIX, STUB_SUFFIX))


def find_loaded(folder: Path) -> tuple[Path, ...]:
    """Every script below a folder that a host looks into: of either suffix, and also those that git ignores."""
    absolute = folder.absolute()
    found = sorted(path for path in _walk(absolute, None) if path.suffix in LOADED_SUFFIXES)
    return tuple(folder / path.relative_to(absolute) for path in found)


def _find(folder: Path, suffixes: tuple[str, ...]) -> tuple[Path, ...]:
    absolute = folder.absolute()
    found = sorted(path for path in _walk(absolute, _rules_above(absolute)) if path.suffix in suffixes)
    return tuple(folder / path.relative_to(absolute) for path in found)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One line of a `.gitignore` in `folder`."""

    folder: Path
    pattern: re.Pattern[str]
    folders_only: bool
    ignores: bool

    def matches(self, path: Path, is_folder: bool) -> bool:
        if self.folders_only and not is_folder:
            return False
        return self.pattern.fullmatch(path.relative_to(self.folder).as_posix()) is not None


def _walk(folder: Path, rules: tuple[_Rule, ...] | None) -> Iterator[Path]:
    """The files below a folder; without rules also those that git ignores."""
    if rules is not None:
        rules = (*rules, *_rules_of(folder))
    try:
        entries = list(folder.iterdir())
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name.startswith(".") and entry.name not in SHOWN:
            continue
        try:
            is_folder = entry.is_dir() and not entry.is_symlink()
            is_file = entry.is_file()
        except PermissionError:
            continue
        if rules is not None and _ignored(entry, is_folder, rules):
            continue
        if is_folder:
            yield from _walk(entry, rules)
        elif is_file:
            yield entry


def _ignored(path: Path, is_folder: bool, rules: tuple[_Rule, ...]) -> bool:
    """The last rule that matches decides."""
    return next((rule.ignores for rule in reversed(rules) if rule.matches(path, is_folder)), False)


def _rules_above(folder: Path) -> tuple[_Rule, ...]:
    """The rules of the folders around this one, from the root of its git repository down."""
    around: list[Path] = []
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return tuple(rule for outer in reversed(around) for rule in _rules_of(outer))
        around.append(parent.parent)
    return ()


def _rules_of(folder: Path) -> Iterator[_Rule]:
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        ignores = not written.startswith("!")
        body = written.removeprefix("!").removeprefix("\\")
        yield _Rule(folder, _ignored_by(body.rstrip("/")), body.endswith("/"), ignores)


def _ignored_by(body: str) -> re.Pattern[str]:
    """A glob of a `.gitignore` as a pattern over the path relative to it; without a slash it holds at any depth."""
    return pattern(body if "/" in body else f"**/{body}")
