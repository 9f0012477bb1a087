//! `AgentCard`: what an agent is, as a note of the kiln says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rune::runtime::{ToValue, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value as Json};

use crate::json_value;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::shared::shares;

/// What an agent is. It never changes; a copy costs nothing.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::agent)]
#[serde(transparent)]
pub struct AgentCard(Arc<AgentCardData>);

/// What an agent's card says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AgentCardData {
    pub name: String,
    /// Empty if the card has none.
    pub version: String,
    pub description: String,
    pub tags: Vec<String>,
    pub system_prompt: String,
    pub mcp_servers: Vec<String>,
    pub config: Map<String, Json>,
    pub specialty: Option<String>,
    pub provider: Option<String>,
    pub model: Option<String>,
    pub temperature: Option<f64>,
    pub max_tokens: Option<i64>,
    pub max_turns: Option<i64>,
    pub mode: Option<String>,
    /// For each tool `allow`, `ask` or `deny`.
    pub tools: Option<BTreeMap<String, String>>,
}

shares!(AgentCard, AgentCardData);

/// Where the types of agents live.
pub(crate) const MODULE: &[&str] = &["crucible", "agent"];

impl AgentCard {
    fn config(&self) -> VmResult<Value> {
        let config = Json::Object(self.config.clone());
        VmResult::Ok(vm_try!(json_value::to_value(&config)))
    }

    fn tools(&self) -> VmResult<Value> {
        let tools = self.tools.as_ref().map(|tools| json!(tools));
        let tools = vm_try!(tools.as_ref().map(json_value::to_value).transpose());
        VmResult::Ok(vm_try!(tools.to_value()))
    }
}

impl Readable for AgentCard {
    fn debug(&self) -> String {
        format!(
            "AgentCard {{ name: {:?}, version: {:?}, description: {:?}, tags: {:?} }}",
            self.name, self.version, self.description, self.tags
        )
    }

    fn equals(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|card| card.name.clone());
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<AgentCard>(
        TypeName {
            module: MODULE,
            name: "AgentCard",
            aliases: &[],
            prelude: false,
        },
        "
        What an agent is, as a note in `Agents` says it: who it is, what it may use, and how it is told to work.

        ```rune
        let may_sow = match card.tools {
            Some(tools) => tools.get(\"valve\").unwrap_or(\"deny\") != \"deny\",
            None => false,
        };
        println!(\"{} {}: {}\", card.name, card.version, may_sow);
        ```
        ",
        |types| {
            identity(types)?;
            work(types)?;
            model(types)
        },
    )
}

fn identity(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "name",
        "String",
        "`name` of the frontmatter, else `title`, else the name of the file.",
        |c: &AgentCard| c.name.clone(),
    )?;
    types.field(
        "version",
        "String",
        "The version of the card, such as `1.0.0`; empty if it has none.",
        |c: &AgentCard| c.version.clone(),
    )?;
    types.field(
        "description",
        "String",
        "What the agent is for, in a sentence.",
        |c: &AgentCard| c.description.clone(),
    )?;
    types.field(
        "tags",
        "Vec<String>",
        "Words that it is found by.",
        |c: &AgentCard| c.tags.clone(),
    )?;
    types.field(
        "specialty",
        "Option<String>",
        "What it does best, a word by which the host may choose a model.",
        |c: &AgentCard| c.specialty.clone(),
    )
}

fn work(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "system_prompt",
        "String",
        "How it is told to work: the text below the heading `System Prompt`, or the whole text without such a heading.",
        |c: &AgentCard| c.system_prompt.clone(),
    )?;
    types.field(
        "mcp_servers",
        "Vec<String>",
        "The MCP servers whose tools it is offered.",
        |c: &AgentCard| c.mcp_servers.clone(),
    )?;
    types.field(
        "tools",
        "Option<Object>",
        "For each tool that the card names `\"allow\"`, `\"ask\"` or `\"deny\"`.",
        |c: &AgentCard| c.tools(),
    )?;
    types.field(
        "mode",
        "Option<String>",
        "The mode that it begins in.",
        |c: &AgentCard| c.mode.clone(),
    )?;
    types.field(
        "config",
        "Object",
        "Settings of its own, as the frontmatter has them.",
        |c: &AgentCard| c.config(),
    )
}

fn model(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "provider",
        "Option<String>",
        "Who runs its model.",
        |c: &AgentCard| c.provider.clone(),
    )?;
    types.field(
        "model",
        "Option<String>",
        "The model that answers.",
        |c: &AgentCard| c.model.clone(),
    )?;
    types.field(
        "temperature",
        "Option<f64>",
        "How freely the model chooses its words: 0.0 for hardly.",
        |c: &AgentCard| c.temperature,
    )?;
    types.field(
        "max_tokens",
        "Option<i64>",
        "How long an answer may be, in tokens.",
        |c: &AgentCard| c.max_tokens,
    )?;
    types.field(
        "max_turns",
        "Option<i64>",
        "How many times it may call tools before it must answer.",
        |c: &AgentCard| c.max_turns,
    )
}
