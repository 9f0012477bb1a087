"""Nothing that can wait comes before the reply to `initialize`."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from .editor import Editor, ServerError

UNTIL_THE_REPLY = """
import sys
import runekiln_server.cli.main, runekiln_server.cli.lsp
from runekiln_server.lsp import app, serving
for capability in app.capabilities():
    if capability.module == "lifecycle":
        capability.handler()
print(*sys.modules, sep="\\n")
"""


@pytest.mark.parametrize(
    "what_can_wait",
    [
        "wasmtime",
        "runekiln_analysis.completion",
        "runekiln_analysis.flow.inference",
        "runekiln_analysis.actions",
        "runekiln_analysis.allowing",
        "runekiln_analysis.codes",
        "runekiln_analysis.referents",
        "runekiln_analysis.semantic_tokens",
        "runekiln_server.lsp.locations",
        "runekiln_server.running",
        "importlib.metadata",
        "watchfiles",
    ],
)
def test_the_reply_needs_no_import_of(what_can_wait: str) -> None:
    shown = subprocess.run([sys.executable, "-c", UNTIL_THE_REPLY], capture_output=True, text=True, check=True)
    modules = shown.stdout.split()
    assert "runekiln_server.lsp.handlers.lifecycle" in modules
    assert what_can_wait not in modules


@pytest.mark.asyncio(loop_scope="session")
async def test_the_guest_is_loaded_once_the_client_is_greeted(compiled_guest: None) -> None:
    greeted = asyncio.Event()
    editor = await Editor.start_here(greeted=greeted.set)
    with pytest.raises(ServerError):
        await editor.request("textDocument/hover", {})
    assert not greeted.is_set()
    await editor.initialize()
    await asyncio.wait_for(greeted.wait(), 20)
    await editor.close()
    await editor.kill()
