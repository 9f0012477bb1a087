"""Work that nobody needs any more: its requests are answered at once, and its checks never start."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio
from runekiln_analysis.facts import Facts
from runekiln_runtime.checker import Checker
from runekiln_runtime.checkers import Checkers, Host
from runekiln_runtime.protocol import Dialect
from runekiln_runtime.sources import Read
from runekiln_runtime.stub_files import HostSetup

from .editor import Editor, Json, ServerError, command

pytestmark = pytest.mark.asyncio(loop_scope="session")

CANCELLED, MODIFIED = -32800, -32801
SLOW = "untitled:slow"


class Held:
    """The real checkers, which count their checks, and hold on at one script until they are let go."""

    def __init__(self, on_progress: Callable[[str], None]) -> None:
        self._checkers = Checkers.load(on_progress)
        self.checked: list[str] = []
        self.is_held = threading.Event()
        self.let_go = threading.Event()
        self._checker: Checker | None = None

    def host(self, setup: HostSetup) -> Host:
        host = self._checkers.host(setup)
        self._checker = host.checker
        return replace(host, checker=cast("Checker", self))

    def knows(self, setup: HostSetup) -> bool:
        return self._checkers.knows(setup)

    def recheck(self, path: str, text: bytes, read: Read, dialect: Dialect) -> Facts:
        assert self._checker is not None
        self.checked.append(path)
        if path == SLOW:
            self.is_held.set()
            self.let_go.wait(20)
        return self._checker.recheck(path, text, read, dialect)

    def has_seen_whole(self, path: str) -> bool:
        assert self._checker is not None
        return self._checker.has_seen_whole(path)


class Busy:
    """An editor whose server is in the middle of a check, so that all other checks queue."""

    def __init__(self, editor: Editor, held: list[Held]) -> None:
        self.editor = editor
        self._held = held

    @property
    def checked(self) -> list[str]:
        return self._held[0].checked

    async def begin(self) -> None:
        await self.editor.initialize()
        self.editor.open(SLOW, "pub fn main() {}")
        while not self._held or not self._held[0].is_held.is_set():
            await self.editor.command("runekiln.stop")

    async def end(self) -> None:
        # All that was sent has been read when this is answered.
        await self.editor.command("runekiln.stop")
        self._held[0].let_go.set()
        await self.editor.diagnostics(SLOW)


@pytest_asyncio.fixture(loop_scope="session")
async def busy(compiled_guest: None) -> AsyncIterator[Busy]:
    held: list[Held] = []

    def load(on_progress: Callable[[str], None]) -> Held:
        held.append(Held(on_progress))
        return held[0]

    editor = await Editor.start_here(load)
    busy = Busy(editor, held)
    await busy.begin()
    yield busy
    await editor.kill()


def ask(editor: Editor, uri: str, method: str = "textDocument/hover") -> int:
    position = {"line": 0, "character": 7}
    asked = {"textDocument": {"uri": uri}, "position": position, "range": {"start": position, "end": position}}
    context = {"includeDeclaration": True, "triggerKind": 1, "isRetrigger": False}
    typed = {"ch": "}", "options": {"tabSize": 4, "insertSpaces": True}}
    others = {**typed, "context": context, "newName": "other", "previousResultId": ""}
    return editor.ask(method, {**asked, **others})


async def refused(editor: Editor, request: int) -> int:
    """The code with which a request was refused."""
    with pytest.raises(ServerError) as error:
        await editor.answer(request)
    return error.value.code


async def test_a_request_about_an_older_text_is_answered_at_once(busy: Busy) -> None:
    editor = busy.editor
    editor.open("untitled:a", "pub fn main() {}")
    methods = [
        *("hover", "completion", "documentSymbol", "codeLens", "foldingRange", "signatureHelp", "definition"),
        *("declaration", "typeDefinition", "implementation", "references", "documentHighlight", "prepareRename"),
        *("rename", "semanticTokens/full", "semanticTokens/full/delta", "semanticTokens/range", "inlayHint"),
        *("documentLink", "prepareCallHierarchy", "linkedEditingRange", "onTypeFormatting"),
    ]
    asked = [ask(editor, "untitled:a", f"textDocument/{method}") for method in methods]
    editor.replace("untitled:a", "pub fn other() {}", version=2)
    # The checker is still held.
    assert [await refused(editor, request) for request in asked] == [MODIFIED] * len(methods)
    newest = ask(editor, "untitled:a")
    await busy.end()
    assert "other" in str(await editor.answer(newest))
    await editor.diagnostics("untitled:a")
    assert busy.checked == [SLOW, "untitled:a"]
    await editor.close()


async def test_of_many_texts_only_the_last_is_checked(busy: Busy) -> None:
    editor = busy.editor
    editor.open("untitled:a", "pub fn main() {}")
    for version in range(2, 50):
        ask(editor, "untitled:a")
        editor.replace("untitled:a", f"pub fn main() {{ {version} }}", version)
    await busy.end()
    await editor.diagnostics("untitled:a")
    assert busy.checked == [SLOW, "untitled:a"]
    assert {message["error"]["code"] for message in editor.take_all()} == {MODIFIED}
    await editor.close()


async def test_a_closed_text_is_not_checked(busy: Busy) -> None:
    editor = busy.editor
    editor.open("untitled:a", "pub fn main() {}")
    waiting = ask(editor, "untitled:a")
    editor.shut("untitled:a")
    assert await refused(editor, waiting) == MODIFIED
    await busy.end()
    await editor.quiet()
    assert "untitled:a" not in busy.checked
    await editor.close()


async def test_cancelled_work_never_starts(busy: Busy, tmp_path: Path) -> None:
    editor, script = busy.editor, tmp_path / "a.rn"
    script.write_text("pub fn main() { 1 }")
    runs = [editor.ask("workspace/executeCommand", command("runekiln.run", {"uri": script.as_uri()})) for _ in "abc"]
    for run in runs:
        editor.notify("$/cancelRequest", {"id": run})
    assert [await refused(editor, run) for run in runs] == [CANCELLED] * 3
    await busy.end()
    await editor.quiet()
    assert str(script) not in busy.checked
    await editor.close()


async def test_a_run_goes_on_with_the_text_that_it_was_asked_for(busy: Busy) -> None:
    editor = busy.editor
    editor.open("untitled:a", "pub fn main() { 1 }")
    run = editor.ask("workspace/executeCommand", command("runekiln.run", {"uri": "untitled:a"}))
    editor.replace("untitled:a", "pub fn main() { 2 }", version=2)
    await busy.end()
    result: Json = await editor.answer(run)
    assert result["value"] == 1
    await editor.diagnostics("untitled:a")
    editor.take_all()
    await editor.close()
