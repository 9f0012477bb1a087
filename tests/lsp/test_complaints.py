"""What users of other language servers have complained of, one test each, named by the complaint.

Each is the shortest form of it. Where a complaint is about every order of things or about every place in a text, the
long form stands elsewhere: `test_flood` (any messages), `test_edits` (any edits, in all encodings), `test_workspace`
(any moves of files), `test_exit` (any way to leave), `test_superseded` (what is overtaken while the checker is busy),
`test_uris` (spellings of paths), and for an editor that finds no server `tests/editors/test_vscode.py`.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import sys
import tracemalloc
from pathlib import Path

import pytest
from runekiln_analysis.text import Encoding
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.errors import GuestMissing
from runekiln_server.lsp import protocol, survey

from .client_text import ClientText
from .editor import BARE, PATIENCE, Editor, Json, ServerError, command, recorded
from .marked import ENCODINGS, capable, marked

pytestmark = pytest.mark.asyncio(loop_scope="session")

A = "untitled:a"
GARDEN = "//! crate: garden\n\npub fn water(litres: i64) -> bool;\n"
SCRIPT = "pub fn main() {\n    garden::water(3)\n}\n"
SCRIPTS = Path(__file__).parents[1] / "kilns" / "garden" / ".crucible" / "scripts"
PULLS: Json = {"textDocument": {"diagnostic": {}}}


def with_stub(kiln: Path, stub: str = GARDEN) -> str:
    """A kiln whose host is told by one stub and one line; returns the URI of the script in it."""
    (kiln / "garden.rni").write_text(stub)
    (kiln / ".crucible/runekiln.toml").write_text('stubs.files = ["*.rni"]\n')
    (kiln / "main.rn").write_text(SCRIPT)
    return (kiln / "main.rn").as_uri()


async def codes(editor: Editor, uri: str, version: int | None = None) -> list[str]:
    return [found["code"] for found in await editor.diagnostics(uri, version)]


async def until(editor: Editor, uri: str, wanted: list[str]) -> None:
    """Wait until that is what is shown of a file, in whichever way this editor comes to know of it."""
    if "diagnosticProvider" not in editor.server:
        while await codes(editor, uri) != wanted:
            """What was shown before is being replaced."""
        return
    async with asyncio.timeout(PATIENCE):
        while True:
            report = await editor.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
            if [found["code"] for found in report["items"]] == wanted:
                return
            await asyncio.sleep(0.01)


async def offered(editor: Editor, uri: str, text: str) -> list[str]:
    """The labels at the cursor."""
    found = await editor.request("textDocument/completion", marked(uri, text, "utf-16").asked())
    return [item["label"] for item in found["items"]]


async def test_1_native_functions_are_reported_missing(neighbour: Editor, kiln: Path) -> None:
    script = with_stub(kiln)
    await neighbour.initialize(root=kiln)
    neighbour.open(script, SCRIPT)
    assert await codes(neighbour, script) == []
    for path in sorted(SCRIPTS.glob("*.rn")):
        neighbour.open(path.as_uri(), path.read_text())
        assert "missing-item" not in await codes(neighbour, path.as_uri()), path.name
    await neighbour.close()


async def test_2_the_server_crashes_on_what_it_does_not_know(editor: Editor) -> None:
    editor.open(A, "pub fn main() {}")
    assert await codes(editor, A) == []
    for method in ("$/cancelRequest", "$/setTrace", "$/unheard", "unheard", "textDocument/didChange"):
        editor.notify(method, {"id": 99, "value": "off"})
    nowhere = {"textDocument": {"uri": A}, "position": {"line": 999, "character": 999}}
    assert await editor.request("textDocument/hover", nowhere) is None
    with pytest.raises(ServerError):
        await editor.request("textDocument/hover", {"position": None})
    assert await editor.request("textDocument/hover", marked(A, "pub fn ma$0in() {}", "utf-16").asked())
    # No notification was answered: see `clear_desk`.


async def test_3_a_changed_stub_needs_a_restart_and_a_broken_one_ends_all(neighbour: Editor, kiln: Path) -> None:
    script, stub = with_stub(kiln), (kiln / "garden.rni").as_uri()
    await neighbour.initialize(root=kiln)
    neighbour.open(script, SCRIPT)
    assert await codes(neighbour, script) == []
    neighbour.open(stub, GARDEN)
    await neighbour.diagnostics(stub)
    neighbour.replace(stub, GARDEN.replace("water", "dig"), 2)
    await until(neighbour, script, ["missing-item"])
    neighbour.replace(stub, f"{GARDEN}pub fn (", 3)
    assert await codes(neighbour, stub) != []
    assert await offered(neighbour, script, SCRIPT.replace("water", "$0")) == ["dig"]
    neighbour.replace(stub, GARDEN, 4)
    await until(neighbour, script, [])
    await neighbour.quiet()
    neighbour.take_all()
    await neighbour.close()


@pytest.mark.parametrize("capabilities", [BARE, PULLS], ids=["pushed", "pulled"])
async def test_4_who_uses_a_file_hears_nothing_of_its_edits(neighbour: Editor, kiln: Path, capabilities: Json) -> None:
    main, beds = (kiln / "main.rn").as_uri(), (kiln / "beds.rn").as_uri()
    (kiln / "beds.rn").write_text("pub fn dig() {}\n")
    await neighbour.initialize(capabilities, root=kiln)
    neighbour.open(main, "mod beds;\npub fn main() { beds::dig() }\n")
    await until(neighbour, main, [])
    neighbour.open(beds, "pub fn dig() {}\n")
    neighbour.replace(beds, "pub fn rake() {}\n", 2)
    await until(neighbour, main, ["missing-item"])
    neighbour.replace(beds, "pub fn dig() {}\n", 3)
    await until(neighbour, main, [])
    neighbour.take_all()
    await neighbour.close()


async def moves(editor: Editor, kiln: Path, told: bool) -> None:
    """Move a module's file into a folder of its name, break it there, and bring it back."""
    main, beds, inside = kiln / "main.rn", kiln / "beds.rn", kiln / "beds" / "mod.rn"
    beds.write_text("pub fn dig() {}\n")
    editor.open(main.as_uri(), "mod beds;\npub fn main() { beds::dig() }\n")
    await until(editor, main.as_uri(), [])

    def tell(*paths: Path) -> None:
        changes = [{"uri": path.as_uri(), "type": 1 if path.exists() else 3} for path in paths]
        if told:
            editor.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    beds.unlink()
    tell(beds)
    await until(editor, main.as_uri(), ["missing-module"])
    inside.parent.mkdir()
    inside.write_text("pub fn rake() {}\n")
    tell(inside.parent, inside)
    await until(editor, main.as_uri(), ["missing-item"])
    inside.unlink()
    inside.parent.rmdir()
    beds.write_text("pub fn dig() {}\n")
    tell(inside.parent, inside, beds)
    await until(editor, main.as_uri(), [])
    editor.take_all()


