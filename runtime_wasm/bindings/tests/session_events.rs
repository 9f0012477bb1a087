//! Events of sessions: made by scripts, read by them, and kept in a context.

mod support;

use rune::Value;
use runekiln_bindings::{debug_text, explain, from_json, to_json, RuneEventContext};
use serde_json::{json, Value as Json};
use support::{call, eval};

/// An event as the host reads it, made by a script.
fn made(body: &str) -> Json {
    let script =
        format!("use crucible::RuneSessionEvent; pub fn main() {{ RuneSessionEvent::{body} }}");
    let event = call(&script, "main", ()).unwrap_or_else(|error| panic!("{body}: {error}"));
    to_json(&event)
}

fn native(json: Json, host_type: &str) -> Value {
    from_json(&json, Some(host_type)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_event_has_the_name_and_the_fields_that_crucible_writes() {
    let cases = [
        (
            "message_received(\"Hi\", \"mira\")",
            json!({"type": "message_received", "content": "Hi", "participant_id": "mira"}),
        ),
        (
            "agent_responded(\"Yes\")",
            json!({"type": "agent_responded", "content": "Yes", "tool_calls": []}),
        ),
        (
            "agent_thinking(\"Hm\")",
            json!({"type": "agent_thinking", "thought": "Hm"}),
        ),
        (
            "tool_called(\"grep\", #{ query: \"x\" })",
            json!({"type": "tool_called", "name": "grep", "args": {"query": "x"}}),
        ),
        (
            "tool_completed(\"grep\", \"7\")",
            json!({"type": "tool_completed", "name": "grep", "result": "7", "error": null}),
        ),
        (
            "tool_error(\"grep\", \"\", \"no\")",
            json!({"type": "tool_completed", "name": "grep", "result": "", "error": "no"}),
        ),
        (
            "custom(\"frost\", [1, (2, ())])",
            json!({"type": "custom", "name": "frost", "payload": [1, [2, null]]}),
        ),
        (
            "text_delta(\"a\", 3)",
            json!({"type": "text_delta", "delta": "a", "seq": 3}),
        ),
        (
            "session_ended(\"done\")",
            json!({"type": "session_ended", "reason": "done"}),
        ),
        (
            "note_created(\"a.md\", Some(\"A\"))",
            json!({"type": "note_created", "path": "a.md", "title": "A"}),
        ),
        (
            "note_modified(\"a.md\")",
            json!({"type": "note_modified", "path": "a.md", "change_type": "content"}),
        ),
        (
            "file_changed(\"a\", \"created\")",
            json!({"type": "file_changed", "path": "a", "kind": "created"}),
        ),
        (
            "file_changed(\"a\", \"moved\")",
            json!({"type": "file_changed", "path": "a", "kind": "modified"}),
        ),
        (
            "file_deleted(\"a\")",
            json!({"type": "file_deleted", "path": "a"}),
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(made(body), expected, "{body}");
        let again = native(expected.clone(), "RuneSessionEvent");
        assert_eq!(to_json(&again), expected, "{body} is read back");
    }
}

#[test]
fn an_event_tells_what_belongs_to_its_kind_and_nothing_else() {
    let read = |event: Json| {
        let script = "pub fn main(e) {
            (e.event_type(), [e.is_tool_event(), e.is_note_event(), e.is_lifecycle_event()],
                [e.content(), e.participant_id(), e.tool_name(), e.path(), e.custom_name(), e.thought(), e.error()])
        }";
        let answer = call(script, "main", (native(event, "RuneSessionEvent"),));
        debug_text(&answer.unwrap_or_else(|error| panic!("{error}")))
    };
    let none = |count: usize| vec!["None"; count].join(", ");
    assert_eq!(
        read(json!({"type": "tool_completed", "name": "grep", "result": "", "error": "no"})),
        "(\"tool_completed\", [true, false, false], [None, None, Some(\"grep\"), None, None, None, Some(\"no\")])"
    );
    assert_eq!(
        read(json!({"type": "custom", "name": "frost", "payload": {}})),
        "(\"custom\", [false, false, false], [None, None, None, None, Some(\"frost\"), None, None])"
    );
    assert_eq!(
        read(json!({"type": "note_deleted", "path": "a.md", "existed": true})),
        "(\"note_deleted\", [false, true, false], [None, None, None, Some(\"a.md\"), None, None, None])"
    );
    assert_eq!(
        read(json!({"type": "session_paused", "session_id": "s"})),
        format!("(\"session_paused\", [false, false, true], [{}])", none(7))
    );
    assert_eq!(
        read(json!({"type": "pre_parse", "path": "a.md"})),
        format!("(\"pre_parse\", [false, false, false], [{}])", none(7)),
        "only notes and files have a path"
    );
    assert_eq!(
        read(json!({"type": "message_received", "content": "Hi", "participant_id": "mira"})),
        format!(
            "(\"message_received\", [false, false, false], [Some(\"Hi\"), Some(\"mira\"), {}])",
            none(5)
        )
    );
}

#[test]
fn two_events_of_one_name_are_equal_and_each_has_a_line() {
    let body = "use crucible::RuneSessionEvent;
        let one = RuneSessionEvent::tool_called(\"grep\", ());
        let other = RuneSessionEvent::tool_called(\"sort\", 1);
        (one == other, one == RuneSessionEvent::tool_completed(\"grep\", \"\"), `${one}`, other.debug_string())";
    assert_eq!(
        eval(body).as_deref(),
        Ok(
            "(true, false, \"tool_called grep\", \
            \"RuneSessionEvent { event_type: \\\"tool_called\\\", args: 1, name: \\\"sort\\\" }\")"
        )
    );
}

#[test]
fn an_event_that_sessions_do_not_have_is_refused() {
    let refused = from_json(&json!({"type": "tool:before"}), Some("RuneSessionEvent"));
    assert_eq!(
        refused.expect_err("there is none"),
        "RuneSessionEvent: `type`: sessions have no event `tool:before`; one of a script's own is `custom`"
    );
    let body = "crucible::RuneSessionEvent::custom(\"a\", |x| x)";
    assert_eq!(
        explain(&eval(body).expect_err("no JSON")),
        "panicked: JSON cannot hold a value of Function"
    );
}

#[test]
fn kinds_of_changes_are_words() {
    let body = "use crucible::{RuneFileChangeKind as File, RuneNoteChangeType as Note};
        [File::created().to_string(), `${File::modified()}`, Note::content().to_string(),
            Note::frontmatter().to_string(), Note::links().to_string(), `${Note::tags()}`]";
    assert_eq!(
        eval(body).as_deref(),
        Ok("[\"created\", \"modified\", \"content\", \"frontmatter\", \"links\", \"tags\"]")
    );
}

#[test]
fn a_context_keeps_json_and_what_is_to_be_sent() {
    let context = native(json!({}), "RuneEventContext");
    let script = "pub fn main(context) {
        context.set(\"bed\", \"Salad\");
        context.set(\"litres\", #{ today: [40] });
        context.set(\"bed\", \"Berries\");
        context.emit(crucible::RuneSessionEvent::session_ended(\"frost\"));
        context.emit_custom(\"frost\", -2);
        (context.get(\"bed\"), context.get(\"litres\"), context.get(\"none\"), context.emitted_count(), `${context}`)
    }";
    let answer = call(script, "main", (context.clone(),)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        debug_text(&answer),
        "(Some(\"\\\"Berries\\\"\"), Some(\"{\\\"today\\\":[40]}\"), None, 2, \"2 events\")"
    );
    let context = context.borrow_ref::<RuneEventContext>().expect("a context");
    let sent: Vec<&str> = context
        .emitted
        .iter()
        .map(|event| &*event.event_type)
        .collect();
    assert_eq!(sent, ["session_ended", "custom"]);
    assert_eq!(context.metadata["bed"].0, json!("Berries"));
}
