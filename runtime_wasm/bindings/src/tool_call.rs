//! The small parts of a session's log: tool calls, and the lines of `session.jsonl`.

use std::sync::Arc;

use rune::runtime::VmResult;
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::json_value;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::session::MODULE;
use crate::shared::shares;

/// A call of a tool, with what came back.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::session)]
#[serde(transparent)]
pub struct ToolCall(Arc<ToolCallData>);

/// What a tool call says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolCallData {
    pub name: String,
    /// A String from a Markdown log, mostly an object from `session.jsonl`.
    #[serde(default)]
    pub args: Json,
    #[serde(default)]
    pub result: Option<String>,
    #[serde(default)]
    pub error: Option<String>,
    #[serde(default)]
    pub id: Option<String>,
}

/// One line of `session.jsonl`.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::session)]
#[serde(transparent)]
pub struct SessionEvent(Arc<SessionEventData>);

/// What a line of `session.jsonl` says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionEventData {
    pub kind: String,
    #[serde(default)]
    pub timestamp: String,
    /// The other fields of the line, an object.
    #[serde(default)]
    pub data: serde_json::Map<String, Json>,
}

shares!(ToolCall, ToolCallData);
shares!(SessionEvent, SessionEventData);

impl ToolCall {
    fn args(&self) -> VmResult<Value> {
        VmResult::Ok(vm_try!(json_value::to_value(&self.args)))
    }
}

impl SessionEvent {
    fn data(&self) -> VmResult<Value> {
        VmResult::Ok(vm_try!(json_value::to_value(&Json::Object(
            self.data.clone()
        ))))
    }
}

impl Readable for ToolCall {
    fn debug(&self) -> String {
        format!(
            "ToolCall {{ name: {:?}, args: {}, result: {:?}, error: {:?} }}",
            self.name, self.args, self.result, self.error
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|call| match &call.args {
        Json::String(args) if args.is_empty() => call.name.clone(),
        Json::String(args) => format!("{} {args}", call.name),
        Json::Null => call.name.clone(),
        args => format!("{} {args}", call.name),
    });
}

impl Readable for SessionEvent {
    fn debug(&self) -> String {
        let data = Json::Object(self.data.clone());
        format!(
            "SessionEvent {{ kind: {:?}, timestamp: {:?}, data: {data} }}",
            self.kind, self.timestamp
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = None;
}

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    let named = |name, prelude| TypeName {
        module: MODULE,
        name,
        aliases: &[],
        prelude,
    };
    recorder.record::<ToolCall>(
        named("ToolCall", true),
        "
        A call of a tool that a session's log tells of.

        ```rune
        if let Some(error) = call.error {
            println!(\"{} failed: {}\", call.name, error);
        }
        ```
        ",
        tool_call_members,
    )?;
    recorder.record::<SessionEvent>(
        named("SessionEvent", false),
        "
        One line of `session.jsonl`: a message, a tool call, an answer.

        ```rune
        let errors = session.events().iter().filter(|event| event.kind == \"error\").count();
        ```
        ",
        session_event_members,
    )
}

fn tool_call_members(types: &mut TypeRecorder) -> Result<()> {
    types.field("name", "String", "The tool.", |call: &ToolCall| {
        call.name.clone()
    })?;
    types.field(
        "args",
        "any",
        "What the tool was given: a String from a Markdown log, mostly an object from `session.jsonl`.",
        |call: &ToolCall| call.args(),
    )?;
    types.field(
        "result",
        "Option<String>",
        "What came back; `None` if nothing did, or an error.",
        |call: &ToolCall| call.result.clone(),
    )?;
    types.field(
        "error",
        "Option<String>",
        "Why it failed; `None` if it did not.",
        |call: &ToolCall| call.error.clone(),
    )?;
    types.field(
        "id",
        "Option<String>",
        "The call's id in `session.jsonl`.",
        |call: &ToolCall| call.id.clone(),
    )
}

fn session_event_members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "kind",
        "String",
        "What happened, such as `user`, `tool_call` or `message_complete`.",
        |e: &SessionEvent| e.kind.clone(),
    )?;
    types.field(
        "timestamp",
        "String",
        "When, as in `2026-03-07T09:02:11Z`.",
        |e: &SessionEvent| e.timestamp.clone(),
    )?;
    types.field(
        "data",
        "Object",
        "The other fields of the line.",
        |e: &SessionEvent| e.data(),
    )
}
