"""The event of a handler has what the event carries that its attribute names."""

from __future__ import annotations

import json

import pytest
from runekiln_analysis.flow.flows import Flows
from runekiln_analysis.script import ItemPlace
from runekiln_analysis.types import KeyedObject, Named
from runekiln_runtime.outcomes import Finished
from runekiln_runtime.protocol import JsonArgument, Run, Source

from tests.analysis.fixtures import SCRIPT, labels_at_cursor, read_fixture, show_hover, snapshot_of
from tests.analysis.flow.marks import LIMITS, check_types, real_bindings, runner

CREATED = "Object{path, file_size, frontmatter?, created_at?}"


def test_a_payload_has_the_keys_that_the_event_declares() -> None:
    check_types("""
#[handler(event = "note:created")]
pub fn tell(context, event) {
          //^^^^^^^ EventContext
                   //^^^^^ Event<Object{path, file_size, frontmatter?, created_at?}>
    let payload = event.payload;
      //^^^^^^^ Object{path, file_size, frontmatter?, created_at?}
    println!("{}", event.identifier);
                 //^^^^^^^^^^^^^^^^ String
    payload.path
  //^^^^^^^^^^^^ ?
}""")


@pytest.mark.parametrize(
    ("attribute", "parameter", "type"),
    [
        ('hook(event = "note:created")', "event", f"Event<{CREATED}>"),
        ('handler(event = "note:created", pattern = "*")', "event: Event", f"Event<{CREATED}>"),
        ('handler(event = "tool:before")', "event", "Event<Object>"),
        ('handler(event = "custom")', "event", "Event"),
        ('handler(event = "note:craeted")', "event", "Event"),
        ("handler()", "event", "Event"),
        ('handler(event = "note:created")', "event: Object", "Object"),
    ],
)
def test_which_event_the_attribute_says(attribute: str, parameter: str, type: str) -> None:
    script = f"#[{attribute}]\npub fn f(context, {parameter}) {{\n    event\n  //^^^^^ {type}\n}}"
    check_types(script)


def test_a_payload_that_is_put_in_its_place_may_be_anything() -> None:
    check_types("""
#[handler(event = "note:created")]
pub fn replace(context, event) {
    event.payload = 1;
    event.payload
  //^^^^^^^^^^^^^ ?
}""")


def whole(body: str) -> bool:
    """Whether the payload is known to have no other keys where a handler does that."""
    text = f'#[handler(event = "note:created")]\npub fn f(context, event) {{ {body} }}\nfn other(event) {{ event }}'
    script = snapshot_of(read_fixture(text), real_bindings()).script
    flows = Flows(script)
    resolution = flows.resolution(ItemPlace(0, 0))
    assert resolution is not None
    event = flows.inferred(ItemPlace(0, 0)).type_of(resolution.bindings[1].node)
    assert isinstance(event, Named)
    (payload,) = event.arguments
    assert isinstance(payload, KeyedObject)
    return payload.whole


@pytest.mark.parametrize(
    "body",
    [
        "event.payload.path == event.identifier; event",
        "if event.payload.file_size > 3 { println!(`big`); } return event;",
        "match event.payload.path { _ => event.cancelled = true }",
    ],
)
def test_a_payload_that_is_only_read_has_no_other_keys(body: str) -> None:
    assert whole(body)


@pytest.mark.parametrize(
    "body",
    [
        "event.payload.mine = 1; event.payload.mine",
        'event.payload.insert("mine", 1); event.payload.mine',
        'let payload = event.payload; payload["mine"] = 1; event.payload.mine',
        "other(event); event.payload.mine",
        "let all = #{ event }; all.event.payload.mine = 1; event.payload.mine",
        "let all = []; if true { all = event } all.payload.mine = 1; event.payload.mine",
        "let same = event; same.payload.mine = 1; event.payload.mine",
        "let copy = event.clone(); copy.payload.mine = 1; event.payload.mine",
    ],
)
def test_a_payload_that_may_get_more_keys_is_not_said_to_have_all(body: str) -> None:
    assert not whole(body)


@pytest.mark.parametrize("event", ["note:created", "tool:after", "mcp:attached"])
def test_a_run_of_a_handler_finds_what_is_inferred(event: str) -> None:
    declared = next(each for each in real_bindings().events if each.name == event)
    script = f'#[handler(event = "{event}")]\npub fn f(event: Event) {{ (event.payload is Object, KEYS) }}'
    fixture = snapshot_of(read_fixture(script.replace("event: Event", "context, event")), real_bindings()).script
    inferred = Flows(fixture).inferred(ItemPlace(0, 0))
    payloads = [kind for kind in inferred.types.values() if isinstance(kind, KeyedObject)]
    keys = payloads[0].keys
    assert all(key in declared.payload for key in keys)
    text = script.replace("KEYS", ", ".join(f"event.payload.{key}" for key in keys))
    given = json.dumps({"event_type": event, "identifier": "a", "payload": dict.fromkeys(keys, 1)})
    run = Run((Source(SCRIPT, text.encode()),), "f", (JsonArgument(given.encode(), "Event"),), 1000)
    outcome = runner().run(run, LIMITS)
    assert isinstance(outcome, Finished), outcome.error
    assert outcome.value.json == [True, *[1] * len(keys)]


def test_completion_and_hover_know_the_keys() -> None:
    handler = '#[handler(event = "note:created")]\npub fn f(context, event) {{ event.payload.{} }}'
    labels = labels_at_cursor(handler.format("$0"), real_bindings())
    assert {"path", "file_size", "frontmatter", "created_at", "get"} <= set(labels)
    assert show_hover(handler.format("file_$0size"), real_bindings()) == "```rune\nfile_size\n```"
