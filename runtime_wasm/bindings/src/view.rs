//! How a result is best drawn: a workflow as steps, a list of equal objects as a table, a text as a text.

use rune::runtime;
use rune::runtime::TypeValue;
use rune::Value;
use serde_json::{json, Value as Json};

use crate::naming::FunctionNames;
use crate::natives::machine_json;
use crate::show::Shower;
use crate::{Note, Session, StateMachine, Workflow};

/// The view of a value, tagged by `kind`: `workflow`, `state-machine`, `session`, `table`, `tree`, `markdown`, `text` or
/// `value`. `names` gives functions their names in a drawing.
pub fn view(value: &Value, names: Option<FunctionNames<'_>>) -> Json {
    if let Ok(workflow) = value.borrow_ref::<Workflow>() {
        return json!({"kind": "workflow", "markdown": workflow.to_markdown(), "steps": workflow.steps});
    }
    if let Ok(machine) = value.borrow_ref::<StateMachine>() {
        let mut view = machine_json(&machine, names);
        view["kind"] = Json::from("state-machine");
        return view;
    }
    if let Ok(session) = value.borrow_ref::<Session>() {
        return session_view(&session);
    }
    if let Ok(note) = value.borrow_ref::<Note>() {
        return json!({"kind": "markdown", "text": note.content});
    }
    if let Ok(text) = value.borrow_string_ref() {
        return text_view(&text);
    }
    if let Some(inner) = unwrapped(value) {
        return view(&inner, names);
    }
    let json = Shower::new(Default::default(), names).json(value);
    match &json {
        Json::Array(rows) if holds_objects(value) => {
            table_view(rows).unwrap_or_else(|| json!({"kind": "tree", "json": json}))
        }
        Json::Array(items) if !items.is_empty() => json!({"kind": "tree", "json": json}),
        Json::Object(fields) if !fields.is_empty() => json!({"kind": "tree", "json": json}),
        _ => json!({"kind": "value"}),
    }
}

/// What `Some(…)` and `Ok(…)` hold.
fn unwrapped(value: &Value) -> Option<Value> {
    if let Ok(option) = value.borrow_ref::<Option<Value>>() {
        return option.clone();
    }
    let result = value.borrow_ref::<Result<Value, Value>>().ok()?;
    (*result).as_ref().ok().cloned()
}

fn session_view(session: &Session) -> Json {
    let phase = |phase: &crate::Phase| {
        json!({
            "name": phase.name,
            "agent": phase.agent,
            "channel": phase.channel,
            "callouts": phase.callouts.len(),
            "tool_calls": phase.tool_calls.len(),
        })
    };
    let phases: Vec<Json> = session.phases.iter().map(phase).collect();
    json!({"kind": "session", "id": session.id, "title": session.title, "phases": phases})
}

fn text_view(text: &str) -> Json {
    if begins_like_markdown(text) {
        return json!({"kind": "markdown", "text": text});
    }
    if text.trim_end().contains('\n') {
        return json!({"kind": "text", "text": text});
    }
    json!({"kind": "value"})
}

/// Frontmatter, a heading, a callout, a fence, or a list or table of more than one line.
fn begins_like_markdown(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next().unwrap_or("");
    let goes_on = lines.next().is_some();
    let hashes = first.len() - first.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&hashes) && first[hashes..].starts_with(' ');
    let begins = |marks: &[&str]| marks.iter().any(|mark| first.starts_with(mark));
    is_heading
        || begins(&["> [!"])
        || (goes_on && begins(&["---", "```", "- ", "* ", "| ", "> ", "1. "]))
}

/// Whether the value is a Vec of objects, or of structs of a script.
fn holds_objects(value: &Value) -> bool {
    let is_object = |item: &Value| {
        matches!(
            item.as_type_value(),
            Ok(TypeValue::Object(_) | TypeValue::Struct(_))
        )
    };
    value
        .borrow_ref::<runtime::Vec>()
        .is_ok_and(|items| !items.is_empty() && items.iter().all(is_object))
}

fn table_view(rows: &[Json]) -> Option<Json> {
    let columns: Vec<&String> = rows.first()?.as_object()?.keys().collect();
    let mut cells = Vec::with_capacity(rows.len());
    for row in rows {
        let row = row
            .as_object()
            .filter(|row| row.keys().eq(columns.iter().copied()))?;
        cells.push(row.values().collect::<Vec<_>>());
    }
    (!columns.is_empty()).then(|| json!({"kind": "table", "columns": columns, "rows": cells}))
}
