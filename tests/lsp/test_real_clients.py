"""One scenario in each real editor: it asks what it can, and nothing is sent that it has not said it can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editor import Editor, Json
from .real_client import CLIENTS, RealClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEDS = "/// A bed.\npub struct Bed { width }\n\nimpl Bed {\n    pub fn area(self) { self.width * 2 }\n}\n"
SCRIPT = """\
mod beds;
use beds::Bed;

fn grow(bed: Bed, litres: i64) {
    let mut label = "😀ß"; println!("{}", label);
    bed.area() * litres
}

pub fn codify_session(session: Session) {
    let phases = session.phases();
    grow(Bed { width: 1 }, 3);
    absent(phases);
}
"""
EMOJI = 'let mut label = "😀ß"; '
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 13, "character": 0}}


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest, neighbour: Editor) -> RealClient:
    """Each of the editors."""
    return RealClient(request.param, neighbour)


@pytest.fixture
def folder(kiln: Path) -> Path:
    """Two files of a kiln."""
    (kiln / "beds.rn").write_text(BEDS)
    (kiln / "main.rn").write_text(SCRIPT)
    return kiln


async def begun(client: RealClient, folder: Path) -> tuple[str, list[Json]]:
    """The script, once it is open and its problems are shown."""
    uri = (folder / "main.rn").as_uri()
    client.editor.open(uri, SCRIPT)
    return uri, await problems(client, uri)


async def problems(client: RealClient, uri: str) -> list[Json]:
    """The problems that the editor shows, in the way in which it comes to know them."""
    if client.of_document("diagnostic") is None:
        params = await client.editor.notification_about("textDocument/publishDiagnostics", uri)
        assert "version" not in params or client.of_document("publishDiagnostics.versionSupport")
        found: list[Json] = params["diagnostics"]
        return found
    pulled: list[Json] = (await client.ask("diagnostic", uri))["items"]
    return pulled


async def test_it_is_told_what_there_is_for_it(client: RealClient, folder: Path) -> None:
    server = await client.initialize(folder)
    assert server["positionEncoding"] == client.encoding
    assert ("diagnosticProvider" in server) == (client.of_document("diagnostic") is not None)
    assert isinstance(server["renameProvider"], dict) == bool(client.of_document("rename.prepareSupport"))
    renames = server["workspace"]["fileOperations"].get("willRename")
    assert bool(renames) == bool(client.can("workspace.fileOperations.willRename"))
    assert isinstance(server["workspaceSymbolProvider"], dict) == bool(client.can("workspace.symbol.resolveSupport"))
    await client.editor.close()


async def test_problems_and_what_can_be_done_about_them(client: RealClient, folder: Path) -> None:
    await client.initialize(folder)
    uri, found = await begun(client, folder)
    assert {problem["code"] for problem in found} == {"missing-item", "let-mut"}
    for problem in found:
        client.check_problem(problem)
    here = next(problem for problem in found if problem["code"] == "let-mut")
    actions = await client.ask("codeAction", uri, range=here["range"], context={"diagnostics": [here]})
    for action in actions:
        client.check_action(action)
    fix = next(action for action in actions if action["kind"] == "quickfix")
    if "edit" not in fix:
        fix = await client.editor.request("codeAction/resolve", fix)
    (edit,) = client.edits_of(fix["edit"], uri, 1)
    assert (client.read(SCRIPT, edit["range"]), edit["newText"]) == ("mut ", "")
    (all_of_it,) = await client.ask(
        "codeAction", uri, range=WHOLE, context={"diagnostics": [], "only": ["source.fixAll"]}
    )
    if "edit" not in all_of_it:
        all_of_it = await client.editor.request("codeAction/resolve", all_of_it)
    assert client.edits_of(all_of_it["edit"], uri, 1)
    await client.editor.close()


async def test_typing(client: RealClient, folder: Path) -> None:
    await client.initialize(folder)
    uri, _ = await begun(client, folder)
    place = client.position(SCRIPT, EMOJI)
    text = SCRIPT.replace(EMOJI, f"{EMOJI}bed.")
    client.editor.change(uri, [{"range": {"start": place, "end": place}, "text": "bed."}], 2)
    place = client.position(text, f"{EMOJI}bed.")
    completions = await client.ask("completion", uri, position=place, context={"triggerKind": 1})
    client.check_completions(completions)
    item = next(item for item in completions["items"] if item["label"] == "area")
    client.check_resolved(item, await client.editor.request("completionItem/resolve", item))

    call = client.position(text, "grow(Bed { width: 1 }, ")
    help_ = await client.ask("signatureHelp", uri, position=call)
    (signature,) = help_["signatures"]
    assert help_["activeParameter"] == 1
    information = "signatureHelp.signatureInformation"
    has_offsets = client.of_document(f"{information}.parameterInformation.labelOffsetSupport")
    assert isinstance(signature["parameters"][0]["label"], list) == bool(has_offsets)
    if "documentation" in signature:
        client.check_markup(signature["documentation"], client.of_document(f"{information}.documentationFormat"))

    await problems(client, uri)
    client.editor.replace(uri, "fn grow(bed) { bed}\n", version=3)
    edits = await client.ask("formatting", uri, options={"tabSize": 4, "insertSpaces": True})
    assert all(edit.keys() == {"range", "newText"} for edit in edits)
    assert edits
    await problems(client, uri)
    await client.editor.close()


async def test_looking_around(client: RealClient, folder: Path) -> None:
    await client.initialize(folder)
    uri, _ = await begun(client, folder)
    beds = (folder / "beds.rn").as_uri()
    at_area, at_bed = client.position(SCRIPT, "bed.ar"), client.position(SCRIPT, "use beds::Be")

    hover = await client.ask("hover", uri, position=client.position(SCRIPT, f'{EMOJI}println!("{{}}", lab'))
    client.check_markup(hover["contents"], client.of_document("hover.contentFormat"))
    assert client.read(SCRIPT, hover["range"]) == "label"
    for method, place, read in (
        ("definition", at_area, "area"),
        ("declaration", at_area, "area"),
        ("typeDefinition", client.position(SCRIPT, "    be"), "Bed"),
        ("implementation", at_bed, "Bed"),
    ):
        (span,) = client.check_places(await client.ask(method, uri, position=place), method)
        assert client.read(BEDS, span) == read, method
    found = await client.ask("references", uri, position=at_area, context={"includeDeclaration": True})
    assert {each["uri"] for each in found} == {uri, beds}
    assert all(each.keys() == {"uri", "range"} for each in found)
    marks = await client.ask("documentHighlight", uri, position=client.position(SCRIPT, "let mut lab"))
    assert [client.read(SCRIPT, mark["range"]) for mark in marks] == ["label", "label"]

    names = client.check_symbols(await client.ask("documentSymbol", uri))
    assert {"grow", "codify_session"}.issubset(names)
    (symbol,) = await client.editor.request("workspace/symbol", {"query": "grow"})
    if "range" not in symbol["location"]:
        assert client.can("workspace.symbol.resolveSupport.properties") == ["location.range"]
        symbol = await client.editor.request("workspaceSymbol/resolve", symbol)
    assert symbol["location"]["range"]["start"]["line"] == 3
    await client.editor.close()


async def test_new_names(client: RealClient, folder: Path) -> None:
    await client.initialize(folder)
    uri, _ = await begun(client, folder)
    beds = (folder / "beds.rn").as_uri()
    place = client.position(SCRIPT, "bed.ar")
    if client.of_document("rename.prepareSupport"):
        assert await client.ask("prepareRename", uri, position=place)
    renamed = await client.ask("rename", uri, position=place, newName="space")
    (edit,) = client.edits_of(renamed, uri, 1)
    assert client.read(SCRIPT, edit["range"]) == "area"
    (edit,) = client.edits_of(renamed, beds, None)
    assert client.read(BEDS, edit["range"]) == "area"
    if client.can("workspace.fileOperations.willRename"):
        files = [{"oldUri": beds, "newUri": (folder / "plots.rn").as_uri()}]
        moved = await client.editor.request("workspace/willRenameFiles", {"files": files})
        assert {edit["newText"] for edit in client.edits_of(moved, uri, 1)} == {"plots"}
    await client.editor.close()


async def test_what_is_drawn_in_the_text(client: RealClient, folder: Path) -> None:
    server = await client.initialize(folder)
    uri, _ = await begun(client, folder)
    if client.of_document("semanticTokens"):
        legend = server["semanticTokensProvider"]["legend"]
        full = await client.ask("semanticTokens/full", uri)
        used = client.check_tokens(full["data"], legend, SCRIPT)
        # The editor's own grammar has these.
        assert used.isdisjoint({"keyword", "comment", "string", "number"})
        client.editor.change(uri, [{"range": WHOLE, "text": SCRIPT.replace("grow", "pour")}], 2)
        delta = await client.ask("semanticTokens/full/delta", uri, previousResultId=full["resultId"])
        assert "edits" in delta
        if client.of_document("semanticTokens.requests.range"):
            part = await client.ask("semanticTokens/range", uri, range=WHOLE)
            client.check_tokens(part["data"], legend, SCRIPT.replace("grow", "pour"))
        await problems(client, uri)
    if client.of_document("inlayHint"):
        hints = await client.ask("inlayHint", uri, range=WHOLE)
        assert ": Vec<Phase>" in [client.check_label(hint["label"]) for hint in hints]
    if client.of_document("codeLens"):
        for lens in await client.ask("codeLens", uri):
            assert "command" in lens or "command" in client.of_document("codeLens.resolveSupport.properties")
            if "command" not in lens:
                lens = await client.editor.request("codeLens/resolve", lens)
            # Other commands would be an extension's, which is not there.
            assert lens["command"]["command"] in server["executeCommandProvider"]["commands"]
    if client.of_document("documentLink"):
        (link,) = await client.ask("documentLink", uri)
        client.check_only(link, "tooltip", "textDocument.documentLink.tooltipSupport")
        assert link["target"] == (folder / "beds.rn").as_uri()
    if client.of_document("foldingRange"):
        client.check_folds(await client.ask("foldingRange", uri))
    if client.of_document("selectionRange"):
        (around,) = await client.ask("selectionRange", uri, positions=[client.position(SCRIPT, "let pha")])
        assert client.read(SCRIPT, around["range"]) == "phases"
    await client.editor.close()


async def test_calls(client: RealClient, folder: Path) -> None:
    await client.initialize(folder)
    uri, _ = await begun(client, folder)
    if client.of_document("callHierarchy"):
        (item,) = await client.ask("prepareCallHierarchy", uri, position=client.position(SCRIPT, "fn gr"))
        (caller,) = await client.editor.request("callHierarchy/incomingCalls", {"item": item})
        assert caller["from"]["name"] == "codify_session"
        (callee,) = await client.editor.request("callHierarchy/outgoingCalls", {"item": item})
        assert callee["to"]["name"] == "area"
    await client.editor.close()
