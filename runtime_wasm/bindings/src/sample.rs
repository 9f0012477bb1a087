//! Values of the host's types for where there is no host to make real ones.

use rune::runtime::ToValue;
use rune::Value;
use serde_json::json;

use crate::typed_json::from_json;
use crate::{Session, StateMachine};

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

/// A small value of the host's type with this path, the same each time; `None` for a type that has none.
pub fn sample(path: &str) -> Option<Value> {
    let name = path.rsplit("::").next().unwrap_or(path);
    let callout = || json!({"type": "note", "title": "A sample", "content": "Nothing to see."});
    let step = || json!({"title": "A sample step", "agent": "sampler", "body": "Look around."});
    let json = match name {
        "Session" => return Session::from_markdown(LOG.as_bytes()).value.to_value().ok(),
        "StateMachine" => return StateMachine::new().to_value().ok(),
        "Phase" => json!({"name": "A sample phase", "agent": "sampler", "callouts": [callout()]}),
        "Callout" => callout(),
        "ToolCall" => json!({"name": "sample", "args": {}, "result": "a sample"}),
        "SessionEvent" => json!({"kind": "sample", "timestamp": "2026-01-01T09:00:00Z"}),
        "Workflow" => json!({"title": "A sample workflow", "steps": [step()]}),
        "WorkflowStep" => step(),
        "Gate" => json!({"title": "A sample gate", "content": "Somebody agrees."}),
        "CrucibleError" => json!({"message": "a sample error"}),
        _ => return None,
    };
    from_json(&json, Some(name)).ok()
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
