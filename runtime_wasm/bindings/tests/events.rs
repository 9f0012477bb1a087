//! Events and what handlers do with them, in the real VM; and the errors that scripts meet.

mod support;

use rune::Value;
use runekiln_bindings::{debug_text, explain, from_json, to_json, Event, EventContext};
use serde_json::{json, Value as Json};
use support::call;

fn native(json: Json, host_type: &str) -> Value {
    from_json(&json, Some(host_type)).unwrap_or_else(|error| panic!("{error}"))
}

fn grep() -> Value {
    let event = json!({"event_type": "tool:before", "identifier": "grep", "payload": {"query": "x"}, "timestamp_ms": 5, "source": "kiln"});
    native(event, "Event")
}

/// Calls `handle(context, event)`; the context and the event as they are afterwards, and the answer.
fn handled(script: &str, event: Value) -> (Value, Value, Value) {
    let context = rune::to_value(EventContext::new()).expect("memory");
    let answer = call(script, "handle", (context.clone(), event.clone()))
        .unwrap_or_else(|error| panic!("{error}"));
    (context, event, answer)
}

#[test]
fn a_handler_reads_and_changes_its_event() {
    let script = "use crucible::Event;
        pub fn handle(context, event) {
            event.payload.query = `${event.payload.query}!`;
            event.cancelled = true;
            let kind = match event { Event { event_type: \"tool:before\", identifier, .. } => identifier, _ => () };
            (kind, event.timestamp_ms, event.source, event.cancelled, `${event}`)
        }";
    let (_, event, answer) = handled(script, grep());
    assert_eq!(
        debug_text(&answer),
        "(\"grep\", 5, Some(\"kiln\"), true, \"tool:before grep\")"
    );
    let expected = json!({"event_type": "tool:before", "identifier": "grep", "payload": {"query": "x!"},
        "timestamp_ms": 5, "cancelled": true, "source": "kiln"});
    assert_eq!(to_json(&event), expected);
    let script = "pub fn handle(context, event) { event.payload = [1]; event }";
    let (_, _, answer) = handled(script, grep());
    assert_eq!(to_json(&answer)["payload"], json!([1]));
}

#[test]
fn only_payload_and_cancelled_can_be_assigned_and_cancelled_only_a_bool() {
    let fails = |body: &str| {
        let script = format!("pub fn handle(event) {{ {body} }}");
        explain(&call(&script, "handle", (grep(),)).expect_err("it is refused"))
    };
    assert_eq!(
        fails("event.identifier = \"x\""),
        "the field `identifier` of `Event` cannot be assigned"
    );
    assert_eq!(
        fails("event.cancelled = \"yes\""),
        "panicked: expected true or false, found String"
    );
}

#[test]
fn what_a_handler_emits_can_be_read_by_the_host() {
    let script = "pub fn handle(context, event) {
            context.emit_custom(\"first\", #{ n: 1 });
            let again = event.clone();
            again.payload.query = \"later\";
            context.emit(again);
            again.payload.query = \"too late\";
            event.payload.query
        }";
    let (context, _, answer) = handled(script, grep());
    assert_eq!(
        debug_text(&answer),
        "\"x\"",
        "the copy has a payload of its own"
    );
    let mut context = context.borrow_mut::<EventContext>().expect("the context");
    let events: Vec<Json> = context
        .emitted()
        .iter()
        .map(|event: &Event| serde_json::to_value(event).expect("JSON"))
        .collect();
    let first = json!({"event_type": "custom", "identifier": "first", "payload": {"n": 1}, "timestamp_ms": 0,
        "cancelled": false, "source": "rune"});
    assert_eq!(events[0], first);
    assert_eq!(
        (&events[1]["event_type"], &events[1]["payload"]),
        (&json!("tool:before"), &json!({"query": "later"}))
    );
    assert_eq!(context.take_emitted().len(), 2);
    assert!(context.emitted().is_empty());
    let error = call(
        "pub fn main(c) { c.emit(\"x\") }",
        "main",
        (EventContext::new(),),
    )
    .expect_err("no event");
    assert_eq!(explain(&error), "expected Event, found String");
}

#[test]
fn a_context_keeps_values_from_one_handler_to_the_next() {
    let script = "pub fn first(context) { context.set(\"seen\", [1]); context.set(\"seen\", [1, 2]); context.get(\"seen\")?.push(3); }
        pub fn second(context) {
            let before = (context.contains(\"seen\"), context.get(\"seen\"), context.get(\"other\"));
            (before, context.remove(\"seen\"), context.remove(\"seen\"), context.contains(\"seen\"))
        }";
    let context = rune::to_value(EventContext::new()).expect("memory");
    call(script, "first", (context.clone(),)).expect("it runs");
    let kept = to_json(&context);
    assert_eq!(kept, json!({"values": {"seen": [1, 2, 3]}, "emitted": []}));
    let answer = call(script, "second", (context,)).expect("it runs");
    assert_eq!(
        debug_text(&answer),
        "((true, Some([1, 2, 3]), None), Some([1, 2, 3]), None, false)"
    );
    assert_eq!(to_json(&native(kept.clone(), "EventContext")), kept);
}

#[test]
fn values_that_hold_one_another_are_shown_to_an_end() {
    let (context, event, _) = handled(
        "pub fn handle(context, event) { event.payload = #{ me: event, all: context }; context.set(\"event\", event); }",
        grep(),
    );
    for value in [context, event] {
        assert!(to_json(&value).to_string().contains('…'));
        assert!(debug_text(&value).contains('…'));
    }
}

#[test]
fn every_error_works_with_the_question_mark_and_in_patterns() {
    let cases = [
        (
            "ToolError",
            json!({"message": "no water", "tool": "pump"}),
            "tool",
            "pump",
            "pump: no water",
        ),
        (
            "CrucibleError",
            json!({"message": "no note", "path": "a.md"}),
            "path",
            "Some(\"a.md\")",
            "a.md: no note",
        ),
        (
            "StateError",
            json!({"message": "stays", "state": "idle"}),
            "state",
            "idle",
            "stays",
        ),
    ];
    for (name, json, field, part, text) in cases {
        let script = format!(
            "use crucible::{name};
            fn passed_on(result) {{ let value = result?; Ok(value + 1) }}
            pub fn main(error) {{
                match passed_on(Err(error)) {{
                    Err({name} {{ message, {field}, .. }}) => [message, error.{field}, `${{error}}`, {field}],
                    other => other,
                }}
            }}"
        );
        let message = json["message"].clone();
        let found = call(&script, "main", (native(json, name),)).expect("it runs");
        let quoted = if part.contains('(') {
            part.to_owned()
        } else {
            format!("{part:?}")
        };
        assert_eq!(
            debug_text(&found),
            format!("[{message}, {quoted}, {text:?}, {quoted}]")
        );
    }
}

#[test]
fn a_search_result_is_told_by_title_and_path() {
    let hit = native(
        json!({"path": "Log/Valves.md", "title": "Valves", "score": 0.5, "snippet": "three"}),
        "SearchResult",
    );
    let script =
        "pub fn main(hit) { (`${hit}`, hit.path, hit.score, hit.snippet, hit == hit.clone()) }";
    let answer = call(script, "main", (hit,)).expect("it runs");
    assert_eq!(
        debug_text(&answer),
        "(\"Valves (Log/Valves.md)\", \"Log/Valves.md\", 0.5, \"three\", true)"
    );
    let untitled = native(json!({"path": "Log/Valves.md"}), "Vec<SearchResult>");
    assert!(debug_text(&untitled).contains("Log/Valves.md"));
}
