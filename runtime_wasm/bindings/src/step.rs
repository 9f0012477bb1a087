//! The parts of a workflow: its steps and gates.

use std::collections::BTreeMap;

use rune::runtime::VmResult;
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};

use crate::heading::one_line;
use crate::json_value;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::workflow::MODULE;

/// One heading of a workflow, with everything below it.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::workflow)]
#[serde(deny_unknown_fields)]
pub struct WorkflowStep {
    #[serde(alias = "name")]
    pub title: String,
    /// From 2 to 6.
    #[serde(default = "first_level")]
    pub level: i64,
    #[serde(default)]
    pub agent: Option<String>,
    #[serde(default)]
    pub channel: Option<String>,
    #[serde(default)]
    pub output: Option<String>,
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub parallel: bool,
    #[serde(default)]
    pub critical: Option<bool>,
    #[serde(default)]
    pub children: Vec<WorkflowStep>,
    #[serde(default)]
    pub gates: Vec<Gate>,
}

/// A place where somebody has to agree before the work goes on.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::workflow)]
#[serde(default, deny_unknown_fields)]
pub struct Gate {
    pub title: Option<String>,
    pub content: String,
}

fn first_level() -> i64 {
    2
}

impl WorkflowStep {
    /// A step of level 2 with nothing but a name and an agent.
    pub fn new(name: impl AsRef<str>, agent: Option<String>) -> Self {
        // A heading is one line; what Markdown cannot hold would not read back equal.
        WorkflowStep {
            title: one_line(name.as_ref()),
            level: first_level(),
            agent: agent.map(|agent| one_line(&agent)),
            ..WorkflowStep::default()
        }
    }
}

impl WorkflowStep {
    fn attributes(&self) -> VmResult<Value> {
        VmResult::Ok(vm_try!(json_value::to_value(&serde_json::json!(
            self.attributes
        ))))
    }
}

impl Readable for WorkflowStep {
    fn debug(&self) -> String {
        format!(
            "WorkflowStep {{ title: {:?}, level: {}, agent: {:?}, output: {:?}, children: {}, gates: {} }}",
            self.title,
            self.level,
            self.agent,
            self.output,
            self.children.len(),
            self.gates.len()
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|step| step.title.clone());
}

impl Readable for Gate {
    fn debug(&self) -> String {
        format!(
            "Gate {{ title: {:?}, content: {:?} }}",
            self.title, self.content
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> =
        Some(|gate| gate.title.clone().unwrap_or_else(|| gate.content.clone()));
}

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    let named = |name| TypeName {
        module: MODULE,
        name,
        aliases: &[],
        prelude: true,
    };
    recorder.record::<WorkflowStep>(
        named("WorkflowStep"),
        "
        One step of a workflow: a heading `## Name @agent -> output` with everything below it.

        ```rune
        for step in workflow.steps() {
            println!(\"{} by {}\", step.name, step.agent.unwrap_or(\"anybody\"));
        }
        ```
        ",
        step_members,
    )?;
    recorder.record::<Gate>(
        named("Gate"),
        "
        A place where somebody has to agree before the work goes on: `> [!gate] Title`.

        ```rune
        let questions = step.gates.iter().map(|gate| gate.title.unwrap_or(gate.content)).collect::<Vec>();
        ```
        ",
        gate_members,
    )
}

fn step_members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "title",
        "String",
        "The heading without agent, output and attributes.",
        |s: &WorkflowStep| s.title.clone(),
    )?;
    types.field(
        "name",
        "String",
        "The same as `title`.",
        |s: &WorkflowStep| s.title.clone(),
    )?;
    types.field(
        "level",
        "i64",
        "The heading's level, from 2.",
        |s: &WorkflowStep| s.level,
    )?;
    types.field(
        "agent",
        "Option<String>",
        "Who does it, without `@`.",
        |s: &WorkflowStep| s.agent.clone(),
    )?;
    types.field(
        "channel",
        "Option<String>",
        "The value of `[channel:: …]`.",
        |s: &WorkflowStep| s.channel.clone(),
    )?;
    types.field(
        "output",
        "Option<String>",
        "The name behind `->`: what the step makes.",
        |s: &WorkflowStep| s.output.clone(),
    )?;
    types.field(
        "attributes",
        "Object",
        "The other attributes `[key:: value]` of the heading.",
        |s: &WorkflowStep| s.attributes(),
    )?;
    types.field(
        "body",
        "String",
        "The text below the heading, as Markdown.",
        |s: &WorkflowStep| s.body.clone(),
    )?;
    types.field(
        "parallel",
        "bool",
        "Whether it may run at once with the steps marked next to it: `&` before the name, or `(parallel)` behind it.",
        |s: &WorkflowStep| s.parallel,
    )?;
    types.field(
        "critical",
        "Option<bool>",
        "The value of `[critical:: …]`: whether the workflow fails if the step does; `None` if it is not said.",
        |s: &WorkflowStep| s.critical,
    )?;
    types.field(
        "children",
        "Vec<WorkflowStep>",
        "The steps below this one.",
        |s: &WorkflowStep| s.children.clone(),
    )?;
    types.field("gates", "Vec<Gate>", "Its gates.", |s: &WorkflowStep| {
        s.gates.clone()
    })
}

fn gate_members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "title",
        "Option<String>",
        "The text after `[!gate]`.",
        |g: &Gate| g.title.clone(),
    )?;
    types.field(
        "content",
        "String",
        "The lines below the first, without `> `.",
        |g: &Gate| g.content.clone(),
    )
}
