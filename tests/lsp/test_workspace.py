"""Several folders, none, and files that move behind the editor's back."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from .editor import PATIENCE, Editor, Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

BROKEN = "pub fn main() { missing_name() }"
PULLS = {"textDocument": {"diagnostic": {}}, "workspace": {"configuration": True}}


def kiln_at(folder: Path) -> Path:
    """A kiln with one broken script."""
    (folder / ".crucible").mkdir(parents=True)
    (folder / "a.rn").write_text(BROKEN)
    return folder


def named(*folders: Path) -> list[Json]:
    return [{"uri": folder.as_uri(), "name": folder.name} for folder in folders]


def severity(value: str) -> Json:
    return {"runekiln": {"diagnostics": {"severity": {"missing-item": value}}}}


class TestFolders:
    async def test_folders_are_added_and_removed(self, neighbour: Editor, tmp_path: Path) -> None:
        one, other = kiln_at(tmp_path / "one"), kiln_at(tmp_path / "other")
        await neighbour.initialize(PULLS, workspaceFolders=named(one))
        (first,) = (await neighbour.request("workspace/diagnostic", {"previousResultIds": []}))["items"]
        assert first["uri"] == (one / "a.rn").as_uri()
        known = [{"uri": first["uri"], "value": first["resultId"]}]
        waiting = neighbour.ask("workspace/diagnostic", {"previousResultIds": known})
        event = {"added": named(other), "removed": named(one)}
        neighbour.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        reports = {report["uri"]: report["items"] for report in (await neighbour.answer(waiting))["items"]}
        assert reports[(one / "a.rn").as_uri()] == []
        assert [found["code"] for found in reports[(other / "a.rn").as_uri()]] == ["missing-item"]
        await neighbour.close()

    async def test_each_kiln_has_the_settings_of_its_folder(self, neighbour: Editor, tmp_path: Path) -> None:
        one, other, third = (kiln_at(tmp_path / name) for name in ("one", "other", "third"))
        neighbour.settings = severity("warning")
        neighbour.scoped = {one.as_uri(): severity("hint"), third.as_uri(): severity("info")}
        await neighbour.initialize({"workspace": {"configuration": True}}, workspaceFolders=named(one, other))
        for kiln, wanted in ((one, 4), (other, 2), (third, 3)):
            uri = (kiln / "a.rn").as_uri()
            neighbour.open(uri, BROKEN)
            while [found["severity"] for found in await neighbour.diagnostics(uri)] != [wanted]:
                """The client's word may come after the first check."""
        neighbour.scoped[one.as_uri()] = severity("off")
        neighbour.notify("workspace/didChangeConfiguration", {"settings": None})
        assert await neighbour.diagnostics((one / "a.rn").as_uri()) == []
        await neighbour.close()

    @pytest.mark.parametrize("root", [{}, {"workspaceFolders": None}, {"workspaceFolders": []}, {"rootPath": None}])
    async def test_a_file_needs_no_folder(self, neighbour: Editor, tmp_path: Path, root: Json) -> None:
        await neighbour.initialize(**root)
        script, beds = tmp_path / "main.rn", tmp_path / "beds.rn"
        beds.write_text(BROKEN)
        neighbour.open(script.as_uri(), "mod beds;\npub fn main() { beds::main() }\n")
        assert [found["code"] for found in await neighbour.diagnostics(beds.as_uri())] == ["missing-item"]
        assert await neighbour.diagnostics(script.as_uri()) == []
        await neighbour.close()


Move = Callable[[Path], list[Path]]
"""Changes files in a folder, and returns the paths of which a client that watches tells."""


def into_a_folder(at: Path) -> list[Path]:
    (at / "a").mkdir()
    (at / "a.rn").rename(at / "a" / "mod.rn")
    return [at / "a.rn", at / "a"]


def deleted(at: Path) -> list[Path]:
    (at / "b.rn").unlink()
    return [at / "b.rn"]


def folder_deleted(at: Path) -> list[Path]:
    shutil.rmtree(at / "a")
    return [at / "a"]


def folder_moved_in(at: Path) -> list[Path]:
    (at / "aside").mkdir()
    (at / "aside" / "mod.rn").write_text("pub fn f() { not_there() }\n")
    (at / "aside").rename(at / "a")
    return [at / "aside", at / "a"]


def many_switched(at: Path) -> list[Path]:
    """As another branch of the same kiln has them."""
    (at / "b.rn").write_text("pub fn g() { 3 }\npub fn h() { gone() }\n")
    for number in range(40):
        (at / f"m{number}.rn").write_text(f"pub fn f() {{ {'gone()' if number % 3 else number} }}\n")
    return [at / "b.rn", *(at / f"m{number}.rn" for number in range(40))]


MOVES: list[Move] = [into_a_folder, deleted, folder_deleted, folder_moved_in, many_switched]


class Screen:
    """What an editor shows by now."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.shown: dict[str, list[Json]] = {}

    async def until(self, wanted: dict[str, list[Json]]) -> None:
        """Wait until the editor shows exactly that."""
        try:
            async with asyncio.timeout(PATIENCE / 2):
                while self.shown != wanted:
                    await self._next()
        except TimeoutError:
            assert self.shown == wanted

    async def settled(self, scripts: Iterable[str]) -> dict[str, list[Json]]:
        """What the editor shows once all of these scripts have been checked."""
        for uri in scripts:
            await self.editor.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
        for message in self.editor.take_all():
            self._take(message["params"])
        return self.shown

    async def _next(self) -> None:
        self._take(await self.editor.notification("textDocument/publishDiagnostics"))

    def _take(self, params: Json) -> None:
        self.shown[params["uri"]] = params["diagnostics"]
        if not params["diagnostics"]:
            del self.shown[params["uri"]]


@pytest.mark.parametrize("watches", [True, False])
async def test_after_any_move_a_server_shows_what_a_fresh_one_shows(
    neighbour: Editor, tmp_path: Path, watches: bool
) -> None:
    (tmp_path / "a.rn").write_text("pub fn f() { missing_name() }\n")
    (tmp_path / "b.rn").write_text("pub fn g() { 2 }\n")
    modules = "".join(f"mod m{number};\n" for number in range(40))
    scripts = {
        (tmp_path / "one.rn").as_uri(): "mod a;\nmod b;\npub fn main() { a::f() + b::g() }\n",
        (tmp_path / "two.rn").as_uri(): f"mod b;\n{modules}pub fn main() {{ b::h() + m1::f() }}\n",
    }

    def show_all(editor: Editor) -> None:
        for uri, text in scripts.items():
            editor.open(uri, text)

    await neighbour.initialize({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": watches}}})
    show_all(neighbour)
    screen = Screen(neighbour)
    for move in (lambda at: [], *MOVES):
        moved = move(tmp_path)
        if watches and moved:
            changes = [{"uri": path.as_uri(), "type": 1 if path.exists() else 3} for path in moved]
            neighbour.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        fresh = await Editor.start_here()
        await fresh.initialize({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
        show_all(fresh)
        wanted = await Screen(fresh).settled(scripts)
        await fresh.close()
        assert wanted
        await screen.until(wanted)
        assert await screen.settled(scripts) == wanted
    await neighbour.close()
