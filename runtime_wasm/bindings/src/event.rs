//! `Event`: something happened in Crucible, and a handler is told of it.

use rune::runtime::VmResult;
use rune::{Any, Value};
use serde::{Deserialize, Serialize};

use crate::held;
use crate::optional::wrong_type;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};

/// An event, as a handler gets it and changes it.
#[derive(Any, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Such as `tool:before`.
    pub event_type: String,
    /// What it is about: a tool's name, a note's path.
    #[serde(default)]
    pub identifier: String,
    #[serde(default = "held::nothing", with = "held")]
    pub payload: Value,
    /// Milliseconds since 1970; 0 for an event that the host has not sent yet.
    #[serde(default)]
    pub timestamp_ms: i64,
    #[serde(default)]
    pub cancelled: bool,
    #[serde(default)]
    pub source: Option<String>,
}

impl Event {
    /// An event of a name of the script's own choice.
    pub(crate) fn custom(name: String, payload: Value) -> Self {
        Event {
            event_type: "custom".to_owned(),
            identifier: name,
            payload,
            timestamp_ms: 0,
            cancelled: false,
            source: Some("rune".to_owned()),
        }
    }
}

impl Clone for Event {
    fn clone(&self) -> Self {
        Event {
            event_type: self.event_type.clone(),
            identifier: self.identifier.clone(),
            payload: held::copy(&self.payload),
            timestamp_ms: self.timestamp_ms,
            cancelled: self.cancelled,
            source: self.source.clone(),
        }
    }
}

impl Readable for Event {
    fn debug(&self) -> String {
        format!(
            "Event {{ event_type: {:?}, identifier: {:?}, payload: {}, timestamp_ms: {}, cancelled: {}, source: {:?} }}",
            self.event_type,
            self.identifier,
            held::text(&self.payload),
            self.timestamp_ms,
            self.cancelled,
            self.source
        )
    }

    fn equals(&self, other: &Self) -> bool {
        let plain = |event: &Event| (event.timestamp_ms, event.cancelled);
        let names = |event: &Event| {
            (
                event.event_type.clone(),
                event.identifier.clone(),
                event.source.clone(),
            )
        };
        plain(self) == plain(other)
            && names(self) == names(other)
            && held::equal(&self.payload, &other.payload)
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|event| match event.identifier.as_str() {
        "" => event.event_type.clone(),
        identifier => format!("{} {identifier}", event.event_type),
    });
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Event>(
        TypeName {
            module: &["crucible"],
            name: "Event",
            aliases: &[],
            prelude: false,
        },
        "
        Something that happens in Crucible, as a handler is told of it. A handler may change the event and give it back.
        @profile core

        ```rune
        #[handler(event = \"tool:before\", pattern = \"shell*\")]
        pub fn no_removal(context, event) {
            if event.payload.command == \"rm\" {
                event.cancelled = true;
            }
            event
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "event_type",
        "String",
        "What happens, such as `tool:before` or `note:modified`; `custom` for an event of a script's own.",
        |event: &Event| event.event_type.clone(),
    )?;
    types.field(
        "identifier",
        "String",
        "What it is about: the name of the tool, the path of the note, the name of a `custom` event.",
        |event: &Event| event.identifier.clone(),
    )?;
    types.field(
        "payload",
        "any",
        "What comes with it, mostly an object. Of `tool:before` it is what the tool is given, and a handler may change it.",
        |event: &Event| event.payload.clone(),
    )?;
    types.assignable::<Event>(|event, value| {
        event.payload = value;
        VmResult::Ok(())
    })?;
    types.field(
        "timestamp_ms",
        "i64",
        "When it happens, in milliseconds since 1970; 0 for an event that has not been sent yet.",
        |event: &Event| event.timestamp_ms,
    )?;
    types.field(
        "cancelled",
        "bool",
        "Whether what it tells of shall not happen. Only events that come before something can stop it.",
        |event: &Event| event.cancelled,
    )?;
    types.assignable::<Event>(|event, value| match value.as_bool() {
        Ok(cancelled) => {
            event.cancelled = cancelled;
            VmResult::Ok(())
        }
        Err(_) => VmResult::err(wrong_type("true or false", &value.type_info())),
    })?;
    types.field(
        "source",
        "Option<String>",
        "Where it comes from, such as `kiln`, `just`, `rune` or `upstream`.",
        |event: &Event| event.source.clone(),
    )
}
