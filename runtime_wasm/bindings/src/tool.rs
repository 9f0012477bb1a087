//! Tools: what a function with `#[tool]` and `#[param]` tells its callers, and why a call of one failed.

use rune::Any;
use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value as Json};

use crate::message_error::readable_error;
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

/// Before the function's name in the name of its tool.
const PREFIX: &str = "rune_";

/// The error of a tool call.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct ToolError {
    pub message: String,
    /// The tool that was called.
    #[serde(default)]
    pub tool: String,
}

/// What is written about a function that is a tool: the keys of its `#[tool(…)]`, its name and its documentation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ToolAttributes {
    /// The name of the function.
    pub function: String,
    pub desc: Option<String>,
    pub description: Option<String>,
    pub version: Option<String>,
    pub tags: Vec<String>,
    pub category: Option<String>,
    /// The lines of `///` before the function.
    pub docs: String,
}

/// The keys of one `#[param(…)]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParamAttributes {
    pub name: String,
    /// `type` in the attribute, or else `ty`: `string`, `i64`, `Vec` and the like.
    #[serde(default, rename = "type", alias = "ty")]
    pub type_name: Option<String>,
    #[serde(default)]
    pub desc: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// A parameter is required unless the attribute says otherwise.
    #[serde(default)]
    pub required: Option<bool>,
}

/// What a caller is told of a tool: `name`, `description`, `input_schema` (a JSON Schema of an object with a property for
/// each parameter), and `version` and `tags` where there are some.
///
/// Of two parameters of one name the later one counts.
pub fn tool_schema(tool: &ToolAttributes, parameters: &[ParamAttributes]) -> Json {
    let mut schema = json!({
        "name": format!("{PREFIX}{}", tool.function),
        "description": description(tool),
        "input_schema": input_schema(parameters),
    });
    if let Some(version) = &tool.version {
        schema["version"] = Json::from(version.as_str());
    }
    let tags: Vec<&String> = tool.category.iter().chain(&tool.tags).collect();
    if !tags.is_empty() {
        schema["tags"] = json!(tags);
    }
    schema
}

/// `desc`, or else `description`, or else the documentation, or else that it is a tool.
fn description(tool: &ToolAttributes) -> String {
    let written = [
        tool.desc.as_deref(),
        tool.description.as_deref(),
        Some(&*tool.docs),
    ];
    let mut written = written.into_iter().flatten().map(str::trim);
    match written.find(|text| !text.is_empty()) {
        Some(text) => text.to_owned(),
        None => format!("Rune tool: {}", tool.function),
    }
}

fn input_schema(parameters: &[ParamAttributes]) -> Json {
    let mut properties = Map::new();
    for parameter in parameters {
        properties.insert(parameter.name.clone(), property(parameter));
    }
    let is_last = |index: usize, name: &str| {
        let mut later = parameters[index + 1..].iter();
        later.all(|parameter| parameter.name != name)
    };
    let required = parameters
        .iter()
        .enumerate()
        .filter(|(index, parameter)| is_last(*index, &parameter.name))
        .filter(|(_, parameter)| parameter.required.unwrap_or(true));
    let required: Vec<&str> = required.map(|(_, parameter)| &*parameter.name).collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn property(parameter: &ParamAttributes) -> Json {
    let written = parameter.type_name.as_deref().unwrap_or_default();
    let mut property = json!({"type": json_type(written)});
    let text = parameter.desc.as_ref().or(parameter.description.as_ref());
    if let Some(text) = text {
        property["description"] = Json::from(text.as_str());
    }
    property
}

/// The type of JSON that Crucible takes a written type for. `number` is an integer there, and whatever it does not know
/// a string.
pub fn json_type(written: &str) -> &'static str {
    match written.trim() {
        "number" | "int" | "integer" | "i32" | "i64" => "integer",
        "float" | "f32" | "f64" => "number",
        "bool" | "boolean" => "boolean",
        "array" | "list" | "Vec" => "array",
        "object" | "map" | "Object" => "object",
        _ => "string",
    }
}

impl std::fmt::Display for ToolError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.tool.as_str() {
            "" => f.write_str(&self.message),
            tool => write!(f, "{tool}: {}", self.message),
        }
    }
}

readable_error!(ToolError);

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<ToolError>(
        TypeName {
            module: &["crucible"],
            name: "ToolError",
            aliases: &[],
            prelude: false,
        },
        "
        Why the call of a tool failed.
        @profile core

        ```rune
        use crucible::ToolError;

        pub fn told(answer) {
            match answer {
                Ok(value) => format!(\"{:?}\", value),
                Err(ToolError { tool, message, .. }) => `${tool} did not work: ${message}`,
            }
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "message",
        "String",
        "What went wrong, in words.",
        |e: &ToolError| e.message.clone(),
    )?;
    types.field(
        "tool",
        "String",
        "The tool that was called.",
        |e: &ToolError| e.tool.clone(),
    )
}
