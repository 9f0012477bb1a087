"""Every feature at many places of real and damaged scripts: it answers, and what it answers fits the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runekiln_analysis.completion import MOST_COMPLETIONS, complete
from runekiln_analysis.entries import entries
from runekiln_analysis.hover import hover
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.symbols import symbols
from runekiln_analysis.text import LineIndex

from .fixtures import checker

KILN = Path(__file__).parent.parent / "kilns" / "garden"
SCRIPTS = sorted(KILN.rglob("*.rn"))
PLACES_IN_A_SCRIPT = 150


def snapshot_of_text(text: bytes) -> Snapshot:
    """The text as a script of the sample kiln, with the real host's bindings."""
    path = str(KILN / ".crucible" / "scripts" / "tried.rn")
    facts = checker().check(path, text, lambda _: None)
    return Snapshot(path, text, LineIndex(text), facts, checker().configured().bindings)


def check_place(snapshot: Snapshot, offset: int) -> None:
    """Completion and hover answer at that offset, and their spans are around it."""
    found = complete(snapshot, offset)
    assert len(found) <= MOST_COMPLETIONS
    assert len({completion.label for completion in found}) == len(found)
    for completion in found:
        assert completion.replace[0] <= offset <= completion.replace[1]
        assert completion.label
    shown = hover(snapshot, offset)
    assert shown is None or shown.span[0] <= offset <= shown.span[1]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_many_places_of_each_sample_script(script: Path) -> None:
    text = script.read_bytes()
    snapshot = snapshot_of_text(text)
    assert symbols(snapshot)
    entries(snapshot.facts.script, text, snapshot.bindings)
    for offset in range(0, len(text) + 1, max(1, len(text) // PLACES_IN_A_SCRIPT)):
        check_place(snapshot, offset)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_sample_script_cut_off_while_it_is_typed(script: Path) -> None:
    text = script.read_bytes()
    for end in range(0, len(text), max(1, len(text) // 20)):
        check_place(snapshot_of_text(text[:end]), end)


FRAGMENTS = (
    *(
        "fn f(",
        "session",
        ": Session",
        ") {",
        "}",
        "{",
        "(",
        ")",
        ".",
        "::",
        ";",
        ",",
        "|",
        "\n",
        "'",
        '"',
        "`",
        "${",
        "1",
    ),
    *("let ", " = ", "for ", " in ", "if ", "let Some(", "match ", " => ", "else ", "async ", "pub ", "use ", "self"),
    *("mod m {", "impl S {", "struct S {", "enum E {", "//", "/*", "#[", 'println!("{', "é", "🦀", "Workflow", "\x00"),
)


@settings(deadline=None, max_examples=150)
@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_any_text_at_its_end(text: str) -> None:
    encoded = text.encode()
    snapshot = snapshot_of_text(encoded)
    symbols(snapshot)
    entries(snapshot.facts.script, encoded, snapshot.bindings)
    check_place(snapshot, len(encoded))
    check_place(snapshot, len(encoded) // 2)


def test_the_real_host_offers_what_the_samples_use() -> None:
    text = (
        b"pub fn codify_session(session) {\n    for phase in session.phases() {\n        phase.\n    }\n    session.\n}"
    )
    snapshot = snapshot_of_text(text)
    at_phase = [completion.label for completion in complete(snapshot, text.index(b"phase.\n") + len(b"phase."))]
    at_session = [completion.label for completion in complete(snapshot, text.rindex(b"session.\n") + len(b"session."))]
    assert {"name", "agent", "callouts"} <= set(at_phase)
    assert {"phases", "callouts", "title"} <= set(at_session)
