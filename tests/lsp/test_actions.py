"""Quick fixes, all fixes of a file, and comments that allow a problem, as clients of all kinds take them."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from .editor import Editor, Json, ServerError, recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

URI = "untitled:actions"
SCRIPT = 'pub fn main(bed) {\n    let mut bee = "🐝"; if bed == True { return bee }\n    let sunny = 1;\n    bed\n}\n'
KINDS = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}}}
FULL = {
    **KINDS,
    "isPreferredSupport": True,
    "disabledSupport": True,
    "dataSupport": True,
    "resolveSupport": {"properties": ["edit"]},
}


def capabilities(actions: Json, *, encoding: str = "utf-16", versions: bool = False, **others: Json) -> Json:
    """Those of a client that takes actions so."""
    return {
        "general": {"positionEncodings": [encoding]},
        "textDocument": {"codeAction": actions, **others},
        "workspace": {"workspaceEdit": {"documentChanges": versions}},
    }


def at(line: int, column: int) -> Json:
    """An empty range."""
    return {"start": {"line": line, "character": column}, "end": {"line": line, "character": column}}


EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}


async def actions(editor: Editor, where: Json, shown: list[Json] | None = None, **context: Json) -> list[Json]:
    """What is offered."""
    document = {"textDocument": {"uri": URI}, "range": where, "context": {"diagnostics": shown or [], **context}}
    answer: list[Json] = await editor.request("textDocument/codeAction", document)
    return answer


def titled(found: list[Json], beginning: str) -> Json:
    """The only action whose title begins so."""
    (action,) = [each for each in found if each["title"].startswith(beginning)]
    return action


class TestQuickFixes:
    async def test_each_fix_is_offered_with_the_problem_that_it_mends(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities({**KINDS, "isPreferredSupport": True}))
        neighbour.open(URI, SCRIPT)
        shown = await neighbour.diagnostics(URI)
        found = await actions(neighbour, at(1, 9), shown)
        assert titled(found, "Remove `mut`") == snapshot(
            {
                "title": "Remove `mut`",
                "kind": "quickfix",
                "diagnostics": [shown[0]],
                "isPreferred": True,
                "edit": {
                    "changes": {
                        "untitled:actions": [
                            {
                                "range": {
                                    "start": {"line": 1, "character": 8},
                                    "end": {"line": 1, "character": 12},
                                },
                                "newText": "",
                            }
                        ]
                    }
                },
            }
        )
        await neighbour.close()

    @pytest.mark.parametrize(("encoding", "column"), [("utf-8", 36), ("utf-16", 34), ("utf-32", 33)])
    @pytest.mark.parametrize("pulls", [False, True])
    async def test_columns_are_those_of_the_client(
        self, neighbour: Editor, encoding: str, column: int, pulls: bool
    ) -> None:
        others = {"diagnostic": {}} if pulls else {}
        await neighbour.initialize(capabilities(KINDS, encoding=encoding, **others))
        neighbour.open(URI, SCRIPT)
        if pulls:
            report = await neighbour.request("textDocument/diagnostic", {"textDocument": {"uri": URI}})
            shown = report["items"]
        else:
            shown = await neighbour.diagnostics(URI)
        action = titled(await actions(neighbour, at(1, column), shown), "Write `true`")
        (edit,) = action["edit"]["changes"][URI]
        start, end = {"line": 1, "character": column}, {"line": 1, "character": column + 4}
        assert edit == {"range": {"start": start, "end": end}, "newText": "true"}
        assert [each["range"]["start"] for each in action["diagnostics"]] == [start]
        await neighbour.close()

    async def test_edits_are_for_a_version_where_the_client_can_say_so(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS, versions=True))
        neighbour.open(URI, SCRIPT, version=7)
        await neighbour.diagnostics(URI)
        action = titled(await actions(neighbour, at(1, 9)), "Remove `mut`")
        (change,) = action["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": URI, "version": 7}
        assert [edit["newText"] for edit in change["edits"]] == [""]
        assert "isPreferred" not in action
        await neighbour.close()

    async def test_they_are_of_the_newest_text(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS, versions=True))
        neighbour.open(URI, SCRIPT)
        neighbour.replace(URI, f"\n{SCRIPT}", version=2)
        action = titled(await actions(neighbour, at(2, 9)), "Remove `mut`")
        assert action["edit"]["documentChanges"][0]["textDocument"]["version"] == 2
        await neighbour.diagnostics(URI)
        neighbour.take_all()
        await neighbour.close()

    async def test_where_no_problem_is_there_is_nothing_to_do(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(FULL))
        neighbour.open(URI, SCRIPT)
        await neighbour.diagnostics(URI)
        assert await actions(neighbour, at(3, 4), only=["quickfix"]) == []
        await neighbour.close()


class TestAllowing:
    async def test_a_comment_above_the_line_allows_a_problem(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS))
        script = "pub fn main(bed) {\n    let sunny = 1;\n    bed\n}\n"
        neighbour.open(URI, script)
        await neighbour.diagnostics(URI)
        action = titled(await actions(neighbour, at(1, 9)), "Allow `unused-variable` here")
        (edit,) = action["edit"]["changes"][URI]
        assert edit == {"range": at(1, 0), "newText": "    // runekiln: allow(unused-variable)\n"}
        neighbour.change(URI, [{"range": edit["range"], "text": edit["newText"]}], 2)
        assert await neighbour.diagnostics(URI) == []
        await neighbour.close()

    async def test_what_does_not_compile_cannot_be_allowed(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(FULL))
        neighbour.open(URI, SCRIPT)
        await neighbour.diagnostics(URI)
        action = titled(await actions(neighbour, at(1, 9)), "Allow `let-mut` here")
        assert action["disabled"] == {"reason": "A script with it does not compile"}
        assert "edit" not in action
        await neighbour.close()

    async def test_a_client_that_shows_no_reasons_is_not_told_what_is_not_possible(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS))
        neighbour.open(URI, SCRIPT)
        await neighbour.diagnostics(URI)
        found = await actions(neighbour, at(1, 9))
        others = [each["title"] for each in found if not each["kind"].startswith("refactor")]
        assert others == ["Remove `mut`", "Make all safe fixes of this file"]
        await neighbour.close()


class TestWholeFiles:
    async def test_all_safe_fixes_are_made_at_once(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS))
        neighbour.open(URI, SCRIPT)
        await neighbour.diagnostics(URI)
        for asked in ("source", "source.fixAll", "source.fixAll.runekiln"):
            (action,) = await actions(neighbour, EVERYWHERE, only=[asked])
            assert action["kind"] == "source.fixAll.runekiln"
            assert [edit["newText"] for edit in action["edit"]["changes"][URI]] == ["", "true"]
        assert await actions(neighbour, EVERYWHERE, only=["refactor"]) == []
        assert await actions(neighbour, EVERYWHERE, only=[""]) == await actions(neighbour, EVERYWHERE)
        assert await actions(neighbour, EVERYWHERE, only=["source.organizeImports"]) == []
        await neighbour.close()

    async def test_their_edits_come_when_they_are_asked_for(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(FULL, versions=True))
        neighbour.open(URI, SCRIPT)
        await neighbour.diagnostics(URI)
        (action,) = await actions(neighbour, EVERYWHERE, only=["source.fixAll"])
        assert "edit" not in action
        resolved = await neighbour.request("codeAction/resolve", action)
        assert [edit["newText"] for edit in resolved["edit"]["documentChanges"][0]["edits"]] == ["", "true"]
        neighbour.replace(URI, f"{SCRIPT}\n", version=2)
        with pytest.raises(ServerError) as refused:
            await neighbour.request("codeAction/resolve", action)
        assert refused.value.code == -32801
        with pytest.raises(ServerError):
            await neighbour.request("codeAction/resolve", {"title": "Somebody else's"})
        whole = {"title": "What Neovim asks about all the same", "edit": {"changes": {}}}
        assert await neighbour.request("codeAction/resolve", whole) == whole
        neighbour.take_all()
        await neighbour.close()

    async def test_all_of_a_kind_are_fixed_at_once(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS))
        neighbour.open(URI, "pub fn main() {\n    let mut a = 1;\n    let mut b = a;\n    b\n}\n")
        await neighbour.diagnostics(URI)
        action = titled(await actions(neighbour, at(1, 9)), "Fix all `let-mut` in this file")
        assert len(action["edit"]["changes"][URI]) == 2
        await neighbour.close()

    async def test_if_nothing_is_to_be_fixed_the_client_is_told_why(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(FULL))
        neighbour.open(URI, "pub fn main() { 1 }\n")
        await neighbour.diagnostics(URI)
        (action,) = await actions(neighbour, EVERYWHERE, only=["source.fixAll.runekiln"])
        assert action["disabled"]["reason"]
        assert await actions(neighbour, EVERYWHERE) == []
        await neighbour.close()

    async def test_nobody_is_bothered_with_them_who_only_moves_about(self, neighbour: Editor) -> None:
        await neighbour.initialize(capabilities(KINDS))
        neighbour.open(URI, SCRIPT)
        await neighbour.diagnostics(URI)
        assert await actions(neighbour, at(3, 4), triggerKind=2) == []
        assert len(await actions(neighbour, at(3, 4), triggerKind=1)) == 1
        await neighbour.close()


@pytest.mark.parametrize("client", ["vscode-4.139", "neovim-0.11.4", "helix-25.01.1", "emacs-30.1-eglot"])
async def test_each_editor_is_offered_what_it_can_take(neighbour: Editor, client: str) -> None:
    server = await neighbour.initialize(recorded(client))
    assert server["codeActionProvider"] == snapshot(
        {
            "codeActionKinds": [
                "quickfix",
                "refactor.extract",
                "refactor.inline",
                "refactor.rewrite",
                "source.organizeImports",
                "source.fixAll.runekiln",
            ],
            "resolveProvider": True,
        }
    )
    neighbour.open(URI, SCRIPT)
    action = titled(await actions(neighbour, at(1, 9)), "Remove `mut`")
    assert action["edit"]
    neighbour.take_all()
    await neighbour.close()


async def test_a_client_that_takes_only_commands_is_offered_nothing(editor: Editor) -> None:
    assert "codeActionProvider" not in editor.server
    editor.open(URI, SCRIPT)
    await editor.diagnostics(URI)
    document = {"textDocument": {"uri": URI}, "range": at(1, 9), "context": {"diagnostics": []}}
    assert await editor.request("textDocument/codeAction", document) is None


async def test_a_file_that_is_not_open_has_no_actions(neighbour: Editor) -> None:
    await neighbour.initialize(capabilities(KINDS))
    document = {"textDocument": {"uri": "untitled:closed"}, "range": at(0, 0), "context": {"diagnostics": []}}
    assert await neighbour.request("textDocument/codeAction", document) is None
    await neighbour.close()
