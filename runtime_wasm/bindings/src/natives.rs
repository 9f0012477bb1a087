//! The host's own values, whatever their type: as JSON and as text.

use rune::Value;
use serde_json::{json, Value as Json};

use crate::naming::FunctionNames;
use crate::recorder::Readable;
use crate::{
    AgentCard, AgentError, AgentHandle, Block, ChatResponse, Frontmatter, Heading, Note, Tag, Task,
    Wikilink,
};
use crate::{
    AskBatch, AskBatchResponse, AskQuestion, McpResult, Panel, PanelHints, PanelItem, PanelResult,
    PopupEntry, PopupRequest, QuestionAnswer, RuneEventContext, RuneFileChangeKind,
    RuneNoteChangeType, RuneRecipe, RuneRecipeEnrichment, RuneSessionEvent,
};
use crate::{
    Callout, CrucibleError, Event, EventContext, Gate, Phase, SearchResult, Session, SessionEvent,
    StateError, StateMachine, ToolCall, ToolError, Workflow, WorkflowStep,
};
use crate::{GraphError, JsonError, OqError, PathsError, Regex, TomlError};

/// Runs `$body` with `$native` borrowed from `$value` if it is one of the host's types that are data.
macro_rules! with_data {
    ($value:expr, $native:ident => $body:expr) => {
        with_data!($value, $native => $body;
            Session, Phase, ToolCall, SessionEvent, Callout, Workflow, WorkflowStep, Gate, CrucibleError,
            StateError, Event, EventContext, ToolError, SearchResult,
            Note, Frontmatter, Wikilink, Tag, Block, Task, Heading, AgentCard, AgentHandle, ChatResponse, AgentError,
            Regex, JsonError, TomlError, OqError, PathsError, GraphError,
            AskQuestion, AskBatch, AskBatchResponse, QuestionAnswer, PanelItem, PanelHints, Panel, PanelResult, PopupEntry, PopupRequest, RuneRecipeEnrichment, RuneRecipe, RuneSessionEvent, RuneFileChangeKind, RuneNoteChangeType, RuneEventContext, McpResult)
    };
    ($value:expr, $native:ident => $body:expr; $($type:ty),*) => {
        $(if let Ok($native) = $value.borrow_ref::<$type>() {
            return Some($body);
        })*
    };
}

/// The fields of a value of the host; `None` if it is none, or in use.
pub(crate) fn json(value: &Value, names: Option<FunctionNames<'_>>) -> Option<Json> {
    with_data!(value, native => serde_json::to_value(&*native).unwrap_or(Json::Null));
    let machine = value.borrow_ref::<StateMachine>().ok()?;
    Some(machine_json(&machine, names))
}

/// The debug form of a value of the host; `None` if it is none, or in use.
pub(crate) fn debug(value: &Value) -> Option<String> {
    with_data!(value, native => native.debug());
    value
        .borrow_ref::<StateMachine>()
        .ok()
        .map(|machine| machine.debug())
}

/// States and transitions, with the names of the functions where they are known, and where the machine is.
pub(crate) fn machine_json(machine: &StateMachine, names: Option<FunctionNames<'_>>) -> Json {
    let states: Vec<&str> = machine.states.iter().map(|state| &*state.name).collect();
    let transitions: Vec<Json> = machine
        .transitions
        .iter()
        .map(|way| json!({"from": way.from, "to": way.to, "on": way.on.label(names)}))
        .collect();
    json!({
        "states": states,
        "transitions": transitions,
        "initial": machine.begins_in(),
        "terminal": machine.terminal,
        "current": machine.current(),
    })
}
