"""One line of configuration and one `.rni`: what the host gives is known at once, and again after each change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from .editor import OURS, Editor, Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

GARDEN = """\
//! crate: garden

/// Waters the beds.
#[permission("kiln.read")]
pub fn water(litres: i64) -> bool;
"""
SETTINGS = 'stubs.files = ["stubs/*.rni"]\npermissions.granted = ["kiln.read"]\n'
SCRIPT = "pub fn main() {\n    garden::water(3)\n}\n"
VERSIONS = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}


@pytest.fixture
def kiln(kiln: Path) -> Path:
    """A kiln with a host of its own."""
    (kiln / ".crucible/runekiln.toml").write_text(SETTINGS)
    (kiln / "stubs").mkdir()
    (kiln / "stubs/garden.rni").write_text(GARDEN)
    (kiln / "main.rn").write_text(SCRIPT)
    return kiln


@pytest.fixture
def script(kiln: Path) -> str:
    return (kiln / "main.rn").as_uri()


@pytest.fixture
def stub(kiln: Path) -> str:
    return (kiln / "stubs/garden.rni").as_uri()


@pytest_asyncio.fixture(loop_scope="session")
async def gardener(neighbour: Editor, kiln: Path) -> Editor:
    """An editor that shows the kiln."""
    await neighbour.initialize(VERSIONS, root=kiln)
    return neighbour


async def codes(editor: Editor, uri: str) -> list[str]:
    return [found["code"] for found in await editor.diagnostics(uri)]


def at(uri: str, line: int, character: int) -> Json:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


async def labels(editor: Editor, uri: str, line: int, character: int) -> list[str]:
    return [
        item["label"] for item in (await editor.request("textDocument/completion", at(uri, line, character)))["items"]
    ]


async def test_a_script_is_checked_with_the_stubs_of_its_kiln(gardener: Editor, script: str, tmp_path: Path) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    outside = "untitled:main.rn"
    gardener.open(outside, SCRIPT)
    assert await codes(gardener, outside) == ["missing-item"]
    await gardener.close()


async def test_completion_and_hover_know_the_host(gardener: Editor, script: str) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    assert await labels(gardener, script, 1, len("    garden::")) == ["water"]
    hovered = (await gardener.request("textDocument/hover", at(script, 1, len("    garden::w"))))["contents"]
    assert "fn garden::water(litres: i64) -> bool" in hovered
    assert "Waters the beds." in hovered
    assert "`kiln.read`" in hovered
    await gardener.close()


async def test_an_edited_stub_checks_open_scripts_again(gardener: Editor, script: str, stub: str) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    gardener.open(stub, GARDEN)
    assert await codes(gardener, stub) == []
    gardener.replace(stub, GARDEN.replace("water", "dig"), 2)
    assert await codes(gardener, script) == ["missing-item"]
    assert await labels(gardener, script, 1, len("    garden::")) == ["dig"]
    gardener.replace(stub, GARDEN, 3)
    assert await codes(gardener, script) == []
    await editor_shows(gardener, stub, 3, [])
    await gardener.close()


async def editor_shows(editor: Editor, uri: str, version: int, wanted: list[str]) -> None:
    assert [found["code"] for found in await editor.diagnostics(uri, version)] == wanted


async def test_a_broken_stub_shows_why_and_keeps_its_last_good_version(
    gardener: Editor, script: str, stub: str
) -> None:
    gardener.open(stub, GARDEN)
    assert await codes(gardener, stub) == []
    gardener.replace(stub, GARDEN + "pub fn dig(", 2)
    assert len(await gardener.diagnostics(stub, 2)) > 0
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    gardener.replace(stub, GARDEN.replace("water", "dig") + "pub fn (", 3)
    assert len(await gardener.diagnostics(stub, 3)) > 0
    assert await labels(gardener, script, 1, len("    garden::")) == ["water"]
    gardener.replace(stub, GARDEN.replace("water", "dig"), 4)
    assert await gardener.diagnostics(stub, 4) == []
    assert await codes(gardener, script) == ["missing-item"]
    await gardener.close()


async def test_a_stub_that_changes_on_disk_checks_open_scripts_again(gardener: Editor, kiln: Path, script: str) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    # Our own watcher may see it before we are told: both count once.
    (kiln / "stubs/garden.rni").write_text(GARDEN.replace("water", "dig"))
    assert await codes(gardener, script) == ["missing-item"]
    (kiln / "stubs/garden.rni").unlink()
    (kiln / "stubs/other.rni").write_text(GARDEN)
    assert await codes(gardener, script) == []
    await gardener.close()


async def test_a_client_that_watches_tells_of_stubs(neighbour: Editor, kiln: Path, script: str, stub: str) -> None:
    watching = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    await neighbour.initialize(watching, root=kiln)
    neighbour.open(script, SCRIPT)
    assert await codes(neighbour, script) == []
    (kiln / "stubs/garden.rni").write_text(GARDEN.replace("water", "dig"))
    neighbour.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": stub, "type": 2}]})
    assert await codes(neighbour, script) == ["missing-item"]
    await neighbour.close()


async def test_what_was_not_saved_counts_no_more_once_the_stub_is_closed(
    gardener: Editor, script: str, stub: str
) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    gardener.open(stub, GARDEN.replace("water", "dig"))
    assert await codes(gardener, stub) == []
    assert await codes(gardener, script) == ["missing-item"]
    gardener.shut(stub)
    assert await codes(gardener, script) == []
    await gardener.close()


async def test_two_stubs_that_declare_the_same_are_told(gardener: Editor, kiln: Path, stub: str) -> None:
    (kiln / "stubs/other.rni").write_text(GARDEN)
    other = (kiln / "stubs/other.rni").as_uri()
    gardener.open(stub, GARDEN)
    gardener.open(other, GARDEN)
    assert await codes(gardener, stub) == []
    [problem] = await gardener.diagnostics(other)
    assert problem["code"] == "declared-twice"
    gardener.replace(other, GARDEN.replace("water", "dig"), 2)
    assert await gardener.diagnostics(other, 2) == []
    await gardener.close()


async def test_a_stub_outside_of_every_kiln_is_checked_by_itself(editor: Editor) -> None:
    editor.open("untitled:garden.rni", GARDEN + "pub fn dig(")
    assert len(await editor.diagnostics("untitled:garden.rni")) > 0


async def test_a_stub_has_an_outline_folds_hover_and_a_layout(gardener: Editor, stub: str) -> None:
    text = "//! crate: garden\npub mod beds {\n    pub   struct Bed {\n        pub name: String,\n    }\n}\n"
    gardener.open(stub, text)
    assert await codes(gardener, stub) == []
    document = {"textDocument": {"uri": stub}}
    outline = await gardener.request("textDocument/documentSymbol", document)
    assert [symbol["name"] for symbol in outline] == ["beds", "Bed", "name"]
    folds = await gardener.request("textDocument/foldingRange", document)
    assert [(fold["startLine"], fold["endLine"]) for fold in folds] == [(1, 5), (2, 4)]
    selections = await gardener.request(
        "textDocument/selectionRange", {**document, "positions": [at(stub, 3, 14)["position"]]}
    )
    assert selections[0]["range"]["start"]["line"] == 3
    options = {"tabSize": 4, "insertSpaces": True}
    edits = await gardener.request("textDocument/formatting", {**document, "options": options})
    assert [edit["newText"] for edit in edits] == ["    pub struct Bed {\n"]
    hovered = await gardener.request("textDocument/hover", at(stub, 2, len("    pub   struct B")))
    assert "struct garden::beds::Bed" in hovered["contents"]
    assert (await gardener.request("textDocument/completion", at(stub, 2, 8))) in (
        None,
        {"isIncomplete": False, "items": []},
    )
    assert await gardener.request("textDocument/codeLens", document) in (None, [])
    await gardener.close()


STUB = """\
//! crate: garden

