"""Lenses above declarations: where a thing is named, and what an entry needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding

from .editor import OURS, Editor, Json, ServerError
from .marked import ENCODINGS, capable, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

LENSES = {"textDocument": {"codeLens": {"resolveSupport": {"properties": ["command"]}}}}
MAIN = """\
/* 😀ß */ fn dig() { shell::exec("just", [], #{}) }
pub fn main() { "😀"; dig(); dig() }
struct Bed;
"""


async def lenses(editor: Editor, uri: str, text: str, encoding: Encoding = "utf-16") -> list[str]:
    """Each lens, resolved: the name that it stands above, its title, and the words that it leads to."""
    found = await editor.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    shown = []
    for each in found:
        lens = each if "command" in each else await editor.request("codeLens/resolve", each)
        argument = lens["command"]["arguments"][0]
        leads_to = [read(text, place["range"], encoding) for place in argument.get("places", ())]
        shown.append(f"{read(text, lens['range'], encoding)}: {lens['command']['title']} {leads_to}")
    return shown


async def opened(editor: Editor, uri: str, text: str) -> None:
    editor.open(uri, text)
    await editor.diagnostics(uri)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_references_are_counted_and_needs_told(neighbour: Editor, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding, **LENSES))
    await opened(neighbour, "untitled:a", MAIN)
    assert await lenses(neighbour, "untitled:a", MAIN, encoding) == [
        "main: ▶ Run []",
        "main: Pin []",
        "main: needs shell(just) ['shell::exec']",
        "dig: 2 references ['dig', 'dig']",
        "Bed: 0 references []",
    ]
    await neighbour.close()


async def test_references_of_other_scripts_count(neighbour: Editor, kiln: Path) -> None:
    (kiln / "main.rn").write_text("mod beds;\npub fn main() { beds::dig() }\n")
    (kiln / "beds.rn").write_text("pub fn dig() {}\n")
    await neighbour.initialize(LENSES, root=kiln)
    uri = (kiln / "beds.rn").as_uri()
    await opened(neighbour, uri, "pub fn dig() {}\npub fn more() { dig() }\n")
    found = await neighbour.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    (counted,) = [each for each in found if "command" not in each]
    resolved = await neighbour.request("codeLens/resolve", counted)
    assert resolved["command"]["title"] == "2 references"
    assert {Path(place["uri"]).name for place in resolved["command"]["arguments"][0]["places"]} == {
        "main.rn",
        "beds.rn",
    }
    await neighbour.close()


async def test_settings_choose_the_kinds(neighbour: Editor) -> None:
    neighbour.settings = {"runekiln": {"codeLens": {"run": False, "permissions": False}}}
    await neighbour.initialize({**LENSES, "workspace": {"configuration": True}})
    await opened(neighbour, "untitled:a", MAIN)
    assert [each.partition(":")[0] for each in await lenses(neighbour, "untitled:a", MAIN)] == ["dig", "Bed"]
    await neighbour.close()


async def test_lenses_are_asked_for_again_with_other_settings(neighbour: Editor) -> None:
    refreshed = {"refreshSupport": True}
    able = {"workspace": {"configuration": True, "codeLens": refreshed, "inlayHint": refreshed}}
    neighbour.settings = {"runekiln": {}}
    await neighbour.initialize({**LENSES, **able})
    await opened(neighbour, "untitled:a", MAIN)
    before = neighbour.refreshed
    neighbour.settings = {"runekiln": {"codeLens": {"references": False}}}
    neighbour.notify("workspace/didChangeConfiguration", {"settings": None})
    # Hints are asked for again right behind the lenses.
    hints = await neighbour.asked("workspace/inlayHint/refresh")
    neighbour.send({"id": hints["id"], "result": None})
    assert neighbour.refreshed == before + 1
    await neighbour.close()


async def test_a_lens_of_an_older_text_is_asked_for_again(neighbour: Editor) -> None:
    await neighbour.initialize(LENSES)
    await opened(neighbour, "untitled:a", MAIN)
    found = await neighbour.request("textDocument/codeLens", {"textDocument": {"uri": "untitled:a"}})
    neighbour.replace("untitled:a", f"// newer\n{MAIN}", 2)
    with pytest.raises(ServerError) as failed:
        await neighbour.request("codeLens/resolve", found[-1])
    assert failed.value.code == -32801
    with pytest.raises(ServerError) as failed:
        await neighbour.request("codeLens/resolve", {**found[-1], "data": 5})
    assert "nothing that we sent" in failed.value.message
    await neighbour.diagnostics("untitled:a")
    await neighbour.close()


async def places(editor: Editor) -> Json:
    """The argument of the lens above `dig`."""
    await opened(editor, "untitled:a", MAIN)
    found = await editor.request("textDocument/codeLens", {"textDocument": {"uri": "untitled:a"}})
    lens = next(each for each in found if "command" not in each)
    return (await editor.request("codeLens/resolve", lens))["command"]["arguments"][0]


async def test_a_client_without_a_list_is_led_to_the_first_place(neighbour: Editor) -> None:
    await neighbour.initialize({**LENSES, "window": {"showDocument": {"support": True}}})
    argument = await places(neighbour)
    asked = neighbour.ask("workspace/executeCommand", {"command": "runekiln.showReferences", "arguments": [argument]})
    shown = await neighbour.asked("window/showDocument")
    assert read(MAIN, shown["params"]["selection"], "utf-16") == "dig"
    neighbour.send({"id": shown["id"], "result": {"success": True}})
    assert await neighbour.answer(asked) == 2
    await neighbour.close()


async def test_a_client_that_shows_no_documents_is_told_the_lines(neighbour: Editor) -> None:
    await neighbour.initialize({**OURS, **LENSES})
    assert await neighbour.command("runekiln.showReferences", await places(neighbour)) == 2
    told = await neighbour.notification("window/showMessage")
    assert told["message"] == "untitled:a:2\nuntitled:a:2"
    await neighbour.close()
