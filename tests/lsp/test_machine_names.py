"""States of machines through the real server: where they are, and other names for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding

from .editor import Editor
from .marked import ENCODINGS, capable, marked, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

MACHINE = """
pub fn agent_behavior() {
    StateMachine::new()
        .state("ruht 🫘", rest)
        .state("gießt", rest)
        .transition("ruht 🫘", "gi$0eßt", "task")
}
fn rest(context, event) {}
"""


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_state_is_found_highlighted_and_renamed(neighbour: Editor, kiln: Path, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding))
    script = marked((kiln / "main.rn").as_uri(), MACHINE, encoding)
    neighbour.open(script.uri, script.text)
    await neighbour.diagnostics(script.uri)
    (place,) = await neighbour.request("textDocument/definition", script.asked())
    assert read(script.text, place["range"], encoding) == "gießt"
    assert place["range"]["start"]["line"] == 4
    lines = {}
    for with_declaration in (True, False):
        context = {"includeDeclaration": with_declaration}
        found = await neighbour.request("textDocument/references", script.asked(context=context))
        lines[with_declaration] = [each["range"]["start"]["line"] for each in found]
    assert lines == {True: [4, 5], False: [5]}
    highlighted = await neighbour.request("textDocument/documentHighlight", script.asked())
    assert [each["kind"] for each in highlighted] == [3, 2]
    assert "from `ruht 🫘` by `task`" in str(await neighbour.request("textDocument/hover", script.asked()))
    prepared = await neighbour.request("textDocument/prepareRename", script.asked())
    assert (prepared["placeholder"], read(script.text, prepared["range"], encoding)) == ("gießt", "gießt")
    renamed = await neighbour.request("textDocument/rename", script.asked(newName="gießt lang"))
    edits = renamed["changes"][script.uri]
    assert [(read(script.text, each["range"], encoding), each["newText"]) for each in edits] == [
        ("gießt", "gießt lang")
    ] * 2
    await neighbour.close()
