//! `CrucibleError`: why something that was asked of Crucible did not work.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::message_error::readable_error;
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

/// The error in the `Result`s that the bindings give to scripts.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct CrucibleError {
    pub message: String,
    /// The note or file that it is about, as the script named it.
    #[serde(default)]
    pub path: Option<String>,
}

impl CrucibleError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        CrucibleError {
            message: message.into(),
            path: None,
        }
    }
}

impl std::fmt::Display for CrucibleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

readable_error!(CrucibleError);

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<CrucibleError>(
        TypeName {
            module: &["crucible"],
            name: "CrucibleError",
            aliases: &[],
            prelude: false,
        },
        "
        Why something that Crucible was asked for did not work.
        @profile core

        ```rune
        match Workflow::from_markdown(\"no workflow\") {
            Ok(workflow) => workflow.to_markdown(),
            Err(error) => error.message,
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "message",
        "String",
        "What went wrong, in words.",
        |e: &CrucibleError| e.message.clone(),
    )?;
    types.field(
        "path",
        "Option<String>",
        "The note or file that it is about.",
        |e: &CrucibleError| e.path.clone(),
    )
}