async def test_5_what_is_shown_is_stale_after_files_moved(neighbour: Editor, kiln: Path) -> None:
    await neighbour.initialize({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}, root=kiln)
    await moves(neighbour, kiln, told=True)
    await neighbour.close()


async def test_6_neovim_on_linux_watches_no_files(neighbour: Editor, kiln: Path) -> None:
    capabilities = recorded("neovim-0.11.4")
    assert capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] is False
    pushed = {name: each for name, each in capabilities["textDocument"].items() if name != "diagnostic"}
    await neighbour.initialize({**capabilities, "textDocument": pushed}, root=kiln)
    await moves(neighbour, kiln, told=False)
    await neighbour.close()


BEFORE = (
    "",
    "let a = 1; ",
    "if true { ",
    # Before `=>` a pattern stands, and none has a dot in it.
    "match session { _ => ",
    "let a = [1, ",
    "for phase in session.phases() { ",
    "while true { foo(",
    "let f = |x| ",
    "#{ a: ",
    "return ",
)
CUT = (
    "$0",
    "s$0",
    "session.$0",
    "session.ph$0",
    "foo($0",
    "foo(session, $0",
    "session.phases().$0",
    "1 + $0",
    "!$0",
    "(s$0",
)
BEHIND = ("", " }")


async def test_7_nothing_is_offered_in_a_file_that_does_not_parse(editor: Editor) -> None:
    editor.open(A, "")
    await editor.diagnostics(A)
    empty, version = [], 1
    for version, (before, cut, behind) in enumerate(itertools.product(BEFORE, CUT, BEHIND), start=2):
        text = f"fn foo(x, y) {{ x }}\npub fn codify_session(session) {{ {before}{cut}{behind}"
        editor.replace(A, text.replace("$0", ""), version)
        if not await offered(editor, A, text):
            empty.append(text)
    assert version == 201
    await editor.quiet()
    editor.take_all()
    assert empty == []


