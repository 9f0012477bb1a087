"""Compiled code is kept, and never trusted blindly."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.errors import GuestDamaged, GuestMissing, GuestTooOld
from runekiln_runtime.guest import Guest

from .tiny_guest import build, refusing

ENOUGH = 1 << 20


def test_the_guest_is_compiled_once_and_then_loaded(tmp_path: Path, empty_cache: Path) -> None:
    guest, said = build(tmp_path, refusing("no")), list[str]()
    load_code(guest, said.append)
    load_code(guest, said.append)
    assert said == ["Compiling the Rune runtime on this machine, once (5 to 10 s)…"]


def test_only_its_owner_may_read_the_compiled_code(tmp_path: Path, empty_cache: Path) -> None:
    load_code(build(tmp_path, refusing("no")))
    entries = [*empty_cache.rglob("*.cwasm"), *empty_cache.rglob("*.crc32")]
    assert [oct(path.stat().st_mode & 0o777) for path in [empty_cache / "code", *entries]] == [
        "0o700",
        "0o600",
        "0o600",
    ]


def test_another_guest_is_other_code(tmp_path: Path, empty_cache: Path) -> None:
    for words in ("no", "never"):
        load_code(build(tmp_path, refusing(words), f"{words}.wasm"))
    assert len(list(empty_cache.rglob("*.cwasm"))) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda entry: entry.write_bytes(entry.read_bytes()[:-100]), id="cut short"),
        pytest.param(lambda entry: entry.write_bytes(entry.read_bytes()[:-1] + b"\xff"), id="a byte changed"),
        pytest.param(lambda entry: entry.write_bytes(b""), id="empty"),
        pytest.param(lambda entry: entry.with_suffix(".crc32").unlink(), id="without its checksum"),
        pytest.param(lambda entry: entry.chmod(0o666), id="writable by others"),
    ],
)
def test_a_damaged_entry_is_compiled_again(tmp_path: Path, empty_cache: Path, damage: Callable[[Path], object]) -> None:
    guest, said = build(tmp_path, refusing("no")), list[str]()
    load_code(guest)
    [entry] = empty_cache.rglob("*.cwasm")
    damage(entry)
    works = Guest(load_code(guest, said.append), ENOUGH)
    assert works.memory_bytes() == 2 * 65536
    assert len(said) == 1


def test_code_that_vanishes_from_the_cache_is_compiled_again(tmp_path: Path, empty_cache: Path) -> None:
    code = load_code(build(tmp_path, refusing("no")))
    [entry] = empty_cache.rglob("*.cwasm")
    entry.unlink()
    assert Guest(code, ENOUGH).memory_bytes() == 2 * 65536


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("RUNEKILN_CACHE", str(blocked))
    code = load_code(build(tmp_path, refusing("no")))
    assert Guest(code, ENOUGH).memory_bytes() == 2 * 65536


def test_the_cache_forgets_old_guests(tmp_path: Path, empty_cache: Path) -> None:
    for number in range(12):
        load_code(build(tmp_path, refusing(str(number)), f"{number}.wasm"))
    assert len(list(empty_cache.rglob("*.cwasm"))) == 8
    assert len(list(empty_cache.rglob("*.crc32"))) == 8


def test_what_is_used_is_not_forgotten(tmp_path: Path, empty_cache: Path) -> None:
    guests = [build(tmp_path, refusing(str(number)), f"{number}.wasm") for number in range(9)]
    load_code(guests[0])
    [oldest] = empty_cache.rglob("*.cwasm")
    os.utime(oldest, (0, 0))
    for guest in (*guests[1:8], guests[0], guests[8]):
        load_code(guest)
    assert oldest.exists()


def test_a_missing_guest_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GuestMissing, match=r"no file .*guest\.wasm. Run `make setup`"):
        load_code(tmp_path / "guest.wasm")


def test_a_guest_of_another_version_is_refused_politely(tmp_path: Path, empty_cache: Path) -> None:
    other = refusing("no").replace("runekiln_abi_2", "runekiln_abi_3")
    with pytest.raises(GuestTooOld, match="it has no export `runekiln_abi_2`"):
        load_code(build(tmp_path, other))


def test_a_guest_that_wants_anything_of_its_host_is_refused(tmp_path: Path, empty_cache: Path) -> None:
    curious = refusing("no").replace("(module", '(module (import "host" "read_file" (func))')
    with pytest.raises(GuestTooOld, match=r"it wants host\.read_file of its host"):
        load_code(build(tmp_path, curious))


def test_a_file_that_is_no_module_is_told(tmp_path: Path, empty_cache: Path) -> None:
    guest = tmp_path / "guest.wasm"
    guest.write_bytes(b"<html>not found</html>")
    with pytest.raises(GuestDamaged, match="cannot be compiled: it is no WebAssembly module"):
        load_code(guest)


def test_threads_and_other_extensions_of_webassembly_are_off(tmp_path: Path, empty_cache: Path) -> None:
    shared = '(module (memory (export "memory") 1 1 shared))'
    with pytest.raises(GuestDamaged):
        load_code(build(tmp_path, shared))
