"""What is known of a script by steps is what is known of it at once, whatever the steps were."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from runekiln_analysis.facts import Facts
from runekiln_runtime.checker import Checker
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import Dialect

from .compare import Comparison
from .corpus import projects
from .edits import OPERATIONS
from .failures import Failure, read, tell, written
from .main import Soak, main
from .seeds import seeds
from .story import Story, told

STORIES = 8
"""Each of 200 edits."""


@pytest.mark.parametrize("seed", seeds(STORIES, 2))
def test_each_edit_leaves_what_a_fresh_check_finds(seed: int) -> None:
    run = Soak(seed)
    run.tell_story(seed)
    assert run.differences == []


def test_equal_seeds_tell_equal_stories() -> None:
    first, second = Story(5), Story(5)
    edits = list(first.edits(100))
    assert edits == list(second.edits(100))
    assert first.files == second.files == told(dict(first.project.files), edits)


def test_stories_have_edits_of_every_kind() -> None:
    kinds = {edit.kind for seed in range(40) for edit in Story(seed).edits(200)}
    others = {"undo", "restore", "delete_file", "write_file", "break_bytes", "mend_bytes"}
    assert kinds - {"shorten"} == {operation.__name__ for operation in OPERATIONS} | others


def test_projects_are_of_every_kind() -> None:
    alone, of_several_files, golden, examples = projects()
    assert len(alone) > 60
    assert all(len(project.files) == 4 for project in of_several_files)
    assert len(golden) > 10
    assert len(examples) > 400
    assert {project.dialect for project in examples} == {"function-body"}


class Believer(Checker):
    """A checker that takes what it knows for true as long as the text has the same length."""

    def recheck(
        self,
        path: str,
        text: bytes,
        read: Callable[[str], bytes | None],
        dialect: Dialect = "module",
    ) -> Facts:
        facts = self.check(path, text, read, dialect)
        of_this_length = self.__dict__.setdefault("seen", {})
        return of_this_length.setdefault((path, len(text)), facts)


@pytest.fixture(scope="module")
def fault() -> Failure:
    """What is found of such a checker: the smallest of some, for one can need many letters to show."""
    run = Soak(0)
    run.comparison = Comparison(lambda: Believer(load_code(GUEST_FILE)))
    while len(run.differences) < 3:
        run.tell_story(run.stories)
    return min(run.differences, key=lambda failure: len(failure.edits))


def test_a_fault_is_found_and_made_small(fault: Failure) -> None:
    assert len(fault.edits) <= 2
    assert fault.said != fault.expected


def test_a_fault_can_be_told_again(fault: Failure, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"differences": [written(fault)]}))
    assert read(report) == [fault]
    assert tell(fault, Comparison(lambda: Believer(load_code(GUEST_FILE)))) is not None
    # A checker without that fault does not show it.
    assert main(["--replay", str(report)]) == 0
    assert "gone" in capsys.readouterr().out
