//! `SearchResult`: one hit of a search in the kiln.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};

/// A note that a search has found.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct SearchResult {
    /// Relative to the kiln's folder.
    pub path: String,
    #[serde(default)]
    pub title: String,
    /// How well it fits; more is better.
    #[serde(default)]
    pub score: f64,
    #[serde(default)]
    pub snippet: String,
}

impl Readable for SearchResult {
    fn debug(&self) -> String {
        format!(
            "SearchResult {{ path: {:?}, title: {:?}, score: {:?}, snippet: {:?} }}",
            self.path, self.title, self.score, self.snippet
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|hit| match hit.title.as_str() {
        "" => hit.path.clone(),
        title => format!("{title} ({})", hit.path),
    });
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<SearchResult>(
        TypeName {
            module: &["crucible"],
            name: "SearchResult",
            aliases: &[],
            prelude: false,
        },
        "
        A note that a search in the kiln has found.
        @profile core

        ```rune
        pub fn good_ones(found) {
            found.iter().filter(|hit| hit.score > 0.5).map(|hit| hit.path).collect::<Vec>()
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "path",
        "String",
        "The note's path in the kiln, such as `Log/Valves.md`.",
        |hit: &SearchResult| hit.path.clone(),
    )?;
    types.field(
        "title",
        "String",
        "The note's title.",
        |hit: &SearchResult| hit.title.clone(),
    )?;
    types.field(
        "score",
        "f64",
        "How well the note fits what was asked for; more is better.",
        |hit: &SearchResult| hit.score,
    )?;
    types.field(
        "snippet",
        "String",
        "The piece of the note that fits.",
        |hit: &SearchResult| hit.snippet.clone(),
    )
}
