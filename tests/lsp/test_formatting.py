"""Formatting in an editor: few edits, and a reason where there are none."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from .editor import Editor, Json, ServerError

URI = "untitled:format"
OPTIONS = {"tabSize": 4, "insertSpaces": True}
CROOKED = """\
pub fn dig( depth:i64 ) -> i64 {
    let spade = "😀";
  rake( spade )
}

fn rake( a ) {
    a
}
"""

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def formatting(editor: Editor, text: str, **others: Json) -> list[Json]:
    """What the server would change."""
    editor.open(URI, text)
    await editor.diagnostics(URI)
    method = "rangeFormatting" if "range" in others else "formatting"
    document = {"textDocument": {"uri": URI}, "options": OPTIONS}
    edits: list[Json] = await editor.request(f"textDocument/{method}", {**document, **others})
    return edits


def lines(start: int, end: int) -> Json:
    """The range of whole lines."""
    return {"start": {"line": start, "character": 0}, "end": {"line": end, "character": 0}}


async def test_only_lines_that_change_are_edited(editor: Editor) -> None:
    assert await formatting(editor, CROOKED) == [
        {"range": lines(0, 1), "newText": "pub fn dig(depth: i64) -> i64 {\n"},
        {"range": lines(2, 3), "newText": "    rake(spade)\n"},
        {"range": lines(5, 6), "newText": "fn rake(a) {\n"},
    ]


async def test_a_range_edits_what_it_touches(editor: Editor) -> None:
    inside = {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 6}}
    assert await formatting(editor, CROOKED, range=inside) == [
        {"range": lines(2, 3), "newText": "    rake(spade)\n"},
    ]


async def test_several_ranges_edit_each_line_once(neighbour: Editor) -> None:
    await neighbour.initialize({"textDocument": {"rangeFormatting": {"rangesSupport": True}}})
    assert neighbour.server["documentRangeFormattingProvider"] == {"rangesSupport": True}
    neighbour.open(URI, CROOKED)
    await neighbour.diagnostics(URI)
    inside = {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 6}}
    ranges = [inside, inside, lines(5, 6)]
    asked = {"textDocument": {"uri": URI}, "options": OPTIONS, "ranges": ranges}
    assert await neighbour.request("textDocument/rangesFormatting", asked) == [
        {"range": lines(2, 3), "newText": "    rake(spade)\n"},
        {"range": lines(5, 6), "newText": "fn rake(a) {\n"},
    ]
    await neighbour.close()


async def test_a_formatted_script_stays(editor: Editor) -> None:
    assert await formatting(editor, "fn rake(a) {\n    a\n}\n") == []


async def test_a_broken_script_is_an_error_of_one_line(editor: Editor) -> None:
    with pytest.raises(ServerError) as failed:
        await formatting(editor, 'fn main() {\n    println!("a"\n}\n')
    assert failed.value.message == snapshot("Not formatted. Line 2: Expected `)` to close the `(` before, found `}`")


async def test_a_script_that_is_not_open_has_no_edits(editor: Editor) -> None:
    document = {"textDocument": {"uri": "untitled:closed"}, "options": OPTIONS}
    assert await editor.request("textDocument/formatting", document) is None
