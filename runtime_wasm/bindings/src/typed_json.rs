//! JSON from a command line or an editor becomes an argument of an entry, typed as the entry wants it.

use rune::runtime::ToValue;
use rune::Value;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::heading::is_key;
use crate::json_value;
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
    Callout, CrucibleError, Event, EventContext, Gate, Phase, SearchResult, Session, SessionData,
    SessionEvent, StateError, ToolCall, ToolError, Workflow, WorkflowStep,
};
use crate::{GraphError, JsonError, OqError, PathsError, TomlError};

/// Attributes that are fields of a step of their own.
const FIELDS: [&str; 4] = ["agent", "output", "channel", "critical"];

/// The argument that `json` is for a parameter of the type `host_type`, written as in the table of bindings.
///
/// An object given for one of the host's types becomes that type; fields that may be missing take their defaults. For
/// `any`, a type that the host does not know, and no type, it becomes plain values. The error names the field that is
/// unknown or has another type than it should.
pub fn from_json(json: &Json, host_type: Option<&str>) -> Result<Value, String> {
    let host_type = host_type.unwrap_or("any").trim();
    if let Some(inner) = inside(host_type, "Option<") {
        return match json {
            Json::Null => value(None::<Value>),
            json => value(Some(from_json(json, Some(inner))?)),
        };
    }
    if let (Some(inner), Json::Array(items)) = (inside(host_type, "Vec<"), json) {
        let items: Result<Vec<Value>, String> = items
            .iter()
            .map(|item| from_json(item, Some(inner)))
            .collect();
        return value(items?);
    }
    match host_type {
        "json::Error" => return value(typed::<JsonError>(json, "json::Error")?),
        "toml::Error" => return value(typed::<TomlError>(json, "toml::Error")?),
        _ => {}
    }
    match host_type.rsplit("::").next().unwrap_or(host_type) {
        "Session" | "SessionLog" => value(session(json)?),
        "Phase" => value(typed::<Phase>(json, "Phase")?),
        "ToolCall" => value(typed::<ToolCall>(json, "ToolCall")?),
        "SessionEvent" => value(typed::<SessionEvent>(json, "SessionEvent")?),
        "Callout" => value(callout(json)?),
        "Workflow" => value(workflow(json)?),
        "WorkflowStep" => value(checked(typed::<WorkflowStep>(json, "WorkflowStep")?)?),
        "Gate" => value(typed::<Gate>(json, "Gate")?),
        "Note" => value(note(json)?),
        "Frontmatter" => value(typed::<Frontmatter>(json, "Frontmatter")?),
        "Wikilink" => value(typed::<Wikilink>(json, "Wikilink")?),
        "Tag" => value(typed::<Tag>(json, "Tag")?),
        "Block" => value(typed::<Block>(json, "Block")?),
        "Heading" => value(typed::<Heading>(json, "Heading")?),
        "Task" => value(typed::<Task>(json, "Task")?),
        "AgentCard" => value(typed::<AgentCard>(json, "AgentCard")?),
        "AgentHandle" => value(typed::<AgentHandle>(json, "AgentHandle")?),
        "ChatResponse" => value(typed::<ChatResponse>(json, "ChatResponse")?),
        "AgentError" => value(typed::<AgentError>(json, "AgentError")?),
        "CrucibleError" => value(typed::<CrucibleError>(json, "CrucibleError")?),
        "StateError" => value(typed::<StateError>(json, "StateError")?),
        "ToolError" => value(typed::<ToolError>(json, "ToolError")?),
        "SearchResult" => value(typed::<SearchResult>(json, "SearchResult")?),
        "OqError" => value(typed::<OqError>(json, "OqError")?),
        "PathsError" => value(typed::<PathsError>(json, "PathsError")?),
        "GraphError" => value(typed::<GraphError>(json, "GraphError")?),
        "Event" => value(typed::<Event>(json, "Event")?),
        "EventContext" => value(typed::<EventContext>(json, "EventContext")?),
        "Regex" => Err("a Regex cannot be given as JSON: give its pattern as a text".to_owned()),
        "AskQuestion" => value(typed::<AskQuestion>(json, "AskQuestion")?),
        "AskBatch" => value(typed::<AskBatch>(json, "AskBatch")?),
        "AskBatchResponse" => value(typed::<AskBatchResponse>(json, "AskBatchResponse")?),
        "QuestionAnswer" => value(typed::<QuestionAnswer>(json, "QuestionAnswer")?),
        "PanelItem" => value(typed::<PanelItem>(json, "PanelItem")?),
        "PanelHints" => value(typed::<PanelHints>(json, "PanelHints")?),
        "Panel" => value(typed::<Panel>(json, "Panel")?),
        "PanelResult" => value(typed::<PanelResult>(json, "PanelResult")?),
        "PopupEntry" => value(typed::<PopupEntry>(json, "PopupEntry")?),
        "PopupRequest" => value(typed::<PopupRequest>(json, "PopupRequest")?),
        "RuneRecipeEnrichment" => {
            value(typed::<RuneRecipeEnrichment>(json, "RuneRecipeEnrichment")?)
        }
        "RuneRecipe" => value(typed::<RuneRecipe>(json, "RuneRecipe")?),
        "RuneSessionEvent" => value(typed::<RuneSessionEvent>(json, "RuneSessionEvent")?),
        "RuneFileChangeKind" => value(typed::<RuneFileChangeKind>(json, "RuneFileChangeKind")?),
        "RuneNoteChangeType" => value(typed::<RuneNoteChangeType>(json, "RuneNoteChangeType")?),
        "RuneEventContext" => value(typed::<RuneEventContext>(json, "RuneEventContext")?),
        "McpResult" => value(typed::<McpResult>(json, "McpResult")?),
        "StateMachine" => {
            Err("a StateMachine has functions, so that it cannot be given as JSON".to_owned())
        }
        plain => {
            has_type(json, plain)?;
            json_value::to_value(json).map_err(|error| error.to_string())
        }
    }
}

