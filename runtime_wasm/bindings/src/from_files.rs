//! The arguments that a host makes of files of the kiln.

use rune::runtime::ToValue;
use rune::Value;

use crate::read::decode;
use crate::{from_json, AgentCard, AgentHandle, CrucibleError, Note, Read, Session, Workflow};

/// What `from_file` can make of a file, for people.
const MADE_OF_FILES: &str = "a Note, Frontmatter, Vec<Callout>, AgentCard, AgentHandle, Workflow, Session or String, and of a \
                             `.json` file anything that JSON can be";

/// The argument that a file is for a parameter of the type `host_type`, written as in the table of bindings.
///
/// For `any` and no type, the suffix of `path` decides: `.md` is a note, `.json` is JSON, and anything else its text. The
/// error says what is wrong with the file, or that files cannot become that type.
pub fn from_file(path: &str, bytes: &[u8], host_type: Option<&str>) -> Result<Read<Value>, String> {
    let host_type = host_type.unwrap_or("any").trim();
    let host_type = host_type
        .strip_prefix("Option<")
        .and_then(|inner| inner.strip_suffix('>'))
        .map_or(host_type, str::trim);
    let suffix = path.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let suffix = suffix.to_ascii_lowercase();
    match host_type.rsplit("::").next().unwrap_or(host_type) {
        "Note" => value(note_from(path, bytes)),
        "Frontmatter" => value(of_note(path, bytes, |note| {
            note.frontmatter.clone().unwrap_or_default()
        })),
        "Vec<Callout>" => value(of_note(path, bytes, |note| note.callouts.clone())),
        "AgentCard" => value(card(path, bytes)?),
        "AgentHandle" => {
            let Read {
                value: card,
                skipped,
            } = card(path, bytes)?;
            value(Read {
                value: AgentHandle::new(card),
                skipped,
            })
        }
        "Workflow" => value(workflow_from(path, bytes).map_err(|error| error.to_string())?),
        "Session" | "SessionLog" if suffix == "jsonl" => value(Session::from_jsonl(bytes, None)),
        "Session" | "SessionLog" => value(Session::from_markdown(bytes)),
        "any" if suffix == "md" => value(note_from(path, bytes)),
        _ if suffix == "json" => of_json(path, bytes, host_type),
        "String" | "any" => {
            let (text, skipped) = decode(bytes);
            value(Read {
                value: text,
                skipped,
            })
        }
        other => Err(format!(
            "the file {path} cannot become `{other}`: files become {MADE_OF_FILES}"
        )),
    }
}

fn value(read: Read<impl ToValue>) -> Result<Read<Value>, String> {
    let value = read.value.to_value().map_err(|error| error.to_string())?;
    Ok(Read {
        value,
        skipped: read.skipped,
    })
}

fn of_note<T>(path: &str, bytes: &[u8], part: impl Fn(&Note) -> T) -> Read<T> {
    let Read { value, skipped } = note_from(path, bytes);
    Read {
        value: part(&value),
        skipped,
    }
}

fn card(path: &str, bytes: &[u8]) -> Result<Read<AgentCard>, String> {
    agent_card_from(path, bytes).map_err(|error| error.to_string())
}

fn of_json(path: &str, bytes: &[u8], host_type: &str) -> Result<Read<Value>, String> {
    let json =
        serde_json::from_slice(bytes).map_err(|error| format!("{path} is no JSON: {error}"))?;
    Ok(Read {
        value: from_json(&json, Some(host_type))?,
        skipped: Vec::new(),
    })
}

/// The note of a file, for entries that take a `Note`, its `Frontmatter` or one of its callouts.
///
/// Any bytes give a note. `path` is the file within the kiln.
pub fn note_from(path: &str, bytes: &[u8]) -> Read<Note> {
    Note::from_markdown(path, bytes)
}

/// The agent's card of a file, for entries that take an `AgentCard`, or an `AgentHandle` that is made of it.
///
/// Fails if the file is no card; the error names `path`.
pub fn agent_card_from(path: &str, bytes: &[u8]) -> Result<Read<AgentCard>, CrucibleError> {
    AgentCard::from_markdown(path, bytes)
}

/// The workflow of a file, for entries that take a `Workflow`.
///
/// Fails if the file is no workflow; the error names `path`.
pub fn workflow_from(path: &str, bytes: &[u8]) -> Result<Read<Workflow>, CrucibleError> {
    let (text, skipped) = decode(bytes);
    let workflow = Workflow::from_markdown(&text).map_err(|error| CrucibleError {
        path: Some(path.to_owned()),
        ..error
    })?;
    Ok(Read {
        value: workflow,
        skipped,
    })
}
