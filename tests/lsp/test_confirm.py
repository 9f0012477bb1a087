"""What was found step by step is confirmed by a look at the whole script, and corrected if that says something else."""

from __future__ import annotations

import asyncio
from types import MappingProxyType

import pytest
from runekiln_analysis.facts import Facts, FileFacts
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.text import LineIndex
from runekiln_runtime.checker import Checker
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import HostSetup
from runekiln_server.lsp.confirm import Confirmer
from runekiln_server.world import Document, Known, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATH = "/kiln/main.rn"
TEXT = b"pub fn main() { dig() }\n"
DOCUMENT = Document(f"file://{PATH}", PATH, PATH, None, 1, TEXT, LineIndex(TEXT))


def found(facts: Facts) -> Known:
    return Known(
        root=PATH,
        generation=1,
        facts=facts,
        files=MappingProxyType({PATH: facts.script}),
        sources=MappingProxyType({PATH: TEXT}),
        given=(Source(PATH, TEXT),),
        is_whole=False,
        setup=HostSetup(),
        bindings=Bindings(),
    )


async def corrections(known: Known) -> list[Known]:
    """What there is to correct in `known`, once it and something that is right have been looked at."""
    corrected: list[Known] = []
    looked_at: asyncio.Queue[None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def load() -> Checkers:
        checkers = Checkers.load()
        # The thread takes this up only when it is done with what came before.
        confirmer._inbox.put(lambda _: loop.call_soon_threadsafe(looked_at.put_nowait, None))
        return checkers

    confirmer = Confirmer(load, corrected.append)
    before = World(documents={PATH: DOCUMENT}, wanted={PATH: 1})
    confirmer.update(before, World(documents={PATH: DOCUMENT}, wanted={PATH: 1}, known={PATH: known}))
    await asyncio.wait_for(looked_at.get(), 30)
    return corrected


async def test_what_is_right_is_left_alone() -> None:
    assert await corrections(found(Checker.load().check(PATH, TEXT, lambda _: None))) == []


async def test_what_is_wrong_is_put_right() -> None:
    right = Checker.load().check(PATH, TEXT, lambda _: None)
    wrong = Facts((FileFacts(PATH, right.script.items, ()),))
    [corrected] = await corrections(found(wrong))
    assert corrected.facts == right
    assert corrected.files[PATH].problems
    assert corrected.is_whole
