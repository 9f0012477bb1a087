"""Every feature at many places of real and damaged scripts: it answers, and what it answers fits the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runekiln_analysis.call_hierarchy import incoming_calls, outgoing_calls
from runekiln_analysis.completion import MOST_COMPLETIONS, complete
from runekiln_analysis.definition import declaration, definition, implementation, type_definition
from runekiln_analysis.document_links import document_links
from runekiln_analysis.entries import entries
from runekiln_analysis.highlight import highlights
from runekiln_analysis.hover import hover
from runekiln_analysis.inlay_hints import inlay_hints
from runekiln_analysis.refactor.offers import refactorings
from runekiln_analysis.references import references
from runekiln_analysis.rename import prepare_rename, rename
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.renaming import Refused
from runekiln_analysis.semantic_tokens import semantic_tokens
from runekiln_analysis.signature_help import signature_help
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.symbols import symbols
from runekiln_analysis.text import LineIndex
from runekiln_analysis.whereabouts import Declared
from runekiln_analysis.workspace_symbols import matching_symbols
from runekiln_runtime.protocol import Source
from runekiln_runtime.stub_files import built_in_stubs

from tests.runtime.upstream import upstream

from .fixtures import checker
from .shown import ALL_HINTS
from .std import with_std

KILN = Path(__file__).parent.parent / "kilns" / "garden"
SCRIPTS = sorted(KILN.rglob("*.rn"))
UPSTREAM = sorted(upstream().glob("tests/*.rn"))
PLACES_IN_A_SCRIPT = 150
LENGTH_OF_A_STUB = 6000


def snapshot_of_text(text: bytes) -> Snapshot:
    """The text as a script of the sample kiln, with the real host's bindings."""
    path = str(KILN / ".crucible" / "scripts" / "tried.rn")
    facts = checker().check(path, text, lambda _: None)
    return Snapshot(path, text, LineIndex(text), facts, with_std(checker().configured().bindings))


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
    check_names(snapshot, offset)
    check_refactorings(snapshot, offset)


def check_refactorings(snapshot: Snapshot, offset: int) -> None:
    """What can be done there, or with the next words, has edits in order and apart from each other."""
    for end in (offset, min(offset + 12, len(snapshot.text))):
        for change in refactorings(snapshot, (offset, end)):
            for edits in change.make().values():
                assert all(one.span[1] <= other.span[0] for one, other in pairwise(edits))


def check_names(snapshot: Snapshot, offset: int) -> None:
    """What is asked of the name at that offset has answers that agree with each other."""
    for ask in (definition, declaration, type_definition, implementation):
        found = ask(snapshot, offset)
        assert found is None or found.span[0] <= offset <= found.span[1]
    named, defined = references(snapshot, offset), definition(snapshot, offset)
    places = [(each.path, each.span) for each in named]
    assert len(set(places)) == len(places)
    for each in defined.places if defined is not None else ():
        if isinstance(each, Declared) and named:
            assert (each.path, each.name_span) in places
    spans = [each.span for each in highlights(snapshot, offset)]
    assert spans == sorted(set(spans))
    help_ = signature_help(snapshot, offset)
    assert help_ is None or all(start < end <= len(help_.label) for start, end in help_.parameters)
    incoming_calls(snapshot, offset)
    outgoing_calls(snapshot, offset)
    prepared, renamed = prepare_rename(snapshot, offset), rename(snapshot, offset, "freshname")
    if isinstance(prepared, Refused):
        assert isinstance(renamed, Refused)
    else:
        assert prepared.span[0] <= offset <= prepared.span[1]
    if not isinstance(renamed, Refused):
        assert b"freshname" in edited(snapshot.text, renamed.edits[snapshot.path])


def check_whole(snapshot: Snapshot) -> None:
    """What is asked of a text as a whole has answers whose places are in order."""
    for names_only in (True, False):
        tokens = semantic_tokens(snapshot, names_only=names_only)
        assert all(before.span[1] <= after.span[0] for before, after in pairwise(tokens))
        assert all(snapshot.text[slice(*token.span)].strip(b"\r\n") for token in tokens)
    hints = inlay_hints(snapshot, (0, len(snapshot.text)), ALL_HINTS)
    assert all(hint.label for hint in hints)
    assert all(link.span[0] < link.span[1] for link in document_links(snapshot))
    assert all(found.rank in range(4) for found in matching_symbols(snapshot, "a"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_many_places_of_each_sample_script(script: Path) -> None:
    text = script.read_bytes()
    snapshot = snapshot_of_text(text)
    assert symbols(snapshot)
    entries(snapshot.facts.script, text, snapshot.bindings)
    check_whole(snapshot)
    for offset in range(0, len(text) + 1, max(1, len(text) // PLACES_IN_A_SCRIPT)):
        check_place(snapshot, offset)


@pytest.mark.parametrize("script", [*SCRIPTS, *UPSTREAM], ids=lambda script: script.name)
def test_every_token_of_each_script(script: Path) -> None:
    snapshot = snapshot_of_text(script.read_bytes())
    check_whole(snapshot)
    for number in range(len(snapshot.script.main.items)):
        tree = snapshot.script.tree(number)
        for token in range(len(tree)):
            if tree.is_token(token):
                check_names(snapshot, tree.start(token))


@pytest.mark.parametrize("stub", built_in_stubs(), ids=lambda stub: stub.path.rpartition("/")[2])
def test_every_token_of_each_stub(stub: Source) -> None:
    text = (stub.text or b"")[:LENGTH_OF_A_STUB]
    facts = checker().check(stub.path, text, lambda _: None, "stub")
    bindings = with_std(checker().configured().bindings)
    snapshot = Snapshot(stub.path, text, LineIndex(text), facts, bindings)
    check_whole(snapshot)
    for number in range(len(snapshot.script.main.items)):
        tree = snapshot.script.tree(number)
        for token in range(len(tree)):
            if tree.is_token(token):
                check_names(snapshot, tree.start(token))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_sample_script_cut_off_while_it_is_typed(script: Path) -> None:
    text = script.read_bytes()
    for end in range(0, len(text), max(1, len(text) // 20)):
        snapshot = snapshot_of_text(text[:end])
        check_place(snapshot, end)
        check_whole(snapshot)


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
    check_whole(snapshot)


def test_the_real_host_offers_what_the_samples_use() -> None:
    text = (
        b"pub fn codify_session(session) {\n    for phase in session.phases() {\n        phase.\n    }\n    session.\n}"
    )
    snapshot = snapshot_of_text(text)
    at_phase = [completion.label for completion in complete(snapshot, text.index(b"phase.\n") + len(b"phase."))]
    at_session = [completion.label for completion in complete(snapshot, text.rindex(b"session.\n") + len(b"session."))]
    assert {"name", "agent", "callouts"} <= set(at_phase)
    assert {"phases", "callouts", "title"} <= set(at_session)
