"""What a guest binds that is told nothing but some stubs: what is declared, and what is there."""

from __future__ import annotations

from runekiln_runtime.checker import MEMORY_BYTES, WATCHDOG_SECONDS
from runekiln_runtime.code_cache import Code
from runekiln_runtime.deep_stack import DeepStack
from runekiln_runtime.errors import BadMessage
from runekiln_runtime.guest import Guest
from runekiln_runtime.protocol import Configure, Configured, Source
from runekiln_runtime.stub_files import Profile


def bound(code: Code, stubs: tuple[Source, ...], profile: Profile = "all") -> Configured:
    """What an instance binds of these stubs in a profile, `all` having everything; without stubs, its natives."""
    guest = Guest(code, MEMORY_BYTES)
    request = Configure(stubs, profile)
    response = DeepStack().call(lambda: guest.ask(request), guest.interrupt, WATCHDOG_SECONDS)
    if not isinstance(response, Configured):
        raise BadMessage(f"The guest answered `{type(response).__name__}` to what it is to bind.")
    return response
