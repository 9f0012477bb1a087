//! `AgentHandle`: an agent that a script can talk to.

use rune::runtime::{Ref, VmResult};
use rune::{vm_try, Any, Value};
use serde::{Deserialize, Serialize};

use crate::agent_card::{AgentCard, MODULE};
use crate::agent_error::AgentError;
use crate::chat_response::ChatResponse;
use crate::recorder::{
    associated_function, method, Readable, Recorder, Result, TypeName, TypeRecorder,
};
use crate::samples::answered;

/// The mode of an agent whose card names none: one that changes nothing.
const FIRST_MODE: &str = "plan";

/// An agent that works, as scripts see it. By itself it answers with samples; a host that has agents binds its own.
#[derive(Any, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::agent)]
#[serde(default, deny_unknown_fields)]
pub struct AgentHandle {
    pub card: Option<AgentCard>,
    pub connected: bool,
    pub mode: String,
}

impl Default for AgentHandle {
    fn default() -> Self {
        AgentHandle {
            card: None,
            connected: true,
            mode: FIRST_MODE.to_owned(),
        }
    }
}

impl AgentHandle {
    /// An agent that is there, in the mode that its card names.
    pub fn new(card: AgentCard) -> Self {
        let mode = card.mode.clone();
        AgentHandle {
            mode: mode.unwrap_or_else(|| FIRST_MODE.to_owned()),
            card: Some(card),
            connected: true,
        }
    }

    /// A sample of an answer.
    pub fn send(&self, message: &str) -> std::result::Result<ChatResponse, AgentError> {
        self.reached()?;
        let shown: String = message.chars().take(40).collect();
        let cut = if shown.len() < message.len() {
            "…"
        } else {
            ""
        };
        let content = format!("(a sample, no agent was asked: {shown}{cut})");
        answered("crucible::agent::AgentHandle::send", || {
            format!("{content:?}")
        });
        Ok(ChatResponse {
            content,
            tool_calls: Vec::new(),
        })
    }

    /// Changes the mode; the host would tell the agent.
    pub fn set_mode(&mut self, mode: &str) -> std::result::Result<(), AgentError> {
        self.reached()?;
        let mode = mode.trim();
        if mode.is_empty() {
            return Err(AgentError {
                message: "a mode has a name, such as `plan` or `act`".to_owned(),
                kind: "unknown_mode".to_owned(),
            });
        }
        self.mode = mode.to_owned();
        Ok(())
    }

    fn reached(&self) -> std::result::Result<(), AgentError> {
        if self.connected {
            return Ok(());
        }
        let name = self.card.as_ref().map_or("the agent", |card| &*card.name);
        Err(AgentError {
            message: format!("{name} is not connected"),
            kind: "not_connected".to_owned(),
        })
    }
}

impl Readable for AgentHandle {
    fn debug(&self) -> String {
        let name = self.card.as_ref().map(|card| &*card.name);
        format!(
            "AgentHandle {{ card: {name:?}, connected: {}, mode: {:?} }}",
            self.connected, self.mode
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|handle| match &handle.card {
        Some(card) => card.name.clone(),
        None => "agent".to_owned(),
    });
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<AgentHandle>(
        TypeName {
            module: MODULE,
            name: "AgentHandle",
            aliases: &[],
            prelude: false,
        },
        "
        An agent that a script can talk to. Scripts are handed one by the host.

        ```rune
        pub async fn main(agent) {
            if !agent.is_connected() {
                return Err(\"nobody is there\");
            }
            agent.set_mode(\"plan\").await?;
            let answer = agent.send(\"What should be sown in March?\").await?;
            Ok(answer.content)
        }
        ```
        ",
        |types| {
            types.field(
                "card",
                "Option<AgentCard>",
                "What the agent is: its card, if it has one.",
                |h: &AgentHandle| h.card.clone(),
            )?;
            asking(types)?;
            telling(types)
        },
    )
}

fn asking(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        AgentHandle,
        "async send(&self, message: String) -> Result<ChatResponse, AgentError>",
        "
        Sends the agent a message and waits for its answer.

        The host answers. Where none does, as in an editor, the answer is a sample that says so, and comes at once.
        @permission agent

        ```rune
        pub async fn ask(agent) {
            match agent.send(\"Which beds are dry?\").await {
                Ok(answer) => answer.content,
                Err(error) => `no answer: ${error}`,
            }
        }
        ```
        ",
        |handle: Value, message: Ref<str>| async move {
            let handle = vm_try!(handle.borrow_ref::<AgentHandle>());
            VmResult::Ok(handle.send(&message))
        }
    );
    associated_function!(
        types,
        AgentHandle,
        "async set_mode(&mut self, mode_id: String) -> Result<(), AgentError>",
        "
        Puts the agent into another mode.

        The host answers. Where none does, as in an editor, every mode with a name is taken, and at once.
        @permission agent

        ```rune
        pub async fn carefully(agent) {
            agent.set_mode(\"plan\").await?;
            Ok(agent.mode())
        }
        ```
        ",
        |handle: Value, mode: Ref<str>| async move {
            let mut handle = vm_try!(handle.borrow_mut::<AgentHandle>());
            VmResult::Ok(handle.set_mode(&mode))
        }
    );
    Ok(())
}

fn telling(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "is_connected(&self) -> bool",
        "Whether the agent is there. One that is not answers every message with an AgentError.",
        |handle: &AgentHandle| handle.connected
    );
    method!(
        types,
        "mode(&self) -> String",
        "The name of the mode that the agent is in, such as `plan` or `act`.",
        |handle: &AgentHandle| handle.mode.clone()
    );
    Ok(())
}
