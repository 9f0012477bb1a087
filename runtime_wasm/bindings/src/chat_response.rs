//! `ChatResponse`: what an agent answers.

use rune::Any;
use serde::{Deserialize, Serialize};

use crate::agent_card::MODULE;
use crate::recorder::{Readable, Recorder, Result, TypeName, TypeRecorder};
use crate::tool_call::ToolCall;

/// The answer of an agent to a message.
#[derive(Any, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[rune(item = ::crucible::agent)]
#[serde(deny_unknown_fields)]
pub struct ChatResponse {
    pub content: String,
    #[serde(default)]
    pub tool_calls: Vec<ToolCall>,
}

impl Readable for ChatResponse {
    fn debug(&self) -> String {
        let calls: Vec<&str> = self.tool_calls.iter().map(|call| &*call.name).collect();
        format!(
            "ChatResponse {{ content: {:?}, tool_calls: {calls:?} }}",
            self.content
        )
    }

    fn equals(&self, other: &Self) -> bool {
        self == other
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(|response| response.content.clone());
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<ChatResponse>(
        TypeName {
            module: MODULE,
            name: "ChatResponse",
            aliases: &[],
            prelude: false,
        },
        "
        What an agent answers.

        ```rune
        pub async fn summary(agent, text) {
            let answer = agent.send(`In one sentence: ${text}`).await?;
            Ok(answer.content)
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    types.field(
        "content",
        "String",
        "What the agent says, as Markdown.",
        |r: &ChatResponse| r.content.clone(),
    )?;
    types.field(
        "tool_calls",
        "Vec<ToolCall>",
        "The tools that it has called for its answer.",
        |r: &ChatResponse| r.tool_calls.clone(),
    )
}
