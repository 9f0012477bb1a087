//! Random workflows, as nobody would write them by hand.
#![allow(dead_code)] // Each test file uses its own part of this.

use std::collections::BTreeMap;

use runekiln_bindings::{Gate, Workflow, WorkflowStep};

/// Pieces of names that mean something to Markdown or to the grammar of headings.
pub const NASTY: [&str; 46] = [
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
pub const BLOCKS: [&str; 10] = [
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
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn nasty(&mut self) -> String {
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

    pub fn nasty_word(&mut self) -> Option<String> {
        let word =
            [self.nasty(), "bob".to_owned(), "Garden Helper".to_owned()][self.below(3)].clone();
        Some(one_line(&word)).filter(|word| !word.is_empty() && self.chance(60))
    }

    pub fn body(&mut self) -> String {
        let blocks: Vec<&str> = (0..self.below(4))
            .map(|_| BLOCKS[self.below(BLOCKS.len())])
            .collect();
        blocks.join("\n\n").trim_end().to_owned()
    }

    pub fn gates(&mut self) -> Vec<Gate> {
        let gate = |random: &mut Random| Gate {
            title: random
                .nasty_word()
                .filter(|title| !title.starts_with(['-', '+']) || title.starts_with("- ")),
            content: random.body(),
        };
        (0..self.below(3)).map(|_| gate(self)).collect()
    }

    pub fn step(&mut self, level: i64) -> WorkflowStep {
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

    pub fn workflow(&mut self) -> Workflow {
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
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
