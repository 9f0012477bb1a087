"""Names of the kiln in strings: what an editor is told of them, and that it is true when files change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding

from .editor import PATIENCE, Editor, Json
from .marked import ENCODINGS, Marked, capable, marked, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTE = "Beete/Grüne Bohnen 🫘"
READ = '/* 😀ß */ pub fn main() {{ crucible::read_note("{}") }}\n'
TOLD = {"textDocument": {"documentLink": {"tooltipSupport": True}}}


def furnished(kiln: Path) -> Path:
    """A kiln with a note, an agent and a session."""
    note = kiln / f"{NOTE}.md"
    note.parent.mkdir()
    note.write_text("---\ntitle: Bohnen\n---\n# Bohnen\n\nGesät im Mai.\n", encoding="utf-8")
    (kiln / "Agents").mkdir()
    (kiln / "Agents" / "Gardener.md").write_text("---\nname: gardener\n---\nYou water.\n")
    session = kiln / ".crucible" / "sessions" / "2026-03-07-valves"
    session.mkdir(parents=True)
    (session / "session.md").write_text("# Valves\n")
    return note


async def opened(editor: Editor, kiln: Path, text: str, encoding: Encoding) -> Marked:
    script = marked((kiln / "main.rn").as_uri(), text, encoding)
    editor.open(script.uri, script.text)
    await editor.diagnostics(script.uri)
    return script


async def until(wanted: Json, ask: Callable[[], Awaitable[Json]]) -> None:
    """Ask until the answer is the one that is wanted: names are read while the editor goes on."""
    answer = None
    try:
        async with asyncio.timeout(PATIENCE / 2):
            while answer != wanted:
                answer = await ask()
    except TimeoutError:
        assert answer == wanted


def labels(editor: Editor, script: Marked) -> Callable[[], Awaitable[Json]]:
    async def ask() -> Json:
        context = {"triggerKind": 2, "triggerCharacter": '"'}
        answer = await editor.request("textDocument/completion", script.asked(context=context))
        return [item["label"] for item in answer["items"]]

    return ask


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_notes_are_offered_in_place_of_the_whole_text(neighbour: Editor, kiln: Path, encoding: Encoding) -> None:
    furnished(kiln)
    await neighbour.initialize(capable(encoding))
    script = await opened(neighbour, kiln, READ.format("Grü$0n"), encoding)
    await until([NOTE], labels(neighbour, script))
    (item,) = (await neighbour.request("textDocument/completion", script.asked()))["items"]
    assert read(script.text, item["textEdit"]["range"], encoding) == "Grün"
    assert (item["textEdit"]["newText"], item["detail"], item["kind"]) == (NOTE, "Bohnen", 17)
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_links_hover_and_definition_lead_to_the_note(neighbour: Editor, kiln: Path, encoding: Encoding) -> None:
    note = furnished(kiln)
    await neighbour.initialize(capable(encoding, **TOLD))
    script = await opened(neighbour, kiln, READ.format(NOTE[:4] + "$0" + NOTE[4:]), encoding)
    (link,) = await neighbour.request("textDocument/documentLink", {"textDocument": script.document})
    assert read(script.text, link["range"], encoding) == NOTE
    assert (link["target"], link["tooltip"]) == (note.as_uri(), "Bohnen")
    shown = await neighbour.request("textDocument/hover", script.asked())
    assert "Gesät im Mai." in str(shown["contents"])
    assert read(script.text, shown["range"], encoding) == NOTE
    (place,) = await neighbour.request("textDocument/definition", script.asked())
    start = {"line": 0, "character": 0}
    assert place == {"uri": note.as_uri(), "range": {"start": start, "end": start}}
    await neighbour.close()


async def test_a_client_without_tooltips_gets_none(neighbour: Editor, kiln: Path) -> None:
    furnished(kiln)
    await neighbour.initialize()
    text = 'pub fn main() { session::get("2026-03-07-valves"); crucible::read_note("gone") }'
    script = await opened(neighbour, kiln, text, "utf-16")
    (link,) = await neighbour.request("textDocument/documentLink", {"textDocument": script.document})
    log = kiln / ".crucible" / "sessions" / "2026-03-07-valves" / "session.md"
    assert link["target"] == log.as_uri()
    assert "tooltip" not in link
    await neighbour.close()


async def test_agents_tools_and_sessions_have_a_definition(neighbour: Editor, kiln: Path) -> None:
    furnished(kiln)
    (kiln / ".crucible" / "plugins").mkdir(parents=True)
    pump = kiln / ".crucible" / "plugins" / "pump.rn"
    pump.write_text('#[tool(desc = "Pumps.")]\npub fn pump(litres) { litres }\n')
    await neighbour.initialize()
    text = """
