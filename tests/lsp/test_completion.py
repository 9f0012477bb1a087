"""Completion as clients of all kinds get it: nothing that they do not declare, and what they ask for later, later."""

from __future__ import annotations

import pytest

from .editor import Editor, Json, at

pytestmark = pytest.mark.asyncio(loop_scope="session")

URI = "untitled:a"
CALL = "fn grow(bed, litres) { bed }\npub fn main() { gr$0ow }\n"
IMPORT = '/// Waters "😀".\npub fn main() {\n    HashM$0\n}\n'


def client(item: Json = None, completion_list: Json = None) -> Json:
    """Capabilities for completion."""
    return {"textDocument": {"completion": {"completionItem": item or {}, "completionList": completion_list or {}}}}


async def offered(editor: Editor, capabilities: Json, marked: str, label: str) -> tuple[Json, Json]:
    """The list at the cursor, and its item of that label."""
    await editor.initialize(capabilities)
    text, params = at(URI, marked)
    editor.open(URI, text)
    await editor.diagnostics(URI)
    answer = await editor.request("textDocument/completion", params)
    return answer, next(each for each in answer["items"] if each["label"] == label)


async def test_a_client_without_snippets_gets_the_name_alone(neighbour: Editor) -> None:
    answer, grow = await offered(neighbour, client(), CALL, "grow")
    assert grow["textEdit"]["newText"] == "grow"
    assert "insertTextFormat" not in grow
    assert {"labelDetails", "tags", "preselect", "commitCharacters", "filterText"}.isdisjoint(grow)
    assert "itemDefaults" not in answer
    await neighbour.close()


async def test_a_client_without_snippets_gets_nothing_that_wraps(neighbour: Editor) -> None:
    answer, _ = await offered(neighbour, client(), "fn main(s: Session) { s.$0 }", "phases")
    assert "dbg" not in [each["label"] for each in answer["items"]]
    await neighbour.close()


async def test_places_and_what_is_left_of_the_word(neighbour: Editor) -> None:
    _, grow = await offered(neighbour, client({"snippetSupport": True, "insertReplaceSupport": True}), CALL, "grow")
    assert grow["insertTextFormat"] == 2
    edit = grow["textEdit"]
    assert edit["newText"] == "grow(${1:bed}, ${2:litres})$0"
    assert (edit["insert"]["end"]["character"], edit["replace"]["end"]["character"]) == (18, 20)
    await neighbour.close()


async def test_a_call_without_arguments_has_no_places(neighbour: Editor) -> None:
    """An editor that knows the places of one completion at a time keeps those that it is in."""
    _, phases = await offered(neighbour, client({"snippetSupport": True}), "fn main(s: Session) { s.$0 }", "phases")
    assert phases["textEdit"]["newText"] == "phases()"
    assert "insertTextFormat" not in phases
    await neighbour.close()


async def test_the_range_is_told_once(neighbour: Editor) -> None:
    answer, grow = await offered(neighbour, client(completion_list={"itemDefaults": ["editRange"]}), CALL, "grow")
    assert answer["itemDefaults"]["editRange"]["start"] == {"line": 1, "character": 16}
    assert "textEdit" not in grow
    await neighbour.close()


async def test_parameters_stand_beside_the_name(neighbour: Editor) -> None:
    _, grow = await offered(neighbour, client({"labelDetailsSupport": True, "preselectSupport": True}), CALL, "grow")
    assert grow["labelDetails"] == {"detail": "(bed, litres)"}
    assert grow["preselect"] is True
    await neighbour.close()


async def test_bodies_are_indented_by_the_client(neighbour: Editor) -> None:
    item = {"snippetSupport": True, "insertTextModeSupport": {"valueSet": [1, 2]}}
    _, loop = await offered(neighbour, client(item), "pub fn main() {\n    loo$0\n}\n", "loop")
    assert loop["insertTextMode"] == 2
    await neighbour.close()


async def test_documentation_and_imports_come_when_they_are_asked_for(neighbour: Editor) -> None:
    later = {"resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]}}
    _, found = await offered(neighbour, client({**later, "documentationFormat": ["markdown"]}), IMPORT, "HashMap")
    assert {"documentation", "detail", "additionalTextEdits"}.isdisjoint(found)
    full = await neighbour.request("completionItem/resolve", found)
    assert full["documentation"]["kind"] == "markdown"
    start = {"line": 0, "character": 0}
    use = "use std::collections::hash_map::HashMap;\n\n"
    assert full["additionalTextEdits"] == [{"range": {"start": start, "end": start}, "newText": use}]
    await neighbour.request("textDocument/completion", at(URI, IMPORT)[1])
    assert "documentation" not in await neighbour.request("completionItem/resolve", found)
    await neighbour.close()


async def test_a_client_that_asks_for_nothing_later_gets_all_at_once(neighbour: Editor) -> None:
    _, found = await offered(neighbour, client(), IMPORT, "HashMap")
    assert found["documentation"]
    assert found["additionalTextEdits"][0]["newText"].startswith("use std::collections::hash_map::HashMap;")
    await neighbour.close()


async def test_an_item_of_nobody_stays_as_it_is(neighbour: Editor) -> None:
    await neighbour.initialize(client())
    item = {"label": "grow", "data": ["x", 1]}
    assert await neighbour.request("completionItem/resolve", item) == item
    await neighbour.close()


async def test_a_list_without_letters_is_asked_for_again(neighbour: Editor) -> None:
    answer, _ = await offered(neighbour, client(), "pub fn main(beds) { $0 }", "beds")
    assert answer["isIncomplete"] is True
    text, params = at(URI, "pub fn main(beds) { be$0 }")
    neighbour.replace(URI, text, 2)
    await neighbour.diagnostics(URI)
    assert (await neighbour.request("textDocument/completion", params))["isIncomplete"] is False
    await neighbour.close()
