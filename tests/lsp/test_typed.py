"""What follows from what is typed, in an editor: indentation, and places that are edited as one."""

from __future__ import annotations

import pytest
from runekiln_analysis.text import Encoding

from .editor import Editor, Json
from .marked import ENCODINGS, applied, capable, marked, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

URI = "untitled:typed"
OPTIONS = {"tabSize": 2, "insertSpaces": True}


async def typed(editor: Editor, text: str, character: str, encoding: Encoding) -> str:
    """The text after the edits behind a character that was typed before the cursor."""
    at = marked(URI, text, encoding)
    editor.open(URI, at.text)
    await editor.diagnostics(URI)
    edits = await editor.request("textDocument/onTypeFormatting", at.asked(ch=character, options=OPTIONS))
    editor.shut(URI)
    assert await editor.diagnostics(URI) == []
    return applied(at.text, edits, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_lines_are_indented_while_they_are_typed(neighbour: Editor, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding))
    assert neighbour.server["documentOnTypeFormattingProvider"] == {
        "firstTriggerCharacter": "}",
        "moreTriggerCharacter": ["\n"],
    }
    text = await typed(neighbour, 'fn f() {\n  "😀ß";\n      }$0\n', "}", encoding)
    assert text == 'fn f() {\n  "😀ß";\n}\n'
    assert await typed(neighbour, "/* 😀 */ fn f() {\n$0\n}\n", "\n", encoding) == "/* 😀 */ fn f() {\n  \n}\n"
    assert await typed(neighbour, "/// 😀ß\n$0\nfn f() {}\n", "\n", encoding) == "/// 😀ß\n/// \nfn f() {}\n"
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_local_name_is_edited_as_one(neighbour: Editor, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding))
    text = marked(URI, 'fn f() { let b$0ed = "😀ß"; println!("ß {bed}"); bed }\nfn g() { 1 }', encoding)
    neighbour.open(URI, text.text)
    await neighbour.diagnostics(URI)
    linked = await neighbour.request("textDocument/linkedEditingRange", text.asked())
    assert [read(text.text, range_, encoding) for range_ in linked["ranges"]] == ["bed", "bed", "bed"]
    assert linked["wordPattern"]
    elsewhere = marked(URI, text.text.replace("fn g", "fn g$0"), encoding)
    assert await neighbour.request("textDocument/linkedEditingRange", elsewhere.asked()) is None
    await neighbour.close()


async def test_nothing_is_typed_in_what_is_not_open(editor: Editor) -> None:
    at: Json = {"textDocument": {"uri": "untitled:closed"}, "position": {"line": 0, "character": 0}}
    assert await editor.request("textDocument/onTypeFormatting", {**at, "ch": "}", "options": OPTIONS}) is None
    assert await editor.request("textDocument/linkedEditingRange", at) is None
