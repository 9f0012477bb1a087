"""Compiled code of the guest, kept between starts: compiling takes seconds, loading takes milliseconds."""

from __future__ import annotations

import hashlib
import logging
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wasmtime import Engine, Module, WasmtimeError

from runekiln_runtime.engine import identity, make_engine
from runekiln_runtime.errors import GuestDamaged, GuestMissing, GuestTooOld
from runekiln_runtime.paths import cache_dir

logger = logging.getLogger(__name__)

ABI_EXPORT = "runekiln_abi_2"
COMPILING = "Compiling the Rune runtime on this machine, once (5 to 10 s)…"
KEPT_ENTRIES = 8
PIECE_BYTES = 1 << 18

OnProgress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A module in an engine; its code is in the file of the cache if it `is_mapped`, else in memory only."""

    module: Module
    is_mapped: bool


@dataclass(frozen=True, slots=True)
class Code:
    """Machine code of the guest: a verified file of the cache, or bytes where the cache cannot be used."""

    guest: Path
    file: Path | None
    content: bytes
    identity: str
    """Names the guest and what its code was compiled by."""

    def load(self, engine: Engine) -> Loaded:
        """Load the code into an engine, in milliseconds."""
        if self.file is not None:
            try:
                return Loaded(Module.deserialize_file(engine, str(self.file)), is_mapped=True)
            except WasmtimeError as error:
                # Somebody may empty the cache while we run; the guest itself is the truth.
                logger.warning("%s cannot be loaded any more, compiling again: %s", self.file, error)
                return Loaded(_compile(self.guest, self.guest.read_bytes(), engine), is_mapped=False)
        return Loaded(Module.deserialize(engine, self.content), is_mapped=False)


def load_code(guest: Path, on_progress: OnProgress | None = None) -> Code:
    """Take the code of the guest from the cache, or compile it and put it there.

    Raises GuestMissing, GuestDamaged or GuestTooOld. A damaged entry of the cache is replaced; a cache that
    cannot be written, or that others may write, is done without.
    """
    try:
        wasm = guest.read_bytes()
    except FileNotFoundError as error:
        raise GuestMissing(guest) from error
    if not wasm.startswith(b"\0asm"):
        raise GuestDamaged(guest, "it is no WebAssembly module")
    key = _key(wasm)
    entry = cache_dir() / "code" / f"{key}.cwasm"
    if _is_sound(entry):
        _mark_used(entry)
        return Code(guest, entry, b"", key)
    if on_progress is not None:
        on_progress(COMPILING)
    module = _compile(guest, wasm, make_engine())
    content = bytes(module.serialize())
    return Code(guest, entry, b"", key) if _keep(entry, content) else Code(guest, None, content, key)


def _key(wasm: bytes) -> str:
    return hashlib.sha256(hashlib.sha256(wasm).digest() + identity().encode()).hexdigest()[:40]


def _compile(guest: Path, wasm: bytes, engine: Engine) -> Module:
    try:
        module = Module(engine, wasm)
    except WasmtimeError as error:
        raise GuestDamaged(guest, str(error).splitlines()[0]) from error
    exports = {export.name for export in module.exports}
    if ABI_EXPORT not in exports:
        raise GuestTooOld(guest, f"it has no export `{ABI_EXPORT}`")
    if module.imports:
        names = ", ".join(f"{wanted.module}.{wanted.name}" for wanted in module.imports)
        raise GuestTooOld(guest, f"it wants {names} of its host")
    return module


def _is_sound(entry: Path) -> bool:
    """Whether the entry is unharmed and ours alone: it is machine code, so nobody else may have written it."""
    try:
        status, folder = entry.stat(), entry.parent.stat()
        expected = _checksum_file(entry).read_text(encoding="ascii")
        actual = _checksum_of(entry)
    except (OSError, UnicodeDecodeError):
        return False
    if not _is_ours(status) or not _is_ours(folder):
        logger.warning("%s is not used: it belongs to somebody else, or others may write it", entry)
        return False
    return actual == expected


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody else may write it. Windows has no such bits; there the user's folder is private anyway."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _keep(entry: Path, content: bytes) -> bool:
    """Put the code into the cache, so that nobody ever sees half of it; False if the cache cannot be used."""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.parent.chmod(0o700)
        _replace(_checksum_file(entry), _checksum(content).encode())
        _replace(entry, content)
        _forget_old(entry.parent)
    except OSError as error:
        # Every start compiles again until this is mended.
        logger.warning(
            "The compiled code cannot be kept in %s (%s). Set RUNEKILN_CACHE to a folder that can be written.",
            entry.parent,
            error.strerror,
        )
        return False
    return _is_sound(entry)


def _checksum_file(entry: Path) -> Path:
    return entry.with_suffix(".crc32")


def _checksum_of(entry: Path) -> str:
    """Reads piece by piece: a file that is looked at as a whole counts as memory of ours. Raises OSError."""
    checksum = 0
    with entry.open("rb", buffering=0) as file:
        while piece := file.read(PIECE_BYTES):
            checksum = zlib.crc32(piece, checksum)
    return f"{checksum:08x}"


def _checksum(content: bytes) -> str:
    """Tells damage; it is on the way of every start, and a digest that nobody can forge takes three times as long.

    Who may write the entry is for the file system to say.
    """
    return f"{zlib.crc32(content):08x}"


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    partial.replace(path)


def _mark_used(entry: Path) -> None:
    """Have the entry forgotten last: several installations may share a cache."""
    try:
        os.utime(entry)
    except OSError as error:
        logger.debug("%s cannot be marked as used: %s", entry, error)


def _forget_old(folder: Path) -> None:
    newest_first = sorted(folder.glob("*.cwasm"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_ENTRIES:]:
        path.unlink(missing_ok=True)
        _checksum_file(path).unlink(missing_ok=True)