/// One of the beds.
pub type Name = String;
#[since("0.3")]
pub const BEDS: i64 = 12;
pub macro log(expressions) -> ();
pub struct Pile<T> {
    /// The last that came.
    #[mut] #[deprecated("take `rows`")] pub top: Option<T>,
}
impl<T> Pile<T> {
    #[permission("kiln.write", scope = "note")] pub async fn keep(self, note: String) -> bool;
}
pub attribute season { pattern: Option<String> } for fn(event: any) -> bool;
pub event "night:frost": Pile<String>;
#[entry("gardener")]
pub fn tend(id: Name) -> Vec<String>;
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Name", ["type garden::Name = String", "One of the beds."]),
        ("BEDS", ["const garden::BEDS: i64 = 12", "Since 0.3."]),
        ("log", ["macro garden::log!(expressions)"]),
        ("Pile", ["struct garden::Pile<T>"]),
        ("top", ["#[mut] Pile.top: Option<T>", "**Deprecated**: take `rows`", "The last that came."]),
        ("keep", ["async fn Pile::keep(self, note: String) -> bool", "`kiln.write`, for the value of `note`"]),
        ("season", ["#[season(pattern: Option<String>)]"]),
        ("pattern", ["pattern: Option<String>"]),
        ("night:frost", ['event "night:frost": Pile<String>']),
        ("tend", ["fn tend(id: Name) -> Vec<String>"]),
    ],
)
async def test_hover_in_a_stub_shows_what_scripts_see(gardener: Editor, stub: str, name: str, said: list[str]) -> None:
    gardener.open(stub, STUB)
    assert await codes(gardener, stub) == []
    line = next(number for number, row in enumerate(STUB.splitlines()) if name in row)
    hovered = await gardener.request("textDocument/hover", at(stub, line, STUB.splitlines()[line].index(name) + 1))
    for part in said:
        assert part in hovered["contents"]
    await gardener.close()


