"""The first compilation of the guest is shown for as long as it takes, in whatever way the client shows such things."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.errors import GuestMissing

from .editor import BARE, Editor, Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROGRESS = {"window": {"workDoneProgress": True}}
MESSAGE = "This takes a while."
SCRIPT = "pub fn main() { missing_name() }"


class Compilation:
    """Loads the guest when it is told to go on, and says so before."""

    def __init__(self, load: Callable[[], Checkers]) -> None:
        self.go_on = threading.Event()
        self._load = load

    def __call__(self, say: Callable[[str], None]) -> Checkers:
        say(MESSAGE)
        assert self.go_on.wait(20)
        return self._load()


def missing() -> Checkers:
    raise GuestMissing(Path("guest.wasm"))


@pytest_asyncio.fixture(loop_scope="session")
async def compiling(compiled_guest: None, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Editor, Compilation]]:
    compilation = Compilation(getattr(request, "param", Checkers.load))
    editor = await Editor.start_here(compilation)
    yield editor, compilation
    await editor.kill()


async def created(editor: Editor) -> Json:
    """The token of the progress that the server wants to show, and its request."""
    request = await editor.asked("window/workDoneProgress/create")
    return request["params"]["token"], request["id"]


async def test_it_begins_and_ends(compiling: tuple[Editor, Compilation]) -> None:
    editor, compilation = compiling
    await editor.initialize(PROGRESS)
    token, request = await created(editor)
    editor.send({"id": request, "result": None})
    begun = await editor.notification("$/progress")
    assert begun == {"token": token, "value": {"kind": "begin", "title": "Runekiln", "message": MESSAGE}}
    editor.open("untitled:a", SCRIPT)
    compilation.go_on.set()
    assert await editor.notification("$/progress") == {"token": token, "value": {"kind": "end", "message": "Ready"}}
    assert len(await editor.diagnostics("untitled:a")) == 1
    await editor.close()


@pytest.mark.parametrize("compiling", [missing], indirect=True)
async def test_it_ends_when_the_guest_cannot_be_loaded(compiling: tuple[Editor, Compilation]) -> None:
    editor, compilation = compiling
    await editor.initialize(PROGRESS)
    token, request = await created(editor)
    editor.send({"id": request, "result": None})
    await editor.notification("$/progress")
    compilation.go_on.set()
    assert await editor.notification("$/progress") == {"token": token, "value": {"kind": "end", "message": "Failed"}}
    assert "Scripts cannot be checked" in (await editor.notification("window/showMessage"))["message"]
    await editor.close()


async def test_a_client_that_shows_none_reads_it_in_its_log(compiling: tuple[Editor, Compilation]) -> None:
    editor, compilation = compiling
    await editor.initialize(BARE)
    assert (await editor.notification("window/logMessage"))["message"] == MESSAGE
    compilation.go_on.set()
    await editor.quiet()
    await editor.close()


async def test_a_client_that_refuses_reads_it_in_its_log(compiling: tuple[Editor, Compilation]) -> None:
    editor, compilation = compiling
    await editor.initialize(PROGRESS)
    _, request = await created(editor)
    editor.send({"id": request, "error": {"code": -32601, "message": "no such thing"}})
    assert (await editor.notification("window/logMessage"))["message"] == MESSAGE
    compilation.go_on.set()
    await editor.quiet()
    await editor.close()
