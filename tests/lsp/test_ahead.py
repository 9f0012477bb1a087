"""Edits within a function: checked where they are heard, while another thread looks ahead."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import pytest
from runekiln_analysis.facts import Facts
from runekiln_analysis.rules import names
from runekiln_runtime.checkers import Host
from runekiln_server.lsp.ahead import Ahead
from runekiln_server.lsp.checking import Job
from runekiln_server.lsp.lane import Lane
from runekiln_server.world import Known

from .editor import Editor

URI = "untitled:beds"
SCRIPT = "fn litres() { 2 }\n\npub fn main() {\n    let beds = 3;\n    beds * litres()\n}\n"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each edit was checked at once."""
    seen: list[bool] = []
    at_once = Lane.at_once

    def watched(lane: Lane, job: Job, ahead: Callable[[Job, Facts, Host], None]) -> Known | None:
        known = at_once(lane, job, ahead)
        seen.append(known is not None)
        return known

    monkeypatch.setattr(Lane, "at_once", watched)
    return seen


@pytest.mark.asyncio(loop_scope="session")
async def test_an_edit_within_a_function_is_checked_at_once_and_others_are_not(
    neighbour: Editor, answers: list[bool]
) -> None:
    await neighbour.initialize()
    neighbour.open(URI, SCRIPT)
    assert await neighbour.diagnostics(URI) == []
    neighbour.replace(URI, SCRIPT.replace("beds *", "bads *"), 2)
    assert "missing-local" in [each["code"] for each in await neighbour.diagnostics(URI)]
    neighbour.replace(URI, SCRIPT.replace("fn litres()", "fn litre()"), 3)
    assert "missing-item" in [each["code"] for each in await neighbour.diagnostics(URI)]
    assert answers == [True, False]
    await neighbour.close()


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_asked_behind_an_edit_does_not_hold_it_up(neighbour: Editor, answers: list[bool]) -> None:
    await neighbour.initialize()
    neighbour.open(URI, SCRIPT)
    await neighbour.diagnostics(URI)
    neighbour.replace(URI, SCRIPT.replace("beds *", "be *"), 2)
    place = {"textDocument": {"uri": URI}, "position": {"line": 4, "character": 6}}
    offered = await neighbour.request("textDocument/completion", place)
    assert "beds" in [item["label"] for item in offered["items"]]
    await neighbour.diagnostics(URI)
    assert answers == [True]
    await neighbour.close()


@pytest.mark.asyncio(loop_scope="session")
async def test_what_was_looked_at_ahead_is_not_looked_at_again(
    neighbour: Editor, answers: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rules = names.ITEM_RULES

    def watched(item: names.ResolvedItem) -> tuple[()]:
        asked.append(f"{threading.current_thread().name} {item.item.name}")
        return ()

    monkeypatch.setattr(names, "ITEM_RULES", (*rules, (watched, frozenset[int]())))
    await neighbour.initialize()
    neighbour.open(URI, SCRIPT)
    await neighbour.diagnostics(URI)
    asked.clear()
    neighbour.replace(URI, SCRIPT.replace("beds *", "bads *"), 2)
    await neighbour.diagnostics(URI)
    assert answers == [True]
    assert asked == ["runekiln-ahead main"]
    await neighbour.close()


def test_a_bug_in_what_is_looked_at_ahead_is_logged_and_holds_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    ahead = Ahead()
    done: list[str] = []

    def fail() -> None:
        raise ValueError("beds")

    with caplog.at_level(logging.ERROR):
        ahead.begin(fail)
        ahead.wait()
    assert [record.exc_info[1].args for record in caplog.records if record.exc_info and record.exc_info[1]] == [
        ("beds",)
    ]
    ahead.begin(lambda: done.append(threading.current_thread().name))
    ahead.wait()
    assert done == ["runekiln-ahead"]
