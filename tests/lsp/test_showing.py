"""What an editor shows while somebody writes and reads: signatures, tokens, hints, symbols, calls and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding

from .client_text import ClientText
from .editor import Editor, Json, ServerError
from .marked import ENCODINGS, applied, capable, marked, place_of, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

URI = "untitled:a"
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}


async def opened(editor: Editor, text: str, uri: str = URI) -> None:
    editor.open(uri, text)
    await editor.diagnostics(uri)


def painted(text: str, numbers: list[int], legend: Json, encoding: Encoding) -> list[str]:
    """The words with what they are told to be, decoded as an editor does it."""
    line, column, words = 0, 0, []
    for at in range(0, len(numbers), 5):
        lines, columns, length, kind, modifiers = numbers[at : at + 5]
        line, column = line + lines, columns if lines else column + columns
        ends = ({"line": line, "character": column}, {"line": line, "character": column + length})
        names = [name for bit, name in enumerate(legend["tokenModifiers"]) if modifiers >> bit & 1]
        word = read(text, dict(zip(("start", "end"), ends, strict=True)), encoding)
        words.append(" ".join((word, legend["tokenTypes"][kind], *names)))
    return words


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_tokens_in_the_columns_of_the_client(neighbour: Editor, encoding: Encoding) -> None:
    able = {"textDocument": {"semanticTokens": {"augmentsSyntaxTokens": True}}}
    server = await neighbour.initialize(capable(encoding, **able))
    provider = server["semanticTokensProvider"]
    assert provider["full"] == {"delta": True}
    assert provider["range"] is True
    text = '/* 😀ß */ pub fn f(ß) {\n    let x = ["😀", ß];\n    x\n}\n'
    await opened(neighbour, text)
    asked = {"textDocument": {"uri": URI}}
    answer = await neighbour.request("textDocument/semanticTokens/full", asked)
    words = ["f function declaration", "ß parameter declaration", "x variable declaration", "ß parameter", "x variable"]
    assert painted(text, answer["data"], provider["legend"], encoding) == words
    last = {"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}}
    part = await neighbour.request("textDocument/semanticTokens/range", {**asked, "range": last})
    assert painted(text, part["data"], provider["legend"], encoding) == ["x variable"]
    await neighbour.close()


async def test_all_tokens_for_an_editor_without_a_grammar(editor: Editor) -> None:
    await opened(editor, "fn f() { 1 } // one")
    answer = await editor.request("textDocument/semanticTokens/full", {"textDocument": {"uri": URI}})
    legend = editor.server["semanticTokensProvider"]["legend"]
    assert painted("fn f() { 1 } // one", answer["data"], legend, "utf-16") == [
        "fn keyword",
        "f function declaration",
        "1 number",
        "// one comment",
    ]


async def test_only_what_is_new_in_the_tokens(editor: Editor) -> None:
    before = "fn f() { 1 }\nfn g() { 2 }\nfn h() { 3 }\n"
    asked: Json = {"textDocument": {"uri": URI}}
    await opened(editor, before)
    first = await editor.request("textDocument/semanticTokens/full", asked)
    data, name = first["data"], first["resultId"]
    for version, after in enumerate(
        (before, before.replace("2", "22 + x"), before, before.replace("fn g() { 2 }\n", ""), "", before), start=2
    ):
        editor.replace(URI, after, version)
        delta = await editor.request("textDocument/semanticTokens/full/delta", {**asked, "previousResultId": name})
        if version == 3:
            # One token is longer by one.
            assert [edit["data"] for edit in delta["edits"]] == [[2]]
        for edit in delta["edits"]:
            data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
        name = delta["resultId"]
        whole = await editor.request("textDocument/semanticTokens/full", asked)
        assert data == whole["data"]
        name = whole["resultId"]
    unknown = await editor.request("textDocument/semanticTokens/full/delta", {**asked, "previousResultId": "no such"})
    assert unknown["data"] == data
    await editor.quiet()
    editor.take_all()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_signature_with_the_parameters_where_the_client_looks(neighbour: Editor, encoding: Encoding) -> None:
    signature = {"documentationFormat": ["markdown"], "parameterInformation": {"labelOffsetSupport": True}}
    await neighbour.initialize(capable(encoding, textDocument={"signatureHelp": {"signatureInformation": signature}}))
    text = marked(URI, '/// Waters.\nfn f(ß: String, 𠮷, z) { 1 }\nfn g() { "😀"; f("ß", $0) }', encoding)
    await opened(neighbour, text.text)
    answer = await neighbour.request("textDocument/signatureHelp", text.asked())
    (shown,) = answer["signatures"]
    assert shown["documentation"] == {"kind": "markdown", "value": "Waters."}
    units = ClientText(shown["label"], "utf-16")
    places = {units.position(place)[1]: place for place in units.places()}
    labels = [
        shown["label"][places[start] : places[end]] for start, end in (each["label"] for each in shown["parameters"])
    ]
    assert labels == ["ß: String", "𠮷", "z"]
    assert (answer["activeSignature"], answer["activeParameter"]) == (0, 1)
    await neighbour.close()


async def test_a_signature_for_a_client_that_can_nothing(editor: Editor) -> None:
    text = marked(URI, "/// Waters `x`.\nfn f(a, b) { 1 }\nfn g() { f($0) }", "utf-16")
    await opened(editor, text.text)
    (shown,) = (await editor.request("textDocument/signatureHelp", text.asked()))["signatures"]
    assert shown["documentation"] == "Waters `x`."
    assert [each["label"] for each in shown["parameters"]] == ["a", "b"]
    assert await editor.request("textDocument/signatureHelp", marked(URI, f"$0{text.text}", "utf-16").asked()) is None


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_hints_where_the_settings_want_them(neighbour: Editor, encoding: Encoding) -> None:
    neighbour.settings = {"runekiln": {"inlayHints": {"chains": False}}}
    await neighbour.initialize(capable(encoding, workspace={"configuration": True}))
    text = 'fn f(depth) { "😀"; depth }\nfn g() { "😀"; let ß = [f(1)]; ß\n    .iter()\n    .rev() }'
    await opened(neighbour, text)
    asked = {"textDocument": {"uri": URI}, "range": WHOLE}
    found = await neighbour.request("textDocument/inlayHint", asked)
    drawn = text
    for hint in reversed(found):
        place = place_of(text, hint["position"], encoding)
        drawn = f"{drawn[:place]}<{hint['label']}>{drawn[place:]}"
    assert drawn == text.replace("let ß", "let ß<: Vec>").replace("f(1)", "f(<depth:>1)")
    assert [hint["kind"] for hint in found] == [1, 2]
    neighbour.settings = {"runekiln": {"inlayHints": {"types": False, "parameterNames": False, "chains": True}}}
    neighbour.notify("workspace/didChangeConfiguration", {"settings": None})
    await neighbour.quiet()
    (chain,) = await neighbour.request("textDocument/inlayHint", asked)
    assert chain["paddingLeft"] is True
    await neighbour.close()


HINTS = {"inlayHint": {"resolveSupport": {"properties": ["tooltip", "textEdits", "label.tooltip", "label.location"]}}}


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_hint_leads_to_the_type_and_writes_it(neighbour: Editor, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding, textDocument=HINTS))
    text = 'struct Bed;\nfn f() { "😀"; Bed {} }\nfn g() { "😀ß"; let b = f(); b }\n'
    await opened(neighbour, text)
    (hint,) = await neighbour.request("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": WHOLE})
    assert hint["label"] == [{"value": ": Bed"}]
    resolved = await neighbour.request("inlayHint/resolve", hint)
    (part,) = resolved["label"]
    assert "Bed" in part["tooltip"]
    assert part["location"]["uri"] == URI
    assert read(text, part["location"]["range"], encoding) == "Bed"
    assert applied(text, resolved["textEdits"], encoding) == text.replace("let b", "let b: Bed")
    neighbour.replace(URI, f"// newer\n{text}", 2)
    with pytest.raises(ServerError):
        await neighbour.request("inlayHint/resolve", hint)
    with pytest.raises(ServerError):
        await neighbour.request("inlayHint/resolve", {**hint, "data": 1})
    whole = {"position": {"line": 0, "character": 0}, "label": "i64"}
    assert (await neighbour.request("inlayHint/resolve", whole))["label"] == "i64"
    await neighbour.quiet()
    neighbour.take_all()
    await neighbour.close()


async def test_a_client_is_asked_for_nothing_of_a_hint_that_it_cannot_show(editor: Editor) -> None:
    await opened(editor, "fn f() { 1 }\nfn g() { let b = f(); b }\n")
    (hint,) = await editor.request("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": WHOLE})
    assert (hint["label"], "data" in hint) == (": i64", False)


async def test_what_a_call_needs_is_told(editor: Editor) -> None:
    await opened(editor, 'pub fn main() { shell::exec("just", [], #{}) }')
    hints = await editor.request("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": WHOLE})
    (needs,) = [hint for hint in hints if "kind" not in hint]
    assert (needs["label"], needs["paddingLeft"]) == ("needs shell(just)", True)
    assert needs["position"]["character"] == len('pub fn main() { shell::exec("just", [], #{})')


async def test_hints_are_asked_for_again_with_other_settings(neighbour: Editor) -> None:
    neighbour.settings = {"runekiln": {}}
    able = {"workspace": {"configuration": True, "inlayHint": {"refreshSupport": True}}}
    await neighbour.initialize(able)
    await opened(neighbour, "fn f() {}")
    neighbour.settings = {"runekiln": {"inlayHints": {"types": False}}}
    neighbour.notify("workspace/didChangeConfiguration", {"settings": None})
    refresh = await neighbour.asked("workspace/inlayHint/refresh")
    neighbour.send({"id": refresh["id"], "result": None})
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_symbols_of_all_scripts(neighbour: Editor, kiln: Path, encoding: Encoding) -> None:
    text = "/* 😀ß */ pub struct Bed { width }\nimpl Bed { fn water(self) {} }\n"
    (kiln / "main.rn").write_text("mod beds;\npub fn water_all() {}\n")
    (kiln / "beds.rn").write_text(text)
    (kiln / "broken.rn").write_text("pub fn waterproof( {")
    able = {"workspace": {"symbol": {"resolveSupport": {"properties": ["location.range"]}}}}
    await neighbour.initialize(capable(encoding, **able), root=kiln)
    found = await neighbour.request("workspace/symbol", {"query": "wat"})
    named = [(each["name"], Path(each["location"]["uri"]).name) for each in found]
    assert named == [("water", "beds.rn"), ("water_all", "main.rn"), ("waterproof", "broken.rn")]
    assert found[0]["containerName"] == "Bed"
    bed, *_ = await neighbour.request("workspace/symbol", {"query": "Bed"})
    assert "range" not in bed["location"]
    resolved = await neighbour.request("workspaceSymbol/resolve", bed)
    assert read(text, resolved["location"]["range"], encoding) == "Bed"
    assert await neighbour.request("workspace/symbol", {"query": "nothing_of_that_name"}) == []
    await neighbour.close()


async def test_symbols_with_their_places_for_a_client_that_does_not_ask_again(neighbour: Editor, kiln: Path) -> None:
    (kiln / "main.rn").write_text("pub fn water_all() {}\n")
    await neighbour.initialize(root=kiln)
    (found,) = await neighbour.request("workspace/symbol", {"query": "WATER"})
    assert read("pub fn water_all() {}\n", found["location"]["range"], "utf-16") == "water_all"
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_callers_and_callees_across_files(neighbour: Editor, kiln: Path, encoding: Encoding) -> None:
    main = 'mod beds;\npub fn main(s: Session) { "😀"; beds::water(); s.phases(); }\n'
    (kiln / "main.rn").write_text(main)
    (kiln / "beds.rn").write_text("pub fn water() { pour() }\nfn pour() {}\n")
    await neighbour.initialize(capable(encoding))
    uri = (kiln / "main.rn").as_uri()
    await opened(neighbour, main, uri)
    text = marked(uri, main.replace("water", "wa$0ter"), encoding)
    (water,) = await neighbour.request("textDocument/prepareCallHierarchy", text.asked())
    assert (water["name"], Path(water["uri"]).name) == ("water", "beds.rn")
    (caller,) = await neighbour.request("callHierarchy/incomingCalls", {"item": water})
    assert caller["from"]["name"] == "main"
    assert [read(main, range_, encoding) for range_ in caller["fromRanges"]] == ["water"]
    (pour,) = await neighbour.request("callHierarchy/outgoingCalls", {"item": water})
    assert pour["to"]["name"] == "pour"
    called = await neighbour.request("callHierarchy/outgoingCalls", {"item": caller["from"]})
    assert [(each["to"]["name"], Path(each["to"]["uri"]).name) for each in called] == [
        ("water", "beds.rn"),
        ("phases", "crucible.rni"),
    ]
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_modules_link_to_their_files(neighbour: Editor, kiln: Path, encoding: Encoding) -> None:
    main = "/* 😀ß */ mod beds;\nmod missing;\npub fn main() { beds::water() }\n"
    (kiln / "main.rn").write_text(main)
    (kiln / "beds.rn").write_text("pub fn water() {}\n")
    await neighbour.initialize(capable(encoding))
    uri = (kiln / "main.rn").as_uri()
    await opened(neighbour, main, uri)
    (link,) = await neighbour.request("textDocument/documentLink", {"textDocument": {"uri": uri}})
    assert read(main, link["range"], encoding) == "beds"
    assert link["target"] == (kiln / "beds.rn").as_uri()
    await neighbour.close()
