//! The arguments that a host makes of files of the kiln.

use crate::{AgentCard, CrucibleError, Note, Read, Workflow};

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
    let (text, skipped) = crate::read::decode(bytes);
    let workflow = Workflow::from_markdown(&text).map_err(|error| CrucibleError {
        path: Some(path.to_owned()),
        ..error
    })?;
    Ok(Read {
        value: workflow,
        skipped,
    })
}
