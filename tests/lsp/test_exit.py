"""The server goes when it is told to, when nobody is there any more, and whatever it is doing."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from .editor import COMMAND, PATIENCE, Editor, command, framed

pytestmark = pytest.mark.asyncio(loop_scope="session")

ENDLESS = "pub fn main() { loop {} }"
# The checker needs seconds for it, and so long nothing else may happen in the server's lane.
LONG = "".join(f"pub fn f{number}() {{ missing_{number}(); also_{number}; }}\n" for number in range(30_000))


def say_exit(editor: Editor) -> None:
    editor.notify("exit", None)


def hang_up(editor: Editor) -> None:
    assert editor.process.stdin is not None
    editor.process.stdin.close()


async def gone(editor: Editor) -> int:
    return await asyncio.wait_for(editor.process.wait(), PATIENCE)


ways = pytest.mark.parametrize("leave", [say_exit, hang_up])


@ways
async def test_before_hello(newcomer: Editor, leave: Callable[[Editor], None]) -> None:
    leave(newcomer)
    assert await gone(newcomer) == 1


@ways
async def test_after_shutdown(newcomer: Editor, leave: Callable[[Editor], None]) -> None:
    await newcomer.initialize()
    await newcomer.request("shutdown", None)
    leave(newcomer)
    assert await gone(newcomer) == 0


@ways
async def test_in_the_middle_of_a_run(newcomer: Editor, leave: Callable[[Editor], None]) -> None:
    # The run's own limit is far away: only leaving can end it in time.
    await newcomer.initialize(initializationOptions={"run": {"timeLimitSeconds": 3600}})
    newcomer.open("untitled:a", ENDLESS)
    await newcomer.diagnostics("untitled:a")
    newcomer.ask("workspace/executeCommand", command("runekiln.run", {"uri": "untitled:a"}))
    assert await newcomer.command("runekiln.sessions", {"uri": "untitled:a"}) == []
    leave(newcomer)
    assert await gone(newcomer) == 1


@ways
async def test_in_the_middle_of_a_check(newcomer: Editor, leave: Callable[[Editor], None]) -> None:
    await newcomer.initialize()
    newcomer.open("untitled:a", LONG)
    assert await newcomer.command("runekiln.sessions", {"uri": "untitled:a"}) == []
    leave(newcomer)
    assert await gone(newcomer) == 1
    assert newcomer.unexpected() == []


@pytest.mark.parametrize("says_exit", [True, False])
async def test_while_the_client_does_not_read(says_exit: bool) -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as deaf:
        assert deaf.stdin is not None
        deaf.stdin.write(framed({"id": 0, "method": "initialize", "params": {"processId": None, "capabilities": {}}}))
        # More answers than a pipe holds.
        for number in range(1, 3000):
            deaf.stdin.write(framed({"id": number, "method": "textDocument/unheard"}))
        if says_exit:
            deaf.stdin.write(framed({"method": "exit"}))
            deaf.stdin.flush()
        else:
            deaf.stdin.close()
        try:
            assert deaf.wait(PATIENCE) == 1
        finally:
            deaf.kill()


async def test_a_dead_parent_is_noticed_though_the_pipe_is_open(newcomer: Editor) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE)
    await newcomer.initialize(processId=parent.pid)
    assert await newcomer.command("runekiln.sessions", {"uri": "untitled:a"}) == []
    parent.kill()
    assert await gone(newcomer) == 1
    await parent.wait()


async def test_a_parent_that_is_dead_already(newcomer: Editor) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await parent.wait()
    newcomer.ask("initialize", {"processId": parent.pid, "capabilities": {}})
    assert await gone(newcomer) == 1


async def test_a_signal(newcomer: Editor) -> None:
    await newcomer.initialize(processId=os.getpid())
    newcomer.process.terminate()
    assert await gone(newcomer) == 143
