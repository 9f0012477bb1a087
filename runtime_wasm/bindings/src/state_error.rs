//! `StateError`: why a state machine did not move.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::message_error::readable_error;
use crate::recorder::{Recorder, Result, TypeName, TypeRecorder};

/// The error of `fire` and `fire_async`. The machine is in the state that it was in before.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible)]
#[serde(deny_unknown_fields)]
pub struct StateError {
    pub message: String,
    /// The state that the machine is in.
    #[serde(default)]
    pub state: String,
    /// The name of the event, if it has one.
    #[serde(default)]
    pub event: Option<String>,
}

impl std::fmt::Display for StateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

readable_error!(StateError);

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<StateError>(
        TypeName {
            module: &["crucible"],
            name: "StateError",
            aliases: &[],
            prelude: false,
        },
        "
        Why a state machine did not move. It is in the state that it was in before.
        @profile core

        ```rune
        let machine = StateMachine::new().state(\"idle\", |context, event| ());
        match machine.fire(\"rain\") {
            Ok(state) => println!(\"now in {}\", state),
            Err(error) => println!(\"still in {}: {}\", error.state, error.message),
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
        "What was in the way, in words.",
        |e: &StateError| e.message.clone(),
    )?;
    types.field(
        "state",
        "String",
        "The state that the machine is in.",
        |e: &StateError| e.state.clone(),
    )?;
    types.field(
        "event",
        "Option<String>",
        "The name of the event: itself if it is a String, else its `event_type`; `None` if it has neither.",
        |e: &StateError| e.event.clone(),
    )
}
