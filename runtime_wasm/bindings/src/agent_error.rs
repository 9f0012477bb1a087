//! `AgentError`: why an agent did not answer.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::agent_card::MODULE;
use crate::message_error::readable_error;
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

/// The error of what is asked of an agent.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::agent)]
#[serde(deny_unknown_fields)]
pub struct AgentError {
    pub message: String,
    /// A word that a script can match on: `not_connected`, `unknown_mode`, or one of the host's own.
    #[serde(default)]
    pub kind: String,
}

impl std::fmt::Display for AgentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

readable_error!(AgentError);

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<AgentError>(
        TypeName {
            module: MODULE,
            name: "AgentError",
            aliases: &[],
            prelude: false,
        },
        "
        Why an agent did not answer.

        ```rune
        use crucible::agent::AgentError;

        pub async fn ask(agent) {
            match agent.send(\"Which beds are dry?\").await {
                Ok(answer) => answer.content,
                Err(AgentError { kind: \"not_connected\", .. }) => \"Nobody is there.\",
                Err(error) => error.message,
            }
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
        |e: &AgentError| e.message.clone(),
    )?;
    types.field(
        "kind",
        "String",
        "What went wrong, as a word to match on: `not_connected`, `unknown_mode`, or one of the host's own.",
        |e: &AgentError| e.kind.clone(),
    )
}
