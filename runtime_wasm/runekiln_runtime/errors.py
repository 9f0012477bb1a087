"""What can be wrong on our side of the guest's boundary; a wrong script is data, never one of these.

GuestError                 something on our side is broken; the message says what to do
├── GuestMissing           there is no `guest.wasm`
├── GuestTooOld            it speaks another version of our messages, or wants imports
├── GuestDamaged           it is no WebAssembly module that this machine can compile
├── GuestRefused           it answered that the request makes no sense
├── BadMessage             its answer makes no sense
├── GuestDied              it trapped in the middle of a call
│   └── GuestTooSlow       the watchdog ended the call
└── CheckFailed            the checker gave up on a request; `cause` is the last of its deaths
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

TrapKind = Literal["interrupted", "out-of-fuel", "stack-overflow", "out-of-memory", "panic", "trap"]
"""Why a call ended: the host's epoch, fuel, the native stack, the memory cap, a panic, or any other trap."""


class GuestError(Exception):
    """Our side is broken: the guest is missing, too old, or does not do what it promised."""


class GuestMissing(GuestError):
    """There is no guest at `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The guest, the sandboxed Rune compiler, is missing: no file {path}. "
            "Run `make setup` in the source tree, or reinstall the package `runekiln`."
        )
        self.path = path


class GuestTooOld(GuestError):
    """The guest speaks another version of our messages than `runekiln_abi_2`."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"The guest {path} does not fit this version of Runekiln: {found}. "
            "Run `make setup` in the source tree, or reinstall the package `runekiln`."
        )
        self.path = path


class GuestDamaged(GuestError):
    """The file is no WebAssembly module, or this machine cannot compile it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The guest {path} cannot be compiled: {reason}. "
            "Run `make setup` in the source tree, or reinstall the package `runekiln`."
        )
        self.path = path


class GuestRefused(GuestError):
    """The guest could not make sense of a request."""


class BadMessage(GuestError):
    """The guest's answer cannot be decoded, or is of the wrong kind."""


class GuestDied(GuestError):
    """The guest trapped in the middle of a call; its instance is of no more use."""

    def __init__(self, kind: TrapKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class GuestTooSlow(GuestDied):
    """The watchdog ended a call after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("interrupted", f"no answer within {seconds:g} seconds")
        self.seconds = seconds


class CheckFailed(GuestError):
    """The checker gave up on a script; it has a fresh instance, so that the next request may well succeed."""

    def __init__(self, path: str, cause: GuestError) -> None:
        super().__init__(f"{path} could not be checked: {_reason(cause)}")
        self.path = path
        self.cause = cause


def _reason(cause: GuestError) -> str:
    """Why a check failed, and what its author can do about it."""
    match cause:
        case GuestTooSlow():
            return f"it takes longer than {cause.seconds:g} seconds. Split it into smaller files."
        case GuestDied(kind="stack-overflow"):
            return "it nests too deeply for the Rune compiler. Split long expressions with `let`."
        case GuestDied(kind="out-of-memory"):
            return "it needs too much memory. Split it into smaller files."
        case GuestDied(kind="panic"):
            return f"the Rune compiler itself failed: {cause}"
        case _:
            return str(cause)
