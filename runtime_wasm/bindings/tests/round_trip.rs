//! `from_markdown(to_markdown(w)) == w` for workflows that nobody would write by hand.

use std::collections::BTreeMap;

use runekiln_bindings::{Gate, Workflow, WorkflowStep};

/// Pieces of names that mean something to Markdown or to the grammar of headings.
const NASTY: [&str; 46] = [
    "@",
    "@bob",
    "@bob@1.2",
    "->",
    "-> out",
    "-",
    ">",
    "[k:: v]",
    "[k::",
    "[",
    "]",
    "[[link]]",
    "::",
    "&",
    "&amp;",
    "(parallel)",
    "(",
    "#",
    "##",
    "#channel",
    "\\",
    "\\\\",
    "\\@x",
    "\\[k:: v]",
    "`",
    "```",
    "~~~",
    "*",
    "_",
    "**b**",
    "<!--",
    "-->",
    "<b>",
    "---",
    "===",
    "- [ ]",
    "1.",
    "!",
    "?",
    ":",
    "\"",
    "'",
    "🌱",
    "水やり",
    "ري",
    "\u{a0}",
];

/// Blocks of Markdown that end by themselves and hold no step.
const BLOCKS: [&str; 10] = [
    "Plain text @bob -> out [k:: v]\nin two lines",
    "```sh\n## not a step\n> [!gate] no gate\n```",
    "~~~~\n```\n## not a step\n~~~~",
    "- one\n- two\n\n  ## not a step\n",
    "> quoted\n>\n> ## not a step",
    "> [!note] A callout\n> that is no gate",
    "<!--\n\n## not a step\n-->",
    "    ## code",
    "Setext\n---",
    "# A heading of level 1",
];

/// A small generator of pseudo-random numbers (xorshift), so that a failure comes back.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn nasty(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(6) {
            text.push_str(NASTY[self.below(NASTY.len())]);
            text.push_str(["", " ", " ", "  ", "\n", "\t"][self.below(6)]);
            if self.chance(30) {
                text.push_str(["word", "a", "C", "x y"][self.below(4)]);
            }
        }
        text
    }

    fn nasty_word(&mut self) -> Option<String> {
        let word =
            [self.nasty(), "bob".to_owned(), "Garden Helper".to_owned()][self.below(3)].clone();
        Some(one_line(&word)).filter(|word| !word.is_empty() && self.chance(60))
    }

    fn body(&mut self) -> String {
        let blocks: Vec<&str> = (0..self.below(4))
            .map(|_| BLOCKS[self.below(BLOCKS.len())])
            .collect();
        blocks.join("\n\n").trim_end().to_owned()
    }

    fn gates(&mut self) -> Vec<Gate> {
        let gate = |random: &mut Random| Gate {
            title: random
                .nasty_word()
                .filter(|title| !title.starts_with(['-', '+']) || title.starts_with("- ")),
            content: random.body(),
        };
        (0..self.below(3)).map(|_| gate(self)).collect()
    }

    fn step(&mut self, level: i64) -> WorkflowStep {
        let deeper = if level < 6 {
            self.below(3) / 2 + self.below(5) / 4
        } else {
            0
        };
        let keys = ["note", "type", "due-date", "größe", "k_1"];
        WorkflowStep {
            title: one_line(&self.nasty()),
            level,
            agent: self.nasty_word(),
            channel: self.nasty_word(),
            output: self.nasty_word(),
            attributes: (0..self.below(3))
                .map(|_| (keys[self.below(5)].to_owned(), one_line(&self.nasty())))
                .collect::<BTreeMap<_, _>>(),
            body: self.body(),
            parallel: self.chance(20),
            critical: [None, Some(true), Some(false)][self.below(3)],
            children: (0..deeper).map(|_| self.step(level + 1)).collect(),
            gates: self.gates(),
        }
    }

    fn workflow(&mut self) -> Workflow {
        let mut workflow = Workflow::new();
        workflow.title = Some(self.nasty());
        workflow.description = self.chance(50).then(|| self.nasty());
        workflow.introduction = self.body();
        workflow.gates = self.gates();
        workflow.steps = (0..self.below(5)).map(|_| self.step(2)).collect();
        workflow
    }
}

/// Names and values are kept in one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

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
