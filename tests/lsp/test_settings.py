"""Settings come from editors in three ways, and all of them count."""

from __future__ import annotations

import pytest

from .editor import BARE, Editor, Json

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUIET = {"diagnostics": {"severity": {"missing-item": "off"}}}
SCRIPT = "pub fn main() { missing_name() }"


async def severities(editor: Editor) -> list[int]:
    editor.open("untitled:a", SCRIPT)
    return [found["severity"] for found in await editor.diagnostics("untitled:a")]


@pytest.mark.parametrize("options", [QUIET, {"runekiln": QUIET}, {"diagnostics.severity": {"missing-item": "off"}}])
async def test_as_initialization_options(newcomer: Editor, options: Json) -> None:
    await newcomer.initialize(BARE, initializationOptions=options)
    assert await severities(newcomer) == []
    await newcomer.close()


async def test_by_asking_the_client(newcomer: Editor) -> None:
    newcomer.settings["runekiln"] = {**QUIET, "path": "/bin/runekiln", "run": {"session": None}}
    dynamic = {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}
    await newcomer.initialize({"workspace": dynamic})
    await newcomer.command("runekiln.sessions", {"uri": "untitled:a"})
    assert await severities(newcomer) == []
    newcomer.settings["runekiln"] = {"diagnostics": {"severity": {"missing-item": "warning"}}}
    newcomer.notify("workspace/didChangeConfiguration", {"settings": None})
    assert [found["severity"] for found in await newcomer.diagnostics("untitled:a")] == [2]
    assert "workspace/didChangeConfiguration" in newcomer.registered
    await newcomer.close()


@pytest.mark.parametrize("settings", [{"runekiln": QUIET}, QUIET])
async def test_pushed_by_the_client(newcomer: Editor, settings: Json) -> None:
    await newcomer.initialize()
    assert await severities(newcomer) == [1]
    newcomer.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert await newcomer.diagnostics("untitled:a") == []
    await newcomer.close()


async def test_a_mistake_is_told_once(newcomer: Editor) -> None:
    await newcomer.initialize()
    for _ in range(3):
        newcomer.notify("workspace/didChangeConfiguration", {"settings": {"runekiln": {"run": {"sesion": "a"}}}})
    told = await newcomer.notification("window/showMessage")
    assert "run.sesion" in told["message"]
    assert "run.session" in told["message"]
    await newcomer.quiet()
    await newcomer.close()


async def test_what_is_no_settings_changes_nothing(editor: Editor) -> None:
    for settings in (None, [], 5, {"runekiln": None}, {"runekiln": []}):
        editor.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert await severities(editor) == [1]
