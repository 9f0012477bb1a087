"""The sample kiln's scripts, run on its sessions and notes: what the host gives them is what its stubs say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from runekiln_analysis.entries import ScriptEntry, entries
from runekiln_analysis.script import Script
from runekiln_runtime.outcomes import Finished
from runekiln_runtime.protocol import Source
from runekiln_server.kiln import Kiln
from runekiln_server.running import SESSION_TYPES, PlannedRun, Wanted, plan_run
from runekiln_server.settings import RunSettings

from tests.analysis.fixtures import checker
from tests.analysis.flow.marks import real_bindings, runner
from tests.analysis.flow.probes import with_probes
from tests.analysis.flow.seen import contradictions, values_seen

KILN = Path(__file__).parents[2] / "kilns" / "garden"
SESSION = KILN / ".crucible" / "sessions" / "2026-03-07-spring-valves" / "session.md"
GIVEN: dict[str, bytes | Path] = {
    "Note": KILN / "Irrigation plan.md",
    "String": b'"the north bed"',
    "i64": b"3",
    "f64": b"2.5",
    "Object": b'{"a": 1}',
}
VALUES = 750


def test_runs_of_the_sample_kiln_contradict_nothing() -> None:
    told = 0
    wrong: list[str] = []
    # A draft is broken on purpose.
    for path in sorted(path for path in KILN.rglob("*.rn") if path.parent.name != "drafts"):
        text = path.read_bytes()
        facts = checker().check(str(path), text, _read)
        modules = {file.path: Path(file.path).read_bytes() for file in facts.files[1:]}
        script = Script(facts, text, real_bindings(), modules)
        for entry in entries(facts.script, text, real_bindings()):
            values, contradicted = _compare(script, entry)
            told += values
            wrong += (f"{path.name}, {entry.name}: {each}" for each in contradicted)
    assert wrong == []
    assert told >= VALUES


def _compare(script: Script, entry: ScriptEntry) -> tuple[int, list[str]]:
    """How many values a run of the entry tells of, and what they contradict; none if it wants what is not at hand."""
    types = [parameter.type or "" for parameter in entry.parameters]
    given = tuple(_given(types))
    takes_session = bool(SESSION_TYPES & set(types))
    if len(given) + takes_session < len(types):
        return 0, []
    probed = with_probes(script)
    wanted = Wanted(entry.name, SESSION if takes_session else None, given)
    settings = RunSettings(output_limit_bytes=1 << 20)
    planned = plan_run(script.main.path, script.text, script.facts, script.bindings, wanted, settings, Kiln(KILN))
    assert isinstance(planned, PlannedRun), planned
    sources = (Source(script.main.path, probed.text), *(Source(*module) for module in script.modules.items()))
    outcome = runner().run(msgspec.structs.replace(planned.request, sources=sources), planned.limits)
    assert isinstance(outcome, Finished), (entry.name, outcome.error)
    seen = list(values_seen(probed, outcome.output))
    return len(seen), [str(each) for each in contradictions(probed, outcome.output)]


def _read(path: str) -> bytes | None:
    return Path(path).read_bytes() if Path(path).exists() else None


def _given(types: list[str]) -> Iterator[bytes | Path]:
    return (GIVEN[each] for each in types if each in GIVEN)
