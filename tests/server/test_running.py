"""Which entry runs, with which arguments, and what is asked of the user when that is not clear."""

from __future__ import annotations

from pathlib import Path

import pytest
from runekiln_runtime.checker import Checker
from runekiln_runtime.protocol import JsonArgument, SessionArgument
from runekiln_runtime.runner import Runner
from runekiln_server.kiln import Kiln
from runekiln_server.running import Needs, PlannedRun, RunRefused, Wanted, plan_run, result_json
from runekiln_server.settings import RunSettings

LOG = b"---\ntype: session\nsession_id: s\nstarted: 2026-01-01T10:00:00Z\nstatus: active\n---\n"


@pytest.fixture
def kiln(tmp_path: Path) -> Kiln:
    """A kiln with two session logs."""
    for name in ("one", "two"):
        folder = tmp_path / ".crucible" / "sessions" / name
        folder.mkdir(parents=True)
        (folder / "session.md").write_bytes(LOG)
    return Kiln(tmp_path)


class Planner:
    """Plans runs of scripts."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self.bindings = checker.describe().bindings

    def plan(
        self,
        script: str,
        wanted: Wanted | None = None,
        kiln: Kiln | None = None,
        settings: RunSettings | None = None,
    ) -> PlannedRun | Needs | RunRefused:
        text = script.encode()
        facts = self.checker.check("main.rn", text, lambda path: None)
        return plan_run("main.rn", text, facts, self.bindings, wanted or Wanted(), settings or RunSettings(), kiln)


@pytest.fixture(scope="session")
def planner(checker: Checker) -> Planner:
    return Planner(checker)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("pub fn f(session: Session) {}", id="annotated"),
        pytest.param("pub fn f(session: SessionLog) {}", id="annotated by the alias"),
        pytest.param("/// @param session: Session\npub fn f(session) {}", id="documented"),
        pytest.param("pub fn codify_session(anything) {}", id="a declared entry"),
        pytest.param("pub fn f(anything) {}", id="the only parameter, of unknown type"),
    ],
)
def test_a_session_goes_where_a_session_is_wanted(planner: Planner, kiln: Kiln, script: str) -> None:
    log = kiln.sessions()[0].path
    planned = planner.plan(script, Wanted(session=log))
    assert isinstance(planned, PlannedRun)
    assert planned.request.arguments == (SessionArgument(log.as_posix(), LOG),)
    assert planned.session == log


def test_the_other_parameters_get_the_json_in_order(planner: Planner, kiln: Kiln) -> None:
    script = "pub fn f(callout: Callout, session: Session, depth) {}"
    wanted = Wanted(session=kiln.sessions()[0].path, arguments=(b'{"type": "a"}', b"2"))
    planned = planner.plan(script, wanted)
    assert isinstance(planned, PlannedRun)
    first, second, third = planned.request.arguments
    assert first == JsonArgument(b'{"type": "a"}', "Callout")
    assert isinstance(second, SessionArgument)
    assert third == JsonArgument(b"2")


def test_a_session_as_json_is_taken_as_it_is(planner: Planner) -> None:
    planned = planner.plan("pub fn f(session: Session) {}", Wanted(arguments=(b"{}",)))
    assert isinstance(planned, PlannedRun)
    assert planned.request.arguments == (JsonArgument(b"{}", "Session"),)


def test_several_sessions_are_the_users_choice(planner: Planner, kiln: Kiln) -> None:
    needs = planner.plan("pub fn f(session: Session) {}", kiln=kiln)
    assert isinstance(needs, Needs)
    assert needs.sessions == kiln.sessions()


def test_the_settings_choose_a_session_of_the_kiln(planner: Planner, kiln: Kiln) -> None:
    settings = RunSettings(session=".crucible/sessions/two/session.md")
    planned = planner.plan("pub fn f(session: Session) {}", kiln=kiln, settings=settings)
    assert isinstance(planned, PlannedRun)
    assert planned.session == kiln.root / ".crucible/sessions/two/session.md"


def test_several_entries_are_the_users_choice(planner: Planner) -> None:
    needs = planner.plan("pub fn a() {}\npub fn b() {}")
    assert isinstance(needs, Needs)
    assert needs.entries == ("a", "b")


@pytest.mark.parametrize(
    ("script", "wanted", "message"),
    [
        pytest.param("fn hidden() {}", Wanted(), "no entry", id="nothing public"),
        pytest.param("pub fn a() {}", Wanted("b"), "no entry `b`", id="another name"),
        pytest.param("pub fn a(session: Session) {}", Wanted(), "takes a session", id="no session anywhere"),
        pytest.param("pub fn a(x, y) {}", Wanted(), "an argument for each of `x`, `y`; 0 given", id="too few"),
        pytest.param("pub fn a() {}", Wanted(arguments=(b"1",)), "needs no arguments; 1 given", id="too many"),
        pytest.param("pub fn a(x) {}", Wanted(arguments=(b"{",)), "argument for `x` is not JSON", id="no JSON"),
        pytest.param("pub fn a(x: i64) {}", Wanted(session=Path("s.md")), "takes no session", id="no session wanted"),
        pytest.param("pub fn a(x) {}", Wanted(session=Path("/no/s.md")), "cannot be read", id="no such log"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(planner: Planner, script: str, wanted: Wanted, message: str) -> None:
    refused = planner.plan(script, wanted)
    assert isinstance(refused, RunRefused)
    assert message in refused.message


def test_the_json_of_a_failed_run_has_lines_and_columns_from_one(planner: Planner, runner: Runner) -> None:
    script = 'pub fn main() {\n    let bee = "🐝"; bee.sting\n}'
    planned = planner.plan(script)
    assert isinstance(planned, PlannedRun)
    result = result_json(runner.run(planned.request, planned.limits), lambda path: script.encode())
    [frame] = result["error"]["frames"]
    assert (result["outcome"], frame["path"], frame["function"]) == ("failed", "main.rn", "main")
    assert frame["range"] == {
        "start": {"line": 2, "column": 20, "byte": 38},
        "end": {"line": 2, "column": 29, "byte": 47},
    }
