//! Workflows: steps that a session can be turned into, and that are written as Markdown headings.

use rune::runtime::{FromValue, Object, Ref, VmResult};
use rune::{vm_try, Any};
use serde::{Deserialize, Serialize};

use crate::heading::one_line;
use crate::optimise::{self, Change, Options};
use crate::optional::OptionalText;
use crate::recorder::{
    associated_function, method, Readable, Recorder, Result, TypeName, TypeRecorder,
};
use crate::step::{Gate, WorkflowStep};
use crate::workflow_write;

/// A workflow, built by a script or read from Markdown.
#[derive(Any, Clone, Debug, Default, Serialize, Deserialize)]
#[rune(item = ::crucible::workflow)]
#[serde(default, deny_unknown_fields)]
pub struct Workflow {
    pub title: Option<String>,
    pub description: Option<String>,
    /// Text above the first step, as Markdown.
    pub introduction: String,
    pub gates: Vec<Gate>,
    pub steps: Vec<WorkflowStep>,
    /// What `optimize` has done, in words. No part of the workflow's value.
    #[serde(skip)]
    pub(crate) done: Vec<String>,
    /// What it was asked for last.
    #[serde(skip)]
    pub(crate) asked: Option<Options>,
}

impl PartialEq for Workflow {
    fn eq(&self, other: &Self) -> bool {
        (
            &self.title,
            &self.description,
            &self.introduction,
            &self.gates,
            &self.steps,
        ) == (
            &other.title,
            &other.description,
            &other.introduction,
            &other.gates,
            &other.steps,
        )
    }
}

impl Workflow {
    /// A workflow without steps.
    pub fn new() -> Self {
        Workflow::default()
    }

    /// Appends a step of level 2.
    pub fn add_step(&mut self, name: impl AsRef<str>, agent: Option<String>) {
        self.steps.push(WorkflowStep::new(name, agent));
    }

    /// Appends a gate that stands before the first step.
    pub fn add_gate(&mut self, title: &str) {
        let title = Some(one_line(title)).filter(|title| !title.is_empty());
        self.gates.push(Gate {
            title,
            content: String::new(),
        });
    }

    /// Removes steps that exactly repeat the one before them.
    pub fn optimize(&mut self) {
        self.optimize_with(Options::REPEATS);
    }

    /// Changes what the options name.
    pub fn optimize_with(&mut self, options: Options) {
        let changes = optimise::optimise(&mut self.steps, options);
        self.done.extend(changes.iter().map(Change::done));
        self.asked = Some(options);
    }

    /// What `optimize` has done so far, what it would do now, and why it left alone what the options that it had last
    /// speak of.
    pub fn optimize_report(&self) -> Vec<String> {
        let pending = optimise::optimise(&mut self.steps.clone(), Options::REPEATS);
        let kept = self.asked.map(|asked| optimise::kept(&self.steps, asked));
        let pending = pending.iter().map(Change::possible);
        let report = self.done.iter().cloned().chain(pending);
        report.chain(kept.unwrap_or_default()).collect()
    }
}

impl Readable for Workflow {
    fn debug(&self) -> String {
        let mut headings = Vec::new();
        let mut open: Vec<&WorkflowStep> = self.steps.iter().rev().collect();
        while let Some(step) = open.pop() {
            headings.push(workflow_write::heading(step));
            open.extend(step.children.iter().rev());
        }
        let gates: Vec<&str> = self
            .gates
            .iter()
            .map(|gate| gate.title.as_deref().unwrap_or(""))
            .collect();
        format!(
            "Workflow {{ title: {:?}, steps: {headings:?}, gates: {gates:?} }}",
            self.title
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(Workflow::to_markdown);
}

/// Where the types of workflows live.
pub(crate) const MODULE: &[&str] = &["crucible", "workflow"];

/// Registers the types of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    let named = |name| TypeName {
        module: MODULE,
        name,
        aliases: &[],
        prelude: true,
    };
    recorder.record::<Workflow>(
        named("Workflow"),
        "
        A list of steps for agents, written as a Markdown note of headings.

        ```rune
        let workflow = Workflow::new();
        workflow.add_step(\"Plan the beds\", \"planner\");
        workflow.add_step(\"Sow\", None);
        workflow.to_markdown()
        ```
        ",
        |types| {
            workflow_fields(types)?;
            building(types)?;
            optimising(types)
        },
    )
}