async def test_8_places_are_those_of_the_file_on_disk(neighbour: Editor, kiln: Path) -> None:
    path = kiln / "main.rn"
    path.write_text("pub fn main() { on_disk() }")
    await neighbour.initialize(root=kiln)
    neighbour.open(path.as_uri(), "\n\n  pub fn main() { unsaved() }")
    (problem,) = await neighbour.diagnostics(path.as_uri())
    assert problem["range"]["start"] == {"line": 2, "character": len("  pub fn main() { ")}
    neighbour.shut(path.as_uri())
    assert await neighbour.diagnostics(path.as_uri()) == []
    neighbour.open(path.as_uri(), path.read_text())
    (problem,) = await neighbour.diagnostics(path.as_uri())
    assert "on_disk" in problem["message"]
    await neighbour.close()


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_9_columns_are_wrong_behind_other_letters_and_fixes_spoil_the_file(
    neighbour: Editor, encoding: Encoding
) -> None:
    await neighbour.initialize(
        capable(encoding, textDocument={"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {}}}})
    )
    text = '\ufeff// 😀\u2028ß\u000c\r\npub fn main() { let 数 = "😀ß"; let mut x = 数; x }\r\n'
    neighbour.open(A, text)
    problem = next(each for each in await neighbour.diagnostics(A) if each["code"] == "let-mut")
    asked = {"textDocument": {"uri": A}, "range": problem["range"], "context": {"diagnostics": [problem]}}
    (fix,) = (each for each in await neighbour.request("textDocument/codeAction", asked) if "mut" in each["title"])
    ((edit,),) = fix["edit"]["changes"].values()
    document = ClientText(text, encoding)
    start, end = (
        next(place for place in document.places() if document.position(place) == (at["line"], at["character"]))
        for at in (edit["range"]["start"], edit["range"]["end"])
    )
    document.replace(start, end, edit["newText"])
    assert document.text == text.replace("let mut x", "let x")
    await neighbour.close()


@pytest.mark.parametrize(
    "spelt", ["file:///C:/kiln/a.rn", "file:///c%3A/kiln/a.rn", "file:///c:/kiln/%28auth%29/a%23.rn"]
)
async def test_10_problems_land_on_another_spelling_of_the_file(editor: Editor, spelt: str) -> None:
    editor.open(spelt, "pub fn main() { missing_name() }")
    assert await codes(editor, spelt) == ["missing-item"]
    editor.replace(spelt, "pub fn main() {}", 2)
    assert await codes(editor, spelt) == []


async def test_11_the_home_folder_is_read_as_a_whole(newcomer: Editor, tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"other{number}.rn").write_text("pub fn main() { missing_name() }")
    await newcomer.initialize(PULLS)
    uri = (tmp_path / "main.rn").as_uri()
    newcomer.open(uri, "pub fn main() { missing_name() }")
    (report,) = (await newcomer.request("workspace/diagnostic", {"previousResultIds": []}))["items"]
    assert report["uri"] == uri
    await newcomer.close()


async def test_11_no_kiln_is_too_large(neighbour: Editor, kiln: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST_SCRIPTS", 2)
    (kiln / "deep/down").mkdir(parents=True)
    for path in ("a.rn", "deep/b.rn", "deep/down/c.rn"):
        (kiln / path).write_text("pub fn main() { missing_name() }")
    await neighbour.initialize(PULLS, root=kiln)
    reports = (await neighbour.request("workspace/diagnostic", {"previousResultIds": []}))["items"]
    assert [report["uri"] for report in reports] == [(kiln / path).as_uri() for path in ("a.rn", "deep/b.rn")]
    assert "There are 3 scripts" in (await neighbour.notification("window/showMessage"))["message"]
    await neighbour.close()


async def test_12_each_save_checks_everything_again(neighbour: Editor, kiln: Path) -> None:
    uris = [(kiln / f"{name}.rn").as_uri() for name in "abc"]
    await neighbour.initialize({"window": {"workDoneProgress": True}}, root=kiln)
    for uri in uris:
        neighbour.open(uri, "pub fn main() { missing_name() }")
        assert await codes(neighbour, uri) == ["missing-item"]
    neighbour.save(uris[0])
    await neighbour.quiet()
    # No progress was begun, and nothing shown again.
    assert neighbour.unexpected() == []
    await neighbour.close()


async def test_13_the_same_message_pops_up_again_and_again(neighbour: Editor, kiln: Path) -> None:
    (kiln / ".crucible/runekiln.toml").write_text("[run]\nsesion = 1\n")
    await neighbour.initialize(root=kiln)
    for name in "abc":
        neighbour.open((kiln / f"{name}.rn").as_uri(), "pub fn main() {}")
        assert await codes(neighbour, (kiln / f"{name}.rn").as_uri()) == []
    assert "run.sesion" in (await neighbour.notification("window/showMessage"))["message"]
    await neighbour.quiet()
    assert neighbour.unexpected() == []
    await neighbour.close()


async def test_14_what_was_cancelled_is_done_all_the_same(editor: Editor) -> None:
    editor.open(A, "pub fn main() { loop {} }")
    await editor.diagnostics(A)
    runs = [editor.ask("workspace/executeCommand", command("runekiln.run", {"uri": A})) for _ in range(20)]
    for run in runs:
        editor.notify("$/cancelRequest", {"id": run})
    assert [(await editor.outcome(run))["error"]["code"] for run in runs] == [-32800] * len(runs)
    assert await editor.command("runekiln.stop", {"uri": A}) == 0


async def test_14_nobody_says_what_takes_so_long(
    neighbour: Editor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(protocol, "SLOW", 0.0)
    await neighbour.initialize()
    neighbour.open(A, "pub fn main() { 1 }")
    await neighbour.diagnostics(A)
    await neighbour.request("textDocument/hover", marked(A, "pub fn ma$0in", "utf-16").asked())
    await neighbour.command("runekiln.sessions", {"uri": A})
    told = [record.message for record in caplog.records if record.name == protocol.__name__]
    assert any(message.startswith("textDocument/hover took 0.") for message in told)
    assert not any("executeCommand" in message for message in told)
    await neighbour.close()


@pytest.mark.parametrize("way", ["end of input", "exit", "a dead parent"])
async def test_15_servers_stay_behind_without_an_editor(newcomer: Editor, way: str) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE)
    await newcomer.initialize(processId=parent.pid, initializationOptions={"run": {"timeLimitSeconds": 3600}})
    newcomer.open(A, "pub fn main() { loop {} }")
    await newcomer.diagnostics(A)
    newcomer.ask("workspace/executeCommand", command("runekiln.run", {"uri": A}))
    assert await newcomer.command("runekiln.sessions", {"uri": A}) == []
    if way == "a dead parent":
        parent.kill()
    elif way == "exit":
        newcomer.notify("exit", None)
    else:
        assert newcomer.process.stdin is not None
        newcomer.process.stdin.close()
    assert await asyncio.wait_for(newcomer.process.wait(), PATIENCE) == 1
    if parent.returncode is None:
        parent.kill()
    await parent.wait()


async def test_21_nothing_works_without_the_host(compiled_guest: None, kiln: Path) -> None:
    # No host, nor anything else, can be started from here.
    editor = await Editor.start(PATH="")
    await editor.initialize(root=kiln)
    text = "pub fn codify_session(session) { session.$0 }"
    editor.open(A, text.replace("$0", ""))
    await editor.diagnostics(A)
    assert "phases" in await offered(editor, A, text)
    editor.replace(A, "pub fn main() { 1 + 1 }", 2)
    assert await codes(editor, A) == []
    assert (await editor.command("runekiln.run", {"uri": A}))["value"] == 2
    editor.take_all()
    await editor.close()
    await editor.kill()


async def test_22_what_is_not_wrong_is_shown_while_things_load(newcomer: Editor, kiln: Path) -> None:
    script = with_stub(kiln)
    await newcomer.initialize(root=kiln)
    newcomer.open(script, SCRIPT)
    for version in range(2, 40):
        newcomer.replace(script, SCRIPT + f"// {version}\n", version)
    await newcomer.request("textDocument/documentSymbol", {"textDocument": {"uri": script}})
    shown = [message["params"]["diagnostics"] for message in newcomer.take_all()]
    assert not any(shown)
    await newcomer.quiet()
    newcomer.take_all()
    await newcomer.close()


async def test_23_values_of_the_host_give_noise(neighbour: Editor, kiln: Path) -> None:
    stub = "//! crate: garden\n\npub struct Bed;\n#[sealed]\npub struct Pile;\n"
    script = with_stub(kiln, stub)
    await neighbour.initialize(root=kiln)

    def text(kind: str) -> str:
        return f"pub fn main(a, b: {kind}) {{ a.anything(); b.anything() }}"

    neighbour.open(script, text("garden::Bed"))
    assert await codes(neighbour, script) == []
    neighbour.replace(script, text("garden::Pile"), 2)
    assert await codes(neighbour, script) == ["unknown-method"]
    await neighbour.close()


@pytest.mark.parametrize("way", ["the kiln", "options", "asked", "pushed"])
async def test_24_a_setting_counts_in_one_place_and_not_in_another(neighbour: Editor, kiln: Path, way: str) -> None:
    script = with_stub(kiln)
    setting = {"stubs": {"files": ["*.rni"]}}
    if way != "the kiln":
        (kiln / ".crucible/runekiln.toml").unlink()
    if way == "asked":
        neighbour.settings = {"runekiln": setting}
    able = {"workspace": {"configuration": way == "asked"}}
    await neighbour.initialize(able, root=kiln, initializationOptions=setting if way == "options" else None)
    if way == "pushed":
        neighbour.notify("workspace/didChangeConfiguration", {"settings": {"runekiln": setting}})
    neighbour.open(script, SCRIPT)
    await until(neighbour, script, [])
    await neighbour.close()


async def test_25_nobody_says_why_it_does_not_start(compiled_guest: None) -> None:
    def missing(_: object) -> Checkers:
        raise GuestMissing(Path("/somewhere/guest.wasm"))

    editor = await Editor.start_here(missing)
    await editor.initialize()
    told = (await editor.notification("window/showMessage"))["message"]
    assert "/somewhere/guest.wasm" in told
    # What needs no guest is answered all the same, and nothing is told twice.
    assert await editor.command("runekiln.sessions", {"uri": A}) == []
    await editor.close()
    await editor.kill()


EDITS = 1_000
PER_EDIT = 105
"""Bytes of the server's own that an edit may leave behind: a megabyte after ten thousand."""


async def test_26_memory_grows_with_every_edit(neighbour: Editor) -> None:
    await neighbour.initialize()
    neighbour.open(A, "pub fn main() { 1 }")
    await neighbour.diagnostics(A)

    async def edit(first: int) -> None:
        for version in range(first, first + EDITS):
            neighbour.replace(A, f"pub fn main() {{ {version} }}", version)
            if version % 50 == 0:
                await neighbour.request("textDocument/hover", marked(A, "pub fn ma$0in", "utf-16").asked())
        await neighbour.quiet()
        neighbour.take_all()
        gc.collect()

    ours = [tracemalloc.Filter(True, pattern) for pattern in ("*runekiln_*", "*pygls*", "*lsprotocol*", "*asyncio*")]
    tracemalloc.start()
    try:
        taken = []
        for first in range(2, 2 + 4 * EDITS, EDITS):
            await edit(first)
            taken.append(tracemalloc.take_snapshot().filter_traces(ours))
    finally:
        tracemalloc.stop()
    # What is read once, such as all that Rune has, is read in some round; what leaks grows in each.
    rounds = itertools.pairwise(taken)
    grown = [sum(each.size_diff for each in after.compare_to(before, "filename")) for before, after in rounds]
    assert min(grown) < EDITS * PER_EDIT
    await neighbour.close()
