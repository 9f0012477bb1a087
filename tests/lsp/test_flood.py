"""Ten thousand messages of any kind: one answer a request, none to a notification, and nothing known is lost."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.soak.corpus import any_text
from tests.soak.seeds import seeds

from .editor import PATIENCE, Editor, recorded
from .flood import REQUESTS, Flood
from .fresh import FreshCheck
from .typist import Typist, in_order, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEFORE_HELLO = 1_000
MESSAGES = 9_000
PACE = 1_000
CAPABILITIES = {**recorded("vscode-4.139"), "general": {"positionEncodings": ["utf-16"]}}


@pytest.mark.parametrize("seed", seeds(0))
async def test_ten_thousand_messages_are_answered_as_they_are_owed(newcomer: Editor, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    flood = Flood(random, requests=[method for method in REQUESTS if method != "initialize"])
    for _ in range(BEFORE_HELLO):
        newcomer.send_bytes(flood.message())
    flood.requests = REQUESTS
    await newcomer.initialize(CAPABILITIES, root=tmp_path)
    path = tmp_path / "sane.rn"
    typist = Typist(newcomer, path.as_uri(), "utf-16", random, any_text(random))
    for number in range(MESSAGES):
        newcomer.send_bytes(flood.message())
        if number % 50 == 0:
            typist.edit()
            await newcomer.drain()
        if number % PACE == 0:
            # However slow the machine, no answer lies behind more messages than it can take in that time.
            await newcomer.request("textDocument/foldingRange", {"textDocument": {"uri": path.as_uri()}})
    expected = FreshCheck().files(str(path), typist.document.text)[str(path)]
    assert in_order(await shown(typist, pulls=True)) == in_order(map(typist.shown_as, expected))
    answered, owed = await answers(newcomer, flood.owed), Counter(flood.owed)
    assert (owed - answered, answered - owed) == (Counter(), Counter())
    assert newcomer.bugs() == []
    await newcomer.request("shutdown", None)
    newcomer.notify("exit", None)
    assert await newcomer.process.wait() == 0


async def answers(editor: Editor, owed: list[str]) -> Counter[str]:
    """How often each id has been answered, as soon as that many answers have come."""
    found: Counter[str] = Counter()
    end = asyncio.get_running_loop().time() + PATIENCE
    while found.total() < len(owed) and asyncio.get_running_loop().time() < end:
        messages = editor.take_all()
        found.update(json.dumps(message["id"]) for message in messages if "method" not in message)
        await asyncio.sleep(0.01)
    return found
