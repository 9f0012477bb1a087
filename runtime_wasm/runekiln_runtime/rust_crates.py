"""The Rust files of crates, and what the guest extracts from them: stubs of what a host binds for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from runekiln_runtime.binding import extracted
from runekiln_runtime.code_cache import Code, OnProgress
from runekiln_runtime.protocol import Extract, Extracted, Source

MANIFEST = "Cargo.toml"
BUILT = "target"
"""What cargo makes is no source."""


def extract_crates(
    code: Code, folders: tuple[Path, ...], features: tuple[str, ...], bare: bool, on_progress: OnProgress
) -> Extracted:
    """What the crates in these folders bind; says by `on_progress` what is being read.

    `bare` leaves out their default features. Raises GuestRefused, with the reason, if there is no crate or no such
    feature; OSError if a folder cannot be read.
    """
    files = {path.as_posix(): path.read_bytes() for folder in folders for path in _sources(folder)}
    while True:
        size = sum(map(len, files.values()))
        on_progress(f"reading {len(files)} files of Rust, {size / 1e6:.1f} MB")
        sources = tuple(Source(path, content) for path, content in files.items())
        names = tuple(folder.as_posix() for folder in folders)
        found = extracted(code, Extract(names, sources, features, bare))
        others = {path: Path(path).read_bytes() for path in found.looked_for if Path(path).is_file()}
        if not others.keys() - files.keys():
            return found
        files |= others


def _sources(folder: Path) -> Iterator[Path]:
    """The manifest and the Rust files of a crate. Raises OSError if there is no such folder."""
    if (folder / MANIFEST).is_file():
        yield folder / MANIFEST
    for entry in sorted(folder.iterdir()):
        is_source = entry.name != BUILT and not entry.name.startswith(".") and not entry.is_symlink()
        if entry.is_dir() and is_source:
            yield from (path for path in _sources(entry) if path.suffix == ".rs")
        elif entry.suffix == ".rs" and entry.is_file():
            yield entry
