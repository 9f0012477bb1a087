//! The functions of a script that the host calls by name, and what it gives them.

use crate::table::{EntryRow, ParameterRow};

/// Name, parameters, what is returned, and the text for script authors.
type Entry = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static str,
);

const ENTRIES: [Entry; 5] = [
    (
        "codify_session",
        &[("session", "Session")],
        "Workflow",
        "Turns the log of a session into a workflow that can be run again.",
    ),
    (
        "process_session",
        &[("session", "Session")],
        "any",
        "Is handed each session that has ended. What it returns is shown.",
    ),
    (
        "handle_callout",
        &[("callout", "Callout")],
        "any",
        "Is handed each callout of a note or session.",
    ),
    (
        "agent_behavior",
        &[],
        "StateMachine",
        "Builds the state machine that an agent behaves by.",
    ),
    (
        "main",
        &[],
        "any",
        "What the script does when nothing else of it is named.",
    ),
];

/// The rows of all entries.
pub(crate) fn rows() -> Vec<EntryRow> {
    let row = |(name, parameters, returns, docs): Entry| EntryRow {
        name: name.to_owned(),
        parameters: parameters.iter().map(parameter).collect(),
        returns: returns.to_owned(),
        docs: docs.to_owned(),
        ..EntryRow::default()
    };
    ENTRIES.into_iter().map(row).collect()
}

fn parameter((name, type_name): &(&str, &str)) -> ParameterRow {
    ParameterRow {
        name: (*name).to_owned(),
        type_name: (*type_name).to_owned(),
    }
}
