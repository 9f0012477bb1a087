"""Settings come from editors in three ways, and all of them count."""

from __future__ import annotations

import pytest

from .editor import BARE, Editor, Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUIET = {"diagnostics": {"severity": {"missing-item": "off"}}}
SCRIPT = "pub fn main() { missing_name() }"


async def severities(editor: Editor) -> list[int]:
    editor.open("untitled:a", SCRIPT)
    return [found["severity"] for found in await editor.diagnostics("untitled:a")]


@pytest.mark.parametrize("options", [QUIET, {"runekiln": QUIET}, {"diagnostics.severity": {"missing-item": "off"}}])
async def test_as_initialization_options(neighbour: Editor, options: Json) -> None:
    await neighbour.initialize(BARE, initializationOptions=options)
    assert await severities(neighbour) == []
    await neighbour.close()


async def test_by_asking_the_client(neighbour: Editor) -> None:
    neighbour.settings["runekiln"] = {**QUIET, "path": "/bin/runekiln", "run": {"session": None}}
    dynamic = {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}
    await neighbour.initialize({"workspace": dynamic})
    await neighbour.command("runekiln.sessions", {"uri": "untitled:a"})
    assert await severities(neighbour) == []
    neighbour.settings["runekiln"] = {"diagnostics": {"severity": {"missing-item": "warning"}}}
    neighbour.notify("workspace/didChangeConfiguration", {"settings": None})
    assert [found["severity"] for found in await neighbour.diagnostics("untitled:a")] == [2]
    assert "workspace/didChangeConfiguration" in neighbour.registered
    await neighbour.close()


@pytest.mark.parametrize("settings", [{"runekiln": QUIET}, QUIET])
async def test_pushed_by_the_client(neighbour: Editor, settings: Json) -> None:
    await neighbour.initialize()
    assert await severities(neighbour) == [1]
    neighbour.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert await neighbour.diagnostics("untitled:a") == []
    await neighbour.close()


async def test_a_mistake_is_told_once(neighbour: Editor) -> None:
    await neighbour.initialize()
    for _ in range(3):
        neighbour.notify("workspace/didChangeConfiguration", {"settings": {"runekiln": {"run": {"sesion": "a"}}}})
    told = await neighbour.notification("window/showMessage")
    assert "run.sesion" in told["message"]
    assert "run.session" in told["message"]
    await neighbour.quiet()
    await neighbour.close()


async def test_what_is_no_settings_changes_nothing(editor: Editor) -> None:
    for settings in (None, [], 5, {"runekiln": None}, {"runekiln": []}):
        editor.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert await severities(editor) == [1]
