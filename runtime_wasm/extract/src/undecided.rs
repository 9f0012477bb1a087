//! What the extractor cannot decide: it is listed, and nothing is guessed in its place.

use serde::{Deserialize, Serialize};

/// A place in the crate that was not understood. `path` is relative to the crate's folder, `line` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Undecided {
    pub path: String,
    pub line: u32,
    pub reason: String,
}

impl std::fmt::Display for Undecided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.reason)
    }
}

/// All of them, as they come.
#[derive(Debug, Default)]
pub struct Undecideds(Vec<Undecided>);

impl Undecideds {
    pub fn push(&mut self, undecided: Undecided) {
        self.0.push(undecided);
    }

    pub fn add(&mut self, path: &str, line: u32, reason: &str) {
        self.push(Undecided {
            path: path.to_owned(),
            line,
            reason: reason.to_owned(),
        });
    }

    pub fn append(&mut self, mut others: Undecideds) {
        self.0.append(&mut others.0);
    }

    /// Each once, in the order of files and lines.
    pub fn sorted(mut self) -> Vec<Undecided> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
