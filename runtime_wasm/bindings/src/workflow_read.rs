//! Reads a workflow from a Markdown note.

use std::ops::Range;

use crate::blocks::{self, BlockKind};
use crate::error::CrucibleError;
use crate::frontmatter;
use crate::heading;
use crate::step::{Gate, WorkflowStep};
use crate::workflow::Workflow;

impl Workflow {
    /// Reads a workflow from a Markdown note. Headings of hashes from level 2 on are its steps, nested by their levels.
    ///
    /// Fails if the frontmatter is no YAML, or does not say `type: workflow`.
    pub fn from_markdown(text: &str) -> Result<Workflow, CrucibleError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let front = frontmatter::read(text);
        if let Some((_, problem)) = &front.problem {
            return Err(CrucibleError::new(problem));
        }
        let note_type = front.text("type").map_err(CrucibleError::new)?;
        if !note_type.is_some_and(|note_type| note_type.eq_ignore_ascii_case("workflow")) {
            return Err(CrucibleError::new(
                "frontmatter: `type` should be `workflow`",
            ));
        }
        let mut workflow = Workflow {
            title: front.text("title").map_err(CrucibleError::new)?,
            description: front.text("description").map_err(CrucibleError::new)?,
            ..Workflow::default()
        };
        Outline::default().read(text, front.end, &mut workflow);
        Ok(workflow)
    }
}

/// The step whose text is being read, and the steps that it is inside of.
#[derive(Default)]
struct Outline {
    open: Vec<WorkflowStep>,
    /// Where the text of the current step begins.
    start: usize,
    gates: Vec<Gate>,
    /// Ranges that are no part of the current step's text.
    holes: Vec<Range<usize>>,
    /// What would close the last block of the note, if it is open at its end.
    missing_end: Option<String>,
}

impl Outline {
    fn read(mut self, text: &str, start: usize, workflow: &mut Workflow) {
        self.start = start;
        for block in blocks::blocks(text, start) {
            let source = &text[block.range.clone()];
            match block.kind {
                BlockKind::Heading { level: 1 } | BlockKind::Title
                    if self.open.is_empty() && workflow.title.is_none() =>
                {
                    let title = source
                        .trim_end()
                        .rsplit_once('\n')
                        .map_or(source, |(title, _)| title);
                    let title = if block.kind == BlockKind::Title {
                        title
                    } else {
                        heading::atx_content(source)
                    };
                    workflow.title = Some(heading::plain(&heading::one_line(title)))
                        .filter(|title| !title.is_empty());
                    self.holes.push(block.range);
                }
                BlockKind::Heading { level } if level >= 2 => {
                    self.end_text(text, block.range.start, workflow);
                    self.close(i64::from(level), workflow);
                    self.open
                        .push(step(i64::from(level), heading::atx_content(source)));
                    self.start = block.range.end;
                }
                BlockKind::Quote { top: true } => {
                    let found = blocks::callout(text, &block.range)
                        .filter(|callout| callout.callout_type == "gate");
                    if let Some(callout) = found {
                        let title = callout.title.as_deref().map(heading::one_line);
                        self.gates.push(Gate {
                            title,
                            content: callout.content.replace("\r\n", "\n"),
                        });
                        self.holes.push(block.range);
                    }
                }
                BlockKind::Fence { top: true } => {
                    self.missing_end = blocks::missing_fence(text, &block)
                }
                BlockKind::Html { top: true } if blocks::is_open_comment(text, &block) => {
                    self.missing_end = Some("-->".to_owned())
                }
                _ => {}
            }
        }
        self.end_text(text, text.len(), workflow);
        self.close(0, workflow);
    }

    /// Gives the text from the start to `end`, and the gates found in it, to the current step.
    fn end_text(&mut self, text: &str, end: usize, workflow: &mut Workflow) {
        let mut body = blocks::text_without(text, self.start..end, &self.holes);
        // A block that runs to the end of the file would swallow the steps that are added behind it.
        if let Some(missing) = self.missing_end.take().filter(|_| end == text.len()) {
            body = format!("{body}\n{missing}");
        }
        self.holes.clear();
        let gates = std::mem::take(&mut self.gates);
        match self.open.last_mut() {
            Some(step) => (step.body, step.gates) = (body, gates),
            None => (workflow.introduction, workflow.gates) = (body, gates),
        }
    }

    /// Ends the open steps that a heading of `level` is not inside of.
    fn close(&mut self, level: i64, workflow: &mut Workflow) {
        while self.open.last().is_some_and(|step| step.level >= level) {
            let Some(done) = self.open.pop() else { return };
            match self.open.last_mut() {
                Some(parent) => parent.children.push(done),
                None => workflow.steps.push(done),
            }
        }
    }
}

fn step(level: i64, content: &str) -> WorkflowStep {
    let mut found = heading::parse_step(content);
    let mut take = |key: &str| {
        found
            .attributes
            .remove(key)
            .filter(|value| !value.is_empty())
    };
    let (agent, output, channel) = (take("agent"), take("output"), take("channel"));
    let critical = found
        .attributes
        .get("critical")
        .and_then(|critical| critical.parse().ok());
    if critical.is_some() {
        found.attributes.remove("critical");
    }
    WorkflowStep {
        title: found.name,
        level,
        agent: agent.or(found.agent),
        output: output.or(found.output),
        channel,
        attributes: found.attributes,
        parallel: found.parallel,
        critical,
        ..WorkflowStep::default()
    }
}
