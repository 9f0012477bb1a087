"""The types of callouts that the stub lists are those that Crucible knows, and a few that its own files have."""

from __future__ import annotations

import re

from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.outcomes import Finished, Limits
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import FileArgument, Run, Source
from runekiln_runtime.runner import Runner
from runekiln_runtime.stub_files import built_in_stubs

OF_FILES = {
    "decision",
    "error",
    "user",
    "subagent",
    "decision_needed",
    "approval_required",
    "task_complete",
    "gate",
}
"""What session logs and workflows have: not standard, but known."""

LIMITS = Limits(seconds=60, memory_bytes=64 << 20, output_bytes=1000)
SCRIPT = "pub fn main(callouts: Vec<Callout>) { callouts.iter().map(|callout| callout.is_standard()).collect::<Vec>() }"


def test_the_listed_types_are_the_standard_ones_and_those_of_its_files(runner: Runner) -> None:
    attribute = bound(load_code(GUEST_FILE), built_in_stubs()).bindings.attribute_named("callout")
    assert attribute is not None
    (kind,) = (key.type for key in attribute.keys if key.name == "type")
    listed = re.findall(r'"(\w+)"', kind)
    assert kind.endswith("| String"), "a kiln has types of its own"
    standard = dict(zip(listed, are_standard(runner, listed), strict=True))
    assert {name for name, is_standard in standard.items() if not is_standard} == OF_FILES
    assert len(listed) == 22 + len(OF_FILES)


def are_standard(runner: Runner, names: list[str]) -> list[bool]:
    """What the host's own type says of callouts of these types."""
    note = "".join(f"> [!{name}] A title\n\n" for name in names)
    argument = FileArgument("note.md", note.encode(), "Vec<Callout>")
    outcome = runner.run(Run((Source("main.rn", SCRIPT.encode()),), "main", (argument,), 1000), LIMITS)
    assert isinstance(outcome, Finished), outcome
    answers = outcome.value.json
    assert isinstance(answers, list)
    return answers
