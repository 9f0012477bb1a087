//! `McpResult`: what a tool of an attached MCP server has answered. The host makes it.

use rune::runtime::{RuntimeError, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::json_value;
use crate::plain_data::plain_data;
use crate::recorder::{method, Recorder, Result, TypeName, TypeRecorder};

const MODULE: &[&str] = &["cru", "mcp"];

/// The blocks of an answer.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::cru::mcp)]
#[serde(default, deny_unknown_fields)]
pub struct McpResult {
    pub content: Vec<McpContent>,
    #[serde(alias = "isError")]
    pub is_error: bool,
}

/// One block: a text, or something else, such as an image, that scripts do not see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum McpContent {
    Text {
        text: String,
    },
    #[serde(other)]
    Other,
}

impl McpResult {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.content.iter().filter_map(|block| match block {
            McpContent::Text { text } => Some(&**text),
            McpContent::Other => None,
        })
    }

    fn all_text(&self) -> String {
        self.texts().collect::<Vec<_>>().join("\n")
    }

    fn json(&self) -> std::result::Result<Value, RuntimeError> {
        let Some(text) = self.texts().next() else {
            return Err(RuntimeError::panic("the tool has answered without a text"));
        };
        let json: Json = serde_json::from_str(text).map_err(|error| {
            RuntimeError::panic(format!("what the tool has answered is no JSON: {error}"))
        })?;
        json_value::to_value(&json)
    }
}

plain_data!(McpResult, Some(McpResult::all_text));

/// Registers the type of this file, and its module.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<McpResult>(
        TypeName {
            module: MODULE,
            name: "McpResult",
            aliases: &[],
            prelude: false,
        },
        "
        What a tool of an MCP server has answered. Each server that is attached is a module, `cru::mcp::name`, with an async
        function for each of its tools.
        @profile core, tools

        ```rune
        pub fn read(answer) {
            if answer.is_error() {
                return Err(answer.all_text());
            }
            Ok(answer.json())
        }
        ```
        ",
        members,
    )?;
    recorder.module(
        MODULE,
        "
        Tools of MCP servers.
        @profile core, tools
        ",
        |_| Ok(()),
    )?;
    recorder.module(
        &["cru"],
        "
        What is attached to Crucible from outside.
        @profile core, tools
        ",
        |_| Ok(()),
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "text(&self) -> Option<String>",
        "The first text of the answer; `None` if it has none.",
        |result: &McpResult| result.texts().next().map(str::to_owned)
    );
    method!(
        types,
        "json(&self) -> any",
        "
        What the first text says as JSON: objects, lists, texts, numbers. It ends the run if there is no text, or one that is
        no JSON.
        ",
        |result: &McpResult| VmResult::Ok(vm_try!(result.json()))
    );
    method!(
        types,
        "is_error(&self) -> bool",
        "Whether the tool says that it has failed.",
        |result: &McpResult| result.is_error
    );
    method!(
        types,
        "all_text(&self) -> String",
        "All texts of the answer, each on lines of its own.",
        McpResult::all_text
    );
    method!(
        types,
        "content_count(&self) -> u64",
        "How many blocks the answer has, pictures and the like among them.",
        |result: &McpResult| result.content.len() as u64
    );
    Ok(())
}