async def test_a_script_runs_with_the_stubs_of_its_kiln(gardener: Editor, script: str) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    result = await gardener.command("runekiln.run", {"uri": script, "entry": "main"})
    assert result["outcome"] == "finished"
    gardener.take_all()
    await gardener.close()


async def test_the_settings_name_other_stubs(gardener: Editor, kiln: Path, script: str) -> None:
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    (kiln / ".crucible/runekiln.toml").write_text(SETTINGS.replace("stubs/", "hosts/"))
    assert await codes(gardener, script) == ["missing-item"]
    (kiln / "hosts").mkdir()
    (kiln / "hosts/garden.rni").write_text(GARDEN)
    assert await codes(gardener, script) == []
    await gardener.close()


async def test_a_folder_has_the_profile_that_the_settings_give_it(gardener: Editor, kiln: Path) -> None:
    (kiln / "stubs/garden.rni").write_text(GARDEN.replace("pub fn", '#[profile("tools")] pub fn'))
    (kiln / ".crucible/runekiln.toml").write_text(SETTINGS + 'stubs.profiles = { "tools/**" = "tools" }\n')
    script, tool = (kiln / "main.rn").as_uri(), (kiln / "tools/main.rn").as_uri()
    gardener.open(script, SCRIPT)
    gardener.open(tool, SCRIPT)
    [problem] = await gardener.diagnostics(script)
    assert "`tools`" in problem["message"]
    assert await codes(gardener, tool) == []
    (kiln / ".crucible/runekiln.toml").write_text(SETTINGS + 'stubs.profile = "tools"\n')
    assert await codes(gardener, script) == []
    await gardener.close()


