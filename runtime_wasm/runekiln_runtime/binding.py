"""What a guest binds, reads or extracts that is told nothing else: for comparing and showing what is declared."""

from __future__ import annotations

from typing import TypeVar

from runekiln_runtime.checker import MEMORY_BYTES, WATCHDOG_SECONDS
from runekiln_runtime.code_cache import Code
from runekiln_runtime.deep_stack import DeepStack
from runekiln_runtime.errors import BadMessage
from runekiln_runtime.guest import Guest
from runekiln_runtime.protocol import (
    Configure,
    Configured,
    Extract,
    Extracted,
    ReadStubs,
    Request,
    Source,
    StubsRead,
)
from runekiln_runtime.stub_files import Profile

EXTRACTING_BYTES = 2 << 30
"""The trees of all Rust files of a crate are in memory at once."""

EXTRACTING_SECONDS = 300.0

R = TypeVar("R", Configured, StubsRead, Extracted)


def bound(code: Code, stubs: tuple[Source, ...], profile: Profile = "all") -> Configured:
    """What an instance binds of these stubs in a profile, `all` having everything; without stubs, its natives."""
    return _answer(code, Configure(stubs, profile), Configured)


def read_stubs(code: Code, stubs: tuple[Source, ...]) -> StubsRead:
    """What stubs declare, in whatever profile; nothing is bound."""
    return _answer(code, ReadStubs(stubs), StubsRead)


def extracted(code: Code, request: Extract) -> Extracted:
    """What crates bind for scripts. Raises GuestRefused, with the reason, if there is no crate or no such feature."""
    return _answer(code, request, Extracted, EXTRACTING_BYTES, EXTRACTING_SECONDS)


def _answer(
    code: Code, request: Request, wanted: type[R], memory: int = MEMORY_BYTES, seconds: float = WATCHDOG_SECONDS
) -> R:
    guest = Guest(code, memory)
    response = DeepStack().call(lambda: guest.ask(request), guest.interrupt, seconds)
    if not isinstance(response, wanted):
        raise BadMessage(f"The guest answered `{type(response).__name__}` to `{type(request).__name__}`.")
    return response
