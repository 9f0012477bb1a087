"""The stubs that come along, as documents that only the server has."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding
from runekiln_server.lsp.shipped_stubs import path_of_shipped, uri_of_shipped
from runekiln_server.lsp.uris import to_path

from .editor import Editor, Json, ServerError
from .marked import ENCODINGS, capable, marked, read

URI = "untitled:a"
CONTENTS = {"workspace": {"textDocumentContent": {}}}


async def definition(editor: Editor, line: str, encoding: Encoding = "utf-16") -> Json:
    """Where the name at the cursor leads."""
    text = marked(URI, line, encoding)
    editor.open(URI, text.text)
    await editor.diagnostics(URI)
    (place,) = await editor.request("textDocument/definition", text.asked())
    return place


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_definitions_lead_into_a_document_of_the_server(neighbour: Editor, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding, **CONTENTS))
    assert neighbour.server["workspace"]["textDocumentContent"] == {"schemes": ["rune-stub"]}
    place = await definition(neighbour, 'pub fn f() { "😀"; fs::ex$0ists("a") }', encoding)
    assert place["uri"] == "rune-stub:/stubs/fs.rni"
    text = (await neighbour.request("workspace/textDocumentContent", {"uri": place["uri"]}))["text"]
    assert read(text, place["range"], encoding) == "exists"
    # The document is the stub itself: what is asked of it is answered.
    neighbour.open(place["uri"], text)
    assert await neighbour.diagnostics(place["uri"]) == []
    over = {"textDocument": {"uri": place["uri"]}, "position": place["range"]["start"]}
    assert "exists" in str(await neighbour.request("textDocument/hover", over))
    await neighbour.close()


@pytest.mark.asyncio(loop_scope="session")
async def test_others_are_led_to_the_file(neighbour: Editor) -> None:
    assert "textDocumentContent" not in (await neighbour.initialize())["workspace"]
    place = await definition(neighbour, "pub fn f() { So$0me(1) }")
    assert Path(to_path(place["uri"])).is_file()
    await neighbour.close()


@pytest.mark.asyncio(loop_scope="session")
async def test_a_stub_of_a_kiln_stays_a_file(neighbour: Editor, kiln: Path) -> None:
    (kiln / "beds.rni").write_text("//! crate: beds\n\npub fn water();\n")
    (kiln / ".crucible" / "runekiln.toml").write_text('[stubs]\nfiles = ["*.rni"]\n')
    main = (kiln / "main.rn").as_uri()
    await neighbour.initialize(CONTENTS, root=kiln)
    text = marked(main, "pub fn f() { beds::wa$0ter() }", "utf-16")
    neighbour.open(main, text.text)
    await neighbour.diagnostics(main)
    (place,) = await neighbour.request("textDocument/definition", text.asked())
    assert place["uri"] == (kiln / "beds.rni").as_uri()
    await neighbour.close()


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    "uri",
    [
        "rune-stub:/stubs/none.rni",
        "rune-stub:/stubs/../stub_files.py",
        "rune-stub:/stubs/%2E%2E/x.rni",
        "file:///a.rni",
    ],
)
async def test_nothing_else_is_handed_out(editor: Editor, uri: str) -> None:
    with pytest.raises(ServerError) as failed:
        await editor.request("workspace/textDocumentContent", {"uri": uri})
    assert uri in failed.value.message


def test_each_stub_has_one_uri() -> None:
    for uri in ("rune-stub:/stubs/fs.rni", "rune-stub:/std/signatures.rni"):
        path = path_of_shipped(uri)
        assert path is not None
        assert uri_of_shipped(path) == uri
        assert to_path(uri) == path
    assert uri_of_shipped("/kiln/fs.rni") is None
