//! `from_markdown(to_markdown(w)) == w` for workflows that nobody would write by hand.

use std::collections::BTreeMap;

use runekiln_bindings::{Gate, Workflow, WorkflowStep};
use workflows::{Random, BLOCKS};

#[path = "support/workflows.rs"]
mod workflows;

#[test]
fn any_workflow_reads_back_equal_and_is_written_the_same_again() {
    let mut random = Random(0x5eed_0f9a_2de2_2100);
    for round in 0..4000 {
        let workflow = random.workflow();
        let text = workflow.to_markdown();
        let read = Workflow::from_markdown(&text).expect("what was written is a workflow");
        assert_eq!(read, workflow, "round {round}:\n{text}");
        assert_eq!(read.to_markdown(), text, "round {round}");
    }
}

#[test]
fn any_markdown_settles_after_one_reading() {
    let mut random = Random(0x1234_5678_9abc_def1);
    for round in 0..2000 {
        let mut text = String::from("---\ntype: workflow\n---\n");
        for _ in 0..random.below(12) {
            let line = match random.below(4) {
                0 => format!("{} {}", "#".repeat(1 + random.below(6)), random.nasty()),
                1 => format!("> [!gate] {}\n> {}", random.nasty(), random.nasty()),
                2 => BLOCKS[random.below(BLOCKS.len())].to_owned(),
                _ => random.nasty(),
            };
            text.push_str(&line);
            text.push_str(["\n", "\n\n"][random.below(2)]);
        }
        let first = Workflow::from_markdown(&text).expect("any text below the frontmatter");
        let written = first.to_markdown();
        let second = Workflow::from_markdown(&written).expect("what was written is a workflow");
        assert_eq!(
            second.steps.len(),
            first.steps.len(),
            "round {round}:\n{text}\n=====\n{written}"
        );
        assert_eq!(second, first, "round {round}:\n{text}\n=====\n{written}");
    }
}

#[test]
fn all_parts_of_a_step_have_their_place() {
    let step = WorkflowStep {
        title: "Fix it".to_owned(),
        level: 2,
        agent: Some("Garden Helper".to_owned()),
        channel: Some("dev".to_owned()),
        output: Some("patch".to_owned()),
        attributes: BTreeMap::from([("due".to_owned(), "a [b] \\ c".to_owned())]),
        body: "In two\n\n    lines.".to_owned(),
        parallel: true,
        critical: Some(true),
        children: vec![WorkflowStep {
            level: 3,
            ..WorkflowStep::new("Look", Some("bob".to_owned()))
        }],
        gates: vec![Gate {
            title: Some("Agreed".to_owned()),
            content: "by\n\nall".to_owned(),
        }],
    };
    let mut workflow = Workflow::new();
    workflow.title = Some("Release: 1".to_owned());
    workflow.add_gate("Money");
    workflow.steps.push(step);
    let expected = r#"---
type: workflow
title: "Release: 1"
---

> [!gate] Money

## & Fix it -> patch [agent:: Garden Helper] [channel:: dev] [critical:: true] [due:: a \[b\] \\ c]

In two

    lines.

> [!gate] Agreed
> by
>
> all

### Look @bob
"#;
    assert_eq!(workflow.to_markdown(), expected);
    assert_eq!(Workflow::from_markdown(expected), Ok(workflow));
}

#[test]
fn a_note_that_is_no_workflow_is_refused_in_words() {
    let cases = [
        ("no frontmatter", "there is none"),
        ("---\ntype: note\n---\n", "`type` should be `workflow`"),
        ("---\ntype: [\n---\n", "it is not YAML"),
        ("---\ntype: workflow\n", "no line `---` ends it"),
    ];
    for (text, words) in cases {
        let error = Workflow::from_markdown(text).expect_err("it is no workflow");
        assert!(error.message.contains(words), "{}", error.message);
    }
}

#[test]
fn what_is_open_at_the_end_of_a_note_does_not_swallow_the_next_step() {
    for open in [
        "```\n## in a fence",
        "~~~~ x",
        "<!-- a comment",
        "- ```\n  in a list",
    ] {
        let text = format!("---\ntype: workflow\n---\n\n## One\n\n> [!gate] g\n\n{open}");
        let mut workflow = Workflow::from_markdown(&text).expect("a workflow");
        workflow.add_step("Two", None);
        let read = Workflow::from_markdown(&workflow.to_markdown()).expect("a workflow");
        assert_eq!(read, workflow, "{open}");
    }
}
