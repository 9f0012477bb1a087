"""Editors for the tests: each speaks to a real server process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from runekiln_runtime.checker import Checker
from runekiln_runtime.runner import Runner

pytest.register_assert_rewrite("tests.lsp.editor")

from .editor import OURS, Editor  # noqa: E402 - its assertions are to tell what they saw


@pytest.fixture(scope="session", autouse=True)
def compiled_guest() -> None:
    """Compile the guest for this machine first: a server that has to do so tells its client about it."""
    Checker.load()
    Runner.load()


class Office:
    """Has the server that most tests share."""

    def __init__(self) -> None:
        self._colleague: Editor | None = None

    async def colleague(self) -> Editor:
        """The editor that tests share, another one if a test has spoilt it."""
        if self._colleague is None:
            self._colleague = await Editor.start()
            await self._colleague.initialize(OURS)
        return self._colleague

    async def clear_desk(self) -> None:
        """Have the shared editor as it was at first; the test must have expected every message."""
        colleague, self._colleague = self._colleague, None
        assert colleague is not None
        try:
            await colleague.clear_desk()
        except BaseException:
            await colleague.kill()
            raise
        self._colleague = colleague

    async def close(self) -> None:
        """Send the shared editor home."""
        if self._colleague is not None:
            await self._colleague.close()
            await self._colleague.kill()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(compiled_guest: None) -> AsyncIterator[Office]:
    """Where the editor that tests share comes from."""
    office = Office()
    yield office
    await office.close()


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(compiled_guest: None) -> AsyncIterator[Editor]:
    """An editor with a server of its own, to which it has not said hello yet."""
    editor = await Editor.start()
    yield editor
    await editor.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def neighbour(compiled_guest: None) -> AsyncIterator[Editor]:
    """The same, for what is no matter of processes: its server is here in ours."""
    editor = await Editor.start_here()
    yield editor
    await editor.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def editor(office: Office) -> AsyncIterator[Editor]:
    """An editor that can do nothing special but take our notifications, its desk cleared after each test."""
    yield await office.colleague()
    await office.clear_desk()


@pytest.fixture
def kiln(tmp_path: Path) -> Path:
    """An empty kiln."""
    (tmp_path / ".crucible").mkdir()
    return tmp_path
