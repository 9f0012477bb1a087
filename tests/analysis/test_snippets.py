"""Functions that a script begins with: each works as it is inserted."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from runekiln_analysis.snippets import SNIPPETS, Snippet
from runekiln_analysis.stubs import Entry, Parameter
from runekiln_runtime.outcomes import Finished
from runekiln_runtime.protocol import Argument, FileArgument, JsonArgument, Run, SessionArgument, Source
from runekiln_runtime.runner import Limits

from .crucible import bindings, labels, offered
from .fixtures import SCRIPT, entries_of, read_fixture
from .fixtures import labels_at_cursor as labels_for
from .rules.judged import runner, shown

LOG = b"""\
---
type: session
session_id: a
started: 2026-03-07T09:00:00Z
status: completed
---

## Water @gardener

Dry.
"""
EVENT = b'{"event_type": "note:created", "identifier": "Beds/Salad.md", "payload": {}}'
GIVEN: dict[str, Argument] = {
    "session": SessionArgument("a/session.md", LOG),
    "callout": JsonArgument(b'{"type": "decision", "content": "Dig."}', "Callout"),
    "context": JsonArgument(b"{}"),
    "event": JsonArgument(EVENT, "Event"),
    "text": JsonArgument(b'"rain"'),
    "content": JsonArgument(b'"a\\nb"'),
    "note": FileArgument("Beds/Salad.md", b"---\ndue: now\n---\n# Salad\n", "Note"),
    "frontmatter": FileArgument("Beds/Salad.md", b"---\ndue: now\n---\n# Salad\n", "Frontmatter"),
}


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.label)
def test_each_is_without_a_problem_and_runs_as_it_is(snippet: Snippet) -> None:
    assert shown(snippet.plain) == ()
    script = snippet.plain if "pub fn" in snippet.plain else f"{snippet.plain}pub fn main() {{ adds() }}\n"
    (entry,) = entries_of(script)
    given = tuple(GIVEN[parameter.name] for parameter in entry.parameters)
    request = Run((Source(SCRIPT, script.encode()),), entry.name, given, 1000)
    assert isinstance(runner().run(request, Limits(seconds=20)), Finished)


def test_they_are_offered_in_an_empty_file_and_where_an_item_may_stand() -> None:
    names = [snippet.label for snippet in SNIPPETS]
    assert [name for name in labels("$0") if name in names] == names
    assert "codifier" in labels("const A = 1;\n\n$0\n")
    assert "codifier" in labels("fn g() {}\ncod$0\nfn h() {}")


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("codif", "codifier"),
        ("codify_s", "codify_session"),
        ("behav", "behaviour"),
        ("agent_b", "agent_behavior"),
        ("handle_", "handle_callout"),
        ("hook", "hook"),
        ("tool", "tool"),
        ("test", "test"),
        ("parse", "parser"),
        ("main", "main"),
    ],
)
def test_by_the_names_that_people_type(typed: str, label: str) -> None:
    assert labels(f"{typed}$0")[0] == label


def test_nowhere_else() -> None:
    assert "codifier" not in labels("pub fn f() { $0 }")
    assert "codifier" not in labels("pub $0")
    assert "codifier" not in labels("mod beds { $0 }")
    assert "codifier" not in labels("impl Bed { $0 }\nstruct Bed;")


def test_what_the_script_has_already_and_what_the_host_has_not_are_left_out() -> None:
    assert "main" not in labels("pub fn main() {}\n\n$0\n")
    assert "hook" not in labels_for("$0")


def test_an_entry_of_a_kilns_own_host_has_an_empty_body() -> None:
    tend = Entry("tend", (Parameter("id", "String"),), "any", "Tends a bed.", "gardener")
    own = replace(bindings(), entries=(tend,))
    assert "gardener" in labels_for("gard$0", own)
    assert labels_for("pub fn te$0", own) == ["tend"]


def test_placeholders_and_the_plain_text() -> None:
    marked = "codifi$0"
    found = next(each for each in offered(marked) if each.label == "codifier")
    assert found.insert.startswith("pub fn codify_session(session) {\n    let workflow = Workflow::new();")
    assert "for ${1:phase} in" in (found.snippet or "")
    assert read_fixture(marked).text[slice(*found.replace)] == b"codifi"


def test_the_name_of_an_entry_brings_its_parameters() -> None:
    found = next(each for each in offered("pub fn codify$0") if each.label == "codify_session")
    assert (found.insert, found.snippet) == (
        "codify_session(session) {\n    \n}",
        "codify_session(session) {\n    $0\n}",
    )
    assert found.detail == "fn codify_session(session: Session) -> Workflow"
    renamed = next(each for each in offered("pub fn codify$0(log) { log }") if each.label == "codify_session")
    assert (renamed.insert, renamed.snippet) == ("codify_session", None)
    assert labels("fn codify$0") == []
    assert "codify_session" not in labels("pub fn codify_session(s) { s }\npub fn $0")
