"""Refactorings, as clients of all kinds take them."""

from __future__ import annotations

import pytest

from .editor import Editor, Json, ServerError
from .test_actions import FULL, KINDS, URI, actions, at, capabilities, titled

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCRIPT = 'pub fn main(bed) {\n    println!("🐝 {}", bed.width() * 2);\n}\n'
WIDTH = {"start": {"line": 1, "character": 22}, "end": {"line": 1, "character": 33}}
EDITS = [
    {"range": at(1, 4), "newText": "let width = bed.width();\n    "},
    {"range": WIDTH, "newText": "width"},
]


async def opened(editor: Editor, actions: Json, **others: Json) -> None:
    """A client that takes actions so, with the script open."""
    await editor.initialize(capabilities(actions, **others))
    editor.open(URI, SCRIPT, version=7)
    await editor.diagnostics(URI)


async def test_a_client_that_cannot_ask_later_is_sent_the_edits(neighbour: Editor) -> None:
    await opened(neighbour, KINDS)
    action = titled(await actions(neighbour, WIDTH), "Extract into a variable")
    assert action == {
        "title": "Extract into a variable",
        "kind": "refactor.extract.variable",
        "edit": {"changes": {URI: EDITS}},
    }
    await neighbour.close()


async def test_others_ask_for_the_edits_of_the_one_that_is_chosen(neighbour: Editor) -> None:
    await opened(neighbour, FULL, versions=True)
    action = titled(await actions(neighbour, WIDTH, only=["refactor.extract"]), "Extract into a variable")
    assert "edit" not in action
    resolved = await neighbour.request("codeAction/resolve", action)
    assert resolved["edit"] == {"documentChanges": [{"textDocument": {"uri": URI, "version": 7}, "edits": EDITS}]}
    await neighbour.close()


async def test_what_was_offered_for_an_older_text_is_not_done(neighbour: Editor) -> None:
    await opened(neighbour, FULL)
    action = titled(await actions(neighbour, WIDTH), "Extract into a variable")
    neighbour.replace(URI, f"\n{SCRIPT}", version=8)
    with pytest.raises(ServerError, match="Modified"):
        await neighbour.request("codeAction/resolve", action)
    neighbour.take_all()
    await neighbour.close()


async def test_only_what_is_asked_for_is_offered(neighbour: Editor) -> None:
    await opened(neighbour, KINDS)
    assert await actions(neighbour, WIDTH, only=["quickfix"]) == []
    assert await actions(neighbour, WIDTH, only=["refactor.inline"]) == []
    found = await actions(neighbour, WIDTH, only=["refactor"])
    assert {each["kind"].split(".")[0] for each in found} == {"refactor"}
    await neighbour.close()


async def test_who_only_moves_the_cursor_is_offered_none(neighbour: Editor) -> None:
    await opened(neighbour, KINDS)
    assert await actions(neighbour, at(1, 27), triggerKind=2) == []
    assert await actions(neighbour, at(1, 27), triggerKind=1) != []
    await neighbour.close()


async def test_a_script_that_does_not_parse_has_them_where_it_does(neighbour: Editor) -> None:
    await neighbour.initialize(capabilities(KINDS))
    neighbour.open(URI, f"{SCRIPT}pub fn broken( {{ let = ;\n")
    await neighbour.diagnostics(URI)
    assert titled(await actions(neighbour, WIDTH), "Extract into a variable")["edit"] == {"changes": {URI: EDITS}}
    await neighbour.close()


async def test_imports_are_put_in_order_wherever_the_cursor_is(neighbour: Editor) -> None:
    await neighbour.initialize(capabilities(FULL))
    neighbour.open(URI, "use std::mem::snapshot;\nuse std::mem::drop;\n\npub fn main() {\n    drop(snapshot)\n}\n")
    await neighbour.diagnostics(URI)
    (action,) = await actions(neighbour, at(4, 0), only=["source.organizeImports"])
    resolved = await neighbour.request("codeAction/resolve", action)
    (edit,) = resolved["edit"]["changes"][URI]
    assert edit["newText"] == "use std::mem::drop;\nuse std::mem::snapshot;"
    assert [each["title"] for each in await actions(neighbour, at(1, 5))] == ["Organize imports"]
    await neighbour.close()


async def test_a_function_that_is_missing_is_offered_to_who_only_passes_by(neighbour: Editor) -> None:
    await neighbour.initialize(capabilities(FULL, versions=True))
    neighbour.open(URI, "pub fn main(bed) {\n    water(bed);\n}\n", version=3)
    await neighbour.diagnostics(URI)
    action = titled(await actions(neighbour, at(1, 6), triggerKind=2), "Create `water(bed)`")
    assert action["kind"] == "quickfix"
    resolved = await neighbour.request("codeAction/resolve", action)
    (change,) = resolved["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": URI, "version": 3}
    (edit,) = change["edits"]
    assert edit["newText"] == '\n\nfn water(bed) {\n    panic!("not written yet")\n}'
    await neighbour.close()


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 38), ("utf-16", 36), ("utf-32", 35)])
async def test_selections_are_in_the_columns_of_the_client(neighbour: Editor, encoding: str, column: int) -> None:
    await neighbour.initialize(capabilities(KINDS, encoding=encoding))
    neighbour.open(URI, 'pub fn main(bed) {\n    println!("{} {}", "🐝", 2 + bed.width());\n}\n')
    await neighbour.diagnostics(URI)
    where = {"start": {"line": 1, "character": column - 4}, "end": {"line": 1, "character": column + 7}}
    action = titled(await actions(neighbour, where), "Extract into a variable")
    assert action["edit"]["changes"][URI][-1] == {"range": where, "newText": "width"}
    await neighbour.close()