fn value(native: impl ToValue) -> Result<Value, String> {
    native.to_value().map_err(|error| error.to_string())
}

/// `Inner` of `Outer<Inner>`.
fn inside<'t>(type_name: &'t str, outer: &str) -> Option<&'t str> {
    type_name.strip_prefix(outer)?.strip_suffix('>')
}

fn typed<T: DeserializeOwned>(json: &Json, name: &str) -> Result<T, String> {
    if !json.is_object() {
        return Err(format!(
            "a {name} should be a JSON object, not {}",
            kind(json)
        ));
    }
    serde_path_to_error::deserialize(json).map_err(|error| {
        let path = error.path().to_string();
        let message = error.into_inner();
        if path == "." {
            format!("{name}: {message}")
        } else {
            format!("{name}: `{path}`: {message}")
        }
    })
}

/// A session whose phases are numbered by their places.
fn session(json: &Json) -> Result<Session, String> {
    let mut data: SessionData = typed(json, "Session")?;
    for (index, phase) in data.phases.iter_mut().enumerate() {
        let mut numbered = (**phase).clone();
        numbered.index = index as i64;
        *phase = Phase::from(numbered);
    }
    Ok(Session::from(data))
}

/// A note as it is shown, or one that is read from the `content` of a file.
fn note(json: &Json) -> Result<Note, String> {
    let is_file = |fields: &serde_json::Map<String, Json>| {
        let mut names = fields.keys();
        names.all(|name| name == "path" || name == "content")
    };
    if !json.as_object().is_some_and(is_file) {
        return typed(json, "Note");
    }
    let note: Note = typed(json, "Note")?;
    Ok(Note::from_markdown(&note.path, note.content.as_bytes()).value)
}

fn callout(json: &Json) -> Result<Callout, String> {
    let mut callout: Callout = typed(json, "Callout")?;
    callout.callout_type = callout.callout_type.to_lowercase();
    Ok(callout)
}

fn workflow(json: &Json) -> Result<Workflow, String> {
    let mut workflow: Workflow = typed(json, "Workflow")?;
    workflow.steps = workflow
        .steps
        .into_iter()
        .map(checked)
        .collect::<Result<_, _>>()?;
    Ok(workflow)
}

/// A step that can be written as a heading; the error says why another cannot.
fn checked(step: WorkflowStep) -> Result<WorkflowStep, String> {
    if !(2..=6).contains(&step.level) {
        return Err(format!(
            "WorkflowStep: `level` of `{}` is {}, but headings of steps go from 2 to 6",
            step.title, step.level
        ));
    }
    for key in step.attributes.keys() {
        if FIELDS.contains(&&**key) {
            return Err(format!(
                "WorkflowStep: `{key}` is a field of its own, not one of `attributes`"
            ));
        }
        if !is_key(key) {
            return Err(format!(
                "WorkflowStep: `{key}` cannot be the name of an attribute"
            ));
        }
    }
    let children = step
        .children
        .into_iter()
        .map(checked)
        .collect::<Result<_, _>>()?;
    Ok(WorkflowStep { children, ..step })
}

/// Refuses JSON that cannot be of one of Rune's own types.
fn has_type(json: &Json, type_name: &str) -> Result<(), String> {
    let fits = match type_name {
        "String" => json.is_string(),
        "i64" => json.is_i64(),
        "u64" => json.is_u64(),
        "f64" => json.is_number(),
        "bool" => json.is_boolean(),
        "Object" => json.is_object(),
        "Vec" => json.is_array(),
        "()" => json.is_null(),
        _ => true,
    };
    if fits {
        return Ok(());
    }
    Err(format!("`{type_name}` is wanted, not {}", kind(json)))
}

fn kind(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a String",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