async def test_a_broken_stub_that_is_not_open_is_told_once(gardener: Editor, kiln: Path, script: str) -> None:
    (kiln / "stubs/garden.rni").write_text(GARDEN + "pub fn dig(")
    gardener.open(script, SCRIPT)
    assert await codes(gardener, script) == []
    gardener.replace(script, SCRIPT + "// more\n", 2)
    assert "stubs/garden.rni:6" in (await gardener.notification("window/showMessage"))["message"]
    await gardener.quiet()
    assert [message["method"] for message in gardener.take_all()] == ["textDocument/publishDiagnostics"]
    await gardener.close()


async def test_closed_stubs_are_among_the_problems_of_a_workspace(neighbour: Editor, kiln: Path, stub: str) -> None:
    (kiln / "stubs/garden.rni").write_text(GARDEN + "pub fn dig(")
    await neighbour.initialize({"textDocument": {"diagnostic": {}}}, root=kiln)
    reports = (await neighbour.request("workspace/diagnostic", {"previousResultIds": []}))["items"]
    assert [len(report["items"]) > 0 for report in reports if report["uri"] == stub] == [True]
    neighbour.take_all()
    await neighbour.close()


async def test_a_pinned_run_is_done_again_when_a_stub_is_saved(
    neighbour: Editor, kiln: Path, script: str, stub: str
) -> None:
    await neighbour.initialize({**VERSIONS, **OURS}, root=kiln)
    neighbour.open(script, SCRIPT)
    neighbour.open(stub, GARDEN)
    await neighbour.command("runekiln.pin", {"uri": script, "entry": "main"})
    assert (await neighbour.notification("runekiln/ran"))["generation"] == 1
    neighbour.replace(stub, GARDEN.replace("Waters", "Really waters"), 2)
    neighbour.save(stub)
    assert (await neighbour.notification("runekiln/ran"))["generation"] == 2
    neighbour.take_all()
    await neighbour.close()


async def test_stubs_and_folders_of_them_come_and_go(neighbour: Editor, kiln: Path, script: str) -> None:
    watching = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    await neighbour.initialize(watching, root=kiln)

    def tell(path: Path, kind: int) -> None:
        changes = [{"uri": path.as_uri(), "type": kind}]
        neighbour.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    neighbour.open(script, SCRIPT.replace("water", "dig"))
    assert await codes(neighbour, script) == ["missing-item"]
    more = kiln / "stubs/more.rni"
    more.write_text(GARDEN.replace("water", "dig"))
    tell(more, 1)
    assert await codes(neighbour, script) == []
    shutil.move(kiln / "stubs", kiln / "elsewhere")
    tell(kiln / "stubs", 3)
    assert await codes(neighbour, script) == ["missing-item"]
    shutil.move(kiln / "elsewhere", kiln / "stubs")
    tell(kiln / "stubs", 1)
    assert await codes(neighbour, script) == []
    await neighbour.close()


async def test_what_a_host_has_is_implemented_in_its_rust(neighbour: Editor, kiln: Path, script: str) -> None:
    crate = kiln.parent / "host"
    (crate / "src").mkdir(parents=True)
    (crate / "src/lib.rs").write_text("//! Beds.\n\npub fn water(litres: i64) -> bool {\n    true\n}\n")
    (kiln / "stubs/garden.rni").write_text(GARDEN.replace("pub fn", '#[source("src/lib.rs", 1)]\npub fn'))
    (kiln / ".crucible/runekiln.toml").write_text(f"{SETTINGS}stubs.sources = ['../host']\n")
    await neighbour.initialize(VERSIONS, root=kiln)
    neighbour.open(script, SCRIPT)
    await neighbour.diagnostics(script)
    (found,) = await neighbour.request("textDocument/implementation", at(script, 1, 14))
    assert found["uri"] == (crate / "src/lib.rs").as_uri()
    assert found["range"] == {"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 12}}
    (declared,) = await neighbour.request("textDocument/definition", at(script, 1, 14))
    assert declared["uri"] == (kiln / "stubs/garden.rni").as_uri()
    await neighbour.close()
