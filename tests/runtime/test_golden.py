"""The golden messages, through Wasm and through both sides' types: see `tests/fixtures/golden/README.md`."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.guest import Guest
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Request, Response

GOLDEN = sorted((Path(__file__).parents[1] / "fixtures" / "golden").glob("*.json"))
BYTES = frozenset({"text", "json", "meta"})


def new_guest() -> Guest:
    return Guest(load_code(GUEST_FILE), 1 << 30)


@pytest.fixture(scope="module")
def guest() -> Guest:
    return new_guest()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_guest_answers_as_agreed(guest: Guest, path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    _, answer = exchange(guest, golden)
    assert readable(msgspec.msgpack.decode(answer)) == readable(golden["response"])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_our_types_lose_nothing(guest: Guest, path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    request, answer = exchange(guest, golden)
    for message, kind in ((request, Request), (answer, Response)):
        again = msgspec.msgpack.encode(msgspec.msgpack.decode(message, type=kind))
        assert without_nothing(msgspec.msgpack.decode(again)) == without_nothing(msgspec.msgpack.decode(message))


def exchange(guest: Guest, golden: dict[str, object]) -> tuple[bytes, bytes]:
    """The request and its answer; a guest of its own is asked what comes `before`."""
    if "before" in golden:
        guest = new_guest()
        guest.call(msgspec.msgpack.encode(with_bytes(golden["before"])))
    request = msgspec.msgpack.encode(with_bytes(golden["request"]))
    return request, bytes(guest.call(request))


def with_bytes(value: object) -> object:
    """The message as it is sent: texts of files are bytes."""
    if isinstance(value, dict):
        return {key: as_bytes(inner) if key in BYTES else with_bytes(inner) for key, inner in value.items()}
    return [with_bytes(inner) for inner in value] if isinstance(value, list) else value


def as_bytes(value: object) -> object:
    return bytes(value) if isinstance(value, list) else value.encode() if isinstance(value, str) else value


def readable(value: object) -> object:
    """The message as the golden files show it: bytes as text, no trees."""
    if isinstance(value, dict):
        return {key: readable(inner) for key, inner in value.items() if key != "tree"}
    if isinstance(value, bytes):
        return value.decode() if is_text(value) else list(value)
    return [readable(inner) for inner in value] if isinstance(value, list) else value


def is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def without_nothing(value: object) -> object:
    """The message without what may as well be left out."""
    if isinstance(value, dict):
        return {key: without_nothing(inner) for key, inner in value.items() if inner not in (None, [], False)}
    return [without_nothing(inner) for inner in value] if isinstance(value, list) else value
