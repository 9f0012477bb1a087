//! Values of the host's types for where there is no host to make real ones.

use rune::runtime::{RuntimeError, ToValue};
use rune::Value;
use serde_json::{json, Value as Json};

use crate::typed_json::from_json;
use crate::{agent_card_from, note_from, AgentHandle, Regex, Session, StateMachine};

const LOG: &str = "---
type: session
session_id: sample
started: 2026-01-01T09:00:00Z
status: completed
---

# A sample session

## Look around @scout

Read what is there.

> [!decision] Begin small
> One step is enough.

## Write it down @scribe

Wrote what was found.
";

const NOTE: &str = "---
title: A sample note
tags: [sample]
---

# A sample note

See [[Another note]] and #sample.

- [ ] Look around [id:: 1]
";

const CARD: &str = "---
name: sampler
description: Looks around
tools: {search: ask}
---

You look around.
";

/// A small value of the host's type with this path, the same each time; `None` for a type that has none.
pub fn sample(path: &str) -> Option<Value> {
    let name = path.rsplit("::").next().unwrap_or(path);
    // Several modules have an `Error`.
    if name == "Error" {
        return from_json(&json!({"message": "a sample error"}), Some(path)).ok();
    }
    if let Some(value) = of_files(name) {
        return value.ok();
    }
    let json = json_of(name)?;
    from_json(&json, Some(name)).ok()
}

/// The types whose values are read from files, or made by scripts.
fn of_files(name: &str) -> Option<Result<Value, RuntimeError>> {
    let note = || note_from("sample.md", NOTE.as_bytes()).value;
    let card = || agent_card_from("sampler.md", CARD.as_bytes()).ok();
    Some(match name {
        "Session" => Session::from_markdown(LOG.as_bytes()).value.to_value(),
        "StateMachine" => StateMachine::new().to_value(),
        "Note" => note().to_value(),
        "Frontmatter" => note().frontmatter.clone()?.to_value(),
        "Wikilink" => note().wikilinks.first()?.clone().to_value(),
        "Tag" => note().tags.first()?.clone().to_value(),
        "Block" => note().blocks.first()?.clone().to_value(),
        "Heading" => note().headings.first()?.clone().to_value(),
        "Task" => note().tasks.first()?.clone().to_value(),
        "AgentCard" => card()?.value.to_value(),
        "AgentHandle" => AgentHandle::new(card()?.value).to_value(),
        "Regex" => Regex::new("sample").ok()?.to_value(),
        _ => return None,
    })
}

/// The other types, as JSON that they are read from.
fn json_of(name: &str) -> Option<Json> {
    let callout = || json!({"type": "note", "title": "A sample", "content": "Nothing to see."});
    let step = || json!({"title": "A sample step", "agent": "sampler", "body": "Look around."});
    let line = || json!({"label": "A sample", "description": "Nothing to see."});
    let question =
        || json!({"header": "Sample", "question": "Is it one?", "choices": ["Yes", "No"]});
    Some(match name {
        "Phase" => json!({"name": "A sample phase", "agent": "sampler", "callouts": [callout()]}),
        "Callout" => callout(),
        "ToolCall" => json!({"name": "sample", "args": {}, "result": "a sample"}),
        "SessionEvent" => json!({"kind": "sample", "timestamp": "2026-01-01T09:00:00Z"}),
        "Workflow" => json!({"title": "A sample workflow", "steps": [step()]}),
        "WorkflowStep" => step(),
        "Gate" => json!({"title": "A sample gate", "content": "Somebody agrees."}),
        "OqError" | "PathsError" | "GraphError" => json!({"message": "a sample error"}),
        "CrucibleError" => json!({"message": "a sample error"}),
        "StateError" => json!({"message": "a sample error", "state": "idle", "event": "sample"}),
        "ToolError" => json!({"message": "a sample error", "tool": "sample"}),
        "AgentError" => json!({"message": "a sample error", "kind": "sample"}),
        "ChatResponse" => json!({"content": "A sample answer."}),
        "SearchResult" => json!({"path": "sample.md", "title": "A sample note", "score": 1.0}),
        "Event" => json!({"event_type": "tool:after", "identifier": "sample", "payload": {}}),
        "EventContext" | "RuneEventContext" | "PanelHints" | "RuneRecipeEnrichment" => json!({}),
        "AskQuestion" => question(),
        "AskBatch" => json!({"questions": [question()]}),
        "AskBatchResponse" => json!({"id": "sample", "answers": [{"selected": [0]}]}),
        "QuestionAnswer" | "PanelResult" => json!({"selected": [0]}),
        "PanelItem" | "PopupEntry" => line(),
        "Panel" => json!({"header": "A sample", "items": [line()]}),
        "PopupRequest" => json!({"title": "A sample", "entries": [line()]}),
        "RuneRecipe" => {
            json!({"name": "sample", "doc": "Looks around.", "parameters": [{"name": "where"}]})
        }
        "RuneSessionEvent" => json!({"type": "custom", "name": "sample", "payload": {}}),
        "RuneFileChangeKind" => json!({"kind": "modified"}),
        "RuneNoteChangeType" => json!({"kind": "content"}),
        "McpResult" => json!({"content": [{"type": "text", "text": "{\"sample\": true}"}]}),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::sample;

    #[test]
    fn each_type_of_the_table_has_a_sample_of_its_own_type() {
        for row in crate::table().types {
            let sample = sample(&row.path).unwrap_or_else(|| panic!("no sample of {}", row.path));
            assert_eq!(sample.type_info().to_string(), format!("::{}", row.path));
        }
        assert!(sample("crucible::Unheard").is_none());
    }
}
