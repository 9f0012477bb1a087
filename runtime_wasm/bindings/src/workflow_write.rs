//! Writes a workflow as a Markdown note.

use crate::blocks::trim_blank_lines;
use crate::frontmatter::yaml_text;
use crate::heading::{self, is_identifier, one_line};
use crate::step::{Gate, WorkflowStep};
use crate::workflow::Workflow;

impl Workflow {
    /// The workflow as a Markdown note that `Workflow::from_markdown` reads back as an equal one.
    pub fn to_markdown(&self) -> String {
        let mut front = String::from("---\ntype: workflow\n");
        for (key, value) in [("title", &self.title), ("description", &self.description)] {
            if let Some(value) = value {
                front.push_str(&format!("{key}: {}\n", yaml_text(value)));
            }
        }
        front.push_str("---");
        let mut blocks = vec![front];
        push_text(&self.introduction, &mut blocks);
        blocks.extend(self.gates.iter().map(gate));
        push_steps(&self.steps, &mut blocks);
        blocks.join("\n\n") + "\n"
    }
}

/// The heading line of a step.
pub(crate) fn heading(step: &WorkflowStep) -> String {
    let agent = step.agent.as_deref().map(one_line);
    let output = step.output.as_deref().map(one_line);
    let channel = step.channel.as_deref().map(one_line);
    let (short_agent, long_agent) = short_or_long(agent.as_deref());
    let (short_output, long_output) = short_or_long(output.as_deref());
    let critical = step
        .critical
        .map(|critical| if critical { "true" } else { "false" });
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    let named = [
        ("agent", long_agent),
        ("output", long_output),
        ("channel", channel.as_deref()),
        ("critical", critical),
    ];
    attributes.extend(
        named
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    attributes.extend(
        step.attributes
            .iter()
            .map(|(key, value)| (&**key, &**value)),
    );
    let text = heading::write_step(
        &step.title,
        step.parallel,
        short_agent,
        short_output,
        &attributes,
    );
    let hashes = "#".repeat(step.level.clamp(2, 6) as usize);
    format!("{hashes} {text}").trim_end().to_owned()
}

/// An agent or output that the short form cannot hold is written as an attribute.
fn short_or_long(name: Option<&str>) -> (Option<&str>, Option<&str>) {
    match name {
        Some(name) if is_identifier(name) => (Some(name), None),
        other => (None, other),
    }
}

/// Writes nested steps without recursion of its own: a host's JSON can nest them as deep as it likes.
fn push_steps(steps: &[WorkflowStep], blocks: &mut Vec<String>) {
    let mut open: Vec<&WorkflowStep> = steps.iter().rev().collect();
    while let Some(step) = open.pop() {
        blocks.push(heading(step));
        push_text(&step.body, blocks);
        blocks.extend(step.gates.iter().map(gate));
        open.extend(step.children.iter().rev());
    }
}

fn push_text(text: &str, blocks: &mut Vec<String>) {
    let text = trim_blank_lines(text);
    if !text.is_empty() {
        blocks.push(text.to_owned());
    }
}

fn gate(gate: &Gate) -> String {
    let title = gate.title.as_deref().map(one_line).unwrap_or_default();
    let first = format!("> [!gate] {title}").trim_end().to_owned();
    let content = trim_blank_lines(&gate.content)
        .lines()
        .map(|line| match line.trim() {
            "" => ">".to_owned(),
            _ => format!("> {line}"),
        });
    std::iter::once(first)
        .chain(content)
        .collect::<Vec<_>>()
        .join("\n")
}
