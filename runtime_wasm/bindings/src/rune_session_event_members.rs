//! What script authors can do with an event of a session.

use rune::runtime::{Ref, VmResult};
use rune::{vm_try, Value};
use serde_json::Value as Json;

use crate::plain_json::PlainJson;
use crate::recorder::{
    associated_function, method, Readable, Recorder, Result, TypeName, TypeRecorder,
};
use crate::rune_session_event::RuneSessionEvent;

/// Registers events of sessions.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<RuneSessionEvent>(
        TypeName {
            module: &["crucible"],
            name: "RuneSessionEvent",
            aliases: &[],
            prelude: false,
        },
        "
        Something that happens in a session. Two events with the same `event_type()` are equal, whatever else they tell.
        @profile core

        ```rune
        let event = crucible::RuneSessionEvent::tool_error(\"valve_close\", \"\", \"no answer\");
        assert_eq!(event.event_type(), \"tool_completed\");
        assert_eq!(event.error(), Some(\"no answer\"));
        ```
        ",
        |types| {
            of_messages(types)?;
            of_tools(types)?;
            of_files(types)?;
            kinds(types)?;
            asking(types)
        },
    )
}

fn of_messages(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        RuneSessionEvent,
        "message_received(content: String, participant_id: String) -> RuneSessionEvent",
        "Somebody has written a message. Its `event_type()` is `message_received`.",
        |content: Ref<str>, participant_id: Ref<str>| {
            let fields = [
                ("content", Json::from(&*content)),
                ("participant_id", Json::from(&*participant_id)),
            ];
            RuneSessionEvent::new("message_received", fields)
        }
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "agent_responded(content: String) -> RuneSessionEvent",
        "The agent has answered, and called no tool. Its `event_type()` is `agent_responded`.",
        |content: Ref<str>| {
            let fields = [
                ("content", Json::from(&*content)),
                ("tool_calls", Json::Array(Vec::new())),
            ];
            RuneSessionEvent::new("agent_responded", fields)
        }
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "agent_thinking(thought: String) -> RuneSessionEvent",
        "The agent thinks before it answers. Its `event_type()` is `agent_thinking`.",
        |thought: Ref<str>| RuneSessionEvent::new(
            "agent_thinking",
            [("thought", Json::from(&*thought))]
        )
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "text_delta(delta: String, seq: i64) -> RuneSessionEvent",
        "A piece of an answer that is still being written, and its number. Its `event_type()` is `text_delta`.",
        |delta: Ref<str>, seq: i64| RuneSessionEvent::new(
            "text_delta",
            [("delta", Json::from(&*delta)), ("seq", Json::from(seq))]
        )
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "session_ended(reason: String) -> RuneSessionEvent",
        "The session is over. Its `event_type()` is `session_ended`.",
        |reason: Ref<str>| RuneSessionEvent::new(
            "session_ended",
            [("reason", Json::from(&*reason))]
        )
    );
    Ok(())
}

fn of_tools(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        RuneSessionEvent,
        "tool_called(name: String, args: any) -> RuneSessionEvent",
        "
        A tool is called. Its `event_type()` is `tool_called`. It ends the run if JSON cannot hold `args`.

        ```rune
        let event = crucible::RuneSessionEvent::tool_called(\"valve_close\", #{ valve: 9 });
        assert_eq!(event.tool_name(), Some(\"valve_close\"));
        ```
        ",
        |name: Ref<str>, args: Value| {
            let PlainJson(args) = vm_try!(PlainJson::of(&args));
            let fields = [("name", Json::from(&*name)), ("args", args)];
            VmResult::Ok(RuneSessionEvent::new("tool_called", fields))
        }
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "tool_completed(name: String, result: String) -> RuneSessionEvent",
        "A tool has answered. Its `event_type()` is `tool_completed`.",
        |name: Ref<str>, result: Ref<str>| RuneSessionEvent::tool_completed(&name, &result, None)
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "tool_error(name: String, result: String, error: String) -> RuneSessionEvent",
        "A tool has failed. Its `event_type()` is `tool_completed`, too: `error()` tells the two apart.",
        |name: Ref<str>, result: Ref<str>, error: Ref<str>| RuneSessionEvent::tool_completed(
            &name,
            &result,
            Some(&error)
        )
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "custom(name: String, payload: any) -> RuneSessionEvent",
        "
        Something of a script's own. Its `event_type()` is `custom`. It ends the run if JSON cannot hold `payload`.

        ```rune
        let event = crucible::RuneSessionEvent::custom(\"frost\", #{ degrees: -2 });
        assert_eq!(event.custom_name(), Some(\"frost\"));
        ```
        ",
        |name: Ref<str>, payload: Value| VmResult::Ok(vm_try!(custom(&name, &payload)))
    );
    Ok(())
}

