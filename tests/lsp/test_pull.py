"""Problems that the client asks for: of one file, of all, and again when an answer is no longer true."""

from __future__ import annotations

from pathlib import Path

import pytest

from .editor import BARE, Editor, Json, ServerError, recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

PULLS = {
    "textDocument": {"diagnostic": {"relatedDocumentSupport": True}},
    "workspace": {"diagnostics": {"refreshSupport": True}, "didChangeWatchedFiles": {"dynamicRegistration": True}},
}
BROKEN = "pub fn main() { missing_name() }"
SCRIPT = "mod beds;\npub fn main() { beds::water() }\n"


def codes(report: Json) -> list[str]:
    """The codes in a report with all problems."""
    assert report["kind"] == "full"
    return [found["code"] for found in report["items"]]


async def pull(editor: Editor, uri: str, previous: str | None = None) -> Json:
    """The report on one file."""
    params = {"textDocument": {"uri": uri}, **({"previousResultId": previous} if previous else {})}
    return await editor.request("textDocument/diagnostic", params)


def ask_all(editor: Editor, previous: dict[str, str], **others: Json) -> int:
    """Ask for the reports on all files of which something else is known than the client has."""
    listed = [{"uri": uri, "value": value} for uri, value in previous.items()]
    return editor.ask("workspace/diagnostic", {"previousResultIds": listed, **others})


async def pull_all(editor: Editor, previous: dict[str, str] | None = None) -> dict[str, Json]:
    """The answer to that, by file."""
    answer = await editor.answer(ask_all(editor, previous or {}))
    return {report["uri"]: report for report in answer["items"]}


def ids(reports: dict[str, Json]) -> dict[str, str]:
    """What a client remembers of reports."""
    return {uri: report["resultId"] for uri, report in reports.items()}


def changed(editor: Editor, *paths: Path) -> None:
    """Tell of files as a client does that watches."""
    changes = [{"uri": path.as_uri(), "type": 2} for path in paths]
    editor.notify("workspace/didChangeWatchedFiles", {"changes": changes})


async def refresh(editor: Editor) -> None:
    """Wait until the server wants everything pulled again."""
    asked = await editor.asked("workspace/diagnostic/refresh")
    editor.send({"id": asked["id"], "result": None})


