"""A person with VS Code opens the sample kiln: by its programming interface, and by keys and mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.editors.code_server import CodeServer
from tests.editors.extension_package import package_extension
from tests.editors.first_hour import follow
from tests.editors.first_scripts import FIRST_HOUR, MOST_TYPED, check_what_was_written
from tests.editors.garden import Garden
from tests.editors.install_clients import Clients, install
from tests.editors.vscode_author import VSCodeAuthor
from tests.editors.workbench import Workbench, open_browser

# The first of these tests may have to install VS Code.
pytestmark = [pytest.mark.editor, pytest.mark.timeout(600)]

SUITE = Path(__file__).parent / "extension_host/index.js"
# Screenshots stay here until the next run; git looks away.
PICTURES = Path(__file__).parent / "out"
NAMES = re.findall(r"^test\('(.+)', ", (SUITE.parent / "suite.js").read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("vscode")


@pytest.fixture(scope="module")
def clients() -> Clients:
    return install()


@pytest.fixture(scope="module")
def report_file(home: Path) -> Path:
    return home / "report.json"


@pytest.fixture(scope="module")
def code_server(clients: Clients, server_command: Path, home: Path, report_file: Path) -> Iterator[CodeServer]:
    extension = package_extension(clients.node)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RUNEKILN_TEST_REPORT", str(report_file))
        server = CodeServer(clients, extension, server_command, home)
    yield server
    server.close()


# Playwright's loop runs in this thread while a browser is open, so it must not outlive this module.
@pytest.fixture(scope="module")
def browser(clients: Clients) -> Iterator[Browser]:
    with open_browser(clients.chromium) as opened:
        yield opened


@pytest.fixture
def workbench(browser: Browser, code_server: CodeServer, garden: Garden) -> Iterator[Workbench]:
    opened = Workbench(browser, code_server, garden.folder, PICTURES)
    yield opened
    opened.close()


# A whole script and its problems are on the screen.
@pytest.fixture
def tall_workbench(browser: Browser, code_server: CodeServer, empty_garden: Garden) -> Iterator[Workbench]:
    opened = Workbench(browser, code_server, empty_garden.folder, PICTURES, height=1400)
    yield opened
    opened.close()


class HostReport:
    """What became of each test in the extension host, and what the editor could tell at the end."""

    def __init__(self, errors: dict[str, str | None], evidence: list[tuple[str, str]]) -> None:
        self.errors = errors
        self._evidence = evidence

    def evidence(self) -> list[tuple[str, str]]:
        return self._evidence


@pytest.fixture(scope="module")
def host_report(browser: Browser, code_server: CodeServer, home: Path, report_file: Path) -> HostReport:
    """All tests of `extension_host/suite.js` run in one editor, because each start of it takes seconds."""
    workbench = Workbench(browser, code_server, Garden.copy_to(home / "garden").folder, PICTURES)
    results = workbench.run_tests_in_extension_host(SUITE, report_file)
    evidence = workbench.evidence("extension-host")
    workbench.close()
    return HostReport({result["name"]: result["error"] for result in results}, evidence)


@pytest.mark.parametrize("name", NAMES)
def test_in_the_extension_host(name: str, host_report: HostReport) -> None:
    assert host_report.errors[name] is None, host_report.errors[name]


def test_by_keys_and_mouse(workbench: Workbench, garden: Garden) -> None:
    workbench.open(garden.script("drafts/broken.rn"))
    workbench.wait_for_squiggle()
    assert any("broken.rn" in row for row in workbench.problems())
    workbench.picture("problems")

    workbench.open_quickly("codify.rn")
    workbench.click_at_end_of_line("let phases")
    workbench.press("Enter")
    workbench.type("session.")
    assert "title" in workbench.suggestions()
    workbench.picture("suggestions")
    # The list shows what has room; two letters bring the rest up.
    workbench.type("ph")
    workbench.wait_for_suggestion("phases")
    workbench.press("Escape")
    workbench.undo_all()

    session = garden.sessions[0]
    workbench.click_lens("▶ Run")
    workbench.picture("question")
    workbench.pick(session.title)
    workbench.wait_for_text_beside(session.expected)
    workbench.picture("run")


def test_three_scripts_are_written_in_the_first_hour(
    tall_workbench: Workbench, empty_garden: Garden, server_command: Path
) -> None:
    typed = follow(FIRST_HOUR, VSCodeAuthor(tall_workbench), empty_garden)
    tall_workbench.picture("first-hour")
    check_what_was_written(empty_garden, server_command)
    assert typed < MOST_TYPED, typed


def test_a_long_run_has_a_button_that_stops_it(workbench: Workbench, garden: Garden) -> None:
    endless = garden.script("endless.rn")
    endless.write_text("pub fn main() {\n    loop {\n    }\n}\n")
    workbench.open(endless)
    workbench.click_lens("▶ Run")
    workbench.wait_for_message("Runekiln is running main")
    workbench.picture("long-run")
    workbench.click_button_of_message("Cancel")
    assert "main was stopped" in workbench.wait_for_message("main was stopped")


def test_one_message_says_where_the_server_was_looked_for(workbench: Workbench, garden: Garden) -> None:
    settings = garden.folder / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text('{"runekiln.path": "${workspaceFolder}/nowhere/runekiln"}')
    workbench.open(garden.script("codify.rn"))
    message = workbench.wait_for_message("Runekiln cannot start")
    workbench.picture("no-server")
    assert f"{garden.folder}/nowhere/runekiln" in message
    assert "Open Settings" in message
    assert "Try Again" in message
