//! The session logs of the sample kiln become the workflows that were written for them by hand.

mod support;

use std::fs;

use rune::Value;
use runekiln_bindings::{Session, Workflow};
use support::{call, kiln_sessions, read_session, CODIFY};

fn codify(session: &Session) -> String {
    let workflow: Value =
        call(CODIFY, "codify_session", (session.clone(),)).expect("the codifier runs");
    let workflow: Workflow = rune::from_value(workflow).expect("a workflow");
    workflow.to_markdown()
}

#[test]
fn every_session_codifies_to_its_expected_workflow() {
    let folders = kiln_sessions();
    assert!(folders.len() >= 8, "the kiln has lost sessions");
    for folder in folders {
        let expected =
            fs::read_to_string(folder.join("expected.md")).expect("an expected workflow");
        let (session, _) = read_session(&folder);
        assert_eq!(codify(&session), expected, "{}", folder.display());
    }
}

#[test]
fn what_is_skipped_is_said_with_its_line() {
    for folder in kiln_sessions() {
        let expected = fs::read_to_string(folder.join("expected-warnings.txt")).unwrap_or_default();
        let expected: Vec<usize> = expected
            .lines()
            .map(|line| {
                line.split(':')
                    .next()
                    .and_then(|number| number.parse().ok())
                    .expect("LINE: text")
            })
            .collect();
        assert_eq!(read_session(&folder).1, expected, "{}", folder.display());
    }
}

#[test]
fn every_expected_workflow_reads_back_and_is_written_the_same() {
    for folder in kiln_sessions() {
        let text = fs::read_to_string(folder.join("expected.md")).expect("an expected workflow");
        let workflow = Workflow::from_markdown(&text).expect("a workflow");
        assert_eq!(workflow.to_markdown(), text, "{}", folder.display());
    }
}

#[test]
fn the_workflows_of_the_kiln_are_read_and_written_without_loss() {
    let folder = kiln_sessions()[0].join("../../workflows");
    for note in fs::read_dir(folder).expect("the kiln's workflows") {
        let note = note.expect("a note").path();
        let text = fs::read_to_string(&note).expect("text");
        let workflow = Workflow::from_markdown(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", note.display()));
        assert!(!workflow.steps.is_empty(), "{}", note.display());
        let written = workflow.to_markdown();
        assert_eq!(
            Workflow::from_markdown(&written),
            Ok(workflow),
            "{}",
            note.display()
        );
    }
}