/// An event of a script's own.
pub(crate) fn custom(
    name: &str,
    payload: &Value,
) -> std::result::Result<RuneSessionEvent, rune::runtime::RuntimeError> {
    let PlainJson(payload) = PlainJson::of(payload)?;
    let fields = [("name", Json::from(name)), ("payload", payload)];
    Ok(RuneSessionEvent::new("custom", fields))
}

fn of_files(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        RuneSessionEvent,
        "note_created(path: String, title: Option<String>) -> RuneSessionEvent",
        "There is a new note. Its `event_type()` is `note_created`.",
        |path: Ref<str>, title: Option<Ref<str>>| {
            let title = title.map_or(Json::Null, |title| Json::from(&*title));
            RuneSessionEvent::new(
                "note_created",
                [("path", Json::from(&*path)), ("title", title)],
            )
        }
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "note_modified(path: String) -> RuneSessionEvent",
        "The text of a note has changed. Its `event_type()` is `note_modified`.",
        |path: Ref<str>| RuneSessionEvent::new(
            "note_modified",
            [
                ("path", Json::from(&*path)),
                ("change_type", Json::from("content"))
            ]
        )
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "file_changed(path: String, kind: \"created\" | \"modified\") -> RuneSessionEvent",
        "
        A file has been written. Its `event_type()` is `file_changed`. Another kind than the two is taken for `modified`.
        ",
        |path: Ref<str>, kind: Ref<str>| {
            let kind = match &*kind {
                "created" => "created",
                _ => "modified",
            };
            let fields = [("path", Json::from(&*path)), ("kind", Json::from(kind))];
            RuneSessionEvent::new("file_changed", fields)
        }
    );
    associated_function!(
        types,
        RuneSessionEvent,
        "file_deleted(path: String) -> RuneSessionEvent",
        "A file is gone. Its `event_type()` is `file_deleted`.",
        |path: Ref<str>| RuneSessionEvent::new("file_deleted", [("path", Json::from(&*path))])
    );
    Ok(())
}

fn kinds(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "event_type(&self) -> String",
        "What happens, as a word to match on: `tool_called`, `note_modified`, `custom` and the like.",
        |event: &RuneSessionEvent| event.event_type.clone()
    );
    method!(
        types,
        "is_tool_event(&self) -> bool",
        "Whether it is about a tool: `tool_called`, `tool_completed` or `tool_discovered`.",
        RuneSessionEvent::is_tool_event
    );
    method!(
        types,
        "is_note_event(&self) -> bool",
        "Whether it is about a note: `note_parsed`, `note_created`, `note_modified` or `note_deleted`.",
        RuneSessionEvent::is_note_event
    );
    method!(
        types,
        "is_lifecycle_event(&self) -> bool",
        "Whether it is about the session as a whole: `session_started`, `session_ended` and the others that begin so.",
        RuneSessionEvent::is_lifecycle_event
    );
    Ok(())
}

fn asking(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "content(&self) -> Option<String>",
        "The text of `message_received` and `agent_responded`.",
        |event: &RuneSessionEvent| event.text_of("content", |_| true)
    );
    method!(
        types,
        "participant_id(&self) -> Option<String>",
        "Who wrote the message of `message_received`.",
        |event: &RuneSessionEvent| event.text_of("participant_id", |_| true)
    );
    method!(
        types,
        "tool_name(&self) -> Option<String>",
        "The tool of `tool_called`, `tool_completed` and `tool_discovered`.",
        RuneSessionEvent::tool_name
    );
    method!(
        types,
        "path(&self) -> Option<String>",
        "The note or file of an event whose name begins with `note_` or `file_`.",
        RuneSessionEvent::path
    );
    method!(
        types,
        "custom_name(&self) -> Option<String>",
        "The name that a script gave its event.",
        |event: &RuneSessionEvent| event.text_of("name", |name| name == "custom")
    );
    method!(
        types,
        "thought(&self) -> Option<String>",
        "The text of `agent_thinking`.",
        |event: &RuneSessionEvent| event.text_of("thought", |_| true)
    );
    method!(
        types,
        "error(&self) -> Option<String>",
        "Why the tool of `tool_completed` has failed; `None` if it has not.",
        |event: &RuneSessionEvent| event.text_of("error", |_| true)
    );
    method!(
        types,
        "debug_string(&self) -> String",
        "All of it in one line, for a log.",
        RuneSessionEvent::debug
    );
    Ok(())
}