fn workflow_fields(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "title",
        "Option<String>",
        "The title in the frontmatter. A String may be assigned, or `None`.",
        |w: &Workflow| w.title.clone(),
    )?;
    types.assignable(|workflow: &mut Workflow, value| {
        workflow.title = vm_try!(OptionalText::from_value(value)).0;
        VmResult::Ok(())
    })?;
    types.field(
        "description",
        "Option<String>",
        "What the workflow is for, in the frontmatter. A String may be assigned, or `None`.",
        |w: &Workflow| w.description.clone(),
    )?;
    types.assignable(|workflow: &mut Workflow, value| {
        workflow.description = vm_try!(OptionalText::from_value(value)).0;
        VmResult::Ok(())
    })
}

fn building(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        Workflow,
        "new() -> Workflow",
        "An empty workflow.",
        Workflow::new
    );
    associated_function!(
        types,
        Workflow,
        "from_markdown(text: String) -> Result<Workflow, CrucibleError>",
        "
        Reads a workflow from a Markdown note whose frontmatter has `type: workflow`.

        ```rune
        let workflow = Workflow::from_markdown(\"---\\ntype: workflow\\n---\\n\\n## Sow @gardener\\n\").unwrap();
        workflow.steps()[0].agent
        ```
        ",
        |text: rune::runtime::Ref<str>| Workflow::from_markdown(&text)
    );
    method!(
        types,
        "add_step(&mut self, name: String, agent: Option<String> | String)",
        "
        Appends a step. `agent` may be a String, an Option, or `()` for nobody.

        ```rune
        for phase in session.phases() {
            workflow.add_step(phase.name, phase.agent);
        }
        ```
        ",
        |workflow: &mut Workflow, name: rune::runtime::Ref<str>, agent: OptionalText| workflow
            .add_step(&*name, agent.0)
    );
    method!(
        types,
        "add_gate(&mut self, title: String)",
        "
        Appends a gate before the first step: somebody has to agree before the work begins.

        ```rune
        workflow.add_gate(\"The board agrees to the costs\");
        ```
        ",
        |workflow: &mut Workflow, title: rune::runtime::Ref<str>| workflow.add_gate(&title)
    );
    method!(
        types,
        "steps(&self) -> Vec<WorkflowStep>",
        "
        The steps of the highest level; each holds its own in `children`. Changing the list leaves the workflow alone.

        ```rune
        let without_agent = workflow.steps().iter().filter(|step| step.agent.is_none()).count();
        ```
        ",
        |workflow: &Workflow| workflow.steps.clone()
    );
    method!(
        types,
        "to_markdown(&self) -> String",
        "
        The workflow as a Markdown note. `Workflow::from_markdown` reads it back as an equal workflow; a name that
        would mean something else there is escaped.

        ```rune
        println!(\"{}\", workflow.to_markdown());
        ```
        ",
        Workflow::to_markdown
    );
    Ok(())
}

fn optimising(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "optimize(&mut self)",
        "
        Removes each step without gates that repeats the one before it in every field, and nothing else.

        ```rune
        workflow.add_step(\"Water\", \"gardener\");
        workflow.add_step(\"Water\", \"gardener\");
        workflow.optimize();
        ```
        ",
        Workflow::optimize
    );
    method!(
        types,
        "optimize_with(&mut self, options: Object)",
        "
        Changes what the options name. Each is true or false, and false unless it is given:

        - `merge`: consecutive steps of one agent and channel become one, with both texts, if nothing is between them: no
          gate, no steps below the first, no two outputs. Their names, if they differ, are joined by ` + `.
        - `drop_empty`: steps with a blank name and without text, children and gates go.
        - `parallel`: neighbours of different agents are marked, if none names what another of them makes, and none has a
          gate. Marked steps next to each other are one group; no two of them share an agent.
        - `repeats`: steps without gates that repeat the one before them in every field go, which `optimize` does, too.

        No text and no gate is lost, and texts keep their order. `optimize_report` says what was done, and what was not
        and why.

        ```rune
        workflow.optimize_with(#{ merge: true, drop_empty: true, parallel: true });
        ```
        ",
        |workflow: &mut Workflow, options: Ref<Object>| -> VmResult<()> {
            match Options::from_object(&options) {
                Ok(options) => workflow.optimize_with(options),
                Err(problem) => return VmResult::panic(problem),
            }
            VmResult::Ok(())
        }
    );
    method!(
        types,
        "optimize_report(&self) -> Vec<String>",
        "
        What `optimize` and `optimize_with` have done, what `optimize` would do now, and why steps that the last options
        spoke of were left alone, in words. Steps are counted within their level: `2.1` is the first below the second. What was
        done counts them as they were before, what was not as they are now.

        ```rune
        for line in workflow.optimize_report() {
            println!(\"{}\", line);
        }
        ```
        ",
        Workflow::optimize_report
    );
    Ok(())
}
