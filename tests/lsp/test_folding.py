"""Folding, and selections that grow, as editors ask for them."""

from __future__ import annotations

import pytest

from .editor import Editor, Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = """\
use a::b;
use c::d;
// Waters
// the "ß€😀".
pub fn main() {
    let greeting = ["ß€😀", [
        1,
    ]];
}
"""


async def folds(editor: Editor) -> list[Json]:
    editor.open("untitled:a", TEXT)
    found: list[Json] = await editor.request("textDocument/foldingRange", {"textDocument": {"uri": "untitled:a"}})
    await editor.diagnostics("untitled:a")
    return found


async def test_whole_lines_fold_where_the_client_knows_no_other(neighbour: Editor) -> None:
    await neighbour.initialize({"textDocument": {"foldingRange": {"lineFoldingOnly": True}}})
    assert await folds(neighbour) == [
        {"startLine": 0, "endLine": 1, "kind": "imports"},
        {"startLine": 2, "endLine": 3, "kind": "comment"},
        {"startLine": 4, "endLine": 7},
        # One for each line, though two lists begin there.
        {"startLine": 5, "endLine": 6},
    ]
    await neighbour.close()


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 34), ("utf-16", 29), ("utf-32", 28)])
async def test_parts_of_lines_fold_where_it_does(neighbour: Editor, encoding: str, column: int) -> None:
    await neighbour.initialize({"general": {"positionEncodings": [encoding]}})
    found = await folds(neighbour)
    assert {"startLine": 5, "startCharacter": column, "endLine": 7, "endCharacter": 4} in found
    assert {"startLine": 4, "startCharacter": 15, "endLine": 8, "endCharacter": 0} in found
    await neighbour.close()


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 9), ("utf-16", 4), ("utf-32", 3)])
async def test_selections_grow_in_the_columns_of_the_client(neighbour: Editor, encoding: str, width: int) -> None:
    await neighbour.initialize({"general": {"positionEncodings": [encoding]}})
    neighbour.open("untitled:a", 'fn f() { ["ß€😀", 1] }\nfn g() {}\n')
    after = width + 15
    positions = [{"line": 0, "character": after - 1}, {"line": 7, "character": 0}]
    asked = {"textDocument": {"uri": "untitled:a"}, "positions": positions}
    first, last = await neighbour.request("textDocument/selectionRange", asked)
    spans = []
    while first is not None:
        ends = first["range"]["start"], first["range"]["end"]
        spans.append(tuple((end["line"], end["character"]) for end in ends))
        first = first.get("parent")
    assert spans == [
        ((0, width + 14), (0, after)),
        ((0, 9), (0, after + 1)),
        ((0, 7), (0, after + 3)),
        ((0, 0), (0, after + 3)),
        ((0, 0), (2, 0)),
    ]
    assert last == {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}}
    await neighbour.diagnostics("untitled:a")
    await neighbour.close()


async def test_a_selection_in_the_deep_grows_in_steps_that_can_be_said(neighbour: Editor) -> None:
    await neighbour.initialize()
    neighbour.open("untitled:a", f"fn f() {{ {'[' * 150}1{']' * 150} }}")
    asked = {"textDocument": {"uri": "untitled:a"}, "positions": [{"line": 0, "character": 159}]}
    (selection,) = await neighbour.request("textDocument/selectionRange", asked)
    steps = 0
    while "parent" in selection:
        selection, steps = selection["parent"], steps + 1
    assert steps == 100
    assert selection["range"]["start"] == {"line": 0, "character": 0}
    await neighbour.diagnostics("untitled:a")
    await neighbour.close()