class TestOneFile:
    @pytest.mark.parametrize("client", ["vscode-4.139", "neovim-0.11.4"])
    async def test_a_client_that_pulls_is_told_nothing_unasked(self, neighbour: Editor, client: str) -> None:
        server = await neighbour.initialize(recorded(client))
        assert server["diagnosticProvider"]["interFileDependencies"]
        neighbour.open("untitled:a", BROKEN)
        assert codes(await pull(neighbour, "untitled:a")) == ["missing-item"]
        # Nothing else is to arrive: `close` looks.
        await neighbour.close()

    @pytest.mark.parametrize("client", ["helix-25.01.1", "emacs-30.1-eglot"])
    async def test_a_client_that_does_not_is_not_told_that_it_could(self, neighbour: Editor, client: str) -> None:
        assert "diagnosticProvider" not in await neighbour.initialize(recorded(client))
        neighbour.open("untitled:a", BROKEN)
        assert [found["code"] for found in await neighbour.diagnostics("untitled:a")] == ["missing-item"]
        await neighbour.close()

    async def test_what_the_client_has_is_not_sent_again(self, neighbour: Editor) -> None:
        await neighbour.initialize(PULLS)
        neighbour.open("untitled:a", BROKEN)
        first = await pull(neighbour, "untitled:a")
        again = await pull(neighbour, "untitled:a", first["resultId"])
        assert again == {"kind": "unchanged", "resultId": first["resultId"]}
        neighbour.replace("untitled:a", BROKEN.replace("missing", "unheard_of"), version=2)
        assert (await pull(neighbour, "untitled:a", first["resultId"]))["items"] != first["items"]
        neighbour.replace("untitled:a", "pub fn main() {}", version=3)
        assert codes(await pull(neighbour, "untitled:a", first["resultId"])) == []
        # The same problems as at first are the same answer.
        neighbour.replace("untitled:a", BROKEN + "\n", version=4)
        assert (await pull(neighbour, "untitled:a", first["resultId"]))["kind"] == "unchanged"
        await neighbour.close()

    async def test_an_answer_is_of_the_newest_text_or_to_be_asked_for_again(self, neighbour: Editor) -> None:
        await neighbour.initialize(PULLS)
        neighbour.open("untitled:a", BROKEN)
        asked = [neighbour.ask("textDocument/diagnostic", {"textDocument": {"uri": "untitled:a"}})]
        for version in range(2, 12):
            neighbour.replace("untitled:a", "pub fn main() { }" + " " * version, version)
            asked.append(neighbour.ask("textDocument/diagnostic", {"textDocument": {"uri": "untitled:a"}}))
        assert codes(await neighbour.answer(asked[-1])) == []
        for request in asked[:-1]:
            outcome = await neighbour.outcome(request)
            if "error" in outcome:
                assert outcome["error"]["code"] == -32802
                assert outcome["error"]["data"] == {"retriggerRequest": True}
        await neighbour.close()

    async def test_a_file_that_is_not_open_can_be_asked_about(self, neighbour: Editor, tmp_path: Path) -> None:
        await neighbour.initialize(PULLS)
        script = tmp_path / "a.rn"
        assert codes(await pull(neighbour, script.as_uri())) == []
        script.write_text(BROKEN)
        first = await pull(neighbour, script.as_uri())
        assert codes(first) == ["missing-item"]
        assert (await pull(neighbour, script.as_uri(), first["resultId"]))["kind"] == "unchanged"
        await neighbour.close()

    async def test_a_text_that_is_too_much_for_the_checker_has_an_answer(self, neighbour: Editor) -> None:
        await neighbour.initialize(PULLS)
        neighbour.open("untitled:a", "pub fn main() { " + "[" * 200_000)
        assert (await pull(neighbour, "untitled:a"))["kind"] == "full"
        await neighbour.close()


class TestModFiles:
    """A script, and the file that its `mod` item pulls in."""

    async def test_their_problems_come_along(self, neighbour: Editor, tmp_path: Path) -> None:
        await neighbour.initialize(PULLS)
        script, beds = tmp_path / "main.rn", tmp_path / "beds.rn"
        beds.write_text("pub fn water() { missing_name() }")
        neighbour.open(script.as_uri(), SCRIPT)
        report = await pull(neighbour, script.as_uri())
        assert codes(report) == []
        assert codes(report["relatedDocuments"][beds.as_uri()]) == ["missing-item"]
        # They go when the script lets go of the file.
        neighbour.replace(script.as_uri(), "pub fn main() {}", version=2)
        report = await pull(neighbour, script.as_uri(), report["resultId"])
        assert codes(report["relatedDocuments"][beds.as_uri()]) == []
        await neighbour.close()

    async def test_but_not_to_a_client_that_cannot_take_them(self, neighbour: Editor, tmp_path: Path) -> None:
        await neighbour.initialize({"textDocument": {"diagnostic": {}}})
        (tmp_path / "beds.rn").write_text("pub fn water() { missing_name() }")
        neighbour.open((tmp_path / "main.rn").as_uri(), SCRIPT)
        assert "relatedDocuments" not in await pull(neighbour, (tmp_path / "main.rn").as_uri())
        await neighbour.close()

    async def test_an_edit_of_one_has_the_script_pulled_again(self, neighbour: Editor, tmp_path: Path) -> None:
        await neighbour.initialize(PULLS)
        script, beds = (tmp_path / "main.rn").as_uri(), (tmp_path / "beds.rn").as_uri()
        (tmp_path / "beds.rn").write_text("pub fn water() { 1 }")
        neighbour.open(script, SCRIPT)
        assert codes(await pull(neighbour, script)) == []
        neighbour.open(beds, "pub fn water() { 1 }")
        assert codes(await pull(neighbour, beds)) == []
        neighbour.replace(beds, "pub fn dig() { 1 }", version=2)
        await refresh(neighbour)
        assert codes(await pull(neighbour, script)) == ["missing-item"]
        assert codes(await pull(neighbour, beds)) == ["not-used"]
        # An edit that changes nothing for the script is no reason: nothing more is to arrive.
        neighbour.replace(beds, "pub fn dig() { 2 }", version=3)
        assert codes(await pull(neighbour, beds)) == ["not-used"]
        await neighbour.close()

    async def test_so_does_a_change_on_disk(self, neighbour: Editor, tmp_path: Path) -> None:
        await neighbour.initialize(PULLS)
        script, beds = tmp_path / "main.rn", tmp_path / "beds.rn"
        neighbour.open(script.as_uri(), SCRIPT)
        assert "missing-module" in codes(await pull(neighbour, script.as_uri()))
        beds.write_text("pub fn water() { 1 }")
        changed(neighbour, beds)
        await refresh(neighbour)
        report = await pull(neighbour, script.as_uri())
        assert codes(report) == []
        # Only what came along has changed.
        beds.write_text("pub fn water() { missing_name() }")
        changed(neighbour, beds)
        await refresh(neighbour)
        report = await pull(neighbour, script.as_uri(), report["resultId"])
        assert report["kind"] == "unchanged"
        assert codes(report["relatedDocuments"][beds.as_uri()]) == ["missing-item"]
        await neighbour.close()

    async def test_so_do_settings(self, neighbour: Editor, kiln: Path) -> None:
        await neighbour.initialize(PULLS)
        script = (kiln / "a.rn").as_uri()
        neighbour.open(script, BROKEN)
        assert codes(await pull(neighbour, script)) == ["missing-item"]
        settings = {"diagnostics": {"severity": {"missing-item": "off"}}}
        neighbour.notify("workspace/didChangeConfiguration", {"settings": {"runekiln": settings}})
        await refresh(neighbour)
        assert codes(await pull(neighbour, script)) == []
        await neighbour.close()


