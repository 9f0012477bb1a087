"""A kiln's own stubs: the files that its settings name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import SUFFIX, rune_modules

from runekiln_server.settings import Settings


def find_stubs(kiln: Path, settings: Settings) -> tuple[Path, ...]:
    """The stubs of a kiln, in the order of their paths."""
    found = {path for glob in settings.stubs.files for path in kiln.glob(glob) if path.suffix == SUFFIX}
    return tuple(sorted(path for path in found if os.path.isfile(path)))  # noqa: PTH113 - where Path.is_file raises


def read_stubs(kiln: Path, settings: Settings, spell: Callable[[Path], str] = Path.as_posix) -> tuple[Source, ...]:
    """The stubs of a kiln with their texts; `spell` says what each is called. One that cannot be read is left out."""
    read = (Source(spell(path), _content(path)) for path in find_stubs(kiln, settings))
    return (*rune_modules(settings.stubs.rune_modules), *(source for source in read if source.text is not None))


def stub_folders(kiln: Path, settings: Settings) -> frozenset[Path]:
    """The folders in which the kiln's stubs lie, or would come to lie."""
    folders = {path.parent for path in find_stubs(kiln, settings)}
    return frozenset(folders | {_base(kiln, glob) for glob in settings.stubs.files})


def _base(kiln: Path, glob: str) -> Path:
    """The folder of a glob, as far as it is spelt out and exists."""
    folder = kiln
    for name in Path(glob).parts[:-1]:
        if set(name) & set("*?[") or not (folder / name).is_dir():
            break
        folder = folder / name
    return folder


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