pub fn main() {
    session::get("2026-03-07-valves");
    session::Agent::Internal("gardener");
    crucible::tools::call("rune_pump", #{});
}"""
    script = await opened(neighbour, kiln, text, "utf-16")
    links = await neighbour.request("textDocument/documentLink", {"textDocument": script.document})
    log = kiln / ".crucible" / "sessions" / "2026-03-07-valves" / "session.md"
    assert [link["target"] for link in links] == [
        each.as_uri() for each in (log, kiln / "Agents" / "Gardener.md", pump)
    ]
    for link in links:
        asked = {"textDocument": script.document, "position": link["range"]["start"]}
        (place,) = await neighbour.request("textDocument/definition", asked)
        assert place["uri"] == link["target"]
        assert await neighbour.request("textDocument/hover", asked) is not None
    await neighbour.close()


@pytest.mark.parametrize("watches", [True, False])
async def test_a_note_that_comes_is_offered_and_one_that_goes_is_not(
    neighbour: Editor, kiln: Path, watches: bool
) -> None:
    note = furnished(kiln)
    await neighbour.initialize({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": watches}}})
    script = await opened(neighbour, kiln, READ.format("$0"), "utf-16")
    await until(["Agents/Gardener", NOTE], labels(neighbour, script))
    other = note.with_name("Kohl.md")
    note.rename(other)
    if watches:
        changes = [{"uri": note.as_uri(), "type": 3}, {"uri": other.as_uri(), "type": 1}]
        neighbour.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    await until(["Agents/Gardener", "Beete/Kohl"], labels(neighbour, script))
    await neighbour.close()


async def test_a_quote_elsewhere_opens_no_list(neighbour: Editor, kiln: Path) -> None:
    await neighbour.initialize()
    script = await opened(neighbour, kiln, "pub fn main() { let a = 6 /$0 }", "utf-16")
    context = {"triggerKind": 2, "triggerCharacter": "/"}
    assert await neighbour.request("textDocument/completion", script.asked(context=context)) is None
    await neighbour.close()


async def test_the_page_of_a_code_is_shown(editor: Editor) -> None:
    script = marked("untitled:a", "// runekiln: allow(unused-vari$0able)\npub fn main() { 1 }\n", "utf-16")
    editor.open(script.uri, script.text)
    shown = await editor.request("textDocument/hover", script.asked())
    await editor.diagnostics(script.uri)
    assert "A variable that nothing reads is a slip" in shown["contents"]


@pytest.mark.parametrize("able", [True, False])
async def test_a_function_to_begin_with(neighbour: Editor, kiln: Path, able: bool) -> None:
    await neighbour.initialize({"textDocument": {"completion": {"completionItem": {"snippetSupport": able}}}})
    script = await opened(neighbour, kiln, "test$0", "utf-16")
    found = (await neighbour.request("textDocument/completion", script.asked()))["items"]
    (item,) = (each for each in found if each["label"] == "test")
    function = "#[test]\nfn ${1:adds}() {\n    assert_eq!(${2:1 + 1}, ${3:2});\n}"
    plain = "#[test]\nfn adds() {\n    assert_eq!(1 + 1, 2);\n}"
    assert item["textEdit"]["newText"] == (function if able else plain)
    assert item.get("insertTextFormat", 1) == (2 if able else 1)
    await neighbour.close()
