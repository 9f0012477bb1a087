//! Callouts: `> [!decision] Title` blocks in notes and session logs.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::recorder::{method, Readable, Recorder, Result, TypeName, TypeRecorder};

/// The types that every viewer knows; all others are the kiln's own.
const STANDARD: [&str; 22] = [
    "abstract",
    "attention",
    "bug",
    "caution",
    "check",
    "cite",
    "danger",
    "example",
    "failure",
    "help",
    "important",
    "info",
    "note",
    "question",
    "quote",
    "success",
    "summary",
    "tbd",
    "tip",
    "tldr",
    "todo",
    "warning",
];

/// A callout as it stands in a text.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct Callout {
    /// Lower case.
    #[serde(rename = "type", alias = "callout_type")]
    pub callout_type: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub content: String,
    /// UTF-8 bytes from the start of the text to the `>` of the callout.
    #[serde(default)]
    pub offset: i64,
}

impl Callout {
    /// Whether the type is one that every viewer knows, not the kiln's own.
    pub fn is_standard(&self) -> bool {
        STANDARD.contains(&&*self.callout_type)
    }
}

impl Readable for Callout {
    fn debug(&self) -> String {
        format!(
            "Callout {{ type: {:?}, title: {:?}, content: {:?} }}",
            self.callout_type, self.title, self.content
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|callout| match &callout.title {
        Some(title) => title.clone(),
        None => callout.content.clone(),
    });
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<Callout>(
        TypeName {
            module: &["crucible"],
            name: "Callout",
            aliases: &[],
            prelude: true,
        },
        "
        A callout: a quoted block that begins with `> [!type] Title`.
        @profile core

        ```rune
        let text = match callout.type {
            \"decision\" => `Decided: ${callout.content}`,
            \"error\" => `Went wrong: ${callout.content}`,
            _ => callout.content,
        };
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "type",
        "String",
        "What kind of callout, in lower case: a standard one such as `note`, or the kiln's own such as `decision`.",
        |c: &Callout| c.callout_type.clone(),
    )?;
    types.field(
        "callout_type",
        "String",
        "The same as `type`.",
        |c: &Callout| c.callout_type.clone(),
    )?;
    types.field(
        "title",
        "Option<String>",
        "The text after `[!type]`.",
        |c: &Callout| c.title.clone(),
    )?;
    types.field(
        "content",
        "String",
        "The lines below the first, without `> `.",
        |c: &Callout| c.content.clone(),
    )?;
    types.field(
        "offset",
        "i64",
        "Where it begins in its text, in UTF-8 bytes.",
        |c: &Callout| c.offset,
    )?;
    method!(
        types,
        "is_standard(&self) -> bool",
        "
        Whether the type is one that every viewer knows (`note`, `tip`, `warning`, …), not the kiln's own.

        ```rune
        let own = session.callouts().iter().filter(|callout| !callout.is_standard()).collect::<Vec>();
        ```
        ",
        Callout::is_standard
    );
    Ok(())
}
