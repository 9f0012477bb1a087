"""Entries run from the editor: by command, stopped by command, and again on save once they are pinned."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editor import OURS, Editor, Json, ServerError, command

pytestmark = pytest.mark.asyncio(loop_scope="session")

SESSION = "# Weeding\n\n## Beds\n\nDone.\n"
CODIFIER = "pub fn codify_session(session: Session) { session.phases().len() }\n"


def log(kiln: Path, name: str, text: str = SESSION) -> Path:
    folder = kiln / ".crucible" / "sessions" / name
    folder.mkdir(parents=True)
    (folder / "session.md").write_text(text)
    return folder / "session.md"


async def opened(editor: Editor, path: Path, text: str) -> str:
    path.write_text(text)
    editor.open(path.as_uri(), text)
    await editor.diagnostics(path.as_uri())
    return path.as_uri()


async def run(editor: Editor, argument: Json = None, name: str = "runekiln.run") -> Json:
    """The result of a run, which the server also tells of."""
    result = await editor.command(name, argument)
    told = await editor.notification("runekiln/ran")
    assert told["reason"] == "command"
    assert told["result"] == result
    return result


async def test_lenses_run_and_pin_each_entry(neighbour: Editor, tmp_path: Path) -> None:
    await neighbour.initialize({**OURS, "workspace": {"codeLens": {"refreshSupport": True}}})
    uri = await opened(
        neighbour, tmp_path / "a.rn", "pub fn one() { 1 }\nfn hidden() { 2 }\npub fn two() { hidden() }\n"
    )

    async def lenses() -> list[str]:
        found = await neighbour.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
        return [
            f"{lens['range']['start']['line']} {lens['command']['title']} {lens['command']['arguments'][0]['entry']}"
            for lens in found
        ]

    assert await lenses() == ["0 ▶ Run one", "0 Pin one", "2 ▶ Run two", "2 Pin two"]
    await run(neighbour, {"uri": uri, "entry": "two"}, "runekiln.pin")
    assert await lenses() == ["0 ▶ Run one", "0 Pin one", "2 ▶ Run two", "2 Unpin two"]
    await neighbour.command("runekiln.unpin", {"uri": uri, "entry": "two"})
    assert (await lenses())[-1] == "2 Pin two"
    await neighbour.close()


async def test_a_result_says_what_ran(editor: Editor, tmp_path: Path) -> None:
    uri = await opened(editor, tmp_path / "a.rn", 'pub fn main(a, b) { println!("adding"); a + b }\n')
    result = await run(editor, {"uri": uri, "arguments": [1, 2]})
    assert result["uri"] == uri
    assert result["entry"] == "main"
    assert result["outcome"] == "finished"
    assert result["value"] == 3
    assert result["output"] == "adding\n"
    assert result["generation"] == 1
    assert (await run(editor, {"uri": uri, "arguments": [2, 2]}))["generation"] == 2


async def test_the_text_of_the_editor_runs_not_that_of_the_file(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "beds.rn").write_text("pub fn count() { 1 }")
    uri = await opened(editor, tmp_path / "a.rn", "mod beds;\npub fn main() { beds::count() }\n")
    assert (await run(editor, {"uri": uri}))["value"] == 1
    editor.replace(uri, "mod beds;\npub fn main() { beds::count() + 1 }\n", version=2)
    assert (await run(editor, {"uri": uri}))["value"] == 2
    editor.open((tmp_path / "beds.rn").as_uri(), "pub fn count() { 10 }")
    await editor.diagnostics((tmp_path / "beds.rn").as_uri())
    assert (await run(editor, {"uri": uri}))["value"] == 11


async def test_a_script_need_not_be_open(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "a.rn").write_text("pub fn main() { 7 }")
    assert (await run(editor, {"uri": (tmp_path / "a.rn").as_uri()}))["value"] == 7
    with pytest.raises(ServerError, match=r"no script .*nowhere\.rn"):
        await editor.command("runekiln.run", {"uri": (tmp_path / "nowhere.rn").as_uri()})


async def test_what_is_to_be_chosen_is_asked(editor: Editor, kiln: Path) -> None:
    uri = await opened(editor, kiln / "a.rn", CODIFIER + "pub fn other(session: Session) {}\n")
    assert await editor.command("runekiln.run", {"uri": uri}) == {
        "needs": {"entry": ["codify_session", "other"]},
    }
    with pytest.raises(ServerError, match="session"):
        await editor.command("runekiln.run", {"uri": uri, "entry": "other"})
    first = log(kiln, "2026-01-01-first", "# First\n\n## A\n")
    assert (await run(editor, {"uri": uri, "entry": "codify_session"}))["value"] == 1
    second = log(kiln, "2026-02-02-second", "# Second\n\n## A\n\n## B\n")
    asked = await editor.command("runekiln.run", {"uri": uri, "entry": "codify_session"})
    choices = [{"path": str(first), "title": "First"}, {"path": str(second), "title": "Second"}]
    assert sorted(asked["needs"]["session"], key=str) == choices
    assert sorted(await editor.command("runekiln.sessions", {"uri": uri}), key=str) == choices
    result = await run(editor, {"uri": uri, "entry": "codify_session", "session": str(second)})
    assert result["value"] == 2


async def test_a_command_without_arguments_takes_the_script_touched_last(editor: Editor, kiln: Path) -> None:
    log(kiln, "one", "---\nstarted: 2026-01-01T00:00:00Z\n---\n# One\n\n## A\n")
    log(kiln, "two", "---\nstarted: 2026-02-02T00:00:00Z\n---\n# Two\n\n## A\n\n## B\n")
    await opened(editor, kiln / "b.rn", "pub fn main() { 1 }\n")
    await opened(editor, kiln / "a.rn", CODIFIER)
    assert (await run(editor))["value"] == 2


async def test_without_a_script_a_command_says_so(editor: Editor) -> None:
    with pytest.raises(ServerError, match="No script is open"):
        await editor.command("runekiln.run")


async def test_a_stopped_run_says_so(editor: Editor, tmp_path: Path) -> None:
    uri = await opened(editor, tmp_path / "a.rn", "pub fn main() {\n    loop {\n    }\n}\n")
    request = editor.ask("workspace/executeCommand", command("runekiln.run", {"uri": uri}))
    # Everything else goes on meanwhile.
    await editor.quiet()
    assert await editor.command("runekiln.stop", {"uri": uri}) == 1
    result = await editor.answer(request)
    assert result["outcome"] == "stopped"
    assert result["error"]["code"] == "user-stop"
    assert await editor.notification("runekiln/ran")
    assert await editor.command("runekiln.stop") == 0


async def test_an_endless_run_ends_at_its_limit(neighbour: Editor) -> None:
    await neighbour.initialize(OURS, initializationOptions={"run": {"timeLimitSeconds": 0.2}})
    neighbour.open("untitled:a", "pub fn main() {\n    loop {\n    }\n}\n")
    await neighbour.diagnostics("untitled:a")
    result = await run(neighbour, {"uri": "untitled:a"})
    assert result["outcome"] == "out-of-time"
    assert result["error"]["frames"][0]["range"]["start"]["line"] in (2, 3)
    await neighbour.close()


@pytest.mark.parametrize(
    ("body", "outcome", "code"),
    [
        ("loop {}", "out-of-time", "out-of-time"),
        ("dig() }\nfn dig() { dig() + 1", "out-of-memory", "out-of-memory"),
        ("let beds = []; loop { beds.push(beds.len()); }", "out-of-memory", "out-of-memory"),
        ('loop { println!("weeds"); }', "stopped", "output-limit"),
        ("dig(0) }\nfn dig(bed) { [bed].iter().map(|b| dig(b)).collect::<Vec>()", "failed", "stack-overflow"),
    ],
)
async def test_the_server_outlives_any_script(neighbour: Editor, body: str, outcome: str, code: str) -> None:
    seconds = 0.2 if outcome == "out-of-time" else 30
    limits = {"timeLimitSeconds": seconds, "memoryLimitMegabytes": 32, "outputLimitBytes": 10_000}
    await neighbour.initialize(OURS, initializationOptions={"run": limits})
    neighbour.open("untitled:a", f"pub fn main() {{ {body} }}")
    await neighbour.diagnostics("untitled:a")
    result = await run(neighbour, {"uri": "untitled:a"})
    assert (result["outcome"], result["error"]["code"]) == (outcome, code)
    assert result["error"]["frames"], "the line that was running is named"

    neighbour.open("untitled:b", "pub fn main() { absent() }")
    (problem,) = await neighbour.diagnostics("untitled:b")
    assert problem["code"] == "missing-item"
    await neighbour.close()


async def test_the_doctor_says_what_was_found(editor: Editor) -> None:
    report = await editor.command("runekiln.doctor")
    assert "wasmtime" in report
    assert "missing" not in report


class TestPinned:
    """A pinned entry runs again on each save."""

    async def pinned(self, editor: Editor, kiln: Path, text: str, **target: Json) -> str:
        uri = await opened(editor, kiln / "a.rn", text)
        assert (await run(editor, {"uri": uri, **target}, "runekiln.pin"))["generation"] == 1
        return uri

    async def saved(self, editor: Editor, uri: str, text: str, version: int) -> None:
        editor.replace(uri, text, version)
        editor.save(uri)

    async def test_it_runs_again_after_a_save(self, editor: Editor, kiln: Path) -> None:
        uri = await self.pinned(editor, kiln, "pub fn main() { 1 }")
        await self.saved(editor, uri, "pub fn main() { 2 }", version=2)
        told = await editor.notification("runekiln/ran")
        assert (told["reason"], told["generation"], told["result"]["value"]) == ("save", 2, 2)

    async def test_a_script_that_does_not_compile_replaces_nothing(self, editor: Editor, kiln: Path) -> None:
        uri = await self.pinned(editor, kiln, "pub fn main() { 1 }")
        await self.saved(editor, uri, "pub fn main() { missing_name() }", version=2)
        refused = await editor.notification("runekiln/reloadRefused")
        assert (refused["uri"], refused["entry"], refused["generation"]) == (uri, "main", 1)
        assert "missing_name" in refused["message"]
        assert await editor.diagnostics(uri) != []
        await self.saved(editor, uri, "pub fn main() { 3 }", version=3)
        assert (await editor.notification("runekiln/ran"))["generation"] == 2
        assert await editor.diagnostics(uri) == []

    async def test_a_script_without_the_entry_replaces_nothing(self, editor: Editor, kiln: Path) -> None:
        uri = await self.pinned(editor, kiln, "pub fn main() { 1 }")
        await self.saved(editor, uri, "pub fn renamed() { 1 }", version=2)
        assert "main" in (await editor.notification("runekiln/reloadRefused"))["message"]

    async def test_a_saved_mod_file_counts(self, editor: Editor, kiln: Path) -> None:
        beds = kiln / "beds.rn"
        beds.write_text("pub fn count() { 1 }")
        await self.pinned(editor, kiln, "mod beds;\npub fn main() { beds::count() }")
        editor.open(beds.as_uri(), beds.read_text())
        await editor.diagnostics(beds.as_uri())
        await self.saved(editor, beds.as_uri(), "pub fn count() { 2 }", version=2)
        assert (await editor.notification("runekiln/ran"))["result"]["value"] == 2

    async def test_a_mod_file_or_session_that_changes_on_disk_counts(self, editor: Editor, kiln: Path) -> None:
        session = log(kiln, "only")
        (kiln / "beds.rn").write_text("pub fn count() { 1 }")
        script = "mod beds;\npub fn codify_session(session: Session) { session.phases().len() + beds::count() }\n"
        await self.pinned(editor, kiln, script)
        (kiln / "beds.rn").write_text("pub fn count() { 10 }")
        told = await editor.notification("runekiln/ran")
        assert (told["reason"], told["result"]["value"]) == ("save", 11)
        session.write_text(SESSION + "\n## More\n")
        told = await editor.notification("runekiln/ran")
        assert (told["reason"], told["result"]["value"]) == ("session", 12)
        # Touched, and the same as before.
        session.write_text(SESSION + "\n## More\n")
        await editor.quiet()

    async def test_a_save_stops_the_run_before_it(self, editor: Editor, kiln: Path) -> None:
        uri = await self.pinned(editor, kiln, "pub fn main() { 1 }")
        await self.saved(editor, uri, "pub fn main() { loop {} }", version=2)
        await self.saved(editor, uri, "pub fn main() { 3 }", version=3)
        told = await editor.notification("runekiln/ran")
        assert (told["generation"], told["result"]["value"]) == (2, 3)

    async def test_unpinned_it_stays_as_it_is(self, editor: Editor, kiln: Path) -> None:
        uri = await self.pinned(editor, kiln, "pub fn main() { 1 }")
        await editor.command("runekiln.unpin", {"uri": uri})
        await self.saved(editor, uri, "pub fn main() { 2 }", version=2)
        await editor.quiet()

    async def test_a_client_that_knows_no_such_thing_reads_it_in_its_log(self, neighbour: Editor, kiln: Path) -> None:
        await neighbour.initialize()
        uri = await opened(neighbour, kiln / "a.rn", "pub fn main() { 41 }")
        await neighbour.command("runekiln.pin", {"uri": uri})
        assert "41" in (await neighbour.notification("window/logMessage"))["message"]
        await self.saved(neighbour, uri, "pub fn main() { 42 }", version=2)
        assert "generation 2\n42" in (await neighbour.notification("window/logMessage"))["message"]
        await neighbour.close()
