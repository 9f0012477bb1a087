"""What the host takes from functions that it calls, and what they give."""

from __future__ import annotations

import json

import pytest
from runekiln_runtime.outcomes import Finished
from runekiln_runtime.protocol import JsonArgument, Run, Source

from tests.analysis.fixtures import SCRIPT
from tests.analysis.flow.marks import LIMITS, runner

from .judged import codes, said, shown

HANDLER = '#[handler(event = "note:modified")]\npub fn f(context, event) {{ {} }}'
GIVEN = json.dumps({"event_type": "note:modified", "identifier": "a", "payload": {}}).encode()


def given(text: str) -> str:
    """The type of what a run of the handler `f` gives the host."""
    arguments = (JsonArgument(b"{}", "EventContext"), JsonArgument(GIVEN, "Event"))
    outcome = runner().run(Run((Source(SCRIPT, text.encode()),), "f", arguments, 1000), LIMITS)
    assert isinstance(outcome, Finished), outcome.error
    return outcome.value.type


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ("true", "bool"),
        ('"note"', "String"),
        ("event.identifier", "String"),
        ("if event.cancelled { return event; } 1", "i64"),
        ("[event]", "Vec"),
        ("helper()", "f64"),
    ],
)
def test_what_a_handler_gives_that_the_host_passes_over(body: str, type: str) -> None:
    text = HANDLER.format(body) + "\nfn helper() { 1.5 }"
    assert said(text, "wrong-handler-result") == ["f"]
    (message,) = (each.message for each in shown(text) if each.code == "wrong-handler-result")
    assert message.startswith(f"the host takes `Event | Object | ()` from `f`, which gives `{type}")
    assert given(text).rpartition("::")[2] == type


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ("event", "Event"),
        ("event.cancelled = true; event", "Event"),
        ("println!(`a`);", "()"),
        ("#{ cancel: true }", "Object"),
        ("if event.cancelled { return; } event", "Event"),
        ("event.payload", "Object"),
        ("", "()"),
    ],
)
def test_silence_about_what_the_host_takes(body: str, type: str) -> None:
    text = HANDLER.format(body)
    assert "wrong-handler-result" not in codes(text)
    assert given(text).rpartition("::")[2] == type


def test_the_entries_give_what_their_stubs_say() -> None:
    unfinished = 'pub fn codify_session(session) { let w = Workflow::new(); w.add_step("a", "b"); }'
    assert said(unfinished, "wrong-handler-result") == ["codify_session"]
    assert codes(unfinished.replace("; }", "; w }")) == []
    assert said("pub fn agent_behavior() { #{} }", "wrong-handler-result") == ["agent_behavior"]
    assert codes("pub fn handle_callout(callout) { callout.content }") == []
    checker = '#[frontmatter(type = "plan")]\npub fn plan(frontmatter) {{ {} }}'
    assert said(checker.format('frontmatter.has("due")'), "wrong-handler-result") == ["plan"]
    assert codes(checker.format('if frontmatter.has("due") { Ok(()) } else { Err("due?") }')) == []


@pytest.mark.parametrize(
    "text",
    [
        # Not yet written, not known, or called by nobody but the script.
        "pub fn codify_session(session) {}",
        "pub fn codify_session(session, make) { make(session) }",
        "pub fn codify_session() { 1 }",
        "fn codify_session(session) { 1 }",
        "mod m { pub fn codify_session(session) { 1 } }",
        "pub async fn codify_session(session) { Workflow::new() }",
        "pub fn codify_session(session) { panic!(`not yet`) }",
    ],
)
def test_silence_where_it_is_not_known_or_nobody_asks(text: str) -> None:
    assert "wrong-handler-result" not in codes(text)


def test_the_host_waits_for_what_is_async() -> None:
    assert said("pub async fn codify_session(session) { session.id }", "wrong-handler-result") == ["codify_session"]
