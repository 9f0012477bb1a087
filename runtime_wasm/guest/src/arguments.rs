//! What an entry is called with: JSON texts, session logs and files become values.

use rune::Value;
use runekiln_bindings::{from_file, from_json, Read, Session};

use crate::protocol::{Argument, Warned};

/// Turns the arguments into values, and says which lines of a log were skipped. The error says what is wrong, and with which
/// argument, counted from 1, and the name of its parameter out of `parameters`.
pub fn values(
    arguments: &[Argument],
    parameters: &[String],
    warnings: &mut Vec<Warned>,
) -> Result<Vec<Value>, String> {
    let numbered = arguments.iter().enumerate();
    numbered
        .map(|(index, argument)| {
            value(argument, warnings).map_err(|said| {
                let name = parameters.get(index);
                let name = name.map_or(String::new(), |name| format!(", `{name}`"));
                format!("argument {}{name}: {said}", index + 1)
            })
        })
        .collect()
}

fn value(argument: &Argument, warnings: &mut Vec<Warned>) -> Result<Value, String> {
    match argument {
        Argument::Json { json, host_type } => {
            let json = serde_json::from_slice(json)
                .map_err(|error| format!("this is no JSON: {error}"))?;
            from_json(&json, host_type.as_deref())
        }
        Argument::Session { path, text, meta } => {
            let meta = meta.as_ref().map(|meta| meta.as_slice());
            let session = taken(path, read_session(path, text, meta), warnings);
            rune::to_value(session).map_err(|error| format!("the session cannot be used: {error}"))
        }
        Argument::File {
            path,
            text,
            host_type,
        } => {
            let read = from_file(path, text, host_type.as_deref())?;
            Ok(taken(path, read, warnings))
        }
    }
}

/// What was read; what was skipped on the way becomes warnings.
fn taken<T>(path: &str, read: Read<T>, warnings: &mut Vec<Warned>) -> T {
    warnings.extend(read.skipped.into_iter().map(|skipped| Warned {
        message: skipped.message,
        path: Some(path.to_owned()),
        line: Some(skipped.line as u32),
    }));
    read.value
}

fn read_session(path: &str, text: &[u8], meta: Option<&[u8]>) -> Read<Session> {
    if path.ends_with(".jsonl") {
        Session::from_jsonl(text, meta)
    } else {
        Session::from_markdown(text)
    }
}
