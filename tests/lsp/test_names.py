"""Where names lead, where things are named, and how they get other names, in real files and columns of all kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding

from .editor import Editor, Json, ServerError
from .marked import ENCODINGS, applied, capable, marked, read

pytestmark = pytest.mark.asyncio(loop_scope="session")

URI = "untitled:a"
MAIN = """\
mod beds;
pub fn main() { let ß = "😀"; let bed = beds::Bed { width: 1 }; bed.width }
"""
BEDS = """\
/* 😀ß */ pub struct Bed { width }
"""
OTHER = """\
mod beds;
pub fn other(x) { "😀"; x is beds::Bed }
"""


@pytest.fixture
def garden(kiln: Path) -> Path:
    """A kiln in which two scripts pull in the same file."""
    for name, text in (("main.rn", MAIN), ("beds.rn", BEDS), ("other.rn", OTHER)):
        (kiln / name).write_text(text)
    return kiln


async def opened(editor: Editor, uri: str, text: str) -> None:
    editor.open(uri, text)
    await editor.diagnostics(uri)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_links_show_the_word_and_the_whole_declaration(
    neighbour: Editor, garden: Path, encoding: Encoding
) -> None:
    await neighbour.initialize(capable(encoding, textDocument={"definition": {"linkSupport": True}}))
    uri, beds = (garden / "main.rn").as_uri(), (garden / "beds.rn").as_uri()
    text = marked(uri, MAIN.replace("beds::Bed", "beds::B$0ed"), encoding)
    await opened(neighbour, uri, MAIN)
    (link,) = await neighbour.request("textDocument/definition", text.asked())
    assert read(MAIN, link["originSelectionRange"], encoding) == "Bed"
    assert link["targetUri"] == beds
    assert read(BEDS, link["targetSelectionRange"], encoding) == "Bed"
    assert read(BEDS, link["targetRange"], encoding) == "pub struct Bed { width }"
    (place,) = await neighbour.request(
        "textDocument/typeDefinition", marked(uri, MAIN.replace("; bed.", "; b$0ed."), encoding).asked()
    )
    assert place == {"uri": beds, "range": link["targetSelectionRange"]}
    await neighbour.close()


@pytest.mark.parametrize(
    ("word", "declared", "stub"),
    [
        ("session: Sess$0ion", "Session", "crucible.rni"),
        ("session.pha$0ses", "phases", "crucible.rni"),
        ("fs::ex$0ists", "exists", "fs.rni"),
        ("So$0me", "Some", "std.rni"),
        ("std::iter::ra$0nge", "range", "std.rni"),
    ],
)
async def test_what_the_host_has_leads_into_a_stub(editor: Editor, word: str, declared: str, stub: str) -> None:
    line = 'pub fn f(session: Session) { session.phases(); fs::exists("a"); Some(1); std::iter::range(1, 2); }'
    text = marked(URI, line.replace(word.replace("$0", ""), word), "utf-16")
    await opened(editor, URI, text.text)
    (place,) = await editor.request("textDocument/definition", text.asked())
    assert place["uri"].endswith(f"/{stub}")
    content = Path(place["uri"].removeprefix("file://")).read_text()
    assert read(content, place["range"], "utf-16") == declared


async def test_an_entry_is_declared_by_the_host(editor: Editor) -> None:
    text = marked(URI, "pub fn codify_session$0(session) {}", "utf-16")
    await opened(editor, URI, text.text)
    (place,) = await editor.request("textDocument/declaration", text.asked())
    assert place["uri"].endswith(".rni")
    (place,) = await editor.request("textDocument/definition", text.asked())
    assert place["uri"] == URI
    assert await editor.request("textDocument/implementation", text.asked()) == [place]


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_references_of_all_scripts_that_pull_in_a_file(
    neighbour: Editor, garden: Path, encoding: Encoding
) -> None:
    await neighbour.initialize(capable(encoding))
    uri = (garden / "beds.rn").as_uri()
    text = marked(uri, BEDS.replace("Bed {", "B$0ed {"), encoding)
    await opened(neighbour, uri, BEDS)
    found = await neighbour.request("textDocument/references", text.asked(context={"includeDeclaration": False}))
    texts = {(garden / name).as_uri(): (garden / name).read_text() for name in ("main.rn", "other.rn", "beds.rn")}
    assert {(Path(place["uri"]).name, read(texts[place["uri"]], place["range"], encoding)) for place in found} == {
        ("main.rn", "Bed"),
        ("other.rn", "Bed"),
    }
    found = await neighbour.request("textDocument/references", text.asked(context={"includeDeclaration": True}))
    assert uri in [place["uri"] for place in found]
    assert len(found) == 3
    await neighbour.close()


async def test_references_in_a_script_as_it_is_open(editor: Editor, garden: Path) -> None:
    main, beds = (garden / "main.rn").as_uri(), (garden / "beds.rn").as_uri()
    unsaved = "mod beds;\npub fn main(x) { x is beds::Bed && x is beds::Bed }\n"
    await opened(editor, main, unsaved)
    editor.open(beds, BEDS)
    text = marked(beds, BEDS.replace("Bed {", "B$0ed {"), "utf-16")
    found = await editor.request("textDocument/references", text.asked(context={"includeDeclaration": False}))
    assert [read(unsaved, place["range"], "utf-16") for place in found if place["uri"] == main] == ["Bed", "Bed"]
    await editor.quiet()
    editor.take_all()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_what_is_read_is_told_from_what_is_written(neighbour: Editor, encoding: Encoding) -> None:
    await neighbour.initialize(capable(encoding))
    text = marked(URI, 'pub fn f() { "😀"; let ß = 1; ß = 2; ß$0 }', encoding)
    await opened(neighbour, URI, text.text)
    found = await neighbour.request("textDocument/documentHighlight", text.asked())
    assert [(read(text.text, each["range"], encoding), each["kind"]) for each in found] == [
        ("ß", 3),
        ("ß", 3),
        ("ß", 2),
    ]
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_new_name_in_all_files_with_their_versions(neighbour: Editor, garden: Path, encoding: Encoding) -> None:
    able = {
        "workspace": {"workspaceEdit": {"documentChanges": True}},
        "textDocument": {"rename": {"prepareSupport": True}},
    }
    await neighbour.initialize(capable(encoding, **able))
    uri = (garden / "main.rn").as_uri()
    await opened(neighbour, uri, MAIN)
    text = marked(uri, MAIN.replace("beds::Bed", "beds::B$0ed"), encoding)
    prepared = await neighbour.request("textDocument/prepareRename", text.asked())
    assert prepared["placeholder"] == "Bed"
    assert read(MAIN, prepared["range"], encoding) == "Bed"
    changed = await neighbour.request("textDocument/rename", text.asked(newName="Plot"))
    by_name = {Path(each["textDocument"]["uri"]).name: each for each in changed["documentChanges"]}
    assert {name: each["textDocument"].get("version") for name, each in by_name.items()} == {
        "main.rn": 1,
        "beds.rn": None,
    }
    assert applied(MAIN, by_name["main.rn"]["edits"], encoding) == MAIN.replace("Bed", "Plot")
    assert applied(BEDS, by_name["beds.rn"]["edits"], encoding) == BEDS.replace("Bed", "Plot")
    await neighbour.close()


async def test_a_new_name_for_a_file_of_several_scripts(neighbour: Editor, garden: Path) -> None:
    await neighbour.initialize()
    uri = (garden / "beds.rn").as_uri()
    await opened(neighbour, uri, BEDS)
    text = marked(uri, BEDS.replace("Bed {", "B$0ed {"), "utf-16")
    changes = (await neighbour.request("textDocument/rename", text.asked(newName="Plot")))["changes"]
    after = {
        Path(each).name: applied((garden / Path(each).name).read_text(), edits, "utf-16")
        for each, edits in changes.items()
    }
    assert after == {
        "main.rn": MAIN.replace("Bed", "Plot"),
        "beds.rn": BEDS.replace("Bed", "Plot"),
        "other.rn": OTHER.replace("Bed", "Plot"),
    }
    await neighbour.close()


async def test_why_there_is_no_new_name(editor: Editor) -> None:
    text = marked(URI, "pub fn f() { let a$0 = 1; let b = 2; a + b }", "utf-16")
    await opened(editor, URI, text.text)
    with pytest.raises(ServerError, match="With the name `b`, line 1 would mean something else"):
        await editor.request("textDocument/rename", text.asked(newName="b"))
    here = {**text.asked(), "position": {"line": 0, "character": 0}}
    with pytest.raises(ServerError, match="There is no name here"):
        await editor.request("textDocument/prepareRename", here)


async def test_a_module_follows_its_file(neighbour: Editor, garden: Path) -> None:
    able: Json = {"workspace": {"fileOperations": {"willRename": True}}}
    server = await neighbour.initialize(able, root=garden)
    assert [each["pattern"]["glob"] for each in server["workspace"]["fileOperations"]["willRename"]["filters"]] == [
        "**/*.rn",
        "**/*",
    ]
    moved = [{"oldUri": (garden / "beds.rn").as_uri(), "newUri": (garden / "plots.rn").as_uri()}]
    changes = (await neighbour.request("workspace/willRenameFiles", {"files": moved}))["changes"]
    after = {
        Path(uri).name: applied((garden / Path(uri).name).read_text(), edits, "utf-16")
        for uri, edits in changes.items()
    }
    assert after == {"main.rn": MAIN.replace("beds", "plots"), "other.rn": OTHER.replace("beds", "plots")}
    away = [{"oldUri": (garden / "beds.rn").as_uri(), "newUri": (garden / "deep" / "beds.rn").as_uri()}]
    assert await neighbour.request("workspace/willRenameFiles", {"files": away}) is None
    await neighbour.close()
