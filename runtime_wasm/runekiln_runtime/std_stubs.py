"""Rune's own types as bindings: read from their stubs once, and kept between starts, since reading takes a moment."""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path

import msgspec
from runekiln_analysis.rune_std import overlaid
from runekiln_analysis.stubs import Bindings

from runekiln_runtime.binding import read_stubs
from runekiln_runtime.code_cache import Code
from runekiln_runtime.paths import cache_dir
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import STD_FOLDER

logger = logging.getLogger(__name__)

EXTRACTED = "std.rni"
"""What the build of the guest extracts from the source of the crate `rune`."""

SIGNATURES = "signatures.rni"
"""What is said by hand of what its types hold."""

KEPT_ENTRIES = 4


def std_sources() -> tuple[Source, ...]:
    """The stub that was extracted, and behind it the one with the signatures; neither if one is not there."""
    try:
        files = [STD_FOLDER / name for name in (EXTRACTED, SIGNATURES)]
        return tuple(Source(file.as_posix(), file.read_bytes()) for file in files)
    except OSError as error:
        logger.warning("Rune's own functions are not known: %s. `make setup` extracts them.", error)
        return ()


def std_bindings(code: Code) -> Bindings:
    """What Rune's own crate declares. Nothing, if its stub is not there: that is worth no more than a warning."""
    sources = std_sources()
    if not sources:
        return Bindings()
    key = hashlib.sha256(code.identity.encode())
    for source in sources:
        key.update(hashlib.sha256(source.text or b"").digest())
    entry = cache_dir() / "std" / f"{key.hexdigest()[:40]}.msgpack"
    return _kept(entry) or _read(code, sources, entry)


def _kept(entry: Path) -> Bindings | None:
    try:
        return msgspec.msgpack.decode(entry.read_bytes(), type=Bindings)
    except (OSError, msgspec.DecodeError):
        return None


def _read(code: Code, sources: tuple[Source, ...], entry: Path) -> Bindings:
    # One by one: both declare the same.
    extracted, signatures = (read_stubs(code, (source,)).bindings for source in sources)
    bindings = overlaid(extracted, signatures)
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        partial = entry.with_name(f"{entry.name}.{os.getpid()}.partial")
        partial.write_bytes(msgspec.msgpack.encode(bindings))
        partial.replace(entry)
        newest_first = sorted(entry.parent.glob("*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in newest_first[KEPT_ENTRIES:]:
            path.unlink(missing_ok=True)
    except OSError as error:
        logger.debug("%s cannot be kept: %s", entry, error)
    return bindings