class TestAllFiles:
    """Every script of the kiln, whether it is open or not."""

    @pytest.fixture
    def garden(self, kiln: Path) -> Path:
        (kiln / "main.rn").write_text(SCRIPT)
        (kiln / "beds.rn").write_text("pub fn water() { super::main }")
        (kiln / "broken.rn").write_text(BROKEN)
        return kiln

    async def test_all_are_reported_once(self, neighbour: Editor, garden: Path) -> None:
        server = await neighbour.initialize(PULLS, root=garden)
        assert server["diagnosticProvider"]["workspaceDiagnostics"]
        reports = await pull_all(neighbour)
        assert {Path(uri).name: codes(report) for uri, report in reports.items()} == {
            "main.rn": [],
            # As a script of its own it would have nothing above itself.
            "beds.rn": [],
            "broken.rn": ["missing-item"],
        }
        await neighbour.close()

    async def test_they_come_in_parts_to_a_client_that_wants_them_so(self, neighbour: Editor, garden: Path) -> None:
        await neighbour.initialize(PULLS, root=garden)
        asked = ask_all(neighbour, {}, partialResultToken="part")
        assert await neighbour.answer(asked) == {"items": []}
        parts = [message["params"] for message in neighbour.take_all() if message["method"] == "$/progress"]
        assert {part["token"] for part in parts} == {"part"}
        assert len(parts) > 1
        found = [Path(report["uri"]).name for part in parts for report in part["value"]["items"]]
        assert sorted(found) == ["beds.rn", "broken.rn", "main.rn"]
        await neighbour.close()

    async def test_the_answer_waits_until_something_changes(self, neighbour: Editor, garden: Path) -> None:
        await neighbour.initialize(PULLS, root=garden)
        known = ids(await pull_all(neighbour))
        waiting = ask_all(neighbour, known)
        # A file that is touched and the same as before is no change.
        changed(neighbour, garden / "broken.rn")
        (garden / "beds.rn").write_text("pub fn dig() {}")
        changed(neighbour, garden / "beds.rn")
        reports = {report["uri"]: report for report in (await neighbour.answer(waiting))["items"]}
        assert {Path(uri).name: codes(report) for uri, report in reports.items()} == {
            "main.rn": ["missing-item"],
            "beds.rn": ["not-used"],
        }
        await neighbour.close()

    async def test_open_files_are_as_the_editor_shows_them(self, neighbour: Editor, garden: Path) -> None:
        await neighbour.initialize(PULLS, root=garden)
        known = ids(await pull_all(neighbour))
        broken = (garden / "broken.rn").as_uri()
        waiting = ask_all(neighbour, known)
        neighbour.open(broken, "pub fn main() {}", version=7)
        (report,) = (await neighbour.answer(waiting))["items"]
        assert (report["uri"], report["version"], codes(report)) == (broken, 7, [])
        waiting = ask_all(neighbour, {**known, broken: report["resultId"]})
        # Closed without saving: what counts again is the file.
        neighbour.shut(broken)
        (report,) = (await neighbour.answer(waiting))["items"]
        assert (report["uri"], report.get("version"), codes(report)) == (broken, None, ["missing-item"])
        await neighbour.close()

    async def test_files_that_come_and_go_are_reported(self, neighbour: Editor, garden: Path) -> None:
        await neighbour.initialize(PULLS, root=garden)
        known = ids(await pull_all(neighbour))
        new, broken = garden / "new.rn", garden / "broken.rn"
        broken.rename(new)
        changed(neighbour, new, broken)
        reports = await pull_all(neighbour, known)
        assert codes(reports[new.as_uri()]) == ["missing-item"]
        assert codes(reports[broken.as_uri()]) == []
        await neighbour.close()

    async def test_we_watch_for_a_client_that_does_not(self, neighbour: Editor, garden: Path) -> None:
        await neighbour.initialize({"textDocument": {"diagnostic": {}}}, root=garden)
        waiting = ask_all(neighbour, ids(await pull_all(neighbour)))
        (garden / "new.rn").write_text(BROKEN)
        (report,) = (await neighbour.answer(waiting))["items"]
        assert (Path(report["uri"]).name, codes(report)) == ("new.rn", ["missing-item"])
        await neighbour.close()

    async def test_severities_are_those_of_the_kiln(self, neighbour: Editor, garden: Path) -> None:
        settings = garden / ".crucible" / "runekiln.toml"
        settings.write_text('[diagnostics.severity]\nmissing-item = "hint"\n')
        await neighbour.initialize(PULLS, root=garden)
        report = (await pull_all(neighbour))[(garden / "broken.rn").as_uri()]
        assert [found["severity"] for found in report["items"]] == [4]
        await neighbour.close()

    async def test_a_client_that_waits_may_give_up_or_go(self, neighbour: Editor, garden: Path) -> None:
        await neighbour.initialize(PULLS, root=garden)
        known = ids(await pull_all(neighbour))
        given_up, waiting = ask_all(neighbour, known), ask_all(neighbour, known)
        neighbour.notify("$/cancelRequest", {"id": given_up})
        with pytest.raises(ServerError) as error:
            await neighbour.answer(given_up)
        assert error.value.code == -32800
        await neighbour.request("shutdown", None)
        assert await neighbour.answer(waiting) == {"items": []}
        neighbour.notify("exit", None)
        assert await neighbour.process.wait() == 0

    async def test_without_a_folder_there_are_the_open_files(self, neighbour: Editor) -> None:
        await neighbour.initialize(PULLS)
        waiting = ask_all(neighbour, {})
        neighbour.open("untitled:a", BROKEN)
        (report,) = (await neighbour.answer(waiting))["items"]
        assert (report["uri"], codes(report)) == ("untitled:a", ["missing-item"])
        await neighbour.close()


async def test_a_client_without_any_capability_is_pushed_to(neighbour: Editor) -> None:
    assert "diagnosticProvider" not in await neighbour.initialize(BARE)
    neighbour.open("untitled:a", BROKEN)
    assert await neighbour.diagnostics("untitled:a") != []
    await neighbour.close()
