//! `RuneSessionEvent`: something that happens in a session, with a name of its own and the fields that belong to it.
//! `rune_session_event_members.rs` registers it.

use std::collections::BTreeMap;
use std::fmt;

use rune::Any;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;

use crate::plain_json::PlainJson;
use crate::recorder::Readable;

/// The names of all events of sessions, as Crucible writes them.
const NAMES: [&str; 42] = [
    "message_received",
    "agent_responded",
    "agent_thinking",
    "pre_tool_call",
    "pre_parse",
    "pre_llm_call",
    "awaiting_input",
    "interaction_requested",
    "interaction_completed",
    "tool_called",
    "tool_completed",
    "session_started",
    "session_compacted",
    "session_ended",
    "session_state_changed",
    "session_paused",
    "session_resumed",
    "subagent_spawned",
    "subagent_completed",
    "subagent_failed",
    "text_delta",
    "terminal_output",
    "file_changed",
    "file_deleted",
    "file_moved",
    "note_parsed",
    "note_created",
    "note_modified",
    "note_deleted",
    "entity_stored",
    "entity_deleted",
    "blocks_updated",
    "relation_stored",
    "relation_deleted",
    "tag_associated",
    "embedding_requested",
    "embedding_stored",
    "embedding_failed",
    "embedding_batch_complete",
    "mcp_attached",
    "tool_discovered",
    "custom",
];

/// An event of a session, in the form that Crucible writes it in: `type`, and the fields of its kind beside it.
#[derive(Any, Clone, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
pub struct RuneSessionEvent {
    #[serde(rename = "type", deserialize_with = "known_name")]
    pub event_type: String,
    #[serde(flatten)]
    pub fields: BTreeMap<String, PlainJson>,
}

fn known_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    if NAMES.contains(&&*name) {
        return Ok(name);
    }
    let message = format!("sessions have no event `{name}`; one of a script's own is `custom`");
    Err(serde::de::Error::custom(message))
}

impl RuneSessionEvent {
    /// An event with these fields.
    pub(crate) fn new<const COUNT: usize>(
        event_type: &str,
        fields: [(&str, Json); COUNT],
    ) -> RuneSessionEvent {
        let fields = fields.into_iter();
        RuneSessionEvent {
            event_type: event_type.to_owned(),
            fields: fields
                .map(|(name, value)| (name.to_owned(), PlainJson(value)))
                .collect(),
        }
    }

    /// The call of a tool that has come to an end.
    pub(crate) fn tool_completed(name: &str, result: &str, error: Option<&str>) -> Self {
        let fields = [
            ("name", name.into()),
            ("result", result.into()),
            ("error", error.into()),
        ];
        RuneSessionEvent::new("tool_completed", fields)
    }

    /// A field that is a text; of events whose name is not one of those that the closure takes, none.
    pub(crate) fn text_of(&self, field: &str, takes: impl Fn(&str) -> bool) -> Option<String> {
        let PlainJson(value) = self.fields.get(field)?;
        let text = value.as_str()?;
        takes(&self.event_type).then(|| text.to_owned())
    }

    pub(crate) fn is_tool_event(&self) -> bool {
        is_of_tool(&self.event_type)
    }

    pub(crate) fn is_note_event(&self) -> bool {
        self.event_type.starts_with("note_")
    }

    pub(crate) fn is_lifecycle_event(&self) -> bool {
        self.event_type.starts_with("session_")
    }

    pub(crate) fn path(&self) -> Option<String> {
        let takes = |name: &str| name.starts_with("note_") || name.starts_with("file_");
        self.text_of("path", takes)
    }

    pub(crate) fn tool_name(&self) -> Option<String> {
        self.text_of("name", is_of_tool)
    }
}

/// `tool_called`, `tool_completed` and `tool_discovered`.
fn is_of_tool(name: &str) -> bool {
    name.starts_with("tool_")
}

impl fmt::Debug for RuneSessionEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RuneSessionEvent");
        shown.field("event_type", &self.event_type);
        for (name, value) in &self.fields {
            shown.field(name, value);
        }
        shown.finish()
    }
}

impl Readable for RuneSessionEvent {
    fn debug(&self) -> String {
        format!("{self:?}")
    }

    /// As in Crucible, two events of one name are equal.
    fn equals(&self, other: &Self) -> bool {
        self.event_type == other.event_type
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|event| {
        let about = event.path().or_else(|| event.text_of("name", |_| true));
        match about {
            Some(about) => format!("{} {about}", event.event_type),
            None => event.event_type.clone(),
        }
    });
}
