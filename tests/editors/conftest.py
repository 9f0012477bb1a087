"""What tests of real editors share: a kiln to open, a server to start, and evidence when something fails."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.editors.garden import Garden


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    return Garden.copy_to(tmp_path / "garden")


@pytest.fixture
def empty_garden(garden: Garden) -> Garden:
    """The kiln of somebody who has notes and sessions, and has not written a script yet."""
    shutil.rmtree(garden.script(""))
    garden.script("").mkdir()
    return garden


@pytest.fixture(scope="session")
def server_command() -> Path:
    """The `runekiln` of the environment that runs the tests; `RUNEKILN_COMMAND` names another one."""
    return Path(os.environ.get("RUNEKILN_COMMAND") or Path(sys.executable).parent / "runekiln")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure what each editor of the test can tell: the screen, and the language server's log."""
    report = yield
    if report.failed:
        for fixture in getattr(item, "funcargs", {}).values():
            evidence = getattr(fixture, "evidence", None)
            if evidence:
                report.sections.extend(section for section in evidence() if section not in report.sections)
    return report
