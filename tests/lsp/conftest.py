"""Editors for the tests: each a real server process of its own, gone when the test is over."""

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


@pytest_asyncio.fixture(loop_scope="module")
async def newcomer() -> AsyncIterator[Editor]:
    """An editor with a server of its own, to which it has not said hello yet."""
    editor = await Editor.start()
    yield editor
    await editor.kill()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def colleague() -> AsyncIterator[Editor]:
    """An editor that can do nothing special but take our notifications."""
    editor = await Editor.start()
    await editor.initialize(OURS)
    yield editor
    await editor.close()
    await editor.kill()


@pytest_asyncio.fixture(loop_scope="module")
async def editor(colleague: Editor) -> AsyncIterator[Editor]:
    """The colleague, its desk cleared after each test; the test must have expected every message."""
    yield colleague
    await colleague.clear_desk()


@pytest.fixture
def kiln(tmp_path: Path) -> Path:
    """An empty kiln."""
    (tmp_path / ".crucible").mkdir()
    return tmp_path
