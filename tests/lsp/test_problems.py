"""Problems appear where they are, change with each edit, and go when they are mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editor import BARE, OURS, Editor, Json, recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Three bytes, two units of UTF-16 and one character stand before the mistake for each of its pieces.
ASTRAL = 'pub fn main() {\n    let greeting = "ß€😀"; missing_name();\n}\n'
CLIENTS = ["vscode-4.139", "neovim-0.11.4", "helix-25.01.1", "emacs-30.1-eglot"]


def shown(diagnostics: list[Json]) -> list[tuple[str, str]]:
    """Where each problem starts, and its code."""
    return [
        (f"{found['range']['start']['line']}:{found['range']['start']['character']}", found["code"])
        for found in diagnostics
    ]


@pytest.mark.parametrize(
    ("offered", "chosen", "column"),
    [
        (["utf-8", "utf-16"], "utf-8", 32),
        (["utf-16", "utf-8"], "utf-16", 27),
        (["utf-32", "utf-16"], "utf-32", 26),
        (["utf-7", "utf-32"], "utf-32", 26),
        (["utf-7"], "utf-16", 27),
        (None, "utf-16", 27),
    ],
)
async def test_columns_are_counted_as_the_client_counts(
    neighbour: Editor, offered: list[str] | None, chosen: str, column: int
) -> None:
    capabilities = {"general": {"positionEncodings": offered}} if offered else BARE
    server = await neighbour.initialize(capabilities)
    assert server["positionEncoding"] == chosen
    neighbour.open("untitled:a", ASTRAL)
    assert shown(await neighbour.diagnostics("untitled:a")) == [(f"1:{column}", "missing-item")]
    # The client takes the name away, in its own columns.
    start, end = {"line": 1, "character": column}, {"line": 1, "character": column + len("missing_name();")}
    neighbour.change("untitled:a", [{"range": {"start": start, "end": end}, "text": ""}], version=2)
    assert "missing-item" not in str(await neighbour.diagnostics("untitled:a"))
    await neighbour.close()


@pytest.mark.parametrize("client", CLIENTS)
async def test_each_editor_is_told_what_it_can_show(neighbour: Editor, client: str) -> None:
    capabilities = recorded(client)
    # As if they did not pull, which is another test's matter.
    capabilities["textDocument"].pop("diagnostic", None)
    await neighbour.initialize(capabilities)
    neighbour.open("untitled:a", "pub fn main() {\n    missing_name();\n}\nfn main() {}\n")
    found = await neighbour.notification("textDocument/publishDiagnostics")
    declared = capabilities["textDocument"]["publishDiagnostics"]
    assert ("version" in found) == declared.get("versionSupport", False)
    assert {diagnostic["source"] for diagnostic in found["diagnostics"]} == {"runekiln"}
    assert {diagnostic["severity"] for diagnostic in found["diagnostics"]} >= {1}
    related = [diagnostic for diagnostic in found["diagnostics"] if "relatedInformation" in diagnostic]
    assert bool(related) == declared.get("relatedInformation", False)
    await neighbour.close()


async def test_unused_code_is_marked_where_the_client_can_fade_it(neighbour: Editor) -> None:
    await neighbour.initialize({"textDocument": {"publishDiagnostics": {"tagSupport": {"valueSet": [1]}}}})
    neighbour.open("untitled:a", "pub fn main() {\n    1;\n    2\n}\n")
    diagnostics = await neighbour.diagnostics("untitled:a")
    assert [found.get("tags") for found in diagnostics if found["code"] == "not-used"] == [[1]]
    await neighbour.close()


async def test_a_mended_script_is_clean_and_a_closed_one_says_nothing(editor: Editor) -> None:
    editor.open("untitled:a", "pub fn main() { missing_name() }")
    assert shown(await editor.diagnostics("untitled:a")) == [("0:16", "missing-item")]
    editor.replace("untitled:a", "pub fn main() { 1 }", version=2)
    assert await editor.diagnostics("untitled:a") == []
    editor.replace("untitled:a", "pub fn main() { missing_name() }", version=3)
    assert await editor.diagnostics("untitled:a") != []
    editor.shut("untitled:a")
    assert await editor.diagnostics("untitled:a") == []


async def test_what_is_shown_already_is_not_sent_again(editor: Editor) -> None:
    editor.open("untitled:a", "pub fn main() { missing_name() }\n")
    await editor.diagnostics("untitled:a")
    editor.replace("untitled:a", "pub fn main() { missing_name() }\n// more\n", version=2)
    # Nothing else is to arrive: the fixture looks at the end.
    await editor.quiet()


async def test_a_burst_of_edits_ends_with_the_last_of_them(neighbour: Editor) -> None:
    await neighbour.initialize({"textDocument": {"publishDiagnostics": {"versionSupport": True}}})
    body = "".join(f"pub fn f{number}() {{ {number} }}\n" for number in range(1000))
    neighbour.open("untitled:a", body)
    for version in range(2, 202):
        insert = {"line": 0, "character": 0}
        text = f"pub fn g{version}() {{ missing_{version}() }}\n"
        neighbour.change("untitled:a", [{"range": {"start": insert, "end": insert}, "text": text}], version)
    last = await neighbour.diagnostics("untitled:a", version=201)
    assert len(last) == 200
    # Those that were overtaken were not even checked.
    assert len(neighbour.taken("textDocument/publishDiagnostics")) < 100
    await neighbour.close()


async def test_a_script_is_known_by_any_spelling_and_called_as_its_editor_calls_it(
    neighbour: Editor, tmp_path: Path
) -> None:
    await neighbour.initialize()
    folder = tmp_path / "a (b)"
    folder.mkdir()
    spelt = f"file://{tmp_path}/a%20(b)/%63.rn"
    neighbour.open(spelt, "pub fn main() { missing_name() }")
    assert await neighbour.diagnostics(spelt) != []
    neighbour.replace((folder / "c.rn").as_uri(), "pub fn main() {}", version=2)
    assert await neighbour.diagnostics(spelt) == []
    await neighbour.close()


class TestModFiles:
    """A script and the files that its `mod` items pull in."""

    SCRIPT = "mod beds;\npub fn main() { beds::water() }\n"

    async def test_their_problems_are_theirs(self, editor: Editor, tmp_path: Path) -> None:
        script, beds = tmp_path / "main.rn", tmp_path / "beds.rn"
        beds.write_text("pub fn water() { missing_name() }")
        editor.open(script.as_uri(), self.SCRIPT)
        assert shown(await editor.diagnostics(beds.as_uri())) == [("0:17", "missing-item")]
        assert await editor.diagnostics(script.as_uri()) == []
        editor.open(beds.as_uri(), beds.read_text())
        editor.replace(beds.as_uri(), "pub fn water() { 1 }", version=2)
        assert await editor.diagnostics(beds.as_uri()) == []
        # Closed without saving: what counts again is the file.
        editor.shut(beds.as_uri())
        assert shown(await editor.diagnostics(beds.as_uri())) == [("0:17", "missing-item")]
        editor.shut(script.as_uri())
        assert await editor.diagnostics(beds.as_uri()) == []

    async def test_the_script_is_checked_again_when_one_changes(self, editor: Editor, tmp_path: Path) -> None:
        script, beds = tmp_path / "main.rn", tmp_path / "beds.rn"
        beds.write_text("pub fn water() { 1 }")
        editor.open(script.as_uri(), self.SCRIPT)
        assert await editor.diagnostics(script.as_uri()) == []
        editor.open(beds.as_uri(), beds.read_text())
        assert await editor.diagnostics(beds.as_uri()) == []
        editor.replace(beds.as_uri(), "pub fn dig() { 1 }", version=2)
        assert shown(await editor.diagnostics(script.as_uri())) == [("1:16", "missing-item")]
        assert shown(await editor.diagnostics(beds.as_uri())) == [("0:7", "not-used")]
        editor.replace(beds.as_uri(), "pub fn water() { 2 }", version=3)
        assert await editor.diagnostics(script.as_uri()) == []
        assert await editor.diagnostics(beds.as_uri()) == []

    @pytest.mark.parametrize("watches", [True, False])
    async def test_files_that_change_on_disk_are_noticed(
        self, neighbour: Editor, tmp_path: Path, watches: bool
    ) -> None:
        registers = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": watches}}}
        await neighbour.initialize(registers)
        script, beds = tmp_path / "main.rn", tmp_path / "beds.rn"
        neighbour.open(script.as_uri(), self.SCRIPT)
        assert shown(await neighbour.diagnostics(script.as_uri()))[0] == ("0:4", "missing-module")
        for text, problems in (("pub fn water() {}", []), ("pub fn dig() {}", [("1:16", "missing-item")])):
            beds.write_text(text)
            if watches:
                change = {"changes": [{"uri": beds.as_uri(), "type": 1}]}
                neighbour.notify("workspace/didChangeWatchedFiles", change)
            assert shown(await neighbour.diagnostics(script.as_uri())) == problems
        assert shown(await neighbour.diagnostics(beds.as_uri())) == [("0:7", "not-used")]
        assert neighbour.registered == (["workspace/didChangeWatchedFiles"] if watches else [])
        await neighbour.close()


async def test_a_text_that_is_too_much_for_the_checker_spoils_nothing(editor: Editor) -> None:
    editor.open("untitled:a", "pub fn main() { missing_name() }")
    assert await editor.diagnostics("untitled:a") != []
    editor.open("untitled:b", "pub fn main() { " + "[" * 200_000)
    assert await editor.diagnostics("untitled:b") != []
    editor.replace("untitled:a", "pub fn main() {}", version=2)
    assert await editor.diagnostics("untitled:a") == []


async def test_severities_follow_the_settings_of_the_kiln(neighbour: Editor, kiln: Path) -> None:
    await neighbour.initialize(OURS)
    settings = kiln / ".crucible" / "runekiln.toml"
    settings.write_text('[diagnostics.severity]\nmissing-item = "hint"\n')
    script = (kiln / "a.rn").as_uri()
    neighbour.open(script, "pub fn main() { missing_name() }")
    assert [found["severity"] for found in await neighbour.diagnostics(script)] == [4]
    settings.write_text('[diagnostics.severity]\nmissing-item = "off"\n')
    assert await neighbour.diagnostics(script) == []
    settings.write_text('[diagnostics.severity]\nmissing-item = "loud"\n')
    assert [found["severity"] for found in await neighbour.diagnostics(script)] == [1]
    told = await neighbour.notification("window/showMessage")
    assert "loud" in told["message"] or "missing-item" in told["message"]
    await neighbour.close()


async def test_what_a_host_passes_over_is_told_while_one_writes(neighbour: Editor, tmp_path: Path) -> None:
    (tmp_path / ".crucible").mkdir()
    path = tmp_path / "plugins" / "beds.rn"
    path.parent.mkdir()
    uri = path.as_uri()
    await neighbour.initialize(BARE)
    neighbour.open(uri, "mod shapes {\n    pub fn all() { 1 }\n}\npub fn main() { shapes::all() }\n")
    assert shown(await neighbour.diagnostics(uri)) == []
    shapes = path.with_name("shapes.rn")
    shapes.write_text("#[tool]\npub fn all() { 1 }\n", encoding="utf-8")
    neighbour.change(uri, [{"text": "mod shapes;\npub fn main() { shapes::all() }\n"}], version=2)
    assert shown(await neighbour.diagnostics(uri)) == [("0:4", "module-in-plugin")]
    # The host loads the file of the module too, and finds neither the tool in it nor anything else.
    told = [("0:0", "accidental-tool"), ("0:0", "bare-attribute")]
    assert shown(await neighbour.diagnostics(shapes.as_uri())) == told
    await neighbour.close()
